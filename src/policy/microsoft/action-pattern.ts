import { globOf, matchGlob, type Glob } from '../aws/wildcard.ts'

/** An operation or a pattern of operations; `*` stands for any text, slashes too. Letter case doesn't matter. */
export interface ActionPattern {
  readonly text: string
  readonly matches: (lowerCasedAction: string) => boolean
}

export function compileActionPattern(text: string): ActionPattern {
  const lower = text.trim().toLowerCase()
  return { text, matches: matcherOf(lower) }
}

function matcherOf(lower: string): ActionPattern['matches'] {
  const star = lower.indexOf('*')
  if (star < 0) return (action) => action === lower
  if (lower === '*') return () => true
  const start = lower.slice(0, star)
  const end = lower.slice(star + 1)
  if (end === '') return (action) => action.startsWith(start)
  if (!end.includes('*')) {
    const least = start.length + end.length
    return (action) => action.length >= least && action.startsWith(start) && action.endsWith(end)
  }
  const glob: Glob = globOf(lower.replaceAll('?', '\u0000'))
  return (action) => matchGlob(glob, action)
}

export function matchesAny(patterns: readonly ActionPattern[], lowerCasedAction: string): boolean {
  for (const pattern of patterns) if (pattern.matches(lowerCasedAction)) return true
  return false
}
