import { memberOf } from './rows.ts'

/** Looks into outputs of which nothing is known yet. */

/** A text in the first row of a list: `firstIn(value, 'Clusters', 'ClusterArn')`. A list of texts has no member. */
export function firstIn(value: unknown, list: string, member?: string): string | undefined {
  const row = firstRow(value, list)
  return textIn(row, member)
}

export function firstRow(value: unknown, list: string): unknown {
  const rows = memberOf(value, list)
  return Array.isArray(rows) ? (rows as readonly unknown[])[0] : undefined
}

/** A text, or that of a member. */
export function textIn(value: unknown, member?: string): string | undefined {
  const text = member === undefined ? value : memberOf(value, member)
  return typeof text === 'string' ? text : undefined
}
