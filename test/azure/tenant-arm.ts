import type { Asked, Reply } from './loopback-server.ts'
import {
  ADA,
  BOB,
  CUSTOM,
  DELEGATED,
  GROUP,
  GUEST,
  IDENTITY,
  MACHINE,
  OTHER_TENANT,
  OWNER,
  PLATFORM,
  ROOT,
  RUNNER,
  SECOND,
  SUBSCRIPTION,
  TEAM,
  TENANT,
  VAULT,
  guid,
  scopeOf,
} from './tenant-ids.ts'

/** The small tenant as Azure Resource Manager shows it, by path. */

const authorization = (type: string): string => `/providers/Microsoft.Authorization/${type}`
const row = (scope: string, type: string, name: string, properties: object) => ({
  id: `${scope === '/' ? '' : scope}${authorization(type)}/${name}`,
  type: `Microsoft.Authorization/${type}`,
  name,
  properties,
})

const assignment = (number: number, scope: string, principalId: string, role: string, more: object = {}) =>
  row(scope, 'roleAssignments', guid('1', number), {
    roleDefinitionId: `${scope.startsWith('/subscriptions/') ? scopeOf(SUBSCRIPTION) : ''}${authorization('roleDefinitions')}/${role}`,
    principalId,
    principalType: principalId.startsWith('a') ? 'User' : principalId.startsWith('b') ? 'Group' : 'ServicePrincipal',
    scope,
    condition: null,
    conditionVersion: null,
    createdOn: '2026-01-01T00:00:00.0000000Z',
    updatedOn: '2026-01-01T00:00:00.0000000Z',
    createdBy: '',
    updatedBy: null,
    delegatedManagedIdentityResourceId: null,
    description: null,
    ...more,
  })

export const CONDITION =
  "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'))"

const definition = (name: string, roleName: string, type: string, permissions: readonly object[], assignableScopes: readonly string[]) => ({
  id: `${type === 'CustomRole' ? scopeOf(SUBSCRIPTION) : ''}${authorization('roleDefinitions')}/${name}`,
  type: 'Microsoft.Authorization/roleDefinitions',
  name,
  properties: { roleName, type, description: roleName, assignableScopes, permissions },
})

const permission = (actions: readonly string[], more: object = {}) => ({ actions, notActions: [], dataActions: [], notDataActions: [], ...more })

const BUILT_IN = [
  definition(OWNER, 'Owner', 'BuiltInRole', [permission(['*'])], ['/']),
  definition('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', 'BuiltInRole', [permission(['*/read'])], ['/']),
  definition(
    guid('f', 2),
    'Delegator',
    'BuiltInRole',
    [permission(['Microsoft.Authorization/roleAssignments/write'], { condition: CONDITION, conditionVersion: '2.0' })],
    ['/'],
  ),
]

const rootAssignment = assignment(1, '/', ADA, OWNER)
const platformAssignment = assignment(2, PLATFORM, TEAM, OWNER)

