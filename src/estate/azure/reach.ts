import { blockNames, planeOf, type AzureDecision, type CompiledAssignment, type CompiledRole } from '../../policy/azure/index.ts'
import type { AzureActor } from './actors.ts'
import type { AzureEstate } from './azure-estate.ts'
import type { Bearing } from './bearing.ts'
import { vaultIn, type AzureTarget } from './target.ts'

/** Somebody who may, surely or perhaps, and the decision about it or about somebody whom nothing tells from it. */
export interface AzureReaching {
  readonly actor: AzureActor
  readonly decision: AzureDecision
}

/**
 * Filter, then prove: what is held at and above the target narrows the actors to candidates; the evaluator decides each, or one of those whom nothing
 * tells apart.
 * INVARIANT: an actor that is not asked is one that no grant, group or vault could let in.
 */
export function reachAzure(estate: AzureEstate, action: string, target: AzureTarget): readonly AzureReaching[] {
  const bearing = estate.bearing(target)
  const shared = new Map<string, AzureDecision>()
  const found: AzureReaching[] = []
  for (const actor of candidates(estate, action, target, bearing)) {
    const key = classOf(estate, actor, bearing)
    const decision = (key === undefined ? undefined : shared.get(key)) ?? estate.decide(actor, action, target)
    if (key !== undefined) shared.set(key, decision)
    if (decision.effect !== 'DENY') found.push({ actor, decision })
  }
  return found
}

function candidates(estate: AzureEstate, action: string, target: AzureTarget, bearing: Bearing): Iterable<AzureActor> {
  if (mayLetInAnybody(action, target)) return estate.actors.values()
  const named = [...holdersOf(estate, action, bearing), ...policyHolders(action, target)]
  const open = new Set([...estate.memberships.open].map((node) => estate.graph.entityAt(node).id.toLowerCase()))
  // Whoever it is that the members of such a group are.
  if (named.some((id) => open.has(id))) return estate.actors.values()
  return namedActors(estate, named)
}

/** A vault whose setting is not known may have access policies for anybody. */
function mayLetInAnybody(action: string, target: AzureTarget): boolean {
  const lower = action.toLowerCase()
  if (vaultIn(target.id) === undefined || !lower.startsWith('microsoft.keyvault/vaults/') || planeOf(lower) !== 'DATA') return false
  return target.keyVault === undefined || target.keyVault.mode === 'UNKNOWN'
}

function policyHolders(action: string, { keyVault }: AzureTarget): readonly string[] {
  return planeOf(action.toLowerCase()) === 'CONTROL' ? [] : (keyVault?.accessPolicies ?? []).map(({ principalId }) => principalId)
}

function* holdersOf({ now }: AzureEstate, action: string, bearing: Bearing): Generator<string> {
  const lower = action.trim().toLowerCase()
  const roles = new Map<CompiledRole, boolean>()
  const names = (role: CompiledRole | undefined): boolean => {
    if (role === undefined || role.isUnreadable || lower.includes('*')) return true
    const known = roles.get(role) ?? role.permissions.some((block) => blockNames(block, lower, true) || blockNames(block, lower, false))
    roles.set(role, known)
    return known
  }
  const time = now().getTime()
  for (const holder of bearing.holders) {
    const { assignments, delegations } = bearing.heldBy([holder])
    if (assignments.some((each) => isActive(each, time) && names(each.role)) || delegations.some(({ isEligible }) => !isEligible)) yield holder
  }
}

function isActive({ isEligible, endsAt }: CompiledAssignment, now: number): boolean {
  return !isEligible && (endsAt === undefined || now < endsAt)
}

function namedActors({ graph, actors, memberships }: AzureEstate, named: Iterable<string>): Iterable<AzureActor> {
  const found = new Set<AzureActor>()
  const add = (node: number): void => {
    const actor = actors.get(node)
    if (actor !== undefined) found.add(actor)
  }
  for (const id of named) {
    const node = graph.numberOf(id)
    if (node === undefined) continue
    add(node)
    for (const member of memberships.membersOf(node)) add(member)
  }
  return found
}

/** Equal for actors whom nothing tells apart on this target; undefined for those who are named themselves. */
function classOf(estate: AzureEstate, actor: AzureActor, { holders, named }: Bearing): string | undefined {
  const id = actor.entity.id.toLowerCase()
  const isMentioned = (each: string): boolean => holders.has(each) || named.has(each)
  if (isMentioned(id)) return undefined
  const groups = estate.groupsOf(actor).filter((each) => isMentioned(each))
  const flags = [actor.isKnown, actor.isBlocked, actor.tenant, actor.entity.properties.external === true]
  return [...flags, ...groups.toSorted()].join(' ')
}
