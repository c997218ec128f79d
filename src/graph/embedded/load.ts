import type { Connection } from '@ladybugdb/core'
import { join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import type { EdgeFact, EntityFact, FindingFact } from '../../domain/facts.ts'
import { PROPERTIES } from '../../domain/vocabulary.ts'
import { writeInChunks } from '../chunks.ts'
import { ENTITY_COLUMNS, FINDING_COLUMNS, findingRow, storableCell } from '../rows.ts'
import { statement } from '../statements.ts'
import type { SnapshotDraft } from '../store.ts'
import type { Copies } from './copies.ts'
import { createCopies } from './copies.ts'
import { nextTurn } from './database.ts'
import type { FilledColumn } from './parquet.ts'
import { writeParquet } from './parquet.ts'
import { quoted } from './schema.ts'

/**
 * Facts → Parquet files → COPY. Facts come in any order and are gathered into chunks by table. While the database copies one chunk, the next
 * is written here.
 */

/** Small, so that copying begins soon; the database takes the same time for them as for larger ones. */
const CHUNK = { rows: 25_000, characters: 16_000_000 }

/** @returns how many there were @throws INTERNAL where the facts contradict each other: twice the same id, or an edge to nowhere */
export async function loadFacts(
  connection: Connection,
  staging: string,
  draft: SnapshotDraft,
): Promise<{ readonly entities: number; readonly edges: number }> {
  const copies = createCopies(connection)
  const entities = await writeEntities(copies, staging, draft.entities)
  const edges = await writeEdges(copies, staging, draft.edges)
  await writeFindings(copies, staging, draft.findings)
  await copies.finish()
  return { entities, edges }
}

async function writeEntities(copies: Copies, staging: string, entities: Iterable<EntityFact>): Promise<number> {
  let number = 0
  return writeInChunks(distinct(entities), {
    ...CHUNK,
    tableOf: ({ label }) => label,
    charactersOf: ({ document }) => document?.length ?? 0,
    async write(label, facts) {
      const file = join(staging, `nodes-${number++}.parquet`)
      const columns = entityColumns(facts)
      writeParquet(file, columns)
      await copies.add(statement('load/embedded-copy-nodes', { LABEL: label, COLUMNS: namesOf(columns), FILE: literal(file) }))
    },
  })
}

/** Within a label the primary key would refuse an id that is there already, but ids are unique across labels. */
function* distinct(entities: Iterable<EntityFact>): Generator<EntityFact> {
  const ids = new Set<string>()
  let count = 0
  for (const entity of entities) {
    count += 1
    if (ids.add(entity.id).size < count) throw new PermiscopeError('INTERNAL', `Two entities have the id ${entity.id}`)
    yield entity
  }
}

async function writeEdges(copies: Copies, staging: string, edges: Iterable<EdgeFact>): Promise<number> {
  const files = new Map<string, string[]>()
  const count = await writeInChunks(edges, {
    ...CHUNK,
    tableOf: ({ kind, from, to }) => `${kind} ${from.label} ${to.label}`,
    charactersOf: () => 0,
    async write(table, facts) {
      const written = files.get(table) ?? []
      files.set(table, written)
      const file = join(staging, `edges-${table.replaceAll(' ', '-')}-${written.length}.parquet`)
      writeParquet(file, edgeColumns(facts))
      written.push(file)
      // The nodes before them are still being copied.
      await nextTurn()
    },
  })
  for (const [table, written] of files) {
    const [kind = '', from = '', to = ''] = table.split(' ')
    const list = written.map((file) => `'${literal(file)}'`).join(', ')
    await copies.add(statement('load/embedded-copy-edges', { KIND: kind, FROM: from, TO: to, FILES: list }))
  }
  return count
}

async function writeFindings(copies: Copies, staging: string, findings: readonly FindingFact[]): Promise<void> {
  if (findings.length === 0) return
  const rows = findings.map(findingRow)
  const columns: readonly FilledColumn[] = [
    { name: 'position', type: 'position', values: findings.map((_, index) => BigInt(index)) },
    ...FINDING_COLUMNS.map(({ name, type }) => ({ name, type, values: rows.map((row) => row[name]) })),
  ]
  const file = join(staging, 'findings.parquet')
  writeParquet(file, columns)
  await copies.add(statement('load/embedded-copy-findings', { COLUMNS: namesOf(columns), FILE: literal(file) }))
}

/** Columns of which no fact of the chunk has a value are left out: they cost as much as full ones. */
function entityColumns(facts: readonly EntityFact[]): readonly FilledColumn[] {
  const used = new Set<string>()
  for (const { properties } of facts) for (const name in properties) used.add(name)
  return ENTITY_COLUMNS.filter(({ name }) => used.has(name) || !(name in PROPERTIES))
    .map(({ name, type, of }) => ({ name, type, values: facts.map((fact) => storableCell(of(fact))) }))
    .filter(({ values }) => values.some((value) => value !== null))
}

function edgeColumns(facts: readonly EdgeFact[]): readonly FilledColumn[] {
  return [
    { name: 'from', type: 'string', values: facts.map((fact) => storableCell(fact.from.id)) },
    { name: 'to', type: 'string', values: facts.map((fact) => storableCell(fact.to.id)) },
    { name: 'coverage', type: 'string[]', values: facts.map((fact) => storableCell(fact.coverage)) },
  ]
}

function namesOf(columns: readonly FilledColumn[]): string {
  return columns.map(({ name }) => quoted(name)).join(', ')
}

/** A path inside quotes of a COPY, which takes it for a glob. */
function literal(path: string): string {
  return path
    .replaceAll(/[*?[]/g, '[$&]')
    .replaceAll('\\', String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
}
