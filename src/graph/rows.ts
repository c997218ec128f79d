import { PermiscopeError } from '../domain/errors.ts'
import type { EdgeFact, EntityFact, FindingFact } from '../domain/facts.ts'
import type { FactEdge, Label, PropertyName, Provider } from '../domain/vocabulary.ts'
import { PROPERTIES, PROVIDERS } from '../domain/vocabulary.ts'
import { restored, storable } from './text.ts'

/** Facts as flat rows of typed columns, the same for both databases. */

export type ColumnType = 'string' | 'number' | 'boolean' | 'string[]'
export type Cell = string | number | boolean | readonly string[] | null
export interface Column {
  readonly name: string
  readonly type: ColumnType
}
export interface EntityColumn extends Column {
  readonly of: (entity: EntityFact) => string | number | boolean | readonly string[] | null | undefined
}
export type Row = Readonly<Record<string, unknown>>

const PROPERTY_NAMES = Object.keys(PROPERTIES).filter((name): name is PropertyName => name in PROPERTIES)

const OWN_COLUMNS: readonly EntityColumn[] = [
  { name: 'id', type: 'string', of: (entity) => entity.id },
  { name: 'kind', type: 'string', of: (entity) => entity.kind },
  { name: 'name', type: 'string', of: (entity) => entity.name },
  { name: 'provider', type: 'string', of: (entity) => entity.provider },
  { name: 'scope', type: 'string', of: (entity) => entity.scope },
  { name: 'document', type: 'string', of: (entity) => entity.document },
  { name: 'coverage', type: 'string[]', of: (entity) => entity.coverage },
  { name: 'statedBy', type: 'string', of: ({ statedBy }) => statedByText(statedBy) },
]

const statedByText = (statedBy: EntityFact['statedBy']): string | undefined => (statedBy === undefined ? undefined : JSON.stringify(statedBy))

/** Every entity has these, whatever its label; `id` is the first. */
export const ENTITY_COLUMNS: readonly EntityColumn[] = [
  ...OWN_COLUMNS,
  ...PROPERTY_NAMES.map((name): EntityColumn => ({ name, type: PROPERTIES[name], of: ({ properties }) => properties[name] })),
]

export const FINDING_COLUMNS: readonly Column[] = [
  { name: 'code', type: 'string' },
  { name: 'severity', type: 'string' },
  { name: 'file', type: 'string' },
  { name: 'place', type: 'string' },
  { name: 'message', type: 'string' },
  { name: 'entity', type: 'string' },
  { name: 'coverage', type: 'string' },
]

export function entityRow(entity: EntityFact): Row {
  const { record: _record, label: _label, origin: _origin, properties, statedBy, ...own } = entity
  return mapCells({ ...properties, ...own, statedBy: statedByText(statedBy) })
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
    provider: providerOf(row),
    scope: textOrNull(row, 'scope'),
    properties,
    document: textOrNull(row, 'document'),
    coverage: textsOf(row, 'coverage'),
    ...statedByOf(row),
  }
}

function statedByOf(row: Row): Pick<EntityFact, 'statedBy'> {
  const text = textOrNull(row, 'statedBy')
  if (text === null) return {}
  const statedBy: Readonly<Record<string, readonly string[]>> = JSON.parse(text)
  return { statedBy }
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
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) ? value.map((item) => restored(String(item))) : restored(String(value))
}

function providerOf(row: Row): Provider {
  const provider = PROVIDERS.find((candidate) => candidate === row['provider'])
  if (provider === undefined)
    throw new PermiscopeError('STORE_UNAVAILABLE', 'The snapshot holds entities of a provider that this version of Permiscope does not know')
  return provider
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
