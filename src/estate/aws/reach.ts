import type { EntityFact } from '../../domain/facts.ts'
import { resourceMatches } from '../../policy/aws/index.ts'
import type { AwsDecision, CompiledPolicy, StatementProgram } from '../../policy/aws/types.ts'
import { type Actor, isNamedOnly } from './actors.ts'
import { admittingPolicies } from './admission.ts'
import { assignedUsers } from './assigned.ts'
import type { AwsEstate } from './aws-estate.ts'
import { hasBit } from './bitmap.ts'
import { isOfIdentityCenter } from './identity-center.ts'
import type { NamedPrincipals } from './named-principals.ts'
import { type ActorClass, type ActorRange, type Match, partition } from './partition.ts'
import { appliesTo } from './request.ts'
import type { AwsTarget } from './target.ts'
import { isSigningIn } from './sso-sign-in.ts'
import { mayAdmitOutsiders, needsUnknownPolicy } from './unknown-policy.ts'

/** An actor and what was decided about it; actors that may not are left out of sets. */
export interface Reaching extends Granting {
  readonly actor: Actor
  readonly effect: 'ALLOW' | 'CONDITIONAL'
}

/** By what an actor is allowed. */
export interface Granting {
  /** Statements of identity policies that allow, surely or perhaps. Empty: only the target's own policy does, or root needs none. */
  readonly allowedBy: ReadonlySet<StatementProgram>
  /** The target's own policy allows. */
  readonly byResource: boolean
}

type Parts = Omit<AwsEstate, 'reach'>

/** What a question asks, and whom the target's policy and grants (where they bear on the action) admit. */
interface Question {
  readonly action: string
  readonly target: AwsTarget
  /** null: neither a policy nor a grant bears on it. */
  readonly admitted: NamedPrincipals | null
}

/**
 * Filter, then prove: statements by action and resource narrow the actors to candidates, whom the statements that bind them put into classes;
 * the evaluator then decides each class, or each member where members may differ.
 * INVARIANT: an actor that is not asked is one that no statement, policy or rule could let in.
 */
export function createReach(aws: Parts): AwsEstate['reach'] {
  const ranges = rangesByAccount(aws.actors)
  return (action, target) => {
    const question: Question = { action, target, admitted: appliesTo(target, action) ? aws.admittedBy(target) : null }
    const asked = new Set<Actor>()
    const found: Reaching[] = []
    const ask = (actor: Actor): Reaching | null => {
      asked.add(actor)
      const reaching = decideOne(aws, actor, question)
      if (reaching !== null) found.push(reaching)
      return reaching
    }
    for (const group of partition(aws.actors, matchesFor(aws, question), candidateRanges(aws, ranges, question))) {
      if (group.mayAllow) askClass(aws, group, question, { ask, asked, found })
    }
    for (const actor of besidesIdentity(aws, question)) if (!asked.has(actor)) ask(actor)
    return found
  }
}

/** Statements that may apply, by action and resource; their conditions are decided later. */
function matchesFor({ programs, knowledge }: Parts, { action, target }: Question): Match[] {
  return programs.forAction(knowledge.idOf(action)).filter(({ program }) => resourceMatches(program, target.arn) !== 'FALSE')
}

function rangesByAccount(actors: readonly Actor[]): ReadonlyMap<string | null, ActorRange> {
  const ranges = new Map<string | null, { start: number; end: number }>()
  for (const { account, number } of actors) {
    const range = ranges.get(account)
    if (range === undefined) ranges.set(account, { start: number, end: number + 1 })
    else range.end = number + 1
  }
  return ranges
}

/**
 * Accounts whose identity policies can matter: the target's own, and those that its policy admits. A trust policy admits within its account too.
 */
function candidateRanges(
  { actors, knowledge }: Parts,
  ranges: ReadonlyMap<string | null, ActorRange>,
  { action, target, admitted }: Question,
): ActorRange[] {
  const all = [{ start: 0, end: actors.length }]
  if (target.account === null || admitted?.everyone === true) return all
  if (needsUnknownPolicy(target, action, knowledge)) return all
  const accounts = new Set(admitted?.accounts ?? [])
  const isTrust = admitted !== null && target.policy?.type === 'TRUST'
  if (!isTrust) accounts.add(target.account)
  return [...accounts].map((account) => ranges.get(account)).filter((range) => range !== undefined)
}

interface Asking {
  readonly ask: (actor: Actor) => Reaching | null
  readonly asked: Set<Actor>
  readonly found: Reaching[]
}

/** One member answers for all whom neither a statement of theirs, nor the target's policy, nor a guardrail of the organisation tells apart. */
function askClass(aws: Parts, group: ActorClass, question: Question, { ask, asked, found }: Asking): void {
  const { actors } = aws
  const individual = group.individual || isToldApartByGuardrails(aws, actors[group.members[0] ?? -1]?.account ?? null, question)
  let shared: Reaching | null | undefined
  for (const number of group.members) {
    const actor = actors[number]
    if (actor === undefined) continue
    if (individual || isToldApart(aws, actor, question)) ask(actor)
    else if (shared === undefined) shared = ask(actor)
    else {
      asked.add(actor)
      if (shared !== null) found.push({ ...shared, actor })
    }
  }
}

function isToldApart(aws: Parts, { entity, account }: Actor, { action, target, admitted }: Question): boolean {
  if (admitted === null) return false
  if (admitted.tellsAllApart || admittingPolicies(target).some((policy) => asksWho(aws, policy, action))) return true
  return (
    admitted.mentioned.has(entity.id) ||
    admitted.mentioned.has(entity.properties.uniqueId ?? '') ||
    admitted.mentioned.has(`${account}/${entity.name}`)
  )
}

