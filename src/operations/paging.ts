import { PermiscopeError } from '../domain/errors.ts'
import type { Caveat, Connection, PageRequest } from './answers.ts'

export const DEFAULT_PAGE = 50
export const LARGEST_PAGE = 500

/**
 * Cuts one page out of rows that are sorted already, and makes only the nodes of that page.
 * @param keyOf unique and stable for a row within the answer: the cursor
 * @throws LIMIT_EXCEEDED, BAD_USAGE for a cursor of another question
 */
export function page<Row, Node>(
  rows: readonly Row[],
  request: PageRequest,
  keyOf: (row: Row) => string,
  nodeOf: (row: Row) => Node,
  caveats: readonly Caveat[],
): Connection<Node> {
  const first = request.first ?? DEFAULT_PAGE
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) {
    throw new PermiscopeError('LIMIT_EXCEEDED', `first is ${first}: it must be 1 to ${LARGEST_PAGE}`, { largest: LARGEST_PAGE })
  }
  const start = request.after === undefined ? 0 : positionAfter(rows, request.after, keyOf)
  const shown = rows.slice(start, start + first)
  const edges = shown.map((row) => ({ cursor: encode(keyOf(row)), node: nodeOf(row) }))
  return {
    edges,
    totalCount: rows.length,
    pageInfo: { hasNextPage: start + first < rows.length, endCursor: edges.at(-1)?.cursor ?? null },
    caveats,
  }
}

function positionAfter<Row>(rows: readonly Row[], cursor: string, keyOf: (row: Row) => string): number {
  const key = Buffer.from(cursor, 'base64url').toString()
  const at = rows.findIndex((row) => keyOf(row) === key)
  if (at === -1) throw new PermiscopeError('BAD_USAGE', 'after is not a cursor of this question on this snapshot')
  return at + 1
}

const encode = (key: string): string => Buffer.from(key).toString('base64url')
