import type { EntityFact } from '../../domain/facts.ts'
import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import { decide, resourceMatches } from '../../policy/aws/index.ts'
import type { AwsDecision, CompiledPolicy, PolicyCompiler } from '../../policy/aws/types.ts'
import type { Graph } from '../graph.ts'
import { type Actor, buildActors, createEntityCompiler } from './actors.ts'
import { assumeKeyPolicyOrTrust, needsUnknownPolicy } from './unknown-policy.ts'
import { type AccountCeiling, createCeilings } from './organization.ts'
import { type Match, partition } from './partition.ts'
import { buildProgramIndex, type ProgramIndex } from './program-index.ts'
import { type NamedPrincipals, namedPrincipals } from './named-principals.ts'
import { appliesTo, buildRequest, type GivenContext } from './request.ts'
import { type AwsTarget, describeTarget } from './target.ts'

/** An actor and what was decided about it; actors that may not are left out of sets. */
export interface Reaching {
  readonly actor: Actor
  readonly effect: 'ALLOW' | 'CONDITIONAL'
}

/** The AWS part of the compiled estate: who acts, with which statements, and exact decisions about them. */
export interface AwsEstate {
  readonly graph: Graph
  readonly knowledge: ActionKnowledge
  readonly actors: readonly Actor[]
  readonly programs: ProgramIndex
  actorOf(id: string): Actor | undefined
  /** An actor for a principal that no file states. */
  outsider(entity: EntityFact): Actor
  ceilingOf(account: string | null): AccountCeiling
  /** @param account of a target whose ARN names none */
  target(arn: string, account?: string): AwsTarget
  decide(actor: Actor, action: string, target: AwsTarget, options?: DecideOptions): AwsDecision
  /** Everybody who may do an action to a target, acting as itself; exact. */
  reach(action: string, target: AwsTarget): readonly Reaching[]
}

export interface DecideOptions {
  readonly given?: GivenContext
  /** Principal to ask as: a session ARN of the actor, which is a role. */
  readonly principal?: string
}

const NOTHING_GIVEN: GivenContext = new Map()

