import type { EntityFact } from '../../domain/facts.ts'
import type { Graph } from '../graph.ts'
import type { Actor } from './actors.ts'
import { providerNamed, providerNames } from './federation.ts'
import { namedPrincipals, statementsOf } from './named-principals.ts'
import { carriesPolicy } from './target.ts'
import { canonicalUsers, GRANTS_ON_RESOURCES } from './target-grants.ts'

/** Finds the resources, and the roles that can be taken, whose policies, or grants on them, could give an actor something that its own policies don't tell. */
export interface ResourceIndex {
  naming(actor: Actor): readonly EntityFact[]
  /** Resources of an account whose policies deny something to somebody, or may, since nobody was allowed to read them: what identities may do to all resources, they may not do to these. */
  denyingIn(account: string): readonly EntityFact[]
}

export function createResourceIndex(graph: Graph): ResourceIndex {
  const open: EntityFact[] = []
  const byName = new Map<string, EntityFact[]>()
  const denying = new Map<string, EntityFact[]>()
  const owners = canonicalUsers(graph)
  graph.entities.forEach((grant, node) => {
    if (!GRANTS_ON_RESOURCES.has(grant.kind)) return
    const names = namesInGrant(graph, grant, node, owners)
    for (const resource of [...graph.out('AT', node)].map((at) => graph.entityAt(at))) {
      if (names.everyone) open.push(resource)
      for (const name of names.ids) if (!isOwnAccount(name, resource)) push(byName, name, resource)
    }
  })
  for (const entity of graph.entities) {
    if (entity.properties.policyState === 'NOT_LOADED' && entity.document === null && entity.scope !== null) push(denying, entity.scope, entity)
    if (!carriesPolicy(entity)) continue
    const { everyone, accounts, ids } = namedPrincipals(entity.document)
    if (everyone) open.push(entity)
    if (entity.label === 'Resource' && entity.scope !== null && denies(entity.document)) push(denying, entity.scope, entity)
    for (const name of new Set([...ids, ...accounts].map(providerNamed))) if (!isOwnAccount(name, entity)) push(byName, name, entity)
  }
  return {
    denyingIn: (account) => denying.get(account) ?? [],
    naming(actor) {
      const { id, properties } = actor.entity
      const named = [id, properties.uniqueId, ...providerNames(actor)].flatMap((name) => (name === undefined ? [] : (byName.get(name) ?? [])))
      const delegated = actor.account === null ? [] : (byName.get(actor.account) ?? [])
      return [...new Set([...open, ...named, ...delegated])]
    },
  }
}

/** Naming the own account as a whole only hands the decision to its identity policies, which say more about their account themselves. */
const isOwnAccount = (name: string, { scope }: EntityFact): boolean => scope !== null && (name === scope || name.endsWith(`:iam::${scope}:root`))

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Whom a grant names: a superset, from its holders and its text, so that a million of them need not be read as policies. */
function namesInGrant(
  graph: Graph,
  { document }: EntityFact,
  node: number,
  owners: ReadonlyMap<string, string>,
): { readonly everyone: boolean; readonly ids: ReadonlySet<string> } {
  const text = document ?? ''
  const holders = [...graph.into('HOLDS', node)].map((holder) => graph.entityAt(holder))
  const written = [...text.matchAll(/"([a-z0-9.-]+\.amazonaws\.com|arn:[^"]*:(?:iam|sts)::[^"]*|\d{12}|[0-9a-f]{64})"/g)].map(([, name = '']) => name)
  const names = [...holders.map(({ id }) => id), ...written]
  return {
    // Organisations and their units are no principals of the graph; whoever they hold is let in on a condition.
    everyone: document === null || holders.some(({ kind }) => PUBLIC.has(kind)) || /:(?:organization|ou)\/o-|\/groups\/global\//.test(text),
    ids: new Set(names.flatMap((name) => [name, ...accountMeant(name, owners)])),
  }
}

const PUBLIC: ReadonlySet<string> = new Set(['Everyone', 'AnyAuthenticated'])

function accountMeant(name: string, owners: ReadonlyMap<string, string>): string[] {
  const account = owners.get(name) ?? /^arn:[^:]*:iam::(\d{12}):root$/.exec(name)?.[1]
  return account === undefined ? [] : [account]
}

const denies = (document: string | null): boolean => document !== null && statementsOf(document).some(({ Effect: effect }) => effect !== 'Allow')
