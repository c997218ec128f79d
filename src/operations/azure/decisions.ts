import type { Decision } from '../../domain/decision.ts'
import type { ReachVia } from '../../domain/vocabulary.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import type { AzureOptions } from '../../estate/azure/azure-estate.ts'
import { isDirectoryAction } from '../../estate/azure/directory.ts'
import { reachAzure } from '../../estate/azure/reach.ts'
import type { Estate } from '../../estate/estate.ts'
import type { AzureFault } from '../../policy/azure/index.ts'
import type { Subject } from './resolve.ts'

/** A decision of either evaluator. */
export interface MicrosoftDecision extends Decision {
  readonly faults?: readonly AzureFault[]
}

const NOT_APPLICABLE: MicrosoftDecision = { effect: 'DENY', because: [{ layer: 'ROLE_ASSIGNMENT', kind: 'MISSING_ALLOW', code: 'NO_ROLE' }] }

/** Operations of the directory are decided by its roles, all others by Azure's. */
export function decideOn(
  estate: Estate,
  actor: AzureActor,
  action: string,
  { arm, directory }: Subject,
  options: AzureOptions = {},
): MicrosoftDecision {
  if (isDirectoryAction(action)) return directory === undefined ? NOT_APPLICABLE : estate.directory.decide(actor, action, directory)
  return arm === undefined ? NOT_APPLICABLE : estate.azure.decide(actor, action, arm, options)
}

export interface ReachingActor {
  readonly actor: AzureActor
  readonly decision: MicrosoftDecision
}

export function reachOn(estate: Estate, action: string, { arm, directory }: Subject): readonly ReachingActor[] {
  if (isDirectoryAction(action)) return directory === undefined ? [] : estate.directory.reach(action, directory)
  return arm === undefined ? [] : reachAzure(estate.azure, action, arm)
}

/** By what an actor is allowed: what it holds itself before what its groups hold. */
export function wayOf(estate: Estate, { entity }: AzureActor, { because }: MicrosoftDecision): ReachVia {
  const allows = because.filter(({ kind, policy }) => kind === 'ALLOW' && policy !== undefined)
  const holders = allows.flatMap(({ policy = '' }) => holderOf(estate, policy) ?? [])
  return holders.length === 0 || holders.includes(entity.id) || allows.some(({ code }) => code === 'OWNER' || code === 'APPLICATION_PERMISSION')
    ? 'DIRECT'
    : 'GROUP'
}

/** Who holds a grant; access policies that the graph does not have apart name it in their id. */
export function holderOf({ graph }: Estate, grant: string): string | undefined {
  const node = graph.numberOf(grant)
  const [holder] = node === undefined ? [] : graph.into('HOLDS', node)
  if (holder !== undefined) return graph.entityAt(holder).id
  return /#accesspolicies\/([^/]+)/.exec(grant)?.[1]
}
