import { evaluateCondition } from './condition/evaluate.ts'
import { factLeaf, type AzureFormula } from './leaves.ts'
import { matchesAny } from '../microsoft/action-pattern.ts'
import type { Question } from './question.ts'
import { isAtOrBelow, type CompiledScope } from './scope.ts'
import type { CompiledCondition, CompiledPermission, PrincipalReference, Window } from './types.ts'

/** Id of the principal that stands for everybody, in deny assignments. */
const EVERYONE = '00000000-0000-0000-0000-000000000000'

/** Whether the target lies at or below a scope. */
export function scopeHolds(scope: CompiledScope, { target, managementGroups }: Question): AzureFormula {
  if (isAtOrBelow(target, scope.id)) return true
  if (!scope.isManagementGroup) return false
  return managementGroups === undefined ? factLeaf('ManagementGroupHierarchy', scope.id, [target]) : managementGroups.has(scope.id)
}

/** Whether the principal is that object, or a member of it. */
export function isPrincipal(id: string, { principal }: Question): AzureFormula {
  if (id === '') return false
  if (id === principal.id || principal.groups.has(id)) return true
  const { uncertainGroups } = principal
  const isUncertain = uncertainGroups === 'ALL' || uncertainGroups.has(id)
  return isUncertain ? factLeaf('GroupMembership', id, [principal.id]) : false
}

/** The same where the kind of the object is known: only groups have members. */
export function isReferenced({ id, mayHaveMembers }: PrincipalReference, question: Question): AzureFormula {
  if (id === EVERYONE) return true
  return mayHaveMembers ? isPrincipal(id, question) : id === question.principal.id && id !== ''
}

/** The action is named by the block, and not taken out again. */
export function blockNames(block: CompiledPermission, action: string, isData: boolean): boolean {
  const named = isData ? block.dataActions : block.actions
  return matchesAny(named, action) && !matchesAny(isData ? block.notDataActions : block.notActions, action)
}

/** @param owner id of the document, so that two faulty conditions are two unknowns */
export function conditionHolds(condition: CompiledCondition | undefined, owner: string, question: Question): AzureFormula {
  if (condition === undefined) return true
  if (condition.condition === undefined) return factLeaf('ConditionUnreadable', owner)
  return evaluateCondition(condition.condition, question)
}

/** Whether now is within the bounds. */
export function isOpen({ startsAt, endsAt }: Window, now: number | undefined): AzureFormula {
  if (startsAt === undefined && endsAt === undefined) return true
  if (now === undefined) return factLeaf('WindowOpen', '', [dateOf(startsAt), dateOf(endsAt)])
  return (startsAt === undefined || startsAt <= now) && (endsAt === undefined || now < endsAt)
}

function dateOf(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString()
}
