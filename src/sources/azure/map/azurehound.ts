import type { SourceRecord } from '../../../domain/facts.ts'
import { canonicalId, isArmId } from '../arm-id.ts'
import { cover, refused, type Listing } from '../listing.ts'
import { isFields, rowOf, textIn, type Fields, type Row } from '../row.ts'
import { checked, isFinding, resourceShape } from '../schema.ts'
import type { AzureState } from '../state.ts'
import { acceptAssignment } from './assignment.ts'
import { acceptResource, acceptResourceGroup } from './resource.ts'
import { acceptManagementGroup, acceptSubscription } from './tree.ts'
import { acceptAccessPolicy } from './vault.ts'

/**
 * Rows of AzureHound: `{"kind": "AZVM", "data": {…}}`. It keeps neither role definitions, conditions, kinds of principals nor deny assignments.
 * https://bloodhound.specterops.io/collect-data/ce-collection/azurehound
 */

const RESOURCES = new Set([
  'AZVM',
  'AZVMScaleSet',
  'AZKeyVault',
  'AZFunctionApp',
  'AZWebApp',
  'AZAutomationAccount',
  'AZContainerRegistry',
  'AZLogicApp',
  'AZManagedCluster',
  'AZStorageAccount',
  'AZStorageContainer',
])

/** What AzureHound derives from the assignments that it also lists. */
const DERIVED =
  /^AZ(?:ManagementGroup|Subscription|ResourceGroup|VM|KeyVault)(?:Owner|UserAccessAdmin|Contributor|VMContributor|AvereContributor|AdminLogin|KVContributor)$/

/** Of a resource, subscription, management group …; `AZRoleAssignment` is one of the directory. */
const ASSIGNMENTS = /^AZ\w+RoleAssignment$/
const OF_THE_DIRECTORY = new Set(['AZRoleAssignment', 'AZAppRoleAssignment', 'AZPIMRoleAssignment'])

export interface HoundRow {
  readonly kind: string
  readonly data: Fields
}

export const houndRowOf = (value: unknown): HoundRow | undefined =>
  isFields(value) && typeof value['kind'] === 'string' && isFields(value['data']) && /^AZ[A-Z]/.test(value['kind'])
    ? { kind: value['kind'], data: value['data'] }
    : undefined

export const isOfAzure = ({ kind }: HoundRow): boolean =>
  RESOURCES.has(kind) || DERIVED.test(kind) || (ASSIGNMENTS.test(kind) && !OF_THE_DIRECTORY.has(kind)) || OTHERS.has(kind)

const OTHERS = new Set(['AZManagementGroup', 'AZManagementGroupDescendant', 'AZSubscription', 'AZResourceGroup', 'AZKeyVaultAccessPolicy'])

export function acceptHound(state: AzureState, { kind, data }: HoundRow, at: Row['at'], listing: Listing): readonly SourceRecord[] {
  const place = `${at.place}.data`
  const row = rowOf(data, { ...at, place })
  if (DERIVED.test(kind)) return []
  if (ASSIGNMENTS.test(kind))
    return assignmentsIn(data, place).flatMap((each) => acceptAssignment(state, rowOf(each.fields, { ...at, place: each.place }), listing))
  if (RESOURCES.has(kind)) return acceptResource(state, row, listing)
  switch (kind) {
    case 'AZSubscription':
      return acceptSubscription(state, row, listing)
    case 'AZResourceGroup':
      return acceptResourceGroup(state, row, listing)
    case 'AZKeyVaultAccessPolicy':
      return acceptPolicy(state, row, listing)
    default:
      return acceptManagementGroup(state, row, listing)
  }
}

function acceptPolicy(state: AzureState, row: Row, listing: Listing): readonly SourceRecord[] {
  const said = checked(resourceShape, row, { id: textIn(row, 'keyvaultid') })
  if (isFinding(said)) return refused(state, listing, said, '/')
  const vault = canonicalId(said.id)
  acceptAccessPolicy(state, row, vault, cover(state, listing, vault))
  return []
}

interface Found {
  readonly fields: Fields
  readonly place: string
}

/** Wrapped in different ways by kind: `roleAssignments[].roleAssignment`, `assignees[].assignee`, and the fields alone. Empty lists may be null. */
function assignmentsIn(data: Fields, place: string): readonly Found[] {
  const list = Object.entries(data).find(([, value]) => Array.isArray(value))
  if (list === undefined) return []
  const [name, rows] = list
  return (Array.isArray(rows) ? rows : []).flatMap((wrapped: unknown, index) => {
    if (!isFields(wrapped)) return []
    const inner = Object.entries(wrapped).find(([key, value]) => isFields(value) && key !== 'properties')
    const at = `${place}.${name}[${index}]`
    if (inner !== undefined && isFields(inner[1])) return [{ fields: inner[1], place: `${at}.${inner[0]}` }]
    return [{ fields: unwrapped(wrapped, data), place: at }]
  })
}

/** A principal's id where others have the assignment, and the target's id beside it. */
function unwrapped(row: Fields, data: Fields): Fields {
  if ('principalId' in row || 'properties' in row) return row
  const target = [...Object.values(row), ...Object.values(data)].find(
    (value) => typeof value === 'string' && isArmId(value) && !/roledefinitions/i.test(value),
  )
  return { principalId: row['assignee'], roleDefinitionId: row['roleDefinitionId'], scope: target }
}
