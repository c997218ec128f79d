import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathOf } from '../../../src/sources/bundle/layout.ts'
import type { Random } from '../random.ts'

/**
 * A directory with its subscriptions, as `permiscope collect azure` lays it out: users in nested groups, resources in resource groups, role
 * assignments at every level, one in five of them with a condition, to groups more often than to people.
 */
export interface TenantPlan {
  readonly users: number
  readonly groups: number
  readonly subscriptions: number
  readonly assignments: number
}

/** What questions are asked about. */
export interface Tenant {
  readonly userIds: readonly string[]
  readonly resourceIds: readonly string[]
}

const TENANT = guid('tenant', 0)
const ROLES = [
  { name: 'Owner', actions: ['*'], notActions: [], dataActions: [] },
  { name: 'Contributor', actions: ['*'], notActions: ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/*/Delete'], dataActions: [] },
  { name: 'Reader', actions: ['*/read'], notActions: [], dataActions: [] },
  {
    name: 'Storage Blob Data Reader',
    actions: [],
    notActions: [],
    dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
  },
  { name: 'Virtual Machine Operator', actions: ['Microsoft.Compute/virtualMachines/*'], notActions: [], dataActions: [] },
] as const
const CONDITION =
  "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'open'))"
const RESOURCES_EACH = 20

export async function writeTenant(folder: string, plan: TenantPlan, random: Random): Promise<Tenant> {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number)
  const users = numbers(plan.users).map((number) => guid('user', number))
  const groups = numbers(plan.groups).map((number) => guid('group', number))
  const subscriptions = numbers(plan.subscriptions).map((number) => guid('subscription', number))
  const write = (kind: string, rows: Iterable<unknown>, about: { readonly subscription?: string; readonly subject?: string } = {}): Promise<void> =>
    writeLines(join(folder, pathOf({ kind, tenant: TENANT, ...about })), rows)

  await write(
    'entra/graph/users',
    users.map((id, number) => userRow(id, number)),
  )
  await write(
    'entra/graph/groups',
    groups.map((id, number) => groupRow(id, number)),
  )
  await writeLines(
    join(folder, 'members.ndjson'),
    groups.map((group, number) => memberships(group, number, groups, users, random)),
  )
  await write('azure/arm/management-groups', [managementGroups(subscriptions)])
  await write(
    'azure/arm/subscriptions',
    subscriptions.map((id) => ({ id, tenantId: TENANT, name: `subscription-${id.slice(0, 4)}`, state: 'Enabled' })),
  )
  await write('azure/arm/role-definitions', ROLES.map(roleRow), { subscription: subscriptions[0] ?? '' })
  const resourceIds: string[] = []
  const each = Math.ceil(plan.assignments / plan.subscriptions)
  for (const subscription of subscriptions) {
    const resources = numbers(RESOURCES_EACH).map((number) => resourceId(subscription, number))
    resourceIds.push(...resources)
    await write('azure/arm/resources', resources.map(resourceRow), { subscription })
    const rows = numbers(each).map((number) => assignmentRow(subscription, number, { groups, users, random }))
    await write('azure/arm/role-assignments', rows, { subscription })
  }
  return { userIds: users, resourceIds }
}

async function writeLines(path: string, rows: Iterable<unknown>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await pipeline(Readable.from(lines(rows)), createWriteStream(path))
}

function* lines(rows: Iterable<unknown>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** The same names give the same ids. */
function guid(kind: string, number: number): string {
  const tail = String(number).padStart(12, '0')
  const head = [...kind].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7) >>> 0
  return `${head.toString(16).padStart(8, '0')}-0000-4000-8000-${tail}`
}

const userRow = (id: string, number: number): object => ({
  id,
  displayName: `User ${number}`,
  userPrincipalName: `user${number}@example.com`,
  accountEnabled: true,
  userType: 'Member',
})

const groupRow = (id: string, number: number): object => ({
  id,
  displayName: `Group ${number}`,
  securityEnabled: true,
  mailEnabled: false,
  groupTypes: [],
})

/** Sizes fall as 1/rank; every fifth group is in an earlier one. */
function memberships(group: string, number: number, groups: readonly string[], users: readonly string[], random: Random): object {
  const size = Math.max(2, Math.floor(users.length / 4 / (number + 1)))
  const people = random.some(users, size).map((id) => ({ '@odata.type': '#microsoft.graph.user', id }))
  const nested = number % 5 === 4 ? [{ '@odata.type': '#microsoft.graph.group', id: groups[number - 1] }] : []
  return { Kind: 'entra/graph/group-members', Tenant: TENANT, Subject: group, Output: { value: [...people, ...nested] } }
}

function managementGroups(subscriptions: readonly string[]): object {
  const id = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`
  const type = 'Microsoft.Management/managementGroups'
  const child = (subscription: string): object => ({ id: `/subscriptions/${subscription}`, name: subscription, type: '/subscriptions' })
  const half = Math.floor(subscriptions.length / 2)
  const children = [subscriptions.slice(0, half), subscriptions.slice(half)].map((some, number) => ({
    id: id(`part-${number}`),
    name: `part-${number}`,
    type,
    children: some.map(child),
  }))
  return { id: id(TENANT), name: TENANT, type, tenantId: TENANT, displayName: 'Tenant Root Group', details: { parent: null }, children }
}

const roleRow = ({ name, actions, notActions, dataActions }: (typeof ROLES)[number], number: number): object => ({
  id: `/providers/Microsoft.Authorization/roleDefinitions/${guid('role', number)}`,
  name: guid('role', number),
  roleName: name,
  roleType: 'BuiltInRole',
  type: 'Microsoft.Authorization/roleDefinitions',
  assignableScopes: ['/'],
  permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
})

const resourceId = (subscription: string, number: number): string =>
  `/subscriptions/${subscription}/resourceGroups/rg-${number % 4}/providers/Microsoft.Storage/storageAccounts/data${number}`

const resourceRow = (id: string): object => ({ id, name: id.split('/').at(-1), type: 'Microsoft.Storage/storageAccounts', location: 'westeurope' })

interface Holders {
  readonly groups: readonly string[]
  readonly users: readonly string[]
  readonly random: Random
}

function assignmentRow(subscription: string, number: number, { groups, users, random }: Holders): object {
  const isGroup = random.chance(0.7)
  const scope = scopeOf(subscription, random)
  const name = guid(`assignment ${subscription}`, number)
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/roleAssignments',
    scope,
    principalId: isGroup ? groups[random.rank(groups.length)] : random.pick(users),
    principalType: isGroup ? 'Group' : 'User',
    roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid('role', random.below(ROLES.length))}`,
    condition: random.chance(0.2) ? CONDITION : null,
    conditionVersion: '2.0',
  }
}

/** One in ten at the subscription, half at a resource group, the rest at a resource. */
function scopeOf(subscription: string, random: Random): string {
  if (random.chance(0.1)) return `/subscriptions/${subscription}`
  const resource = resourceId(subscription, random.below(RESOURCES_EACH))
  return random.chance(0.55) ? resource.slice(0, resource.indexOf('/providers')) : resource
}
