import type { Operation } from './kinds.ts'
import { isFields, textIn, type Fields } from './row.ts'

/** What an object or a page is, where nothing around it says. */

type Test = (fields: Fields) => boolean

const has =
  (...keys: readonly string[]): Test =>
  (fields) =>
    keys.every((key) => key in fields)
const hasOneOf =
  (...keys: readonly string[]): Test =>
  (fields) =>
    keys.some((key) => key in fields)

/** The first that holds is believed. A schedule has no `startDateTime` of its own, as its instances do. */
const ROWS: readonly (readonly [Operation, Test])[] = [
  ['user-registration-details', has('isMfaRegistered', 'id')],
  ['role-definitions', has('rolePermissions', 'id')],
  ['group-assignment-schedule-instances', has('accessId', 'groupId', 'principalId', 'assignmentType')],
  ['group-eligibility-schedule-instances', (row) => has('accessId', 'groupId', 'principalId')(row) && !has('scheduleInfo')(row)],
  ['role-eligibility-schedule-instances', has('roleDefinitionId', 'principalId', 'directoryScopeId', 'roleEligibilityScheduleId')],
  ['role-assignment-schedule-instances', has('roleDefinitionId', 'principalId', 'directoryScopeId', 'startDateTime')],
  ['role-assignments', (row) => has('roleDefinitionId', 'principalId', 'directoryScopeId')(row) && !hasOneOf('scheduleInfo', 'status')(row)],
  ['app-role-assignments', has('appRoleId', 'principalId', 'resourceId')],
  ['oauth2-permission-grants', has('clientId', 'consentType', 'resourceId')],
  ['scoped-role-members', has('administrativeUnitId', 'roleId', 'roleMemberInfo')],
  ['conditional-access-policies', has('grantControls', 'conditions', 'state')],
  ['organization', has('verifiedDomains', 'id')],
  ['directory-roles', has('roleTemplateId', 'id')],
  ['administrative-units', has('isMemberManagementRestricted', 'id')],
  ['identity-federated-credentials', (row) => isIdentityCredential(row)],
  ['service-principals', (row) => has('id', 'appId')(row) && hasOneOf('servicePrincipalType', 'servicePrincipalNames')(row)],
  ['applications', (row) => has('id', 'appId')(row) && hasOneOf('identifierUris', 'signInAudience', 'requiredResourceAccess')(row)],
  ['users', has('userPrincipalName', 'id')],
  ['groups', (row) => has('id', 'displayName')(row) && hasOneOf('securityEnabled', 'groupTypes', 'mailEnabled')(row)],
]

const isIdentityCredential = (row: Fields): boolean => {
  const text = textIn(row, 'id') ?? ''
  return /\/microsoft\.managedidentity\/userassignedidentities\/[^/]+\/federatedidentitycredentials\//i.test(text)
}

export const operationOfRow = (row: Fields): Operation | undefined => ROWS.find(([, holds]) => holds(row))?.[0]

/** Members and owners come with their type; which group's they are isn't told. */
export const isDirectoryObject = (row: Fields): boolean => /^#microsoft\.graph\./i.test(textIn(row, '@odata.type') ?? '') && 'id' in row

export interface PageKind {
  /** Undefined: members or owners of something that isn't named. */
  readonly operation: Operation | undefined
  readonly subject?: string | undefined
}

const ID = String.raw`\((?:%27|')(?<id>[^'%)]+)(?:%27|')\)`
/** By the fragment of `@odata.context`; only what ends so is a listing of the whole, without a cast or a property. */
const CONTEXTS: readonly (readonly [RegExp, Operation])[] = [
  [/^users(?:\([^']*\))?(?:\/\$entity)?$/, 'users'],
  [/^groups(?:\([^']*\))?(?:\/\$entity)?$/, 'groups'],
  [/^serviceprincipals(?:\([^']*\))?(?:\/\$entity)?$/, 'service-principals'],
  [/^applications(?:\([^']*\))?(?:\/\$entity)?$/, 'applications'],
  [new RegExp(`^groups${ID}/members`), 'group-members'],
  [new RegExp(`^groups${ID}/owners`), 'group-owners'],
  [new RegExp(`^serviceprincipals${ID}/owners`), 'service-principal-owners'],
  [new RegExp(`^applications${ID}/owners`), 'application-owners'],
  [new RegExp(`^applications${ID}/federatedidentitycredentials`), 'federated-credentials'],
  [new RegExp(`^(?:serviceprincipals|users|groups)${ID}/approleassign(?:ments|edto)`), 'app-role-assignments'],
  [/^oauth2permissiongrants/, 'oauth2-permission-grants'],
  [/rolemanagement\/directory\/roledefinitions/, 'role-definitions'],
  [/rolemanagement\/directory\/roleassignmentscheduleinstances/, 'role-assignment-schedule-instances'],
  [/rolemanagement\/directory\/roleeligibilityscheduleinstances/, 'role-eligibility-schedule-instances'],
  [/rolemanagement\/directory\/roleassignments(?:\(|\/|$)/, 'role-assignments'],
  [/^directoryroles/, 'directory-roles'],
  [new RegExp(`administrativeunits${ID}/scopedrolemembers`), 'scoped-role-members'],
  [new RegExp(`administrativeunits${ID}/members`), 'administrative-unit-members'],
  [/^scopedrolememberships/, 'scoped-role-members'],
  [/administrativeunits(?:\([^']*\))?(?:\/\$entity)?$/, 'administrative-units'],
  [/privilegedaccess\/group\/eligibilityscheduleinstances/, 'group-eligibility-schedule-instances'],
  [/privilegedaccess\/group\/assignmentscheduleinstances/, 'group-assignment-schedule-instances'],
  [/userregistrationdetails/, 'user-registration-details'],
  [/conditionalaccess\/policies/, 'conditional-access-policies'],
  [/identitysecuritydefaultsenforcementpolicy/, 'security-defaults'],
  [/^organization(?:\([^']*\))?(?:\/\$entity)?$/, 'organization'],
]

export function kindOfPage(page: Fields): PageKind | undefined {
  const context = contextOf(page)
  if (context === undefined) return undefined
  for (const [pattern, operation] of CONTEXTS) {
    const match = pattern.exec(context)
    if (match !== null) return { operation, subject: match.groups?.['id'] }
  }
  return /^(?:collection\(microsoft\.graph\.)?directoryobjects?/.test(context) ? { operation: undefined } : undefined
}

function contextOf(page: Fields): string | undefined {
  const context = textIn(page, '@odata.context')?.toLowerCase()
  return context?.includes('$metadata#') === true ? context.slice(context.indexOf('$metadata#') + '$metadata#'.length) : undefined
}

/** What Graph answers instead: `{"error": {"code", "message"}}`. */
export function graphErrorOf(value: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!isFields(value) || !isFields(value['error'])) return undefined
  const code = textIn(value['error'], 'code')
  return code === undefined ? undefined : { code, message: textIn(value['error'], 'message') ?? '' }
}
