import type { ConditionLeaf, Expression, Reason } from '../../domain/decision.ts'
import type { EntraFact } from './leaves.ts'

const REASON_CODES = {
  DIRECTORY_ROLE_GRANTS: '{statement} grants it.',
  OWNER: 'The principal owns {policy}, and owners may do it.',
  APPLICATION_PERMISSION: 'The application permission {policy} grants it.',
  ELIGIBLE_ONLY: '{statement} would grant it, but the principal is only eligible. Activate it in Privileged Identity Management.',
  NO_DIRECTORY_ROLE: 'No directory role, ownership or application permission of the principal grants it. Assign a role that does.',
  BEYOND_DELEGATION: 'The user may do it, but the application through which it acts has no permission for it.',
  ACCOUNT_BLOCKED: 'Sign-in is blocked for the account.',
} as const
type ReasonCode = keyof typeof REASON_CODES

function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_CODES, code)
}

export function renderDirectoryReason(reason: Reason): string {
  if (!isReasonCode(reason.code)) return `${reason.layer} ${reason.kind}`
  return REASON_CODES[reason.code].replace('{statement}', reason.statement ?? 'A role').replace('{policy}', reason.policy ?? 'it')
}

/** What a fact says where it holds; where it doesn't, `it is not so that` stands before. */
const FACTS: Readonly<Record<EntraFact, (leaf: ConditionLeaf) => string>> = {
  GroupMembership: ({ key, values }) => `${values.join()} is a member of group ${key}, whose members were not loaded`,
  RoleNotLoaded: ({ key }) => `role ${key}, whose definition was not loaded, grants it`,
  AdministrativeUnit: ({ key, values }) => `${values.join()} is a member of administrative unit ${key}`,
  RoleAssignable: ({ key }) => `group ${key} is role-assignable`,
  Owner: ({ key, values }) => `${values.join()} owns ${key}`,
  RolesOfTarget: ({ key }) => `${key} holds a directory role`,
  ProtectedTarget: ({ key }) => `${key} is protected by a role-assignable group or a unit with restricted management`,
  ActsOnAdministrators: ({ key, values }) => `role ${key} reaches the administrator ${values.join()}`,
  RoleCondition: ({ key }) => `the condition ${key} holds`,
  WindowOpen: ({ key }) => `the assignment ${key} is in force now`,
  DelegatedScope: ({ key }) => `the delegated permission ${key} reaches it`,
}

function isFact(name: string): name is EntraFact {
  return Object.hasOwn(FACTS, name)
}

function factText(leaf: ConditionLeaf, holds: boolean): string {
  const text = isFact(leaf.operator) ? FACTS[leaf.operator](leaf) : leaf.operator
  return holds ? text : `it is not so that ${text}`
}

/** The conditions that all must hold, one line each, for people. */
export function renderDirectoryCondition(expression: Expression): readonly string[] {
  return 'and' in expression ? [...new Set(expression.and.map(sentence))] : [sentence(expression)]
}

function sentence(expression: Expression): string {
  if ('and' in expression) return expression.and.map(nested).join(' and ')
  if ('or' in expression) return expression.or.map(nested).join(' or ')
  if (!('not' in expression)) return factText(expression, true)
  const { not } = expression
  return 'and' in not || 'or' in not || 'not' in not ? `not ${nested(not)}` : factText(not, false)
}

function nested(expression: Expression): string {
  return 'and' in expression || 'or' in expression ? `(${sentence(expression)})` : sentence(expression)
}