/** @param now the asking time; absolute dates in conditions are compared with it */
export function compileAws(graph: Graph, compiler: PolicyCompiler, knowledge: ActionKnowledge, now: () => Date): AwsEstate {
  const compile = createEntityCompiler(graph, compiler)
  const actors = buildActors(graph, compile)
  const byId = new Map(actors.map((actor) => [actor.entity.id, actor]))
  const byUniqueId = new Map(
    actors.flatMap((actor) => (actor.entity.properties.uniqueId === undefined ? [] : [[actor.entity.properties.uniqueId, actor]])),
  )
  const programs = buildProgramIndex(actors)
  const ceilings = createCeilings(graph, compile)
  const accounts = graph.entities.filter((entity) => entity.kind === 'AwsAccount' && entity.coverage.length > 0)
  const onlyAccount = accounts.length === 1 ? (accounts[0]?.id ?? null) : null
  const unknownIdentity = compiler.compile(null, 'identity policies of an outside principal', 'IDENTITY')
  const named = new Map<EntityFact, NamedPrincipals>()

  const estate: AwsEstate = {
    graph,
    knowledge,
    actors,
    programs,
    actorOf: (id) => byId.get(id),
    outsider: (entity) => ({ number: -1, node: -1, entity, account: entity.scope ?? accountIn(entity.id), held: [], boundary: [], unsure: false }),
    ceilingOf: (account) => (account === null ? { managementAccount: false } : ceilings(account)),
    target: (arn, account) => describeTarget(graph, compile, knowledge, { arn, onlyAccount, ...(account === undefined ? {} : { account }) }),
    decide: (actor, action, target, options = {}) => decideFor(actor, action, target, options),
    reach: (action, target) => reach(action, target),
  }

  function decideFor(actor: Actor, action: string, target: AwsTarget, { given = NOTHING_GIVEN, principal }: DecideOptions): AwsDecision {
    const account = target.account ?? actor.account
    const request = buildRequest({
      actor,
      action,
      target,
      ceiling: estate.ceilingOf(actor.account),
      targetCeiling: estate.ceilingOf(account),
      unknownIdentity,
      now: now().toISOString(),
      given,
      ...(principal === undefined ? {} : { principal }),
    })
    return needsUnknownPolicy(target, action) ? assumeKeyPolicyOrTrust(request, compiler, knowledge) : decide(request, knowledge)
  }

  function reach(action: string, target: AwsTarget): Reaching[] {
    const policy = appliesTo(target, action) ? target.policy : undefined
    const admitted = policy === undefined ? null : admittedBy(target)
    const found: Reaching[] = []
    const asked = new Set<Actor>()
    const ask = (actor: Actor): AwsDecision['effect'] => {
      asked.add(actor)
      const { effect } = decideFor(actor, action, target, {})
      if (effect !== 'DENY') found.push({ actor, effect })
      return effect
    }
    for (const group of partition(actors, matchesFor(action, target))) {
      const [first, ...rest] = group.members.map((number) => actors[number]).filter((actor) => actor !== undefined)
      if (first === undefined || !group.mayAllow || !mayMatter(first, target, action, admitted, policy)) continue
      const effect = ask(first)
      if (group.individual || policy !== undefined) for (const actor of rest) ask(actor)
      else if (effect === 'DENY') for (const actor of rest) asked.add(actor)
      else for (const actor of rest) asked.add(actor) && found.push({ actor, effect })
    }
    for (const actor of besidesIdentity(target, admitted)) if (!asked.has(actor)) ask(actor)
    return found
  }

  /** Statements that may apply, by action and resource; their conditions are decided later. */
  function matchesFor(action: string, target: AwsTarget): Match[] {
    const id = knowledge.idOf(action)
    return programs
      .forAction(id)
      .flatMap((entry): Match[] => (resourceMatches(entry.program, target.arn) === 'FALSE' ? [] : [{ entry, applies: 'UNKNOWN' }]))
  }

  function admittedBy(target: AwsTarget): NamedPrincipals {
    const holder = target.policyHolder ?? target.entity
    const known = named.get(holder) ?? namedPrincipals(holder.document)
    named.set(holder, known)
    return known
  }

  /** Actors whom no identity policy of their own brings up: root users, and whoever the target's policy names. */
  function besidesIdentity(target: AwsTarget, admitted: NamedPrincipals | null): Actor[] {
    const roots = target.account === null ? actors.filter(({ entity }) => entity.kind === 'AwsRootUser') : [byId.get(rootOf(target.account))]
    const listed = [...(admitted?.ids ?? [])].flatMap((id) => byNamedId(id))
    const everybody = admitted?.everyone === true ? actors.filter(({ account }) => account === target.account || target.account === null) : []
    const anyone = admitted?.everyone === true ? [estate.outsider(ANYONE.Everyone), estate.outsider(ANYONE.AnyAuthenticated)] : []
    const unlisted = anyone.filter(({ entity }) => !byId.has(entity.id))
    return [...roots, ...listed, ...everybody, ...unlisted].filter((actor) => actor !== undefined)
  }

  function byNamedId(id: string): Actor[] {
    const session = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(id)
    if (session !== null)
      return actors.filter(({ entity, account }) => entity.kind === 'AwsRole' && account === session[2] && entity.id.endsWith(`/${session[3]}`))
    const account = /^(\d{12})$/.exec(id)?.[1]
    const actor = byId.get(account === undefined ? id : rootOf(account)) ?? byUniqueId.get(id)
    if (actor !== undefined) return [actor]
    return actors.filter(({ entity }) => entity.kind === 'FederatedSubject' && federatedBy(entity.id, id))
  }

  return estate
}

/** Classes that no policy of the target admits can't reach it from another account; trust policies admit within the account too. */
function mayMatter(actor: Actor, target: AwsTarget, action: string, admitted: NamedPrincipals | null, policy: CompiledPolicy | undefined): boolean {
  if (target.account === null) return true
  const isTrust = policy?.type === 'TRUST'
  if (actor.account === target.account && !isTrust) return true
  if (admitted === null) return needsUnknownPolicy(target, action)
  return admitted.everyone || (actor.account !== null && admitted.accounts.has(actor.account)) || admitted.ids.has(actor.entity.id)
}

const accountIn = (id: string): string | null => /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(id)?.[1] ?? null

const rootOf = (account: string): string => `arn:aws:iam::${account}:root`

/** A federated subject belongs to a provider that a trust policy names by ARN or by host. */
function federatedBy(subject: string, provider: string): boolean {
  const host = /:oidc-provider\/(.+)$/.exec(provider)?.[1] ?? provider
  return subject.startsWith(`${host}:`)
}

const anyone = (kind: 'Everyone' | 'AnyAuthenticated', id: string, name: string): EntityFact => ({
  record: 'entity',
  label: 'Principal',
  kind,
  id,
  name,
  provider: 'aws',
  scope: null,
  properties: { external: true, nature: 'EXTERNAL' },
  document: null,
  coverage: [],
})

export const ANYONE = {
  Everyone: anyone('Everyone', '*', 'Everyone (nobody need sign in)'),
  AnyAuthenticated: anyone('AnyAuthenticated', 'AnyAuthenticated', 'Any identity of any account'),
}
