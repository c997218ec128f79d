import type { About, Call, EachOf, Row } from '../../microsoft/collect/call.ts'
import { objectAsSent, pageAsSent, rowsOfGraph, type Arm, type Listing, type SdkOptions } from './clients.ts'

/** What is asked of Azure Resource Manager. https://learn.microsoft.com/rest/api/azure/ */

export interface ArmCall extends Call {
  /** Through a client of the SDK; left out: the path is asked as it is. */
  readonly by?: AskBy
}

type AskBy = (arm: Arm, about: About, next: string | undefined, signal: AbortSignal) => Promise<object>

const SUBSCRIPTIONS = 'azure/arm/subscriptions'
const GROUPS = 'azure/arm/management-groups'
const GROUP_LIST = `${GROUPS}/list`
const IDENTITIES = 'azure/arm/identities'

const textIn = (row: Row, key: string): string | undefined => {
  const text = row[key]
  return typeof text === 'string' && text !== '' ? text : undefined
}

const subscriptions: EachOf = {
  of: SUBSCRIPTIONS,
  about: (row) => {
    const subscription = textIn(row, 'subscriptionId')?.toLowerCase()
    return subscription === undefined ? undefined : { subscription }
  },
}

const managementGroups: EachOf = {
  of: GROUP_LIST,
  about: (row) => {
    const subject = textIn(row, 'id')
    return subject === undefined ? undefined : { subject }
  },
}

const sdk =
  (list: (arm: Arm, about: About, options: SdkOptions) => Listing): AskBy =>
  (arm, about, next, signal) =>
    pageAsSent(arm, (options) => list(arm, about, options), next, signal)