/** What Azure lists of a scope under Microsoft.Authorization, by type. */
const AUTHORIZATION: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>> = {
  [ROOT]: { roleAssignments: [rootAssignment] },
  [PLATFORM]: { roleAssignments: [rootAssignment, platformAssignment] },
  [scopeOf(SUBSCRIPTION)]: {
    roleAssignments: [
      rootAssignment,
      platformAssignment,
      assignment(3, scopeOf(SUBSCRIPTION), BOB, guid('f', 2)),
      assignment(4, GROUP, IDENTITY, CUSTOM, { condition: CONDITION, conditionVersion: '2.0' }),
      assignment(5, VAULT, TEAM, OWNER),
    ],
    roleDefinitions: [definition(CUSTOM, 'Payroll operator', 'CustomRole', [permission(['Microsoft.Compute/*/read'])], [scopeOf(SUBSCRIPTION)])],
    denyAssignments: [
      row(GROUP, 'denyAssignments', guid('2', 1), {
        denyAssignmentName: 'Keep out',
        permissions: [permission(['*/delete'])],
        scope: GROUP,
        doNotApplyToChildScopes: false,
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
        excludePrincipals: [{ id: ADA, type: 'User' }],
        isSystemProtected: true,
      }),
    ],
    roleEligibilityScheduleInstances: [
      row(scopeOf(SUBSCRIPTION), 'roleEligibilityScheduleInstances', guid('3', 1), {
        scope: scopeOf(SUBSCRIPTION),
        roleDefinitionId: `${scopeOf(SUBSCRIPTION)}${authorization('roleDefinitions')}/${OWNER}`,
        principalId: BOB,
        principalType: 'User',
        status: 'Provisioned',
        startDateTime: '2026-01-01T00:00:00Z',
        endDateTime: null,
        memberType: 'Direct',
      }),
    ],
    locks: [row(GROUP, 'locks', 'keep', { level: 'CanNotDelete', notes: 'payroll' })],
  },
  [scopeOf(SECOND)]: { roleAssignments: [rootAssignment, assignment(6, scopeOf(SECOND), GUEST, OWNER)] },
}

const resource = (id: string, type: string, more: object = {}) => ({
  id,
  name: id.slice(id.lastIndexOf('/') + 1),
  type: type.toLowerCase(),
  kind: '',
  location: 'westeurope',
  resourceGroup: 'payroll (eu)',
  subscriptionId: SUBSCRIPTION,
  tenantId: TENANT,
  managedBy: '',
  identity: null,
  tags: null,
  ...more,
})

const RESOURCES = [
  resource(MACHINE, 'Microsoft.Compute/virtualMachines', {
    identity: { type: 'UserAssigned', userAssignedIdentities: { [RUNNER]: { clientId: guid('9', 2), principalId: IDENTITY } } },
    tags: { team: 'payroll' },
  }),
  resource(VAULT, 'Microsoft.KeyVault/vaults'),
  resource(RUNNER, 'Microsoft.ManagedIdentity/userAssignedIdentities'),
]

const child = (id: string, type: string, displayName: string) => ({ id, type, name: id.slice(id.lastIndexOf('/') + 1), displayName })
const managementGroup = (id: string, displayName: string, parent: string | undefined, children: readonly object[]) => ({
  id,
  type: 'Microsoft.Management/managementGroups',
  name: id.slice(id.lastIndexOf('/') + 1),
  properties: {
    tenantId: TENANT,
    displayName,
    details: {
      version: 1,
      ...(parent === undefined ? {} : { parent: { id: parent, name: parent.slice(parent.lastIndexOf('/') + 1), displayName: '' } }),
    },
    children,
  },
})

const GROUPS = [
  managementGroup(ROOT, 'Tenant Root Group', undefined, [
    child(PLATFORM, 'Microsoft.Management/managementGroups', 'Platform'),
    child(scopeOf(SECOND), '/subscriptions', 'Second'),
  ]),
  managementGroup(PLATFORM, 'Platform', ROOT, [child(scopeOf(SUBSCRIPTION), '/subscriptions', 'Payroll')]),
]

const subscription = (id: string, displayName: string, tenantId = TENANT) => ({
  id: scopeOf(id),
  subscriptionId: id,
  tenantId,
  displayName,
  state: 'Enabled',
  authorizationSource: 'RoleBased',
  managedByTenants: [],
})

const VAULTS = [
  {
    id: VAULT,
    name: 'payroll',
    type: 'Microsoft.KeyVault/vaults',
    location: 'westeurope',
    tags: {},
    properties: {
      tenantId: TENANT,
      enableRbacAuthorization: false,
      accessPolicies: [{ tenantId: TENANT, objectId: BOB, permissions: { keys: [], secrets: ['get', 'list'], certificates: [] } }],
    },
  },
]

