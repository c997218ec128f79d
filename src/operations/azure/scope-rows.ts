import type { AzureActor } from '../../estate/azure/actors.ts'
import type { AzureTarget } from '../../estate/azure/target.ts'
import { vaultIn } from '../../estate/azure/target.ts'
import type { Estate } from '../../estate/estate.ts'
import type { AzureDecision, CompiledRole } from '../../policy/azure/index.ts'
import { compileActionPattern } from '../../policy/microsoft/action-pattern.ts'
import { byVerb, verbOf, withinNamespace } from './patterns.ts'
import type { RowCollector } from './rows.ts'
import { conditionsOf } from './wording.ts'

/**
 * What roles give an actor, at the scopes at which they are assigned: the patterns of their definitions, net of everything. A row holds for its scope and
 * for all below; where something below takes a part of it away, that is among its conditions.
 */
export function addScopeRows(estate: Estate, actor: AzureActor, collector: RowCollector): void {
  const { azure } = estate
  const mine = [actor.entity.id.toLowerCase(), ...azure.groupsOf(actor), ...azure.uncertainGroups(actor)]
  const scopes = new Set(mine.flatMap((principal) => azure.index.scopesOf(principal)))
  for (const scope of scopes) {
    const itself = azure.target(scope)
    const target = withoutItsOwn(itself)
    const guarded = [...(target === itself ? [] : [scope]), ...azure.index.guardedBelow(scope)]
    const asked = { estate, actor, target, collector, guarded }
    for (const [pattern, isData] of patternsAt(estate, mine, scope)) addPattern({ ...asked, isData }, pattern)
  }
}

/** A scope as what lies in it sees it: deny assignments that don't apply to child scopes hold for it alone. */
function withoutItsOwn(target: AzureTarget): AzureTarget {
  const isOwn = target.scopes.some(
    ({ id, at }) => id === target.id && at.denyAssignments.some(({ doNotApplyToChildScopes }) => doNotApplyToChildScopes),
  )
  if (!isOwn) return target
  const scopes = target.scopes.map(({ id, at }) => ({
    id,
    at: id === target.id ? { ...at, denyAssignments: at.denyAssignments.filter(({ doNotApplyToChildScopes }) => !doNotApplyToChildScopes) } : at,
  }))
  return { ...target, scopes }
}

interface Asking {
  readonly estate: Estate
  readonly actor: AzureActor
  /** The scope as what lies in it sees it. */
  readonly target: AzureTarget
  readonly isData: boolean
  /** Scopes below, or the scope itself, to which a lock or deny assignment is attached. */
  readonly guarded: readonly string[]
  readonly collector: RowCollector
}

/** Patterns that the roles assigned at a scope name; of a role that was not loaded, all. */
function patternsAt({ azure }: Estate, principals: readonly string[], scope: string): readonly (readonly [pattern: string, isData: boolean])[] {
  const at = azure.index.at(scope)
  const found = new Map<string, readonly [string, boolean]>()
  for (const principal of principals) {
    const { assignments = [], delegations = [] } = at?.held.get(principal) ?? {}
    for (const { role } of [...assignments.filter(({ isEligible }) => !isEligible), ...delegations.filter(({ isEligible }) => !isEligible)])
      for (const each of patternsOf(role)) found.set(each.join(' ').toLowerCase(), each)
  }
  return [...found.values()]
}

function patternsOf(role: CompiledRole | undefined): readonly (readonly [string, boolean])[] {
  if (role === undefined || role.isUnreadable) {
    return [
      ['*', false],
      ['*', true],
    ]
  }
  return role.permissions.flatMap(({ actions, dataActions }) => [
    ...actions.map(({ text }) => [text, false] as const),
    ...dataActions.map(({ text }) => [text, true] as const),
  ])
}