/** As the SDK takes it: without the first slash. */
const scopeOf = ({ subscription, subject }: About): string => (subject ?? `/subscriptions/${subscription ?? ''}`).replace(/^\//, '')

/** Of a management group, what holds there or above; what lies below is asked of the subscriptions. */
const filterFor = ({ subject }: About): { readonly filter?: string } => (subject === undefined ? {} : { filter: 'atScope()' })

const nameIn = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

const PAGED = { list: 'value', next: 'nextLink', lane: 'arm' } as const
const AUTHORIZATION = { ...PAGED, each: [subscriptions, managementGroups] } as const
const OF_SUBSCRIPTION = { ...PAGED, each: [subscriptions] } as const

/** Privileged Identity Management is part of a licence that not every tenant has. */
const NO_LICENCE = ['AadPremiumLicenseRequired']

/** `properties` of resources may hold secrets of any kind, so they are not asked for. */
const RESOURCES =
  'resources | project id, name, type, kind, location, resourceGroup, subscriptionId, tenantId, managedBy, identity, tags | order by id asc'

export const ARM_CALLS: readonly ArmCall[] = [
  {
    kind: SUBSCRIPTIONS,
    path: '/subscriptions',
    query: { 'api-version': '2022-12-01' },
    ...PAGED,
    needs: ['Microsoft.Resources/subscriptions/read'],
    gains: 'the subscriptions that the caller is shown',
  },
  {
    kind: GROUPS,
    id: GROUP_LIST,
    path: '/providers/Microsoft.Management/managementGroups',
    ...PAGED,
    by: sdk(({ managementGroups: api }, _about, options) => api.managementGroups.list(options)),
    needs: ['Microsoft.Management/managementGroups/read'],
    gains: 'the management groups that the caller is shown',
  },
  {
    kind: GROUPS,
    path: '/providers/Microsoft.Management/managementGroups/{name}',
    each: [managementGroups],
    lane: 'arm',
    by: ({ managementGroups: api }, { subject = '' }, _next, signal) =>
      objectAsSent((options) => api.managementGroups.get(nameIn(subject), { ...options, expand: 'children' }), signal),
    needs: ['Microsoft.Management/managementGroups/read'],
    gains: 'what lies in a management group, and in what it lies',
  },
  {
    kind: 'azure/arm/role-assignments',
    path: '{scope}/providers/Microsoft.Authorization/roleAssignments',
    ...AUTHORIZATION,
    by: sdk((arm, about, options) => {
      const { roleAssignments } = arm.authorization(about.subscription ?? '')
      return about.subscription === undefined
        ? roleAssignments.listForScope(scopeOf(about), { ...options, ...filterFor(about) })
        : roleAssignments.listForSubscription(options)
    }),
    needs: ['Microsoft.Authorization/roleAssignments/read'],
    gains: 'who has which role where, with conditions',
  },
  {
    kind: 'azure/arm/role-definitions',
    id: 'azure/arm/role-definitions/built-in',
    path: '/providers/Microsoft.Authorization/roleDefinitions',
    query: { 'api-version': '2022-04-01' },
    ...PAGED,
    needs: ['Microsoft.Authorization/roleDefinitions/read'],
    gains: 'the built-in roles',
  },
  {
    kind: 'azure/arm/role-definitions',
    path: '{scope}/providers/Microsoft.Authorization/roleDefinitions',
    query: { 'api-version': '2022-04-01', $filter: "type eq 'CustomRole'" },
    ...AUTHORIZATION,
    needs: ['Microsoft.Authorization/roleDefinitions/read'],
    gains: 'custom roles',
  },
  {
    kind: 'azure/arm/deny-assignments',
    path: '{scope}/providers/Microsoft.Authorization/denyAssignments',
    ...AUTHORIZATION,
    by: sdk((arm, about, options) => {
      const { denyAssignments } = arm.authorization(about.subscription ?? '')
      return about.subscription === undefined
        ? denyAssignments.listForScope(scopeOf(about), { ...options, ...filterFor(about) })
        : denyAssignments.list(options)
    }),
    needs: ['Microsoft.Authorization/denyAssignments/read'],
    gains: 'who is denied what',
  },
  {
    kind: 'azure/arm/role-eligibility-schedule-instances',
    path: '{scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances',
    ...AUTHORIZATION,
    by: sdk((arm, about, options) =>
      arm.authorization(about.subscription ?? '').roleEligibilityScheduleInstances.listForScope(scopeOf(about), { ...options, ...filterFor(about) }),
    ),
    none: NO_LICENCE,
    needs: ['Microsoft.Authorization/roleEligibilityScheduleInstances/read'],
    gains: 'who can activate which role (Privileged Identity Management)',
  },
  {
    kind: 'azure/arm/role-assignment-schedule-instances',
    path: '{scope}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances',
    ...AUTHORIZATION,
    by: sdk((arm, about, options) =>
      arm.authorization(about.subscription ?? '').roleAssignmentScheduleInstances.listForScope(scopeOf(about), { ...options, ...filterFor(about) }),
    ),
    none: NO_LICENCE,
    needs: ['Microsoft.Authorization/roleAssignmentScheduleInstances/read'],
    gains: 'which assignments were activated, or hold for a time',
  },
  {
    kind: 'azure/arm/classic-administrators',
    path: '/subscriptions/{subscription}/providers/Microsoft.Authorization/classicAdministrators',
    ...OF_SUBSCRIPTION,
    by: sdk((arm, { subscription = '' }, options) => arm.authorization(subscription).classicAdministrators.list(options)),
    needs: ['Microsoft.Authorization/classicAdministrators/read'],
    gains: 'administrators of the time before roles',
  },
  {
    kind: 'azure/arm/locks',
    path: '/subscriptions/{subscription}/providers/Microsoft.Authorization/locks',
    query: { 'api-version': '2020-05-01' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.Authorization/locks/read'],
    gains: 'management locks',
  },
  {
    kind: 'azure/arm/registration-assignments',
    path: '/subscriptions/{subscription}/providers/Microsoft.ManagedServices/registrationAssignments',
    query: { 'api-version': '2022-10-01', $expandRegistrationDefinition: 'true' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.ManagedServices/registrationAssignments/read'],
    gains: 'what is delegated to other tenants (Lighthouse)',
  },
  {
    kind: 'azure/arm/registration-definitions',
    path: '/subscriptions/{subscription}/providers/Microsoft.ManagedServices/registrationDefinitions',
    query: { 'api-version': '2022-10-01' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.ManagedServices/registrationDefinitions/read'],
    gains: 'to whom, with which roles',
  },
  {
    kind: 'azure/arm/resource-groups',
    path: '/subscriptions/{subscription}/resourcegroups',
    query: { 'api-version': '2021-04-01' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.Resources/subscriptions/resourceGroups/read'],
    gains: 'resource groups',
  },
  {
    kind: 'azure/arm/resources',
    method: 'POST',
    path: '/providers/Microsoft.ResourceGraph/resources',
    each: [subscriptions],
    list: 'data',
    next: 'skip_token',
    lane: 'resource-graph',
    by: ({ resourceGraph }, { subscription = '' }, next, signal) => rowsOfGraph(resourceGraph, { query: RESOURCES, subscription, next, signal }),
    needs: ['*/read'],
    gains: 'resources that the caller may read, with their managed identities and tags',
  },
  {
    kind: IDENTITIES,
    path: '/subscriptions/{subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities',
    query: { 'api-version': '2023-01-31' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.ManagedIdentity/userAssignedIdentities/read'],
    gains: 'managed identities that stand by themselves',
  },
  {
    kind: 'entra/graph/identity-federated-credentials',
    path: '{subject}/federatedIdentityCredentials',
    query: { 'api-version': '2023-01-31' },
    ...PAGED,
    each: [
      {
        of: IDENTITIES,
        about: (row, { subscription }) => {
          const subject = textIn(row, 'id')
          return subject === undefined || subscription === undefined ? undefined : { subscription, subject }
        },
      },
    ],
    none: ['ResourceNotFound', 'ParentResourceNotFound'],
    needs: ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read'],
    gains: 'who from outside can become them (workload identity federation)',
  },
  {
    kind: 'azure/arm/vaults',
    path: '/subscriptions/{subscription}/providers/Microsoft.KeyVault/vaults',
    query: { 'api-version': '2023-07-01' },
    ...OF_SUBSCRIPTION,
    needs: ['Microsoft.KeyVault/vaults/read'],
    gains: 'key vaults with their access policies, never what is in them',
  },
]
