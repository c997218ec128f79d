import { ACCESS_LEVELS, type AccessLevel } from '../../../domain/vocabulary.ts'
import { intersects } from '../../aws/patterns/overlap.ts'
import { compileActionPattern, type ActionPattern } from '../../microsoft/action-pattern.ts'
import { planeOf } from './planes.ts'
import { SECRET_OPERATIONS, type SecretOperation } from './secrets.ts'

/** Control operations that change who has access. */
const GRANTING: readonly ActionPattern[] = compile([
  'microsoft.authorization/roleassignments/write',
  'microsoft.authorization/roleassignments/delete',
  'microsoft.authorization/roledefinitions/write',
  'microsoft.authorization/roledefinitions/delete',
  'microsoft.authorization/denyassignments/write',
  'microsoft.authorization/denyassignments/delete',
  'microsoft.authorization/elevateaccess/action',
  'microsoft.authorization/roleassignmentschedulerequests/write',
  'microsoft.authorization/roleeligibilityschedulerequests/write',
  'microsoft.authorization/rolemanagementpolicies/write',
  'microsoft.authorization/classicadministrators/write',
  'microsoft.authorization/classicadministrators/delete',
  'microsoft.keyvault/vaults/accesspolicies/write',
  'microsoft.managedidentity/userassignedidentities/federatedidentitycredentials/write',
  'microsoft.managedservices/registrationdefinitions/write',
  'microsoft.managedservices/registrationassignments/write',
  'microsoft.documentdb/databaseaccounts/*roleassignments/write',
  'microsoft.documentdb/databaseaccounts/*roledefinitions/write',
  'microsoft.resources/deploymentstacks/managedenysetting/action',
  'microsoft.storage/storageaccounts/localusers/write',
])

/** Data operations of which the verb does not tell the level. */
const DATA_LEVELS: readonly (readonly [AccessLevel, ActionPattern])[] = (
  [
    ['GRANT', 'microsoft.containerservice/*/rbac.authorization.k8s.io/*/write'],
    ['GRANT', 'microsoft.containerservice/*/rbac.authorization.k8s.io/*/delete'],
    ['GRANT', 'microsoft.kubernetes/*/rbac.authorization.k8s.io/*/write'],
    ['GRANT', 'microsoft.kubernetes/*/rbac.authorization.k8s.io/*/delete'],
    ['READ_SECRET', 'microsoft.keyvault/vaults/secrets/getsecret/action'],
    ['READ_SECRET', 'microsoft.keyvault/vaults/keys/release/action'],
    ['READ_SECRET', 'microsoft.*/secrets/read'],
    ['READ_METADATA', 'microsoft.keyvault/vaults/secrets/readmetadata/action'],
    ['READ_METADATA', 'microsoft.keyvault/vaults/*/read'],
    ['READ_DATA', 'microsoft.keyvault/vaults/*/backup/action'],
    ['READ_DATA', 'microsoft.keyvault/vaults/keys/decrypt/action'],
    ['READ_DATA', 'microsoft.keyvault/vaults/keys/unwrap/action'],
    ['READ_DATA', 'microsoft.keyvault/vaults/keys/verify/action'],
    ['DELETE', 'microsoft.keyvault/vaults/*/purge/action'],
    ['READ_DATA', 'microsoft.storage/*/filter/action'],
    ['GRANT', 'microsoft.storage/*/manageownership/action'],
    ['GRANT', 'microsoft.storage/*/modifypermissions/action'],
    ['GRANT', 'microsoft.storage/storageaccounts/fileservices/takeownership/action'],
    ['READ_DATA', 'microsoft.storage/storageaccounts/fileservices/readfilebackupsemantics/action'],
    ['DELETE', 'microsoft.storage/*/deleteblobversion/action'],
    ['DELETE', 'microsoft.storage/*/permanentdelete/action'],
    ['READ_DATA', 'microsoft.storage/storageaccounts/queueservices/queues/messages/process/action'],
    ['READ_DATA', '*/receive/action'],
    ['READ_DATA', '*/listen/action'],
    ['READ_DATA', '*/download/action'],
    ['READ_DATA', '*/search/action'],
    ['READ_DATA', '*/query/action'],
    ['LIST', '*/list/action'],
    ['READ_DATA', '*/logstream/action'],
    ['READ_DATA', '*/export/action'],
    ['MANAGE', '*/login*/action'],
    ['MANAGE', '*/wacloginasadmin/action'],
    ['MANAGE', '*/exec/action'],
  ] as const
).map(([level, pattern]) => [level, compileActionPattern(pattern)])

