import {
  AUTHENTICATION_ADMINISTRATOR,
  DIRECTORY_READERS,
  GLOBAL_ADMINISTRATOR,
  GROUPS_ADMINISTRATOR,
  GUEST_INVITER,
  HELPDESK_ADMINISTRATOR,
  MESSAGE_CENTER_READER,
  PASSWORD_ADMINISTRATOR,
  PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
  REPORTS_READER,
  USAGE_SUMMARY_REPORTS_READER,
  USER_ADMINISTRATOR,
} from './role-templates.ts'

/**
 * Roles that a user may hold and still have its password reset, or another sensitive thing done to it, by the holder of a role; `ANY` role, and
 * who has none, unless said otherwise. Whoever holds another role as well is out of reach.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions#who-can-reset-passwords
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions#who-can-perform-sensitive-actions
 */
const READERS = [DIRECTORY_READERS, GUEST_INVITER, MESSAGE_CENTER_READER, REPORTS_READER, USAGE_SUMMARY_REPORTS_READER]

export const MAY_ACT_ON: Readonly<Record<string, readonly string[] | 'ANY'>> = {
  [PASSWORD_ADMINISTRATOR]: [DIRECTORY_READERS, GUEST_INVITER, PASSWORD_ADMINISTRATOR],
  [HELPDESK_ADMINISTRATOR]: [...READERS, HELPDESK_ADMINISTRATOR, PASSWORD_ADMINISTRATOR],
  [AUTHENTICATION_ADMINISTRATOR]: [...READERS, AUTHENTICATION_ADMINISTRATOR, PASSWORD_ADMINISTRATOR],
  [USER_ADMINISTRATOR]: [...READERS, GROUPS_ADMINISTRATOR, HELPDESK_ADMINISTRATOR, PASSWORD_ADMINISTRATOR, USER_ADMINISTRATOR],
  [PRIVILEGED_AUTHENTICATION_ADMINISTRATOR]: 'ANY',
  [GLOBAL_ADMINISTRATOR]: 'ANY',
}

/** Operations on users to which that applies. */
export const SENSITIVE_OPERATIONS: readonly string[] = [
  'microsoft.directory/users/password/update',
  'microsoft.directory/users/authenticationmethods/*',
  'microsoft.directory/users/invalidateallrefreshtokens',
  'microsoft.directory/users/userprincipalname/update',
  'microsoft.directory/users/enable',
  'microsoft.directory/users/disable',
  'microsoft.directory/users/delete',
  'microsoft.directory/users/restore',
]
