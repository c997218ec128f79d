import type { Connection } from '@ladybugdb/core'
import { join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import type { EdgeFact, EntityFact, FindingFact } from '../../domain/facts.ts'
import { PROPERTIES } from '../../domain/vocabulary.ts'
import { writeInChunks } from '../chunks.ts'
import { ENTITY_COLUMNS, FINDING_COLUMNS, findingRow, storableCell } from '../rows.ts'
import { statement } from '../statements.ts'
import { execute } from './database.ts'
import type { FilledColumn } from './parquet.ts'
import { writeParquet } from './parquet.ts'
import { quoted } from './schema.ts'

/**
 * Facts → Parquet files → COPY. Facts come in any order and are gathered into chunks by table. While the database copies one chunk on its
 * own threads, the next is written here.
 */

const CHUNK = { rows: 100_000, characters: 32_000_000 }

/** @returns how many there were */
export async function loadEntities(connection: Connection, staging: string, entities: Iterable<EntityFact>): Promise<number> {
  let copied: Promise<void> = Promise.resolve()
  let number = 0
  const count = await writeInChunks(entities, {
    ...CHUNK,
    tableOf: ({ label }) => label,
    charactersOf: ({ document }) => document?.length ?? 0,
    async write(label, facts) {
      const file = join(staging, `nodes-${number++}.parquet`)
      const columns = entityColumns(facts)
      writeParquet(file, columns)
      await copied
      copied = copy(connection, statement('load/embedded-copy-nodes', { LABEL: label, COLUMNS: namesOf(columns), FILE: literal(file) }))
      // It is awaited at the next chunk; a failure until then is not one that nobody looks at.
      copied.catch(() => undefined)
    },
  })
  await copied
  return count
}

/** @returns how many there were */
export async function loadEdges(connection: Connection, staging: string, edges: Iterable<EdgeFact>): Promise<number> {
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
    },
  })
  for (const [table, written] of files) {
    const [kind = '', from = '', to = ''] = table.split(' ')
    const list = written.map((file) => `'${literal(file)}'`).join(', ')
    await copy(connection, statement('load/embedded-copy-edges', { KIND: kind, FROM: from, TO: to, FILES: list }))
  }
  return count
}

export async function loadFindings(connection: Connection, staging: string, findings: readonly FindingFact[]): Promise<void> {
  if (findings.length === 0) return
  const rows = findings.map(findingRow)
  const columns: readonly FilledColumn[] = [
    { name: 'position', type: 'position', values: findings.map((_, index) => BigInt(index)) },
    ...FINDING_COLUMNS.map(({ name, type }) => ({ name, type, values: rows.map((row) => row[name]) })),
  ]
  const file = join(staging, 'findings.parquet')
  writeParquet(file, columns)
  await copy(connection, statement('load/embedded-copy-findings', { COLUMNS: namesOf(columns), FILE: literal(file) }))
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

/** @throws INTERNAL where the facts contradict each other: twice the same id, or an edge to nowhere */
async function copy(connection: Connection, text: string): Promise<void> {
  try {
    await execute(connection, text)
  } catch (error) {
    const key = /(duplicated|Unable to find) primary key value ([^]*?)(?:, which violates[^]*|\.)$/.exec(messageOf(error))
    if (key === null) throw error
    const [, fault, id] = key
    throw new PermiscopeError('INTERNAL', fault === 'duplicated' ? `Two entities have the id ${id}` : `An edge names ${id}, which no entity is`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
}
