/** Patterns of operations, taken apart where something speaks of some of what they stand for. */

const VERBS = ['read', 'write', 'action', 'delete'] as const

/** The pattern as one for each verb, where it leaves the verb open. */
export function byVerb(pattern: string): readonly string[] {
  if (pattern === '*') return VERBS.map((verb) => `*/${verb}`)
  if (!pattern.endsWith('/*')) return [pattern]
  const base = pattern.slice(0, -2)
  const isNamespace = !base.includes('/')
  return VERBS.flatMap((verb) => (isNamespace ? [`${pattern}/${verb}`] : [`${base}/${verb}`, `${pattern}/${verb}`]))
}

/** The part of a pattern that is of one provider; undefined where the pattern names a provider already. */
export function withinNamespace(pattern: string, namespace: string): string | undefined {
  if (pattern === '*') return `${namespace}/*`
  return pattern.startsWith('*/') ? `${namespace}/${pattern}` : undefined
}

/** Locks let reads pass, and those against deletion all but deletions. */
export const verbOf = (pattern: string): string => pattern.slice(pattern.lastIndexOf('/') + 1).toLowerCase()
