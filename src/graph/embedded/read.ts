import type { Connection } from '@ladybugdb/core'
import type { EntityFact, FindingFact, GraphFact } from '../../domain/facts.ts'
import type { Column, Row } from '../rows.ts'
import { edgeOf, entityOf, findingOf } from '../rows.ts'
import { statement } from '../statements.ts'
import { storable } from '../text.ts'
import { allRows, streamRows } from './database.ts'
import type { Catalog, EdgeTable } from './schema.ts'
import { quoted } from './schema.ts'

/** The binding holds a whole result in memory, so a snapshot is read by pages of rows, in the order in which they lie in the file. */

const CHARACTERS_A_PAGE = 32_000_000
const ROWS_A_PAGE = { nodes: 100_000, edges: 200_000 }

export async function* readFacts(connection: Connection, catalog: Catalog): AsyncGenerator<GraphFact> {
  for (const table of catalog.labels) yield* readLabel(connection, table)
  for (const table of catalog.edges) yield* readEdges(connection, table)
}

export async function readByIds(connection: Connection, catalog: Catalog, ids: readonly string[]): Promise<readonly EntityFact[]> {
  const found: EntityFact[] = []
  const wanted = [...new Set(ids.map(storable))]
  for (const { label, columns } of catalog.labels) {
    const text = statement('stream/embedded-nodes-by-id', { LABEL: label, COLUMNS: returned(columns) })
    for (const row of await allRows(connection, text, { ids: wanted })) found.push(entityOf(label, row))
  }
  return found
}

export async function readFindings(connection: Connection): Promise<readonly FindingFact[]> {
  return (await allRows(connection, statement('stream/embedded-findings'))).map(findingOf)
}

async function* readLabel(connection: Connection, table: Catalog['labels'][number]): AsyncGenerator<GraphFact> {
  const { label } = table
  const { columns, nodes, rowsAPage } = await survey(connection, table)
  const text = statement('stream/embedded-nodes', { LABEL: label, COLUMNS: returned(columns) })
  for await (const row of pages(connection, text, nodes, rowsAPage)) yield entityOf(label, row)
}

async function* readEdges(connection: Connection, { kind, ends }: EdgeTable): AsyncGenerator<GraphFact> {
  const parts = { KIND: kind, FROM: ends[0], TO: ends[1] }
  const [counted] = await allRows(connection, statement('stream/embedded-edge-count', parts))
  const text = statement('stream/embedded-edges', parts)
  for await (const row of pages(connection, text, Number(counted?.['edges'] ?? 0), ROWS_A_PAGE.edges)) yield edgeOf(kind, ends, row)
}

async function* pages(connection: Connection, text: string, rows: number, rowsAPage: number): AsyncGenerator<Row> {
  for (let low = 0; low < rows; low += rowsAPage) yield* streamRows(connection, text, { low, high: low + rowsAPage })
}

/** Counting is cheap where columns are stored apart; returning columns that hold nothing is not. */
async function survey(
  connection: Connection,
  { label, columns }: Catalog['labels'][number],
): Promise<{ readonly columns: readonly Column[]; readonly nodes: number; readonly rowsAPage: number }> {
  const counts = columns.map(({ name }) => `count(n.${quoted(name)}) AS ${quoted(name)}`).join(', ')
  const [row = {}] = await allRows(connection, statement('stream/embedded-filled-columns', { LABEL: label, COUNTS: counts }))
  const nodes = Number(row['nodes'] ?? 0)
  const charactersARow = Number(row['characters'] ?? 0) / Math.max(nodes, 1)
  return {
    columns: columns.filter(({ name }) => Number(row[name] ?? 0) > 0),
    nodes,
    rowsAPage: Math.max(1, Math.min(ROWS_A_PAGE.nodes, Math.floor(CHARACTERS_A_PAGE / Math.max(charactersARow, 1)))),
  }
}

function returned(columns: readonly Column[]): string {
  return columns.map(({ name }) => `n.${quoted(name)} AS ${quoted(name)}`).join(', ')
}
