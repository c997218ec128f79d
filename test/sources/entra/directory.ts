/** A small directory, as Microsoft Graph and `az ad` print it. */

export const TENANT = '11111111-1111-1111-1111-111111111111'
export const OTHER_TENANT = '22222222-2222-2222-2222-222222222222'
export const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

/** An object id that tells tests apart. */
export const id = (number: number): string => `aaaaaaaa-0000-0000-0000-${String(number).padStart(12, '0')}`

export const ADA = id(1)
export const GUEST = id(2)
export const BLOCKED = id(3)
export const ADMINS = id(11)
export const NESTED = id(12)
export const APP = id(21)
export const APP_ID = 'cccccccc-0000-0000-0000-000000000021'
export const APP_SP = id(31)
export const IDENTITY = id(32)
export const VENDOR_SP = id(33)
export const GRAPH_SP = id(34)
export const UNIT = id(41)
export const READ_ALL = 'df021288-bdef-4463-88db-98f22de89214'
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

export const IDENTITY_ARM_ID =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourcegroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Deployer'

/** A page of Graph. */
export const page = (value: readonly unknown[], more: object = {}): object => ({ value, ...more })

export const member = (type: 'user' | 'group' | 'servicePrincipal' | 'device', objectId: string, more: object = {}): object => ({
  '@odata.type': `#microsoft.graph.${type}`,
  id: objectId,
  ...more,
})

export const ada = {
  id: ADA,
  displayName: 'Ada',
  userPrincipalName: 'ada@acme.example',
  mail: 'ada@acme.example',
  accountEnabled: true,
  userType: 'Member',
}

export const users = [
  ada,
  { id: GUEST, displayName: 'Gus', userPrincipalName: 'gus_other.example#EXT#@acme.example', userType: 'Guest', externalUserState: 'Accepted' },
  { id: BLOCKED, displayName: 'Bo', userPrincipalName: 'bo@acme.example', accountEnabled: false, userType: 'Member' },
]

export const groups = [
  { id: ADMINS, displayName: 'Admins', securityEnabled: true, groupTypes: [], isAssignableToRole: true },
  {
    id: NESTED,
    displayName: 'Engineers',
    securityEnabled: true,
    groupTypes: ['DynamicMembership'],
    isAssignableToRole: null,
    membershipRule: 'user.department -eq "R&D"',
    membershipRuleProcessingState: 'On',
  },
]

export const servicePrincipals = [
  { id: APP_SP, appId: APP_ID, displayName: 'Deploy', servicePrincipalType: 'Application', appOwnerOrganizationId: TENANT, appRoles: [] },
  {
    id: IDENTITY,
    appId: 'cccccccc-0000-0000-0000-000000000032',
    displayName: 'Deployer',
    servicePrincipalType: 'ManagedIdentity',
    alternativeNames: ['isExplicit=True', IDENTITY_ARM_ID],
  },
  {
    id: VENDOR_SP,
    appId: 'cccccccc-0000-0000-0000-000000000033',
    displayName: 'Vendor',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: OTHER_TENANT,
  },
  {
    id: GRAPH_SP,
    appId: '00000003-0000-0000-c000-000000000000',
    displayName: 'Microsoft Graph',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: MICROSOFT_TENANT,
    appRoles: [{ id: READ_ALL, value: 'User.Read.All', displayName: 'Read all users', allowedMemberTypes: ['Application'] }],
    oauth2PermissionScopes: [{ id: id(91), value: 'User.Read', adminConsentDisplayName: 'Sign in and read' }],
  },
]

export const applications = [{ id: APP, appId: APP_ID, displayName: 'Deploy', identifierUris: [], signInAudience: 'AzureADMyOrg' }]

export const globalAdministrator = {
  id: GLOBAL_ADMINISTRATOR,
  templateId: GLOBAL_ADMINISTRATOR,
  displayName: 'Global Administrator',
  isBuiltIn: true,
  rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/allProperties/allTasks'], condition: null }],
}

/** Where a bundle keeps an answer of this directory. */
export const placed = (operation: string, subject?: string): string =>
  `${TENANT}/tenant/graph/${operation}${subject === undefined ? '' : `/${subject}`}.json`

/** Whole: every listing, and every question about each thing of it. */
export const directory: Readonly<Record<string, object>> = {
  [placed('organization')]: page([{ id: TENANT, displayName: 'Acme', verifiedDomains: [{ name: 'acme.example', isDefault: true }] }]),
  [placed('users')]: page(users),
  [placed('groups')]: page(groups),
  [placed('group-members', ADMINS)]: page([member('user', ADA), member('group', NESTED), member('device', id(99))]),
  [placed('group-members', NESTED)]: [],
  [placed('group-owners', ADMINS)]: page([member('user', GUEST)]),
  [placed('group-owners', NESTED)]: page([]),
  [placed('service-principals')]: page(servicePrincipals),
  [placed('applications')]: page(applications),
  [placed('application-owners', APP)]: page([member('user', ADA)]),
  [placed('federated-credentials', APP)]: page([
    {
      id: id(81),
      name: 'main',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:acme/infra:ref:refs/heads/main',
      audiences: ['api://AzureADTokenExchange'],
    },
  ]),
  [placed('role-definitions')]: page([globalAdministrator]),
  [placed('role-assignments')]: page([{ id: 'Ra-1', principalId: ADMINS, roleDefinitionId: GLOBAL_ADMINISTRATOR, directoryScopeId: '/' }]),
}
