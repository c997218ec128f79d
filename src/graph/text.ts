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

/** The same for parameters and results of statements, whatever their shape. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(storableValue)
  return value
}

export function restoredValue(value: unknown): unknown {
  if (typeof value === 'string') return restored(value)
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(restoredValue)
  return value ?? null
}
