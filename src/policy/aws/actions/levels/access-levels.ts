import type { AccessLevel } from '../../../../domain/vocabulary.ts'
import { matchesGlob } from '../glob.ts'
import type { AwsLevelLetter } from '../read-snapshot.ts'
import { DATA_READS } from './data-reads.ts'
import { DATA_WRITES } from './data-writes.ts'
import { DELETIONS } from './deletions.ts'
import { GRANTS, MANAGED_NOT_GRANTED, USED_NOT_GRANTED } from './grants.ts'
import { SECRETS } from './secrets.ts'
import type { ActionTable } from './table.ts'

/**
 * From AWS's five access levels to the eight of Permiscope. AWS's say what kind of call an action is; ours say what somebody who may make it
 * gains. First the tables, which hold no action twice, then the rules by name and AWS's level.
 */
export const LEVEL_TABLES: readonly (readonly [AccessLevel, ActionTable])[] = [
  ['READ_SECRET', SECRETS],
  ['READ_DATA', DATA_READS],
  ['WRITE_DATA', DATA_WRITES],
  ['DELETE', DELETIONS],
  ['GRANT', GRANTS],
  ['READ_METADATA', USED_NOT_GRANTED],
  ['MANAGE', MANAGED_NOT_GRANTED],
]

/** @param service lower-case prefix @param name as AWS spells it */
export function accessLevel(service: string, name: string, awsLevel: AwsLevelLetter): AccessLevel {
  const listed = LEVEL_TABLES.find(([, table]) => table[service]?.some((pattern) => matchesGlob(pattern, name)))
  return listed?.[0] ?? levelByRule(name, awsLevel)
}

/** Resource policies under the names that most services use; AWS calls many of these Write. */
const CHANGES_RESOURCE_POLICY =
  /^(Put|Set|Create|Update|Delete|Remove|Add).*(ResourcePolicy|AccessPolicy|Permissions?Policy|SharingPolicy|AuthPolicy|ResourcePermission)/

/** `BatchDeleteImage`, `AdminDeleteUser`, `PartiQLDelete`; API Gateway's actions are the HTTP methods. */
const DESTROYS = /^((Batch|Bulk|Admin|PartiQL|StartBatch)?(Delete|Destroy)|Terminate|Purge|DELETE$)/

function levelByRule(name: string, awsLevel: AwsLevelLetter): AccessLevel {
  switch (awsLevel) {
    case 'L':
      return 'LIST'
    case 'R':
      return 'READ_METADATA'
    case 'P':
      return 'GRANT'
    case 'T':
      return 'MANAGE'
    case 'W':
      return CHANGES_RESOURCE_POLICY.test(name) ? 'GRANT' : DESTROYS.test(name) ? 'DELETE' : 'MANAGE'
    default:
      return awsLevel satisfies never
  }
}
