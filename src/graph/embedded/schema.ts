import type { Connection } from '@ladybugdb/core'
import type { FactEdge, Label } from '../../domain/vocabulary.ts'
import { EDGE_ENDS, FACT_EDGES, LABELS } from '../../domain/vocabulary.ts'
import type { Column, ColumnType } from '../rows.ts'
import { ENTITY_COLUMNS, FINDING_COLUMNS } from '../rows.ts'
import { statement } from '../statements.ts'
import { allRows, execute } from './database.ts'

/** Tables from the vocabulary, and back. */

const TYPES: Readonly<Record<ColumnType, string>> = { string: 'STRING', number: 'DOUBLE', boolean: 'BOOLEAN', 'string[]': 'STRING[]' }

export interface EdgeTable {
  readonly kind: FactEdge
  readonly ends: readonly [Label, Label]
}

const EDGE_TABLES: readonly EdgeTable[] = FACT_EDGES.flatMap((kind) => EDGE_ENDS[kind].map((ends) => ({ kind, ends })))

export async function createSchema(connection: Connection, snapshot: string): Promise<void> {
  const columns = definitions(ENTITY_COLUMNS)
  for (const label of LABELS) {
    await execute(connection, statement('schema/embedded-node-table', { LABEL: label, COLUMNS: columns, SNAPSHOT: snapshot }))
  }
  for (const kind of FACT_EDGES) {
    const ends = EDGE_ENDS[kind].map(([from, to]) => `FROM ${from} TO ${to}`).join(', ')
    await execute(connection, statement('schema/embedded-edge-table', { KIND: kind, ENDS: ends }))
  }
  await execute(connection, statement('schema/embedded-finding-table', { COLUMNS: definitions(FINDING_COLUMNS), SNAPSHOT: snapshot }))
}

/** Which of the vocabulary's tables and columns a file has: one that an older version wrote may lack some. */
export interface Catalog {
  readonly labels: readonly { readonly label: Label; readonly columns: readonly Column[] }[]
  readonly edges: readonly EdgeTable[]
}

export async function readCatalog(connection: Connection): Promise<Catalog> {
  const names = new Set((await allRows(connection, 'CALL show_tables() RETURN name')).map((row) => row['name']))
  const labels: Catalog['labels'][number][] = []
  for (const label of LABELS.filter((candidate) => names.has(candidate))) labels.push({ label, columns: await columnsIn(connection, label) })
  const edges: EdgeTable[] = []
  for (const kind of FACT_EDGES.filter((candidate) => names.has(candidate))) {
    const pairs = await endsIn(connection, kind)
    edges.push(...EDGE_TABLES.filter((table) => table.kind === kind && pairs.has(table.ends.join(' '))))
  }
  return { labels, edges }
}

async function columnsIn(connection: Connection, label: Label): Promise<readonly Column[]> {
  const rows = await allRows(connection, `CALL table_info('${label}') RETURN name`)
  const names = new Set(rows.map((row) => row['name']))
  return ENTITY_COLUMNS.filter((column) => names.has(column.name))
}

async function endsIn(connection: Connection, kind: FactEdge): Promise<ReadonlySet<string>> {
  const rows = await allRows(connection, `CALL show_connection('${kind}') RETURN *`)
  return new Set(rows.map((row) => `${String(row['source table name'])} ${String(row['destination table name'])}`))
}

/** Quoted, so that a property may be named like a word of Cypher. */
export function quoted(name: string): string {
  return `\`${name}\``
}

function definitions(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `${quoted(name)} ${TYPES[type]}`).join(', ')
}