/** Classes are of one account, whose SCPs may ask who is calling; so may the RCPs of the target's. */
function isToldApartByGuardrails(aws: Parts, account: string | null, { action, target }: Question): boolean {
  const { serviceControl = [] } = aws.ceilingOf(account)
  const { resourceControl = [] } = aws.ceilingOf(target.account ?? account)
  return [...serviceControl, ...resourceControl].flat().some((policy) => policy.unreadable || asksWho(aws, policy, action))
}

/** Some statement about the action depends on who asks. */
function asksWho({ knowledge }: Parts, { statements }: CompiledPolicy, action: string): boolean {
  const id = knowledge.idOf(action)
  return statements.some(({ program }) => program.unreadable || (program.dependsOnPrincipal && (id < 0 || hasBit(program.actions, id))))
}

/** Actors whom no identity policy of their own brings up: root users, and whoever the target's policy names. */
function besidesIdentity(aws: Parts, { action, target, admitted }: Question): Actor[] {
  const isLocal = ({ account }: Actor): boolean => target.account === null || account === target.account
  const isAdmitted = ({ account }: Actor): boolean => admitted !== null && (admitted.everyone || admitted.accounts.has(account ?? ''))
  // A policy that was not loaded may admit any account.
  const isOpen = needsUnknownPolicy(target, action, aws.knowledge)
  const roots = isOpen ? wholeAccounts(aws) : rootUsers(aws).filter((root) => isLocal(root) || isAdmitted(root))
  const users = usersSigningIn(aws, action, target)
  const isOpenToOutsiders = mayAdmitOutsiders(target, action, aws.knowledge)
  if (admitted === null) return [...roots, ...users, ...(isOpenToOutsiders ? namedOnly(aws) : [])]
  const listed = [...namedInGraph(aws, target), ...[...admitted.ids].map((id) => aws.actorOf(id)).filter((actor) => actor !== undefined), ...users]
  // What the policies of users and roles say that nobody exported is not known, so that no statement brings them up either.
  const unexported = namedOnly(aws).filter((actor) => isOpenToOutsiders || isAdmitted(actor))
  if (!admitted.everyone) return [...roots, ...listed, ...unexported]
  const local = aws.actors.filter(
    (actor) => !isOfIdentityCenter(actor.entity) && (isLocal(actor) || actor.account === null || actor.entity.coverage.length === 0),
  )
  const anyone = [ANYONE.Everyone, ANYONE.AnyAuthenticated].map((entity) => aws.actorOf(entity.id) ?? aws.outsider(entity))
  return [...roots, ...listed, ...local, ...anyone]
}

/** Users of Identity Center have nothing to do with a role but to sign in to it, by an assignment. */
function usersSigningIn(aws: Parts, action: string, { entity }: AwsTarget): Actor[] {
  const role = entity.kind === 'AwsRole' && isSigningIn(action) ? aws.graph.numberOf(entity.id) : undefined
  return role === undefined ? [] : assignedUsers(aws, role)
}

const rootUsers = selecting(({ entity }) => entity.kind === 'AwsRootUser')
const wholeAccounts = selecting(({ entity }) => entity.kind === 'AwsRootUser' || entity.kind === 'AwsAccountPrincipal')
const namedOnly = selecting(({ entity }) => isNamedOnly(entity))

/** Selects actors of an estate; worked out once for each. */
function selecting(fits: (actor: Actor) => boolean): (aws: Parts) => readonly Actor[] {
  const selected = new WeakMap<readonly Actor[], readonly Actor[]>()
  return ({ actors }) => {
    const known = selected.get(actors) ?? actors.filter(fits)
    selected.set(actors, known)
    return known
  }
}

/** Principals that the statements of a policy name, as the graph has them: sessions as their roles, deleted ids left out. */
function namedInGraph({ graph, actorOf }: Parts, target: AwsTarget): Actor[] {
  const node = graph.numberOf((target.holder ?? target.entity).id)
  if (node === undefined) return []
  const holders = [...graph.into('AT', node)].flatMap((grant) => [...graph.into('HOLDS', grant)])
  return holders.map((holder) => actorOf(graph.entityAt(holder).id)).filter((actor) => actor !== undefined)
}

function decideOne(aws: Parts, actor: Actor, { action, target }: Question): Reaching | null {
  const decision = aws.decide(actor, action, target)
  return decision.effect === 'DENY' ? null : { actor, effect: decision.effect, ...grantedBy(actor, decision) }
}

/** The statements behind the ALLOW reasons of a decision. */
export function grantedBy(actor: Actor, decision: AwsDecision): Granting {
  const allows = decision.because.filter(({ kind }) => kind === 'ALLOW')
  const programs = allows.flatMap(({ layer, policy: id, statement: name }) => {
    const policy = layer === 'IDENTITY' ? actor.held.find((held) => held.policy.id === id)?.policy : undefined
    return policy?.statements.filter(({ sid, index }) => name === (sid ?? `Statement[${index}]`)).map(({ program }) => program) ?? []
  })
  return { allowedBy: new Set(programs), byResource: allows.some(({ layer }) => layer === 'RESOURCE') }
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

/** Principals that stand for the public. */
export const ANYONE = {
  Everyone: anyone('Everyone', '*', 'Everyone (nobody need sign in)'),
  AnyAuthenticated: anyone('AnyAuthenticated', 'AnyAuthenticated', 'Any identity of any account'),
}
