import type { Question } from './question.ts'
import { isAtOrBelow, typeOfId } from './scope.ts'
import type { CompiledLock } from './types.ts'

/** Managing locks is not stopped by them: whoever may delete a lock can take it off. */
const LOCK_ACTIONS = 'microsoft.authorization/locks/'

/**
 * Locks that stop the action. They hold on the control plane only, for everything at or below their scope; to delete something, nothing in it may
 * be locked.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function locksOf(question: Question): readonly CompiledLock[] {
  const { action, target } = question
  const locks = question.request.policies.locks ?? []
  if (locks.length === 0 || action.endsWith('/read') || action.startsWith(LOCK_ACTIONS)) return []
  const isDeletion = action.endsWith('/delete')
  const isOfTarget = isDeletion && action === `${typeOfId(target) ?? ''}/delete`
  return locks.filter(({ level, scope }) => {
    if (isAtOrBelow(target, scope.id)) return level === 'ReadOnly' || isDeletion
    return isOfTarget && isAtOrBelow(scope.id, target)
  })
}
