/**
 * JSON allows half of a surrogate pair in a string, UTF-8 does not, and both databases would silently put U+FFFD in its place. Such halves are
 * written as U+FDD0 (a code point that no text may use) and four hex digits, and read back as they were.
 */
const MARK = '\uFDD0'

export function storable(text: string): string {
  if (text.isWellFormed() && !text.includes(MARK)) return text
  let stored = ''
  // Iterating yields whole pairs, so a unit of the surrogate range that comes alone is a half.
  for (const character of text) stored += character === MARK || !character.isWellFormed() ? escaped(character) : character
  return stored
}

export function restored(text: string): string {
  if (!text.includes(MARK)) return text
  return text.replaceAll(/\uFDD0([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function escaped(unit: string): string {
  return MARK + unit.charCodeAt(0).toString(16).padStart(4, '0')
}

/** What parameters and results of statements are made of. */
export type PlainValue = string | number | boolean | null | PlainValue[]

/** The same for parameters of statements. What is none of a PlainValue becomes null. */
export function storableParameters(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, PlainValue>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, storableValue(value)]))
}

/** The same for a row of results; big integers become numbers. */
export function restoredRow(row: Readonly<Record<string, unknown>>): Record<string, PlainValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, restoredValue(value)]))
}

function storableValue(value: unknown): PlainValue {
  if (typeof value === 'string') return storable(value)
  return plain(value, storableValue)
}

function restoredValue(value: unknown): PlainValue {
  if (typeof value === 'string') return restored(value)
  return typeof value === 'bigint' ? Number(value) : plain(value, restoredValue)
}

function plain(value: unknown, each: (item: unknown) => PlainValue): PlainValue {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) ? value.map(each) : null
}
