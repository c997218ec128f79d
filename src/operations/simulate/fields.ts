import { PermiscopeError } from '../../domain/errors.ts'

/** Reading the parts of a JSON document, each with its path for the refusal. */

export type Fields = Readonly<Record<string, unknown>>

export function refuse(path: string, message: string): PermiscopeError {
  return new PermiscopeError('BAD_INPUT', path === '' ? message : `${path}: ${message}`, { path })
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

export function readText(value: unknown, path: string): string {
  if (isAbsent(value) || value === '') throw refuse(path, 'is missing.')
  if (typeof value !== 'string') throw refuse(path, 'must be a string.')
  return value
}

export function readFlag(value: unknown, path: string): boolean | undefined {
  if (isAbsent(value)) return undefined
  if (typeof value !== 'boolean') throw refuse(path, 'must be true or false.')
  return value
}

export function readList<T>(value: unknown, path: string, read: (each: unknown, path: string) => T): readonly T[] {
  if (!Array.isArray(value)) throw refuse(path, 'must be a list.')
  return value.map((each: unknown, index) => read(each, `${path}[${index}]`))
}

/** JSON text, percent-encoded or not, as IAM prints it. */
function parseText(text: string, path: string): unknown {
  try {
    return JSON.parse(text.trimStart().startsWith('%') ? decodeURIComponent(text) : text)
  } catch {
    throw refuse(path, 'is not JSON.')
  }
}

/** An object, or JSON text of one. */
export function readObject(value: unknown, path: string, what: string): Fields {
  const object = typeof value === 'string' ? parseText(value, path) : value
  if (!isFields(object)) throw refuse(path, `must be ${what}.`)
  return object
}