const REGISTRATION = {
  id: `${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedServices/registrationAssignments/${guid('4', 1)}`,
  type: 'Microsoft.ManagedServices/registrationAssignments',
  name: guid('4', 1),
  properties: {
    registrationDefinitionId: `${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedServices/registrationDefinitions/${guid('5', 1)}`,
    provisioningState: 'Succeeded',
    registrationDefinition: {
      id: `${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedServices/registrationDefinitions/${guid('5', 1)}`,
      type: 'Microsoft.ManagedServices/registrationDefinitions',
      name: guid('5', 1),
      properties: {
        registrationDefinitionName: 'Operations',
        managedByTenantId: OTHER_TENANT,
        authorizations: [
          { principalId: guid('7', 1), principalIdDisplayName: 'Operators', roleDefinitionId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' },
        ],
      },
    },
  },
}

const ARM: Readonly<Record<string, Reply>> = {
  '/subscriptions': {
    rows: [subscription(SUBSCRIPTION, 'Payroll'), subscription(SECOND, 'Second'), subscription(DELEGATED, 'Customer', OTHER_TENANT)],
  },
  '/providers/Microsoft.Management/managementGroups': {
    rows: GROUPS.map(({ properties: { tenantId, displayName }, ...group }) => ({ ...group, properties: { tenantId, displayName } })),
  },
  ...Object.fromEntries(GROUPS.map((group) => [group.id, { object: group }])),
  [authorization('roleDefinitions')]: { rows: BUILT_IN },
  [`${scopeOf(SUBSCRIPTION)}/resourcegroups`]: {
    rows: [
      {
        id: GROUP,
        name: 'payroll (eu)',
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
        tags: {},
        properties: { provisioningState: 'Succeeded' },
      },
    ],
  },
  [`${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`]: {
    rows: [
      {
        id: RUNNER,
        name: 'runner',
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        location: 'westeurope',
        tags: {},
        properties: { tenantId: TENANT, principalId: IDENTITY, clientId: guid('9', 2) },
      },
    ],
  },
  [`${RUNNER}/federatedIdentityCredentials`]: {
    rows: [
      {
        id: `${RUNNER}/federatedIdentityCredentials/github`,
        name: 'github',
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
        properties: {
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:acme/payroll:ref:refs/heads/main',
          audiences: ['api://AzureADTokenExchange'],
        },
      },
    ],
  },
  [`${scopeOf(SUBSCRIPTION)}/providers/Microsoft.KeyVault/vaults`]: { rows: VAULTS },
  [`${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedServices/registrationAssignments`]: { rows: [REGISTRATION] },
  [`${scopeOf(SUBSCRIPTION)}/providers/Microsoft.ManagedServices/registrationDefinitions`]: {
    rows: [REGISTRATION.properties.registrationDefinition],
  },
}

const LISTINGS_OF_A_SUBSCRIPTION =
  /^\/subscriptions\/[0-9a-f-]{36}(?:\/resourcegroups|\/providers\/(?:Microsoft\.ManagedIdentity\/userAssignedIdentities|Microsoft\.KeyVault\/vaults|Microsoft\.ManagedServices\/registration(?:Assignments|Definitions)))$/

export function armReply({ method, path, query, body }: Asked): Reply {
  if (method === 'POST' && path === '/providers/Microsoft.ResourceGraph/resources') {
    const asked = body['subscriptions'] as readonly string[]
    return { rows: RESOURCES.filter(({ subscriptionId }) => asked.includes(subscriptionId)) }
  }
  const known = ARM[path]
  if (known !== undefined) return known
  if (LISTINGS_OF_A_SUBSCRIPTION.test(path)) return { rows: [] }
  const [, scope = '', type = ''] = /^(.*)\/providers\/Microsoft\.Authorization\/(\w+)$/.exec(path) ?? []
  if (!(scope in AUTHORIZATION)) return undefined
  // Of a management group, a listing without this filter would be refused or would not end.
  if (scope.startsWith('/providers/') && type !== 'roleDefinitions' && query.get('$filter') !== 'atScope()')
    return { status: 400, code: 'UnsupportedQuery' }
  return { rows: AUTHORIZATION[scope]?.[type] ?? [] }
}
