import { isRecord } from '../document.ts'
import { upperFirstKeys } from '../schema.ts'

const TOKENS = ['NextToken', 'NextMarker', 'ContinuationToken', 'LastEvaluatedTableName', 'Position', 'PaginationToken'] as const

/** Whether the output says that another page follows. */
export function goesOn(value: unknown): boolean {
  const record = upperFirstKeys(value)
  if (!isRecord(record)) return false
  const token = TOKENS.find((name) => typeof record[name] === 'string' && record[name] !== '')
  // Resource Explorer stops a search at 1000 results.
  const isCutOff = isRecord(record['Count']) && record['Count']['Complete'] === false
  return token !== undefined || isCutOff || record['IsTruncated'] === true || record['Truncated'] === true
}
