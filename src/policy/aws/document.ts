/** A policy document as it comes: JSON text, percent-encoded JSON text (as IAM returns it), or a parsed value. */

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined where it is no JSON object. */
export function parseDocument(document: unknown): JsonObject | undefined {
  const value = typeof document === 'string' ? parseText(document) : document
  return isObject(value) ? value : undefined
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text.trimStart().startsWith('%') ? decodeURIComponent(text) : text)
  } catch {
    return undefined
  }
}

/** A value or a list of values, as a list; `null` among them is ignored, as AWS does. Undefined where one is no string. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts: string[] = []
  for (const each of list) {
    if (each === null) continue
    if (typeof each !== 'string') return undefined
    texts.push(each)
  }
  return texts
}

/** The same for values of conditions, which may be numbers and booleans. */
export function scalarsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts: string[] = []
  for (const each of list) {
    if (each === null) continue
    if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean') return undefined
    texts.push(String(each))
  }
  return texts
}
