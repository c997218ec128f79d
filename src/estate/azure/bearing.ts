import {
  compileScope,
  type AzurePolicySet,
  type CompiledAssignment,
  type CompiledDelegation,
  type CompiledDenyAssignment,
} from '../../policy/azure/index.ts'
import { holderOf } from './scope-tree.ts'
import type { Held, ScopeIndex } from './scope-index.ts'
import type { AzureTarget } from './target.ts'

/** What of the estate bears on questions about one target; by whom it is held. */
export interface Bearing {
  /** Principals that hold something at or above the target. */
  readonly holders: ReadonlySet<string>
  /** Principals that deny assignments or access policies name. */
  readonly named: ReadonlySet<string>
  readonly denyAssignments: readonly CompiledDenyAssignment[]
  /** What some principals hold together. */
  heldBy(principals: Iterable<string>): Held
  readonly shared: Pick<AzurePolicySet, 'denyAssignments' | 'locks' | 'keyVault' | 'classicAdministrators'>
}

export function createBearing(index: ScopeIndex): (target: AzureTarget) => Bearing {
  const known = new WeakMap<AzureTarget, Bearing>()
  return (target) => {
    const found = known.get(target) ?? bearingOn(index, target)
    known.set(target, found)
    return found
  }
}

function bearingOn(index: ScopeIndex, target: AzureTarget): Bearing {
  const holders = new Set(target.scopes.flatMap(({ at }) => [...at.held.keys()]))
  const denyAssignments = [
    ...index.unplaced,
    ...target.scopes.flatMap(({ id, at }) => at.denyAssignments.flatMap((deny) => placedDeny(deny, id, target))),
  ]
  const policies = target.keyVault?.mode === 'RBAC' ? [] : (target.keyVault?.accessPolicies ?? [])
  return {
    holders,
    named: new Set([
      ...denyAssignments.flatMap(({ principals, excludePrincipals }) => [...principals, ...excludePrincipals].map(({ id }) => id)),
      ...policies.map(({ principalId }) => principalId),
    ]),
    denyAssignments,
    heldBy: (principals) => heldBy(target, principals),
    shared: {
      denyAssignments,
      locks: target.locks,
      ...(target.keyVault === undefined ? {} : { keyVault: target.keyVault }),
      classicAdministrators: target.scopes.flatMap(({ at }) => at.classicAdministrators),
    },
  }
}

function heldBy(target: AzureTarget, principals: Iterable<string>): Held {
  const assignments: CompiledAssignment[] = []
  const delegations: CompiledDelegation[] = []
  for (const principal of principals)
    for (const { id, at } of target.scopes) {
      const held = at.held.get(principal)
      if (held === undefined) continue
      assignments.push(...held.assignments.map((assignment) => placed(assignment, id, target)))
      delegations.push(...held.delegations)
    }
  return { assignments, delegations }
}

/**
 * Where only some of the management groups above are known, the evaluator takes all for unknown: what is attached to one of the known is
 * attached, as far as the target goes, to its subscription.
 */
function placed<Document extends CompiledAssignment | CompiledDenyAssignment>(document: Document, scope: string, target: AzureTarget): Document {
  if (target.ancestors !== undefined || !target.surelyAbove.has(scope)) return document
  return { ...document, scope: compileScope(holderOf(target.id) ?? target.id) }
}

function placedDeny(deny: CompiledDenyAssignment, scope: string, target: AzureTarget): readonly CompiledDenyAssignment[] {
  const isAbove = scope !== target.id
  return deny.doNotApplyToChildScopes && isAbove ? [] : [placed(deny, scope, target)]
}
