import { parseArn, type Arn } from '../arn.ts'
import { globOf, matchGlob, type Glob } from '../wildcard.ts'

/** Sets of texts that patterns stand for: which covers which, and what two have in common. */

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/** Every text of `inner` is one of `outer`. Exact where it says yes. */
export function covers(outer: string, inner: string): boolean {
  return matchGlob(cachedGlob(outer), inner)
}

const MAX_GLOBS = 8192
const globs = new Map<string, Glob>()

function cachedGlob(pattern: string): Glob {
  const known = globs.get(pattern)
  if (known !== undefined) return known
  if (globs.size >= MAX_GLOBS) globs.clear()
  const glob = globOf(pattern, true)
  globs.set(pattern, glob)
  return glob
}

/** Some text fits both. */
export function intersects(a: string, b: string): boolean {
  let reachable = new Set([0])
  for (let i = 0; ; i += 1) {
    const next = new Set<number>()
    const character = a.charAt(i)
    for (const j of withStars(reachable, b)) {
      if (i === a.length) {
        if (j === b.length) return true
        continue
      }
      if (character === '*') addFrom(next, j, b.length)
      else if (b.charAt(j) === '*') next.add(j)
      else if (j < b.length && (character === b.charAt(j) || character === '?' || b.charAt(j) === '?')) next.add(j + 1)
    }
    if (i === a.length || next.size === 0) return false
    reachable = next
  }
}

/** A star may stand for nothing. */
function withStars(places: ReadonlySet<number>, text: string): ReadonlySet<number> {
  const all = new Set(places)
  for (const place of all) if (text.charAt(place) === '*') all.add(place + 1)
  return all
}

function addFrom(places: Set<number>, from: number, to: number): void {
  for (let place = from; place <= to; place += 1) places.add(place)
}

/**
 * What two ARN patterns have in common, as one pattern; undefined where they share nothing. Where no single pattern says it, `a` stands in:
 * INVARIANT: a part of `b` that `a` touches is never left out.
 */
export function overlapOf(a: string, b: string): string | undefined {
  if (covers(a, b)) return b
  if (covers(b, a)) return a
  const [arnA, arnB] = [parseArn(a), parseArn(b)]
  if (arnA === undefined || arnB === undefined) return intersects(a, b) ? (mergePrefix(a, b) ?? a) : undefined
  return overlapOfArns(arnA, arnB) ?? undefined
}

const FIELDS = ['partition', 'service', 'region', 'account', 'resource'] as const

function overlapOfArns(a: Arn, b: Arn): string | undefined {
  const fields: string[] = []
  for (const field of FIELDS) {
    const [x, y] = [a[field], b[field]]
    if (covers(x, y)) fields.push(y)
    else if (covers(y, x)) fields.push(x)
    else if (!intersects(x, y)) return undefined
    else fields.push(mergePrefix(x, y) ?? x)
  }
  return `arn:${fields.join(':')}`
}

/** `logs*` and `*\/*` have `logs*\/*` in common. */
function mergePrefix(a: string, b: string): string | undefined {
  const [short, long] = isPrefixPattern(a) ? [a, b] : [b, a]
  if (!isPrefixPattern(short)) return undefined
  const prefix = short.slice(0, -1)
  const star = long.indexOf('*')
  if (star < 0 || long.slice(0, star).includes('?')) return undefined
  return prefix.startsWith(long.slice(0, star)) ? `${prefix}${long.slice(star)}` : undefined
}

function isPrefixPattern(text: string): boolean {
  return text.indexOf('*') === text.length - 1 && text.length > 0 && !text.includes('?')
}
