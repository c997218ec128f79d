import type { AccessLevel } from '../../../domain/vocabulary.ts'
import type { AwsLevelLetter } from './read-snapshot.ts'

/** The level of an action by its name and AWS's own level. */
export function levelByRule(name: string, awsLevel: AwsLevelLetter): AccessLevel {
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
      return /^(Batch|Admin)?(Delete|Terminate|Purge)/.test(name) ? 'DELETE' : 'MANAGE'
  }
}
