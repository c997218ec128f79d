/**
 * Listings of Azure Resource Manager that are read. An answer without rows, or whose rows don't tell, is known by its place, an envelope or a manifest:
 * `azure/arm/{operation}`. docs/exports-azure.md.
 */
export interface AzureKind {
  readonly operation: string
  /** In the coverage's id: `azure:role-assignments/subscription:{GUID}`. */
  readonly part: Part
  readonly command: string
  /** For messages: what a row is recognised by. */
  readonly knownBy: string
  /** Privileged Identity Management: without its licence there is nothing to list. */
  readonly needsLicence?: true
}

export type Part =
  | 'role-assignments'
  | 'role-definitions'
  | 'deny-assignments'
  | 'pim'
  | 'pim-assignments'
  | 'management-groups'
  | 'subscriptions'
  | 'resource-groups'
  | 'resources'
  | 'identities'
  | 'vaults'
  | 'locks'
  | 'registrations'
  | 'classic-administrators'
  | 'azurehound'

const rest = (path: string): string => `az rest --url https://management.azure.com/${path}`

const authorization = (type: string): string => rest(`subscriptions/{id}/providers/Microsoft.Authorization/${type}`)

export const AZURE_KINDS = [
  {
    operation: 'role-assignments',
    part: 'role-assignments',
    command: 'az role assignment list --all',
    knownBy: 'principalId, roleDefinitionId, scope',
  },
  { operation: 'role-definitions', part: 'role-definitions', command: 'az role definition list', knownBy: 'roleName, permissions, assignableScopes' },
  {
    operation: 'deny-assignments',
    part: 'deny-assignments',
    command: authorization('denyAssignments'),
    knownBy: 'type Microsoft.Authorization/denyAssignments',
  },
  {
    operation: 'role-eligibility-schedule-instances',
    part: 'pim',
    command: authorization('roleEligibilityScheduleInstances'),
    knownBy: 'type Microsoft.Authorization/roleEligibilityScheduleInstances',
    needsLicence: true,
  },
  {
    operation: 'role-assignment-schedule-instances',
    part: 'pim-assignments',
    command: authorization('roleAssignmentScheduleInstances'),
    knownBy: 'type Microsoft.Authorization/roleAssignmentScheduleInstances',
    needsLicence: true,
  },
  {
    operation: 'management-groups',
    part: 'management-groups',
    command: 'az account management-group show --name {id} --expand --recurse',
    knownBy: 'type Microsoft.Management/managementGroups',
  },
  { operation: 'subscriptions', part: 'subscriptions', command: 'az account list --all', knownBy: 'id, tenantId, state' },
  { operation: 'resource-groups', part: 'resource-groups', command: 'az group list', knownBy: 'type Microsoft.Resources/resourceGroups' },
  { operation: 'resources', part: 'resources', command: 'az resource list', knownBy: 'id, type, location' },
  { operation: 'identities', part: 'identities', command: 'az identity list', knownBy: 'clientId, principalId, id' },
  { operation: 'vaults', part: 'vaults', command: 'az keyvault show', knownBy: 'type Microsoft.KeyVault/vaults' },
  { operation: 'locks', part: 'locks', command: 'az lock list', knownBy: 'type Microsoft.Authorization/locks' },
  {
    operation: 'registration-assignments',
    part: 'registrations',
    command: 'az managedservices assignment list --include-definition true',
    knownBy: 'type Microsoft.ManagedServices/registrationAssignments',
  },
  {
    operation: 'registration-definitions',
    part: 'registrations',
    command: 'az managedservices definition list',
    knownBy: 'type Microsoft.ManagedServices/registrationDefinitions',
  },
  {
    operation: 'classic-administrators',
    part: 'classic-administrators',
    command: authorization('classicAdministrators'),
    knownBy: 'type Microsoft.Authorization/classicAdministrators',
  },
] as const satisfies readonly AzureKind[]

export type Operation = (typeof AZURE_KINDS)[number]['operation']

const BY_OPERATION: ReadonlyMap<string, (typeof AZURE_KINDS)[number] & AzureKind> = new Map(AZURE_KINDS.map((kind) => [kind.operation, kind]))

const PREFIX = 'azure/arm/'

/** @param kind as bundles spell it @returns undefined where it is none of these */
export const operationOf = (kind: string | undefined): Operation | undefined =>
  kind?.startsWith(PREFIX) === true ? BY_OPERATION.get(kind.slice(PREFIX.length))?.operation : undefined

export const kindIdOf = (operation: Operation): string => `${PREFIX}${operation}`

export const partOf = (operation: Operation): Part => kindOf(operation).part

export function kindOf(operation: Operation): AzureKind {
  const kind = BY_OPERATION.get(operation)
  if (kind === undefined) throw new RangeError(`no kind ${operation}`)
  return kind
}
