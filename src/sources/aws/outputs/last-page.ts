import { isRecord } from '../document.ts'
import { upperFirstKeys } from '../schema.ts'

const TOKENS = ['NextToken', 'NextMarker', 'ContinuationToken', 'LastEvaluatedTableName', 'Position'] as const

/** Whether the output says that another page follows. */
export function goesOn(value: unknown): boolean {
  const record = upperFirstKeys(value)
  if (!isRecord(record)) return false
  const token = TOKENS.find((name) => typeof record[name] === 'string' && record[name] !== '')
  return token !== undefined || record['IsTruncated'] === true || record['Truncated'] === true
}
