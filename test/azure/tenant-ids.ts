/** Who and what is in the small tenant. */

export const TENANT = '11111111-1111-1111-1111-111111111111'
export const OTHER_TENANT = '99999999-9999-9999-9999-999999999999'
export const SUBSCRIPTION = 'aaaaaaaa-0000-0000-0000-000000000001'
export const SECOND = 'aaaaaaaa-0000-0000-0000-000000000002'
/** Of another tenant, delegated to this one. */
export const DELEGATED = 'aaaaaaaa-0000-0000-0000-000000000009'
export const SECRET = 'never-in-a-bundle'

export const guid = (kind: string, number: number): string => `${kind.padEnd(8, '0')}-0000-0000-0000-${String(number).padStart(12, '0')}`

export const ADA = guid('a', 1)
export const BOB = guid('a', 2)
export const GUEST = guid('a', 3)
export const TEAM = guid('b', 1)
export const SYNCED = guid('b', 2)
export const APPLICATION = guid('c', 1)
export const PRINCIPAL = guid('d', 1)
export const IDENTITY = guid('d', 2)
export const API = guid('d', 3)
export const UNIT = guid('e', 1)
export const CUSTOM = guid('f', 1)
export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

export const ROOT = `/providers/Microsoft.Management/managementGroups/${TENANT}`
export const PLATFORM = '/providers/Microsoft.Management/managementGroups/platform'
export const scopeOf = (subscription: string): string => `/subscriptions/${subscription}`
export const GROUP = `${scopeOf(SUBSCRIPTION)}/resourceGroups/payroll (eu)`
export const RUNNER = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/runner`
export const MACHINE = `${GROUP}/providers/Microsoft.Compute/virtualMachines/worker`
export const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/payroll`
