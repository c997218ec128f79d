import type { EntityFact } from '../../domain/facts.ts'
import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'
import type { AwsDecision, ContextValue, PolicyCompiler, StatementProgram } from '../../policy/aws/types.ts'
import type { Graph } from '../graph.ts'
import { accountOfPrincipal, type Actor, buildActors, type CompileEntity, createEntityCompiler, isNamedOnly } from './actors.ts'
import { createAdmission } from './admission.ts'
import type { NamedPrincipals } from './named-principals.ts'
import { createUnknownPolicies, decideWithUnknown } from './unknown-policy.ts'
import { type AccountCeiling, createCeilings } from './organization.ts'
import { createEndpoints } from './endpoints.ts'
import { subjectOf } from './federation.ts'
import { accountsOfKnownUsers, createIdentityCenter, type IdentityCenter, isOfIdentityCenter, isSsoProvider } from './identity-center.ts'
import { buildProgramIndex, type ProgramIndex } from './program-index.ts'
import { createReach, type Reaching } from './reach.ts'
import { buildRequest, type GivenContext } from './request.ts'
import { decideSignIn } from './sso-sign-in.ts'
import { createTargetGrants } from './target-grants.ts'
import { type AwsTarget, describeTarget } from './target.ts'

/** The AWS part of the compiled estate: who acts, with which statements, and exact decisions about them. */
export interface AwsEstate {
  readonly graph: Graph
  readonly knowledge: ActionKnowledge
  readonly actors: readonly Actor[]
  readonly programs: ProgramIndex
  readonly compile: CompileEntity
  readonly identityCenter: IdentityCenter
  /** By exact id, or by the provider's unique id. */
  actorOf(id: string): Actor | undefined
  /** An actor for a principal that no file states. */
  outsider(entity: EntityFact): Actor
  ceilingOf(account: string | null): AccountCeiling
  /** @param account of a target whose ARN names none */
  target(arn: string, account?: string): AwsTarget
  /** Whom the target's own policy and grants name; null: it has neither. */
  admittedBy(target: AwsTarget): NamedPrincipals | null
  /** Statements that stand for a policy of the target that was not loaded, to tell actions apart by. */
  programsOfUnknown(target: AwsTarget): readonly StatementProgram[]
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

export interface AwsParts {
  readonly graph: Graph
  readonly compiler: PolicyCompiler
  readonly knowledge: ActionKnowledge
  /** The asking time; absolute dates in conditions are compared with it. */
  readonly now: () => Date
  /** Accounts whose IAM was loaded whole. */
  readonly wholeAccounts: ReadonlySet<string>
  /** Ids of the coverages that were loaded whole. */
  readonly wholeCoverages: ReadonlySet<string>
}

export function compileAws({ graph, compiler, knowledge, now, wholeAccounts, wholeCoverages }: AwsParts): AwsEstate {
  const compile = createEntityCompiler(graph, compiler)
  const knownUsers = accountsOfKnownUsers(graph, wholeCoverages)
  const isNobody = (entity: EntityFact, account: string | null): boolean =>
    (isNamedOnly(entity) && account !== null && wholeAccounts.has(account)) || (isSsoProvider(entity) && knownUsers.has(accountIn(entity.id) ?? ''))
  const actors = buildActors(graph, compile, isNobody)
  const byId = indexActors(actors)
  const ceilings = createCeilings(graph, compile)
  const targetParts = { graph, compile, knowledge, onlyAccount: theOnlyAccount(graph), wholeAccounts, grantsOf: createTargetGrants(graph, compiler) }
  const unknown = createUnknownPolicies(compiler, knowledge)
  const identityCenter = createIdentityCenter(graph, knownUsers, ({ id }) => byId.has(id))
  const endpoints = createEndpoints(graph, compile, wholeCoverages)
  const wholeOrganizations = [...wholeCoverages].flatMap((id) => /^aws:organizations:(o-.+)$/.exec(id)?.[1] ?? [])

  /** @param principal as whom the evaluator is asked, where that is not the actor itself */
  const ask = ({ actor, action, target }: Asked, given: GivenContext, principal?: string): AwsDecision => {
    const passage = endpoints.passageOf(given, action)
    const request = buildRequest({
      actor,
      action,
      target,
      ceiling: estate.ceilingOf(actor.account),
      targetCeiling: estate.ceilingOf(target.account ?? actor.account),
      wholeOrganizations,
      now: now().toISOString(),
      given: passage.given,
      endpoint: passage.policies,
      ...(principal === undefined ? {} : { principal }),
    })
    return decideWithUnknown(request, [...unknown.of(actor, action, target), ...unknown.ofEndpoint(passage)], knowledge)
  }

  const estate: Omit<AwsEstate, 'reach'> = {
    graph,
    knowledge,
    actors,
    programs: buildProgramIndex(actors),
    compile,
    identityCenter,
    actorOf: (id) => byId.get(id),
    outsider,
    ceilingOf: (account) => (account === null ? { managementAccount: false } : ceilings(account)),
    admittedBy: createAdmission(),
    programsOfUnknown: (target) => unknown.programsOf(target),
    target: (arn, account) => describeTarget(targetParts, arn, account),
    decide(actor, action, target, { given = NOTHING_GIVEN, principal } = {}) {
      const asked = { actor, action, target }
      if (isOfIdentityCenter(actor.entity)) {
        const ways = identityCenter.waysOf(actor.node).filter(({ role }) => graph.entityAt(role) === target.entity)
        return decideSignIn(action, target.entity, ways, (provider, more) => ask(asked, withGiven(given, more), provider))
      }
      const subject = subjectOf(graph, actor, target)
      return ask(asked, subject === null ? given : withGiven(given, [subject]), principal)
    },
  }
  return { ...estate, reach: createReach(estate) }
}

/** An actor that the graph does not have. */
const outsider = (entity: EntityFact): Actor => ({
  number: -1,
  node: -1,
  entity,
  account: accountOfPrincipal(entity),
  held: [],
  policies: [],
  boundary: [],
  unsure: false,
  sort: -1,
})

interface Asked {
  readonly actor: Actor
  readonly action: string
  readonly target: AwsTarget
}

/** What the caller gave holds before what follows from the identity. */
const withGiven = (given: GivenContext, more: readonly (readonly [string, ContextValue])[]): GivenContext => new Map([...more, ...given])

function indexActors(actors: readonly Actor[]): ReadonlyMap<string, Actor> {
  const byId = new Map<string, Actor>()
  for (const actor of actors) if (actor.entity.properties.uniqueId !== undefined) byId.set(actor.entity.properties.uniqueId, actor)
  for (const actor of actors) byId.set(actor.entity.id, actor)
  return byId
}

function theOnlyAccount(graph: Graph): string | null {
  const [only, ...others] = graph.entities.filter((entity) => entity.kind === 'AwsAccount' && entity.coverage.length > 0)
  return only === undefined || others.length > 0 ? null : only.id
}

const accountIn = (id: string): string | null => /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(id)?.[1] ?? null
