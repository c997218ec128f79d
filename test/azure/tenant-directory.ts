import type { Reply } from './loopback-server.ts'
import {
  ADA,
  API,
  APPLICATION,
  BOB,
  GUEST,
  GLOBAL_ADMINISTRATOR,
  IDENTITY,
  PRINCIPAL,
  RUNNER,
  SECRET,
  SYNCED,
  TEAM,
  TENANT,
  UNIT,
  guid,
} from './tenant-ids.ts'

/** The small tenant as Microsoft Graph shows it, by path. */

const SECRETS = { keyId: guid('8', 1), displayName: 'deploy', startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' }
const CREDENTIALS = {
  passwordCredentials: [{ ...SECRETS, hint: SECRET, secretText: SECRET, customKeyIdentifier: null }],
  keyCredentials: [{ ...SECRETS, type: 'AsymmetricX509Cert', usage: 'Verify', key: SECRET, customKeyIdentifier: 'THUMBPRINT' }],
}

const user = (id: string, userPrincipalName: string, more: object = {}) => ({
  id,
  displayName: userPrincipalName.split('@')[0],
  userPrincipalName,
  mail: userPrincipalName,
  accountEnabled: true,
  userType: 'Member',
  externalUserState: null,
  creationType: null,
  identities: [],
  createdDateTime: '2025-01-01T00:00:00Z',
  onPremisesSyncEnabled: null,
  ...more,
})

const group = (id: string, displayName: string, more: object = {}) => ({
  id,
  displayName,
  description: null,
  mail: null,
  mailEnabled: false,
  securityEnabled: true,
  groupTypes: [],
  isAssignableToRole: null,
  membershipRule: null,
  membershipRuleProcessingState: null,
  visibility: null,
  onPremisesSyncEnabled: null,
  createdDateTime: '2025-01-01T00:00:00Z',
  ...more,
})

const servicePrincipal = (id: string, appId: string, displayName: string, more: object = {}) => ({
  id,
  appId,
  displayName,
  appDisplayName: displayName,
  servicePrincipalType: 'Application',
  accountEnabled: true,
  appOwnerOrganizationId: TENANT,
  alternativeNames: [],
  servicePrincipalNames: [appId],
  appRoles: [],
  oauth2PermissionScopes: [],
  keyCredentials: [],
  passwordCredentials: [],
  ...more,
})

const object = (type: string, id: string) => ({ '@odata.type': `#microsoft.graph.${type}`, id })
const ROLE_ID = guid('6', 1)

const GRAPH: Readonly<Record<string, Reply>> = {
  organization: { rows: [{ id: TENANT, displayName: 'Acme', verifiedDomains: [{ name: 'acme.example', isDefault: true }] }] },
  users: {
    rows: [
      user(ADA, 'ada@acme.example'),
      user(BOB, 'bob@acme.example', { accountEnabled: false }),
      user(GUEST, 'eve_partner.example#EXT#@acme.example', { userType: 'Guest', creationType: 'Invitation', externalUserState: 'Accepted' }),
    ],
  },
  groups: { rows: [group(TEAM, 'Payroll team'), group(SYNCED, 'From elsewhere', { onPremisesSyncEnabled: true })] },
  [`groups/${TEAM}/members`]: { rows: [object('user', ADA), object('user', BOB), object('servicePrincipal', PRINCIPAL)] },
  [`groups/${TEAM}/owners`]: { rows: [object('user', BOB)] },
  [`groups/${SYNCED}/members`]: { rows: [object('user', GUEST)] },
  servicePrincipals: {
    rows: [
      servicePrincipal(PRINCIPAL, guid('9', 1), 'Payroll', CREDENTIALS),
      servicePrincipal(IDENTITY, guid('9', 2), 'runner', { servicePrincipalType: 'ManagedIdentity', alternativeNames: ['isExplicit=True', RUNNER] }),
      servicePrincipal(API, '00000003-0000-0000-c000-000000000000', 'Microsoft Graph', {
        appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
        appRoles: [{ id: guid('6', 2), value: 'User.Read.All', displayName: 'Read all', isEnabled: true, allowedMemberTypes: ['Application'] }],
        oauth2PermissionScopes: [{ id: guid('6', 3), value: 'User.Read', isEnabled: true, type: 'User' }],
      }),
    ],
  },
  [`servicePrincipals/${PRINCIPAL}/owners`]: { rows: [object('user', ADA)] },
  [`servicePrincipals/${API}/appRoleAssignedTo`]: {
    rows: [
      {
        id: 'AAAA-assigned',
        appRoleId: guid('6', 2),
        principalId: PRINCIPAL,
        principalType: 'ServicePrincipal',
        principalDisplayName: 'Payroll',
        resourceId: API,
        resourceDisplayName: 'Microsoft Graph',
        createdDateTime: '2026-01-01T00:00:00Z',
        deletedDateTime: null,
      },
    ],
  },
  oauth2PermissionGrants: {
    rows: [{ id: 'BBBB-granted', clientId: PRINCIPAL, consentType: 'AllPrincipals', principalId: null, resourceId: API, scope: 'User.Read' }],
  },
  applications: {
    rows: [
      {
        id: APPLICATION,
        appId: guid('9', 1),
        displayName: 'Payroll',
        identifierUris: [],
        signInAudience: 'AzureADMyOrg',
        publisherDomain: 'acme.example',
        createdDateTime: '2025-01-01T00:00:00Z',
        appRoles: [],
        requiredResourceAccess: [],
        ...CREDENTIALS,
      },
    ],
  },
  [`applications/${APPLICATION}/owners`]: { rows: [object('user', BOB)] },
  [`applications/${APPLICATION}/federatedIdentityCredentials`]: {
    rows: [
      {
        id: guid('6', 4),
        name: 'deploy',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:acme/app:environment:production',
        audiences: ['api://AzureADTokenExchange'],
      },
    ],
  },
  'roleManagement/directory/roleDefinitions': {
    rows: [
      {
        id: GLOBAL_ADMINISTRATOR,
        templateId: GLOBAL_ADMINISTRATOR,
        displayName: 'Global Administrator',
        isBuiltIn: true,
        isEnabled: true,
        rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/password/update'] }],
      },
    ],
  },
  'roleManagement/directory/roleAssignments': {
    rows: [{ id: 'CCCC', roleDefinitionId: GLOBAL_ADMINISTRATOR, principalId: ADA, directoryScopeId: '/' }],
  },
  'roleManagement/directory/roleAssignmentScheduleInstances': { status: 400, code: 'AadPremiumLicenseRequired' },
  'roleManagement/directory/roleEligibilityScheduleInstances': { status: 400, code: 'AadPremiumLicenseRequired' },
  directoryRoles: { rows: [{ id: ROLE_ID, roleTemplateId: GLOBAL_ADMINISTRATOR, displayName: 'Global Administrator' }] },
  'directory/administrativeUnits': {
    rows: [{ id: UNIT, displayName: 'Europe', description: null, visibility: null, isMemberManagementRestricted: false }],
  },
  [`directory/administrativeUnits/${UNIT}/members`]: { rows: [object('user', BOB)] },
  [`directory/administrativeUnits/${UNIT}/scopedRoleMembers`]: {
    rows: [{ id: 'DDDD', roleId: ROLE_ID, administrativeUnitId: UNIT, roleMemberInfo: { id: ADA, displayName: 'ada' } }],
  },
  'identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': { rows: [] },
  'identityGovernance/privilegedAccess/group/assignmentScheduleInstances': { rows: [] },
  'reports/authenticationMethods/userRegistrationDetails': {
    rows: [ADA, BOB, GUEST].map((id) => ({ id, userPrincipalName: `${id}@acme.example`, isMfaRegistered: id === ADA, isMfaCapable: id === ADA })),
  },
  'identity/conditionalAccess/policies': { rows: [] },
  'policies/identitySecurityDefaultsEnforcementPolicy': {
    object: {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#policies/identitySecurityDefaultsEnforcementPolicy/$entity',
      id: guid('6', 5),
      displayName: 'Security Defaults',
      isEnabled: true,
    },
  },
}

const LISTINGS_OF_AN_OBJECT =
  /^(?:groups|servicePrincipals|applications)\/[0-9a-f-]{36}\/(?:members|owners|appRoleAssignedTo|federatedIdentityCredentials)$/

export function graphReply(path: string, query: URLSearchParams): Reply {
  if (path.startsWith('identityGovernance/') && !/^groupId eq '[0-9a-f-]{36}'$/.test(query.get('$filter') ?? ''))
    return { status: 400, code: 'MissingFilter' }
  return GRAPH[path] ?? (LISTINGS_OF_AN_OBJECT.test(path) ? { rows: [] } : undefined)
}
