import { and, not } from '../formula/formula.ts'
import { compileActionPattern, matchesAny } from '../microsoft/action-pattern.ts'
import { fact, type EntraFormula } from './leaves.ts'
import type { CompiledDirectoryRoleAssignment, EntraRequest, EntraTarget } from './types.ts'
import { MAY_ACT_ON, SENSITIVE_OPERATIONS } from './who-may-act-on-whom.ts'

const SENSITIVE = SENSITIVE_OPERATIONS.map(compileActionPattern)

export function isSensitive({ action, target }: EntraRequest): boolean {
  return target.kind === 'User' && matchesAny(SENSITIVE, action.trim().toLowerCase())
}

/** Whether the holder of the role may do a sensitive thing to that user; true of other things. */
export function mayActOn({ role, scope }: CompiledDirectoryRoleAssignment, request: EntraRequest): EntraFormula {
  if (!isSensitive(request)) return true
  const { target } = request
  if (role === undefined) return true
  const reach = MAY_ACT_ON[role.templateId]
  if (reach === 'ANY') return true
  // In a unit, other roles don't reach administrators.
  const within = scope.kind === 'TENANT' ? (reach ?? []) : []
  const onAdministrators = reach === undefined && role.isBuiltIn ? fact('ActsOnAdministrators', role.templateId, undefined, [target.id]) : false
  return reaches(target, within, onAdministrators)
}

function reaches(target: EntraTarget, within: readonly string[], otherwise: EntraFormula): EntraFormula {
  const isFree = target.isProtected === undefined ? not(fact('ProtectedTarget', target.id)) : !target.isProtected
  if (target.roles === undefined) return and(isFree, not(fact('RolesOfTarget', target.id)))
  const beyond = target.roles.filter((role) => !within.includes(role.toLowerCase()))
  return beyond.length === 0 ? isFree : otherwise
}
