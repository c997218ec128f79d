import type { Origin } from '../../domain/facts.ts'
import type { Operation } from './kinds.ts'
import { fieldsOf, isFields, listIn, rowsIn, textIn, type Fields, type Row } from './row.ts'

/**
 * Rows of AzureHound about a directory: `{"kind": "AZUser", "data": {…}}`. Ids may be in capitals, empty lists null. What it derives from
 * these rows, devices, and everything of Azure Resource Manager is not looked at here.
 * https://bloodhound.specterops.io/collect-data/ce-collection/azurehound
 */
export interface HoundAnswer {
  readonly operation: Operation
  /** What it is about, where the operation is asked of something. */
  readonly subject: string | undefined
  readonly rows: readonly Row[]
}

const FLAT: Readonly<Record<string, Operation>> = {
  AZUser: 'users',
  AZGroup: 'groups',
  AZApp: 'applications',
  AZServicePrincipal: 'service-principals',
  AZRole: 'role-definitions',
  AZAppRoleAssignment: 'app-role-assignments',
  AZOAuth2PermissionGrant: 'oauth2-permission-grants',
}

interface Wrapped {
  readonly operation: Operation
  readonly list: string
  /** Key of the object within each element. */
  readonly inner?: string
  readonly subject?: string
}

const WRAPPED: Readonly<Record<string, Wrapped>> = {
  AZGroupMember: { operation: 'group-members', list: 'members', inner: 'member', subject: 'groupId' },
  AZGroupOwner: { operation: 'group-owners', list: 'owners', inner: 'owner', subject: 'groupId' },
  AZServicePrincipalOwner: { operation: 'service-principal-owners', list: 'owners', inner: 'owner', subject: 'servicePrincipalId' },
  AZAppOwner: { operation: 'application-owners', list: 'owners', inner: 'owner', subject: 'appId' },
  AZRoleAssignment: { operation: 'role-assignments', list: 'roleAssignments' },
  AZRoleEligibilityScheduleInstance: { operation: 'role-eligibility-schedule-instances', list: 'roleEligibilityScheduleInstances' },
}

const WITHOUT_FACTS = new Set(['AZDevice', 'AZDeviceOwner', 'AZRoleManagementPolicyAssignment'])

interface HoundRow {
  readonly kind: string
  readonly data: Fields
}

/** @returns undefined where it is no row of AzureHound about a directory */
export function houndRowOf(value: unknown): HoundRow | undefined {
  if (!isFields(value) || typeof value['kind'] !== 'string' || !isFields(value['data'])) return undefined
  const { kind } = value
  const isKnown = kind in FLAT || kind in WRAPPED || WITHOUT_FACTS.has(kind) || kind === 'AZTenant'
  return isKnown ? { kind, data: value['data'] } : undefined
}

/** @returns the directory that the row says it is of */
export const tenantOfHound = ({ data }: HoundRow): string | undefined => textIn(data, 'tenantId')?.toLowerCase()

/** @returns undefined where the row says nothing */
export function houndAnswer({ kind, data }: HoundRow, at: Origin): HoundAnswer | undefined {
  const rowAt = (fields: Fields, place: string): Row => ({ fields, printed: fields, at: { file: at.file, place: `${at.place}.${place}` } })
  if (kind === 'AZTenant') return tenantAnswer(data, rowAt)
  const wrapped = WRAPPED[kind]
  if (wrapped === undefined || (wrapped.subject === undefined && !(wrapped.list in data) && 'id' in data)) {
    const operation = FLAT[kind] ?? wrapped?.operation
    return operation === undefined ? undefined : { operation, subject: undefined, rows: [rowAt(data, 'data')] }
  }
  const { operation, list, inner, subject } = wrapped
  const elements = rowsIn(data, list)
  const rows = elements.map((element, index) =>
    rowAt(inner === undefined ? element : fieldsOf(element[inner]), `data.${list}[${index}]${inner === undefined ? '' : `.${inner}`}`),
  )
  return { operation, subject: subject === undefined ? undefined : subjectOf(data, elements[0], subject), rows }
}

/** Owners of an application come with its client id outside and its object id inside. */
const subjectOf = (data: Fields, first: Fields | undefined, key: string): string | undefined => textIn(first ?? {}, key) ?? textIn(data, key)

/** All directories that the caller can see are listed; the one that was read says so. */
function tenantAnswer(data: Fields, rowAt: (fields: Fields, place: string) => Row): HoundAnswer | undefined {
  const id = textIn(data, 'tenantId')
  if (id === undefined || data['collected'] !== true) return undefined
  const verifiedDomains = listIn(data, 'domains').map((name) => ({ name }))
  return { operation: 'organization', subject: undefined, rows: [rowAt({ id, displayName: data['displayName'], verifiedDomains }, 'data')] }
}
