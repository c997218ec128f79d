import type { Reason } from '../../domain/decision.ts'

/** Every rule that can decide, as a sentence. `{statement}` and `{policy}` are filled in; `change` says what would have to change. */
const REASON_CODES = {
  ROLE_GRANTS: { says: '{statement} grants it through {policy}.', change: null },
  ACCESS_POLICY_GRANTS: { says: 'The access policy {policy} grants it.', change: null },
  DELEGATION_GRANTS: { says: 'The Lighthouse authorization {policy} grants it to the managing tenant.', change: null },
  DENY_ASSIGNMENT_DENIES: {
    says: 'The deny assignment {policy} denies it, whatever grants it.',
    change: 'Exclude the principal from it, or change what made it (blueprint, managed application, deployment stack).',
  },
  LOCKED_READ_ONLY: { says: 'The lock {policy} lets nothing but reads pass.', change: 'Remove the lock, with Microsoft.Authorization/locks/delete.' },
  LOCKED_AGAINST_DELETION: { says: 'The lock {policy} forbids deletion.', change: 'Remove the lock, with Microsoft.Authorization/locks/delete.' },
  ELIGIBLE_ONLY: {
    says: '{statement} would grant it through {policy}, for which the principal is only eligible.',
    change: 'Activate it in Privileged Identity Management.',
  },
  CLASSIC_IS_RETIRED: { says: '{policy} is a classic administrator; that role was retired and grants nothing.', change: 'Assign an Azure role.' },
  NO_ROLE: { says: 'No role assignment of the principal or its groups grants it here.', change: 'Assign a role with this action, here or above.' },
  NO_DATA_ROLE: {
    says: 'No role assignment of the principal or its groups grants this data action here; actions such as * don’t cover data.',
    change: 'Assign a role with this data action, here or above.',
  },
  NO_ACCESS_POLICY: { says: 'The vault uses access policies, and none grants it.', change: 'Add an access policy, or let the vault use Azure RBAC.' },
  ROLES_DO_NOT_COUNT: {
    says: 'The vault uses access policies, and none grants it; roles don’t count for its data.',
    change: 'Add an access policy, or let the vault use Azure RBAC.',
  },
} as const satisfies Record<string, { readonly says: string; readonly change: string | null }>
export type ReasonCode = keyof typeof REASON_CODES

function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_CODES, code)
}

/** One or two sentences for people: the rule, and what would have to change. */
export function renderReason(reason: Reason): string {
  if (!isReasonCode(reason.code)) return `${reason.layer} ${reason.kind}`
  const { says, change } = REASON_CODES[reason.code]
  const text = says.replace('{statement}', reason.statement ?? 'A role').replace('{policy}', reason.policy ?? 'an assignment')
  return change === null ? text : `${text} ${change}`
}
