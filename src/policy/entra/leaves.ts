import type { ConditionLeaf } from '../../domain/decision.ts'
import type { Formula } from '../formula/formula.ts'

export type EntraFormula = Formula<ConditionLeaf>

/** Facts that an answer may depend on. */
export type EntraFact =
  | 'GroupMembership'
  | 'RoleNotLoaded'
  | 'AdministrativeUnit'
  | 'RoleAssignable'
  | 'Owner'
  | 'RolesOfTarget'
  | 'ProtectedTarget'
  | 'ActsOnAdministrators'
  | 'RoleCondition'
  | 'WindowOpen'
  | 'DelegatedScope'

export function fact(operator: EntraFact, key: string, policy?: string, values: readonly string[] = []): EntraFormula {
  return { op: 'LEAF', leaf: { operator, key, values, layer: 'DIRECTORY_ROLE', ...(policy === undefined ? {} : { policy }) } }
}

export function factId({ operator, key, values }: ConditionLeaf): string {
  return [operator, key, ...values].join('\u0001')
}