const SECRETS: readonly (readonly [SecretOperation, ActionPattern])[] = SECRET_OPERATIONS.map((each) => [each, compileActionPattern(each.operation)])

const levels = new Map<string, AccessLevel>()
const MAX_KNOWN = 20_000

/**
 * The access level of an operation, in any letter case.
 * @param isData left out: as `planeOf` tells
 */
export function levelOf(operation: string, isData?: boolean): AccessLevel {
  const action = operation.toLowerCase()
  const isDataAction = isData ?? planeOf(action) === 'DATA'
  const key = `${isDataAction ? 'd' : 'c'}${action}`
  const known = levels.get(key)
  if (known !== undefined) return known
  if (levels.size >= MAX_KNOWN) levels.clear()
  const level = isDataAction ? dataLevel(action) : controlLevel(action)
  levels.set(key, level)
  return level
}

/** What a control operation hands out; undefined where it is not known to hand out anything. */
export function secretOperation(operation: string): SecretOperation | undefined {
  const action = operation.toLowerCase()
  return SECRETS.find(([, pattern]) => pattern.matches(action))?.[0]
}

/**
 * The levels that a pattern of operations may span, from least to most telling; of one operation, its own. Operations that no table names count by
 * their verb.
 */
export function levelsOf(pattern: string, isData: boolean): readonly AccessLevel[] {
  const lower = pattern.trim().toLowerCase()
  if (!lower.includes('*')) return [levelOf(lower, isData)]
  const spanned = new Set(VERBS.filter(([verb]) => intersects(verb, lower)).map(([, control, data]) => (isData ? data : control)))
  const named = isData ? DATA_LEVELS : CONTROL_LEVELS
  for (const [level, { text }] of named) if (!text.startsWith('*') && intersects(text.toLowerCase(), lower)) spanned.add(level)
  return ACCESS_LEVELS.filter((level) => spanned.has(level))
}

/** What follows from the verb alone, of control and of data operations. */
const VERBS: readonly (readonly [string, AccessLevel, AccessLevel])[] = [
  ['*/read', 'READ_METADATA', 'READ_DATA'],
  ['*/write', 'MANAGE', 'WRITE_DATA'],
  ['*/action', 'MANAGE', 'WRITE_DATA'],
  ['*/delete', 'DELETE', 'DELETE'],
]

const CONTROL_LEVELS: readonly (readonly [AccessLevel, ActionPattern])[] = [
  ...GRANTING.map((pattern) => ['GRANT', pattern] as const),
  ...SECRETS.map(([, pattern]) => ['READ_SECRET', pattern] as const),
]

function controlLevel(action: string): AccessLevel {
  if (GRANTING.some((pattern) => pattern.matches(action))) return 'GRANT'
  if (secretOperation(action) !== undefined) return 'READ_SECRET'
  if (action.endsWith('/read')) return 'READ_METADATA'
  return action.endsWith('/delete') ? 'DELETE' : 'MANAGE'
}

function dataLevel(action: string): AccessLevel {
  const special = DATA_LEVELS.find(([, pattern]) => pattern.matches(action))
  if (special !== undefined) return special[0]
  if (action.endsWith('/read')) return 'READ_DATA'
  return action.endsWith('/delete') ? 'DELETE' : 'WRITE_DATA'
}

function compile(patterns: readonly string[]): readonly ActionPattern[] {
  return patterns.map(compileActionPattern)
}
