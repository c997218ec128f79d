import type { AccessLevel } from '../../../domain/vocabulary.ts'
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
  'microsoft.containerservice/*/rbac.authorization.k8s.io/*',
  'microsoft.kubernetes/*/rbac.authorization.k8s.io/*',
  'microsoft.resources/deploymentstacks/managedenysetting/action',
  'microsoft.storage/storageaccounts/localusers/write',
])

/** Data operations of which the verb does not tell the level. */
const DATA_LEVELS: readonly (readonly [AccessLevel, ActionPattern])[] = (
  [
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

function controlLevel(action: string): AccessLevel {
  if (GRANTING.some((pattern) => pattern.matches(action))) return 'GRANT'
  if (secretOperation(action) !== undefined) return 'READ_SECRET'
  if (action.endsWith('/read')) return 'READ_METADATA'
  return action.endsWith('/delete') ? 'DELETE' : 'MANAGE'
}

function dataLevel(action: string): AccessLevel {
  if (GRANTING.some((pattern) => pattern.matches(action)) && !action.endsWith('/read')) return 'GRANT'
  const special = DATA_LEVELS.find(([, pattern]) => pattern.matches(action))
  if (special !== undefined) return special[0]
  if (action.endsWith('/read')) return 'READ_DATA'
  return action.endsWith('/delete') ? 'DELETE' : 'WRITE_DATA'
}

function compile(patterns: readonly string[]): readonly ActionPattern[] {
  return patterns.map(compileActionPattern)
}
