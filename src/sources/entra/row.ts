import type { Origin } from '../../domain/facts.ts'

/** One object of a listing. */
export interface Row {
  /** With keys that begin with a small letter, whoever printed it. */
  readonly fields: Fields
  readonly printed: unknown
  readonly at: Origin
}

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** PowerShell prints keys with capitals, and keeps what it doesn't know of an object in `AdditionalProperties`. */
export function fieldsOf(value: unknown): Fields {
  if (!isFields(value)) return {}
  if (!Object.keys(value).some(beginsWithCapital)) return value
  const fields = Object.fromEntries(Object.entries(value).map(([key, member]) => [lowerFirst(key), lowered(member)]))
  return isFields(fields['additionalProperties']) ? { ...fields['additionalProperties'], ...fields } : fields
}

const lowered = (value: unknown): unknown => (Array.isArray(value) ? value.map(lowered) : isFields(value) ? fieldsOf(value) : value)

const beginsWithCapital = (key: string): boolean => /^[A-Z]/.test(key)

const lowerFirst = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1)

export const textIn = (fields: Fields, key: string): string | undefined => {
  const value = fields[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Null is an empty list in Go. */
export const listIn = (fields: Fields, key: string): readonly unknown[] => {
  const value = fields[key]
  return Array.isArray(value) ? value : []
}

export const rowsIn = (fields: Fields, key: string): readonly Fields[] => listIn(fields, key).filter(isFields).map(fieldsOf)

export const textsIn = (fields: Fields, key: string): readonly string[] => listIn(fields, key).filter((each) => typeof each === 'string')

/** ISO 8601 in UTC with milliseconds; the year 1 is how .NET writes none. */
export function dateIn(fields: Fields, key: string): string | undefined {
  const time = Date.parse(textIn(fields, key) ?? '')
  if (Number.isNaN(time) || time < 0) return undefined
  return new Date(time).toISOString()
}

export const flagIn = (fields: Fields, key: string): boolean | undefined => {
  const value = fields[key]
  return typeof value === 'boolean' ? value : undefined
}
