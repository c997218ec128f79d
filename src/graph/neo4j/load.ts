import type { EdgeFact, EntityFact, FindingFact } from '../../domain/facts.ts'
import { PermiscopeError } from '../../domain/errors.ts'
import { writeInChunks } from '../chunks.ts'
import type { Row } from '../rows.ts'
import { entityRow, findingRow, storableCell } from '../rows.ts'
import type { StoreStatement } from '../statements.ts'
import { statement } from '../statements.ts'
import type { Server } from './connection.ts'
import { allRows, writing } from './connection.ts'
import { busy } from './lock.ts'

/** Facts → batches of rows → UNWIND, each batch a transaction of its own. */

const CHUNK = { rows: 5_000, characters: 8_000_000 }

export interface Loading {
  readonly server: Server
  readonly writer: string
  readonly snapshot: string
}

/** @returns how many there were */
export function loadEntities(loading: Loading, entities: Iterable<EntityFact>): Promise<number> {
  return writeInChunks(entities, {
    ...CHUNK,
    tableOf: ({ label }) => label,
    charactersOf: ({ document }) => document?.length ?? 0,
    write: (label, facts) => create(loading, 'load/neo4j-create-nodes', { LABEL: label }, facts.map(entityRow)),
  })
}

/** @returns how many there were */
export function loadEdges(loading: Loading, edges: Iterable<EdgeFact>): Promise<number> {
  return writeInChunks(edges, {
    ...CHUNK,
    tableOf: ({ kind, from, to }) => `${kind} ${from.label} ${to.label}`,
    charactersOf: () => 0,
    write(table, facts) {
      const [kind = '', from = '', to = ''] = table.split(' ')
      return create(loading, 'load/neo4j-create-edges', { KIND: kind, FROM: from, TO: to }, facts.map(edgeRow))
    },
  })
}

export async function loadFindings(loading: Loading, findings: readonly FindingFact[]): Promise<void> {
  const rows = findings.map((finding, position) => ({ ...findingRow(finding), position }))
  for (let start = 0; start < rows.length; start += CHUNK.rows) {
    await create(loading, 'load/neo4j-create-findings', {}, rows.slice(start, start + CHUNK.rows))
  }
}

function edgeRow({ from, to, coverage }: EdgeFact): Row {
  return { from: storableCell(from.id), to: storableCell(to.id), coverage: storableCell(coverage) }
}

/** A row that makes nothing is an edge to nowhere, unless the lock is lost: then no row makes anything. */
async function create(
  { server, writer, snapshot }: Loading,
  name: StoreStatement,
  parts: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Promise<void> {
  await writing(server, async (transaction) => {
    const [outcome] = await allRows(transaction, statement(name, parts), { rows, writer, snapshot })
    const created = Number(outcome?.['created'] ?? 0)
    if (created === rows.length) return
    const [held] = await allRows(transaction, statement('load/neo4j-keep-lock'), { writer })
    throw held === undefined
      ? busy(server)
      : new PermiscopeError('INTERNAL', `${rows.length - created} of ${rows.length} edges name an entity that is not there`)
  })
}
