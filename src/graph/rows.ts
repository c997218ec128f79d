import type { EdgeFact, EntityFact, FindingFact } from '../domain/facts.ts'
import type { FactEdge, Label, PropertyName, Provider } from '../domain/vocabulary.ts'
import { PROPERTIES } from '../domain/vocabulary.ts'
import { restored, storable } from './text.ts'

/** Facts as flat rows of typed columns, the same for both databases. */

export type ColumnType = 'string' | 'number' | 'boolean' | 'string[]'
export type Cell = string | number | boolean | readonly string[] | null
export interface Column {
  readonly name: string
  readonly type: ColumnType
}
export type Row = Readonly<Record<string, unknown>>

const PROPERTY_NAMES = Object.keys(PROPERTIES).filter((name): name is PropertyName => name in PROPERTIES)

const OWN_COLUMNS: readonly Column[] = [
  { name: 'id', type: 'string' },
  { name: 'kind', type: 'string' },
  { name: 'name', type: 'string' },
  { name: 'provider', type: 'string' },
  { name: 'scope', type: 'string' },
  { name: 'document', type: 'string' },
  { name: 'coverage', type: 'string[]' },
]

/** Every entity has these, whatever its label; `id` is the first. */
export const ENTITY_COLUMNS: readonly Column[] = [...OWN_COLUMNS, ...PROPERTY_NAMES.map((name) => ({ name, type: PROPERTIES[name] }))]

export const FINDING_COLUMNS: readonly Column[] = [
  { name: 'code', type: 'string' },
  { name: 'severity', type: 'string' },
  { name: 'file', type: 'string' },
  { name: 'place', type: 'string' },
  { name: 'message', type: 'string' },
  { name: 'entity', type: 'string' },
  { name: 'coverage', type: 'string' },
]

const OWN_NAMES = new Set(OWN_COLUMNS.map((column) => column.name))

export function entityCell(entity: EntityFact, column: string): Cell {
  return storableCell(OWN_NAMES.has(column) ? entity[column as keyof EntityFact] : entity.properties[column as PropertyName])
}

export function entityRow(entity: EntityFact): Row {
  const { record: _record, label: _label, origin: _origin, properties, ...own } = entity
  return mapCells({ ...properties, ...own })
}

export function findingRow(finding: FindingFact): Row {
  const { record: _record, ...own } = finding
  return mapCells(own)
}

function mapCells(fields: object): Row {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, storableCell(value)]))
}

export function storableCell(value: unknown): Cell {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((item) => storable(String(item)))
  return null
}

export function entityOf(label: Label, row: Row): EntityFact {
  const properties: Record<string, Cell> = {}
  for (const name of PROPERTY_NAMES) {
    const value = row[name]
    if (value !== null && value !== undefined) properties[name] = propertyOf(value)
  }
  return {
    record: 'entity',
    label,
    kind: textOf(row, 'kind'),
    id: textOf(row, 'id'),
    name: textOf(row, 'name'),
    provider: textOf(row, 'provider') as Provider,
    scope: textOrNull(row, 'scope'),
    properties,
    document: textOrNull(row, 'document'),
    coverage: textsOf(row, 'coverage'),
  }
}

/** @param row columns `from`, `to`, `coverage` */
export function edgeOf(kind: FactEdge, ends: readonly [Label, Label], row: Row): EdgeFact {
  return {
    record: 'edge',
    kind,
    from: { label: ends[0], id: textOf(row, 'from') },
    to: { label: ends[1], id: textOf(row, 'to') },
    coverage: textsOf(row, 'coverage'),
  }
}

export function findingOf(row: Row): FindingFact {
  return {
    record: 'finding',
    code: textOf(row, 'code'),
    severity: textOf(row, 'severity') === 'refused' ? 'refused' : 'warning',
    file: textOf(row, 'file'),
    place: textOf(row, 'place'),
    message: textOf(row, 'message'),
    entity: textOrNull(row, 'entity'),
    coverage: textOrNull(row, 'coverage'),
  }
}

function propertyOf(value: unknown): Cell {
  if (typeof value === 'string') return restored(value)
  return Array.isArray(value) ? value.map((item) => restored(String(item))) : (value as Cell)
}

export function textOf(row: Row, column: string): string {
  return textOrNull(row, column) ?? ''
}

function textOrNull(row: Row, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? restored(value) : null
}

function textsOf(row: Row, column: string): readonly string[] {
  const value = row[column]
  return Array.isArray(value) ? value.map((item) => restored(String(item))) : []
}
