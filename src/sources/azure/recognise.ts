import { isArmId, isGuid, managementGroupOf, placeOf } from './arm-id.ts'
import type { Operation } from './kinds.ts'
import { isClassic } from './map/classic.ts'
import { textIn, type Row } from './row.ts'

const BY_TYPE: Readonly<Record<string, Operation>> = {
  'microsoft.authorization/roleassignments': 'role-assignments',
  'microsoft.authorization/roledefinitions': 'role-definitions',
  'microsoft.authorization/denyassignments': 'deny-assignments',
  'microsoft.authorization/roleeligibilityscheduleinstances': 'role-eligibility-schedule-instances',
  'microsoft.authorization/roleassignmentscheduleinstances': 'role-assignment-schedule-instances',
  'microsoft.authorization/locks': 'locks',
  'microsoft.authorization/classicadministrators': 'classic-administrators',
  'microsoft.management/managementgroups': 'management-groups',
  'microsoft.management/managementgroups/subscriptions': 'management-groups',
  '/subscriptions': 'management-groups',
  'microsoft.resources/subscriptions': 'subscriptions',
  'microsoft.resources/resourcegroups': 'resource-groups',
  'microsoft.resources/subscriptions/resourcegroups': 'resource-groups',
  'microsoft.managedservices/registrationassignments': 'registration-assignments',
  'microsoft.managedservices/registrationdefinitions': 'registration-definitions',
}

/** Rows of the same shape that other readers know better. */
const OTHERS = new Set(['microsoft.managedidentity/userassignedidentities/federatedidentitycredentials'])

/** What a row is by its content: its type, its id, or the names of its fields. */
export function recognise(row: Row): Operation | undefined {
  return BY_TYPE[typeIn(row) ?? ''] ?? byId(row) ?? byFields(row)
}

function typeIn(row: Row): string | undefined {
  const type = row.own('type') ?? row.own('resourcetype')
  return typeof type === 'string' ? type.toLowerCase() : undefined
}

function byId(row: Row): Operation | undefined {
  const printed = textIn(row, 'id', 'roleassignmentid', 'resourceid')
  if (printed === undefined || !isArmId(printed)) return undefined
  const { id, label, kind } = placeOf(printed)
  const type = typeInId(id)
  if (OTHERS.has(type)) return undefined
  const known = BY_TYPE[type]
  if (known !== undefined) return known
  if (kind === 'Subscription') return row.get('parent') === undefined ? 'subscriptions' : 'management-groups'
  if (kind === 'ResourceGroup') return 'resource-groups'
  if (managementGroupOf(id) !== undefined) return 'management-groups'
  return label === 'Resource' && isListedResource(id) && typeIn(row) === type && row.own('location') !== undefined ? 'resources' : undefined
}

/** @param id canonical @returns the type of what it names, in lower case */
export const typeInId = (id: string): string => {
  const [namespace = '', ...rest] = id.slice(id.lastIndexOf('/providers/') + '/providers/'.length).split('/')
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/')
}

/** Of a subscription, and nothing that is attached to others for authorization (policies, role management). */
const isListedResource = (id: string): boolean =>
  id.startsWith('/subscriptions/') && id.includes('/providers/') && !id.includes('/providers/microsoft.authorization/')

function byFields(row: Row): Operation | undefined {
  const has = (...names: readonly string[]): boolean => names.every((name) => row.get(name) !== undefined)
  if (has('principalid', 'roledefinitionid', 'scope') || has('objectid', 'roledefinitionid', 'scope')) return 'role-assignments'
  const id = textIn(row, 'id') ?? ''
  if (isClassic(row)) return 'role-assignments'
  if (isGuid(id) && has('tenantid', 'state') && (has('name') || has('displayname'))) return 'subscriptions'
  if (has('assignablescopes') && (has('permissions') || has('actions'))) return 'role-definitions'
  return undefined
}

/**
 * `az resource list` and Resource Graph print resources of any type; whatever else prints resources lists those of one type, and with what only
 * that type has.
 */
export const isOfGenericListing = (row: Row): boolean =>
  Object.keys(row.printed).every((key) => GENERIC.has(key.toLowerCase())) &&
  (row.own('properties') === undefined || (row.own('subscriptionid') !== undefined && row.own('tenantid') !== undefined))

const GENERIC = new Set(
  'changedTime createdTime extendedLocation id identity kind location managedBy name plan provisioningState resourceGroup sku tags type properties'
    .concat(' resourceId resourceName resourceType resourceGroupName subscriptionId tenantId zones apiVersion systemData')
    .toLowerCase()
    .split(' '),
)
