/** Values of parsed JSON, in the four shapes that exports have: flat (CLI, SDK), nested under `properties` (REST), rows of Resource Graph. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The document's own fields and those of its `properties`, by lower-cased name; what is nested wins over `type` and the like outside. */
export function fieldsOf(document: unknown): ReadonlyMap<string, unknown> {
  const outer = isFields(document) ? document : {}
  const inner = isFields(outer['properties']) ? outer['properties'] : {}
  const fields = new Map<string, unknown>()
  for (const each of [outer, inner]) for (const [name, value] of Object.entries(each)) fields.set(name.toLowerCase(), value)
  return fields
}

export function textOf(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** Milliseconds; undefined where there is no date. */
export function timeOf(fields: ReadonlyMap<string, unknown>, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const time = Date.parse(textOf(fields, name))
    if (!Number.isNaN(time)) return time
  }
  return undefined
}

/** The last segment, which of a role definition's id is the same wherever it is asked for. */
export function lastSegment(id: string): string {
  const trimmed = id.trim().replace(/\/+$/, '')
  return trimmed.slice(trimmed.lastIndexOf('/') + 1).toLowerCase()
}
