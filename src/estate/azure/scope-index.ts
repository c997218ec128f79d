import type { CompiledAssignment, CompiledDelegation, CompiledDenyAssignment, CompiledLock } from '../../policy/azure/index.ts'
import type { ClassicAdministrator } from '../../policy/azure/types.ts'
import type { AzureDocuments } from './grants.ts'
import { isManagementGroup, type ScopeTree } from './scope-tree.ts'

/** What is attached to one scope. */
export interface AtScope {
  /** By lower-cased object id. */
  readonly held: ReadonlyMap<string, Held>
  readonly denyAssignments: readonly CompiledDenyAssignment[]
  readonly classicAdministrators: readonly ClassicAdministrator[]
}

/** What one principal holds at a scope itself. */
export interface Held {
  readonly assignments: readonly CompiledAssignment[]
  readonly delegations: readonly CompiledDelegation[]
}

/** Grants and guardrails by the scope that they are attached to. */
export interface ScopeIndex {
  at(scope: string): AtScope | undefined
  /** Where a principal holds something; canonical ids. */
  scopesOf(principal: string): readonly string[]
  /** Scopes strictly below, or perhaps below, to which a lock or deny assignment is attached. */
  guardedBelow(scope: string): readonly string[]
  readonly locks: readonly CompiledLock[]
  /** Deny assignments of which it is not known where they hold. */
  readonly unplaced: readonly CompiledDenyAssignment[]
}

interface Building {
  readonly held: Map<string, { readonly assignments: CompiledAssignment[]; readonly delegations: CompiledDelegation[] }>
  readonly denyAssignments: CompiledDenyAssignment[]
  readonly classicAdministrators: ClassicAdministrator[]
}

export function createScopeIndex(documents: AzureDocuments, tree: ScopeTree): ScopeIndex {
  const scopes = new Map<string, Building>()
  const scopesOf = new Map<string, Set<string>>()
  const at = (scope: string): Building => {
    const known = scopes.get(scope) ?? { held: new Map(), denyAssignments: [], classicAdministrators: [] }
    scopes.set(scope, known)
    return known
  }
  const holding = (scope: string, principal: string): { readonly assignments: CompiledAssignment[]; readonly delegations: CompiledDelegation[] } => {
    const { held } = at(scope)
    const known = held.get(principal) ?? { assignments: [], delegations: [] }
    held.set(principal, known)
    scopesOf.set(principal, (scopesOf.get(principal) ?? new Set()).add(scope))
    return known
  }
  for (const assignment of documents.assignments) holding(assignment.scope.id, assignment.principal.id).assignments.push(assignment)
  for (const delegation of documents.delegations) holding(delegation.scope.id, delegation.principalId).delegations.push(delegation)
  for (const classic of documents.classicAdministrators) at(classic.scope.id).classicAdministrators.push(classic)
  const placed = documents.denyAssignments.filter(({ isUnreadable }) => !isUnreadable)
  for (const deny of placed) at(deny.scope.id).denyAssignments.push(deny)
  const guarded = [...new Set([...placed.map(({ scope }) => scope.id), ...documents.locks.map(({ scope }) => scope.id)])].sort()
  return {
    at: (scope) => scopes.get(scope),
    scopesOf: (principal) => [...(scopesOf.get(principal) ?? [])],
    guardedBelow: (scope) => guarded.filter((each) => each !== scope && mayBeBelow(tree, each, scope)),
    locks: documents.locks,
    unplaced: documents.denyAssignments.filter(({ isUnreadable }) => isUnreadable),
  }
}

function mayBeBelow(tree: ScopeTree, id: string, scope: string): boolean {
  if (scope === '/' || id.startsWith(`${scope}/`)) return true
  if (!isManagementGroup(scope)) return false
  const { known, isWhole } = tree.above(id)
  return !isWhole || known.includes(scope)
}
