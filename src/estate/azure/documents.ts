import type { EntityFact } from '../../domain/facts.ts'

/** A document of the graph as a JSON object; empty where there is none that can be read. */
export function documentOf({ document }: EntityFact): Readonly<Record<string, unknown>> {
  if (document === null) return {}
  try {
    const value: unknown = JSON.parse(document)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Milliseconds since 1970 of an ISO date; undefined where there is none. */
export function timeIn(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
