/** Rows as Azure prints them, in the shapes of its several printers. */

export const TENANT = '99999999-9999-4999-8999-999999999999'
export const PROD = '11111111-1111-4111-8111-111111111111'
export const TEST = '22222222-2222-4222-8222-222222222222'
export const ANN = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
export const TEAM = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
export const APP = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc'
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

export const subscription = (guid: string): string => `/subscriptions/${guid}`
export const group = (guid: string, name: string): string => `/subscriptions/${guid}/resourceGroups/${name}`
export const managementGroup = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`
export const roleId = (guid: string): string => `/providers/microsoft.authorization/roledefinitions/${guid}`
export const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const assignmentId = (scope: string, number: number): string =>
  `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${guid(number)}`

export interface Assigned {
  readonly scope: string
  readonly number?: number
  readonly principal?: string
  readonly type?: string
  readonly role?: string
  readonly condition?: string
}

/** `az role assignment list` */
export const cliAssignment = ({ scope, number = 1, principal = ANN, type = 'User', role = READER, condition }: Assigned): object => ({
  condition: condition ?? null,
  conditionVersion: condition === undefined ? null : '2.0',
  createdBy: guid(77),
  createdOn: '2026-03-01T10:00:00.123456+00:00',
  delegatedManagedIdentityResourceId: null,
  description: null,
  id: assignmentId(scope, number),
  name: guid(number),
  principalId: principal,
  principalName: type === 'User' ? 'ann@contoso.com' : '',
  principalType: type,
  roleDefinitionId: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  roleDefinitionName: role === READER ? 'Reader' : null,
  scope,
  type: 'Microsoft.Authorization/roleAssignments',
  updatedBy: guid(77),
  updatedOn: '2026-03-01T10:00:00.123456+00:00',
})

/** REST and, with `type` in lower case, Resource Graph */
export const restAssignment = (
  { scope, number = 1, principal = ANN, type = 'User', role = READER, condition }: Assigned,
  rowType = 'Microsoft.Authorization/roleAssignments',
): object => ({
  id: assignmentId(scope, number),
  name: guid(number),
  type: rowType,
  properties: {
    scope,
    roleDefinitionId: roleId(role).replace('roledefinitions', 'RoleDefinitions'),
    principalId: principal,
    principalType: type,
    createdOn: '2026-03-01T10:00:00.123456Z',
    updatedOn: '2026-03-01T10:00:00.123456Z',
    ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' }),
  },
})

/** `az role definition list` in a subscription */
export const cliRole = (role: string, roleName: string, actions: readonly string[], custom = false): object => ({
  assignableScopes: custom ? [subscription(PROD)] : ['/'],
  description: roleName,
  id: `${subscription(PROD)}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  name: role,
  permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [], condition: null, conditionVersion: null }],
  roleName,
  roleType: custom ? 'CustomRole' : 'BuiltInRole',
  type: 'Microsoft.Authorization/roleDefinitions',
})

export const reader = cliRole(READER, 'Reader', ['*/read'])

/** `az resource list` */
export const cliResource = (id: string, more: object = {}): object => {
  const [, namespace = '', ...rest] = /\/providers\/([^/]+)\/(.*)$/.exec(id)?.[0].split('/').slice(1) ?? []
  return {
    changedTime: '2026-04-01T00:00:00+00:00',
    createdTime: '2026-02-01T00:00:00+00:00',
    extendedLocation: null,
    id,
    identity: null,
    kind: null,
    location: 'westeurope',
    managedBy: null,
    name: rest.filter((_, index) => index % 2 === 1).join('/'),
    plan: null,
    properties: null,
    provisioningState: 'Succeeded',
    resourceGroup: 'rg1',
    sku: null,
    tags: { owner: 'ann', env: 'prod' },
    type: [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/'),
    ...more,
  }
}

/** Resource Graph */
export const graphRow = (row: object): object => ({ ...row, subscriptionId: PROD, tenantId: TENANT })

export const graphAnswer = (data: readonly object[], more: object = {}): object => ({
  count: data.length,
  data,
  skip_token: null,
  total_records: data.length,
  ...more,
})

/** `az account management-group show --expand --recurse` */
export const tree = {
  children: [
    {
      children: [{ children: null, displayName: 'Production', id: subscription(PROD), name: PROD, type: '/subscriptions' }],
      displayName: 'Landing zones',
      id: managementGroup('Landing'),
      name: 'Landing',
      type: 'Microsoft.Management/managementGroups',
    },
    { children: null, displayName: 'Test', id: subscription(TEST), name: TEST, type: '/subscriptions' },
  ],
  details: { parent: null, updatedBy: 'x', updatedTime: '2026-01-01T00:00:00Z', version: 1 },
  displayName: 'Tenant Root Group',
  id: managementGroup(TENANT),
  name: TENANT,
  tenantId: TENANT,
  type: 'Microsoft.Management/managementGroups',
}

/** `az account list` */
export const account = (id: string, name: string): object => ({
  cloudName: 'AzureCloud',
  homeTenantId: TENANT,
  id,
  isDefault: false,
  managedByTenants: [],
  name,
  state: 'Enabled',
  tenantDefaultDomain: 'contoso.com',
  tenantDisplayName: 'Contoso',
  tenantId: TENANT,
  user: { name: 'ann@contoso.com', type: 'user' },
})

/** Where a bundle keeps an answer. */
export const place = (operation: string, of: string = PROD, subject?: string): string =>
  `${TENANT}/${of}/arm/${operation}${subject === undefined ? '' : `/${encodeURIComponent(subject)}`}.json`
