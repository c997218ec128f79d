import type { Origin } from '../../domain/facts.ts'

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * One object of a listing, in any of the shapes in which Azure is printed: flat (CLI, SDK), nested under `properties` (REST, Resource Graph), with
 * capitals (PowerShell). Names of fields are lower-cased.
 */
export interface Row {
  readonly printed: Fields
  readonly at: Origin
  /** The object's own field. */
  own(name: string): unknown
  /** The object's own field, else that of its `properties`. */
  get(name: string): unknown
}

export function rowOf(printed: Fields, at: Origin): Row {
  const outer = lowerKeys(printed)
  let inner: ReadonlyMap<string, unknown> | undefined
  return {
    printed,
    at,
    own: (name) => outer.get(name) ?? undefined,
    get: (name) => {
      const own = outer.get(name)
      if (own !== undefined && own !== null) return own
      inner ??= lowerKeys(outer.get('properties'))
      return inner.get(name) ?? undefined
    },
  }
}

function lowerKeys(value: unknown): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>()
  if (isFields(value)) for (const key in value) fields.set(key.toLowerCase(), value[key])
  return fields
}

/** A row within a row. */
export const innerRow = (row: Row, name: string): Row | undefined => {
  const value = row.get(name)
  return isFields(value) ? rowOf(value, row.at) : undefined
}

export const innerRows = (row: Row, name: string): readonly Row[] => {
  const value = row.get(name)
  return Array.isArray(value) ? value.filter(isFields).map((each) => rowOf(each, row.at)) : []
}

export function textIn(row: Row, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row.get(name)
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return undefined
}

/** ISO 8601 in UTC with milliseconds; the year 1 is how .NET writes none. PowerShell writes `/Date(…)/`. */
export function dateIn(row: Row, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textIn(row, name) ?? ''
    const ticks = /^\/Date\((-?\d+)\)\/$/.exec(text)?.[1]
    const time = ticks === undefined ? Date.parse(text) : Number(ticks)
    if (!Number.isNaN(time) && time > 0) return new Date(time).toISOString()
  }
  return undefined
}

/** `key=value`, sorted: their order means nothing and changes between calls. */
export function tagsIn(row: Row): readonly string[] | undefined {
  const tags = row.own('tags')
  if (!isFields(tags)) return undefined
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : ''}`)
    .sort()
}