function addPattern(asking: Asking, pattern: string): void {
  // Only where something below tells verbs apart are they told apart here.
  const pieces = asking.guarded.length > 0 && !asking.isData ? byVerb(pattern) : [pattern]
  for (const piece of pieces) {
    const decision = decide(asking, piece)
    if (decision.effect === 'DENY') continue
    if (decision.parts !== undefined) addParts(asking, piece)
    // What is denied but for some parts is those parts.
    if (decision.parts?.[0]?.effect === 'DENY') for (const part of decision.parts.slice(1)) add(asking, part.action, decide(asking, part.action))
    else add(asking, piece, decision)
  }
}

function decide({ estate, actor, target, isData }: Asking, pattern: string, at: AzureTarget = target): AzureDecision {
  return estate.azure.decide(actor, pattern, at, { isDataAction: isData })
}

function add(asking: Asking, pattern: string, decision: AzureDecision): void {
  const { collector, target, isData } = asking
  const conditions = [...partConditions(decision), ...exceptions(asking, pattern, decision), ...vaultCondition(asking, pattern)]
  collector.add(pattern, { subject: { entity: target.entity, arm: target }, decision, conditions, isData })
}

/** Of a pattern whose parts differ, what is left out; the rest holds. */
function partConditions(decision: AzureDecision): readonly string[] {
  if (decision.parts === undefined) return conditionsOf(decision)
  return decision.parts
    .filter(({ effect }) => effect !== 'ALLOW')
    .map(({ action, effect }) => (effect === 'DENY' ? `not ${action}` : `${action} on conditions of its own`))
}

/** What is known to be within a pattern and holds without exception: whole providers, and single operations of the others. */
function addParts(asking: Asking, pattern: string): void {
  const { catalogue } = asking.estate.azure
  const within = catalogue.namespaces.flatMap((namespace) => withinNamespace(pattern, namespace) ?? [])
  for (const part of within.length > 0 ? within : [pattern]) {
    const decision = within.length > 0 ? decide(asking, part) : undefined
    if (decision?.effect === 'ALLOW') add(asking, part, decision)
    if (decision !== undefined && decision.parts === undefined) continue
    for (const operation of catalogue.matching(part)) {
      const single = decide(asking, operation)
      if (single.effect !== 'DENY') add(asking, operation, single)
    }
  }
}

/** How many exceptions a row names; of more it gives the number. */
const NAMED = 5

/** Scopes where it holds less surely. */
function exceptions(asking: Asking, pattern: string, whole: AzureDecision): readonly string[] {
  const { estate, isData, guarded } = asking
  const found = guarded.filter((scope) => {
    const target = estate.azure.target(scope)
    if (!mayDiffer(target, pattern, isData)) return false
    const decision = decide(asking, pattern, target)
    return decision.effect !== 'ALLOW' && (decision.effect !== whole.effect || conditionsOf(decision).join() !== conditionsOf(whole).join())
  })
  const named = found.slice(0, NAMED).map((scope) => `not, or not wholly, on ${scope}, by a lock or deny assignment`)
  return found.length > NAMED ? [...named, `and on ${found.length - NAMED} more scopes with locks or deny assignments`] : named
}

/** Cheap: only what can tell something about the pattern is decided. */
function mayDiffer(target: AzureTarget, pattern: string, isData: boolean): boolean {
  if (target.scopes.some(({ id, at }) => id === target.id && at.denyAssignments.length > 0)) return true
  const verb = verbOf(pattern)
  return !isData && verb !== 'read' && target.locks.some(({ level }) => level === 'ReadOnly' || verb === 'delete' || verb === '*')
}

/** Each vault has a setting of its own, which decides whether roles count for its data. */
function vaultCondition({ target, isData }: Asking, pattern: string): readonly string[] {
  if (!isData || vaultIn(target.id) !== undefined || !mayBeOfVaults(pattern)) return []
  return ['of a key vault: it uses Azure RBAC for its data']
}

function mayBeOfVaults(pattern: string): boolean {
  const vaults = 'microsoft.keyvault/vaults/'
  const start = pattern.toLowerCase().split('*')[0] ?? ''
  return start.startsWith(vaults) || vaults.startsWith(start) || compileActionPattern(pattern).matches(`${vaults}secrets/getsecret/action`)
}
