import type { EntityFact } from '../../domain/facts.ts'
import type { CompiledPolicy, PolicyCompiler, PolicyType } from '../../policy/aws/types.ts'
import { closure } from '../adjacency.ts'
import type { Graph } from '../graph.ts'
import { isOfIdentityCenter } from './identity-center.ts'

/** A policy in the hands of an actor, and how it came there. Numbers are those of the graph. */
export interface HeldPolicy {
  readonly policy: CompiledPolicy
  readonly role: number
  readonly grant: number
  /** The actor itself, or the group through which it holds the policy. */
  readonly holder: number
}

/** A principal that can act: everything but groups. */
export interface Actor {
  /** Dense, 0-based. */
  readonly number: number
  /** Number in the graph. */
  readonly node: number
  readonly entity: EntityFact
  /** 12 digits; null for services, federated subjects, everyone. */
  readonly account: string | null
  readonly held: readonly HeldPolicy[]
  /** The policies of `held`, once each: a policy may be held by the actor and by its groups. */
  readonly policies: readonly CompiledPolicy[]
  readonly boundary: readonly CompiledPolicy[]
  /** What the evaluator tells actors apart by beside their statements, as a dense number: account, kind, having a boundary … */
  readonly sort: number
  /** Some policy that it holds can't be read or was not loaded: no answer about it is certain by what is known. */
  readonly unsure: boolean
}

/** Compiles the document of an entity once for each use. */
export type CompileEntity = (node: number, type: PolicyType) => CompiledPolicy

export function createEntityCompiler(graph: Graph, compiler: PolicyCompiler): CompileEntity {
  const compiled = new Map<string, CompiledPolicy>()
  return (node, type) => {
    const key = `${type}:${node}`
    const known = compiled.get(key)
    if (known !== undefined) return known
    const entity = graph.entityAt(node)
    const policy = compiler.compile(entity.document, guardrailPolicyId(entity.id), type)
    compiled.set(key, policy)
    return policy
  }
}

/** A boundary guardrail's id is its policy's with a suffix; reasons name the policy. */
const guardrailPolicyId = (id: string): string => (id.endsWith('#boundary') ? id.slice(0, -'#boundary'.length) : id)

/** Outside subjects sign in to AWS through an identity provider. */
const PROVIDERS: ReadonlySet<string> = new Set(['aws', 'federation'])

/**
 * INVARIANT: actors are numbered by account first, so that those of one account are a range.
 * @param isNobody whether what only policies name stands for nobody
 */
export function buildActors(graph: Graph, compile: CompileEntity, isNobody: (entity: EntityFact, account: string | null) => boolean): Actor[] {
  const acting = graph.entities
    .map((entity, node) => ({ entity, node, account: accountOfPrincipal(entity) }))
    .filter(({ entity, account }) => acts(entity) && !isNobody(entity, account))
    .sort((a, b) => ((a.account ?? '') < (b.account ?? '') ? -1 : (a.account ?? '') > (b.account ?? '') ? 1 : a.node - b.node))
  const sorts = new Map<string, number>()
  return acting.map(({ entity, node, account }, number) => {
    const held = [node, ...closure({ of: (from) => graph.out('MEMBER_OF', from) }, node)].flatMap((holder) => heldPolicies(graph, compile, holder))
    const boundary = [...graph.into('LIMITS', node)]
      .filter((guardrail) => graph.entityAt(guardrail).kind === 'PermissionsBoundary')
      .map((guardrail) => compile(guardrail, 'BOUNDARY'))
    const unsure = [...held.map(({ policy }) => policy), ...boundary].some(isUnsure)
    const actor = { number, node, entity, account, held, policies: policiesOf(held), boundary, unsure }
    return { ...actor, sort: intern(sorts, sortKey(actor)) }
  })
}

const acts = ({ label, provider, kind }: EntityFact): boolean => label === 'Principal' && PROVIDERS.has(provider) && !GROUPS.has(kind)

/** Their members act. */
const GROUPS: ReadonlySet<string> = new Set(['AwsGroup', 'IdentityCenterGroup'])

const sortKey = ({ account, boundary, unsure, entity }: Omit<Actor, 'sort'>): string =>
  [
    account,
    boundary.length,
    unsure,
    entity.kind,
    entity.coverage.length === 0,
    isStatedByIam(entity),
    entity.properties.path?.startsWith('/aws-service-role/') ?? false,
  ].join('/')

function intern(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size
  numbers.set(key, number)
  return number
}

/** A user or role whose policies nobody told: some policy names it, or an output that tells of passwords, keys or last uses alone. */
export const isNamedOnly = (entity: EntityFact): boolean => (entity.kind === 'AwsUser' || entity.kind === 'AwsRole') && !isStatedByIam(entity)

/** Only an account's authorization details tell what its users, groups and roles hold. */
const isStatedByIam = ({ coverage }: EntityFact): boolean => coverage.some((id) => id.startsWith('aws:iam:'))

export const policiesOf = (held: readonly HeldPolicy[]): CompiledPolicy[] => [...new Set(held.map(({ policy }) => policy))]

/** Policies attached to or inline in one principal or group. A group that no export states holds something that is not known. */
export function heldPolicies(graph: Graph, compile: CompileEntity, holder: number): HeldPolicy[] {
  const entity = graph.entityAt(holder)
  if (entity.kind === 'AwsGroup' && !isStatedByIam(entity)) {
    return [{ policy: compile(holder, 'IDENTITY'), role: holder, grant: holder, holder }]
  }
  // Other grants (an assignment of Identity Center, an access entry of a cluster) give what is no identity policy of the holder.
  return [...graph.out('HOLDS', holder)]
    .filter((grant) => graph.entityAt(grant).kind === 'AwsPolicyAttachment')
    .flatMap((grant) => [...graph.out('GIVES', grant)].map((role) => ({ policy: compile(role, 'IDENTITY'), role, grant, holder })))
}

const isUnsure = (policy: CompiledPolicy): boolean => policy.unreadable || policy.statements.some(({ program }) => program.unreadable)

/**
 * The account in a principal's ARN; null where its id names none. Users of Identity Center lie in an identity store; an account that has an identity
 * provider does not have the provider's subjects.
 */
export function accountOfPrincipal(entity: EntityFact): string | null {
  if (isOfIdentityCenter(entity) || entity.kind === 'FederatedSubject') return null
  return entity.scope ?? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(entity.id)?.[1] ?? null
}
