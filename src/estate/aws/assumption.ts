import type { Actor } from './actors.ts'
import { assignedRoles, assignedUsers } from './assigned.ts'
import type { AwsEstate } from './aws-estate.ts'
import { providerNamed, providerNames } from './federation.ts'
import { isOfIdentityCenter } from './identity-center.ts'
import { namedPrincipals } from './named-principals.ts'

/** The taking of a role: who, by which call, how surely. */
export interface Assumption {
  readonly actor: Actor
  readonly role: Actor
  readonly effect: 'ALLOW' | 'CONDITIONAL'
  readonly action: string
}

/** Who can take which role; exact, decided when first asked and kept. */
export interface Assumptions {
  takersOf(role: Actor): readonly Assumption[]
  rolesOf(actor: Actor): readonly Assumption[]
}

export function createAssumptions(aws: AwsEstate): Assumptions {
  const takers = new Map<Actor, readonly Assumption[]>()
  const roles = new Map<Actor, readonly Assumption[]>()
  const admitting = lazily(() => indexTrust(aws))
  return {
    takersOf: (role) => cached(takers, role, () => findTakers(aws, role)),
    rolesOf: (actor) =>
      cached(roles, actor, () => {
        const candidates = isOfIdentityCenter(actor.entity) ? assignedRoles(aws, actor) : candidateRoles(admitting(), actor)
        return candidates.flatMap((role) => take(aws, actor, role))
      }),
  }
}

function findTakers(aws: AwsEstate, role: Actor): Assumption[] {
  const signed = aws
    .reach('sts:AssumeRole', aws.target(role.entity.id))
    .filter(({ actor }) => actor !== role)
    .map(({ actor, effect }): Assumption => ({ actor, role, effect, action: 'sts:AssumeRole' }))
  return [...signed, ...federatedSubjects(aws, role).flatMap((subject) => take(aws, subject, role)), ...takenByAssignment(aws, role)]
}

/** Users of Identity Center differ in nothing but how surely the role is theirs: one answers for all. */
function takenByAssignment(aws: AwsEstate, role: Actor): Assumption[] {
  const users = Map.groupBy(assignedUsers(aws, role.node), ({ node }) => {
    const ways = aws.identityCenter.waysOf(node).filter((way) => way.role === role.node)
    return `${ways.some(({ unsure }) => !unsure)} ${ways.some(({ unlisted }) => unlisted)}`
  })
  return [...users.values()].flatMap(([first, ...others]) => {
    const [taken] = first === undefined ? [] : take(aws, first, role)
    return taken === undefined ? [] : [taken, ...others.map((actor) => ({ ...taken, actor }))]
  })
}

/** Outside identities that the role's trust policy names, as the graph has them. */
function federatedSubjects(aws: AwsEstate, role: Actor): Actor[] {
  const holders = [...aws.graph.into('AT', role.node)].flatMap((grant) => [...aws.graph.into('HOLDS', grant)])
  return [...new Set(holders)]
    .map((node) => aws.actorOf(aws.graph.entityAt(node).id))
    .filter((actor) => actor !== undefined)
    .filter(({ entity }) => entity.kind === 'FederatedSubject')
}

function take(aws: AwsEstate, actor: Actor, role: Actor): Assumption[] {
  if (actor === role) return []
  const action = takingAction(actor)
  const { effect } = aws.decide(actor, action, aws.target(role.entity.id))
  return effect === 'DENY' ? [] : [{ actor, role, effect, action }]
}

/** The STS call by which a kind of identity takes a role. */
function takingAction({ entity }: Actor): string {
  if (isOfIdentityCenter(entity)) return 'sts:AssumeRoleWithSAML'
  if (entity.kind !== 'FederatedSubject') return 'sts:AssumeRole'
  return entity.id.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

/** Roles by whom their trust policies name. INVARIANT: a superset of the roles that anybody can take. */
interface TrustIndex {
  readonly byName: ReadonlyMap<string, readonly Actor[]>
  readonly open: readonly Actor[]
}

function indexTrust(aws: AwsEstate): TrustIndex {
  const byName = new Map<string, Actor[]>()
  const open: Actor[] = []
  for (const role of aws.actors) {
    if (role.entity.kind !== 'AwsRole') continue
    const named = namedPrincipals(role.entity.document)
    if (named.everyone || role.entity.document === null) open.push(role)
    const names = [...named.ids, ...named.accounts, ...subjectsOf(aws, role)].map(providerNamed)
    for (const name of new Set(names)) byName.set(name, [...(byName.get(name) ?? []), role])
  }
  return { byName, open }
}

const subjectsOf = (aws: AwsEstate, role: Actor): string[] =>
  [...aws.graph.into('AT', role.node)].flatMap((grant) => [...aws.graph.into('HOLDS', grant)]).map((holder) => aws.graph.entityAt(holder).id)

function candidateRoles({ byName, open }: TrustIndex, actor: Actor): Actor[] {
  const names = [actor.entity.id, actor.entity.properties.uniqueId, actor.account, ...providerNames(actor)].filter(
    (name) => name !== undefined && name !== null,
  )
  return [...new Set([...open, ...names.flatMap((name) => byName.get(name) ?? [])])]
}

function cached<Key, Value>(cache: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = cache.get(key)
  if (known !== undefined) return known
  const value = make()
  cache.set(key, value)
  return value
}

function lazily<Value>(make: () => Value): () => Value {
  let value: { readonly made: Value } | undefined
  return () => (value ??= { made: make() }).made
}
