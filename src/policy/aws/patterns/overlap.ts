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

const MAX_GLOBS = 65_536
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
 * What two ARN patterns have in common, as patterns; none where they share nothing. Where it would take too many, `a` stands in.
 * INVARIANT: no text that fits both is left out.
 */
export function overlapsOf(a: string, b: string): readonly string[] {
  if (areApart(a, b)) return []
  if (covers(a, b)) return [b]
  if (covers(b, a)) return [a]
  const [arnA, arnB] = [parseArn(a), parseArn(b)]
  if (arnA === undefined || arnB === undefined) return shared(a, b) ?? [a]
  return overlapsOfArns(arnA, arnB) ?? [a]
}

/** What of a pattern tells cheaply that it shares nothing with another. */
interface Outline {
  /** Text of each field before its first wildcard. */
  readonly starts: readonly string[]
  readonly hasColons: boolean
  readonly isPartitionKnown: boolean
}

const outlines = new Map<string, Outline | undefined>()

function outlineOf(pattern: string): Outline | undefined {
  if (outlines.has(pattern)) return outlines.get(pattern)
  if (outlines.size >= MAX_GLOBS) outlines.clear()
  const arn = parseArn(pattern)
  const outline = arn && {
    starts: OUTLINED.map((field) => startOf(arn[field])),
    hasColons: arn.resource.includes(':'),
    isPartitionKnown: !hasWildcard(arn.partition),
  }
  outlines.set(pattern, outline)
  return outline
}

function startOf(field: string): string {
  for (let i = 0; i < field.length; i += 1) if (field[i] === '*' || field[i] === '?') return field.slice(0, i)
  // A field without wildcard is its own end.
  return `${field}\u0000`
}

/** Two ARN patterns surely share nothing. Told cheaply, because most pairs are so. */
export function areApart(a: string, b: string): boolean {
  const x = outlineOf(a)
  const y = outlineOf(b)
  if (x === undefined || y === undefined) return areOfDifferentServices(a, b)
  // With colons in the resource, a `*` before it could reach into it, and one before the service beyond that.
  const hasColons = x.hasColons || y.hasColons
  if (hasColons && !(x.isPartitionKnown && y.isPartitionKnown)) return false
  const count = hasColons ? 1 : OUTLINED.length
  for (let i = 0; i < count; i += 1) if (startApart(x.starts[i] ?? '', y.starts[i] ?? '')) return true
  return false
}

function startApart(a: string, b: string): boolean {
  return a.length < b.length ? !b.startsWith(a) : !a.startsWith(b)
}

function areOfDifferentServices(a: string, b: string): boolean {
  const [x, y] = [serviceOf(a), serviceOf(b)]
  return x !== undefined && y !== undefined && x !== y
}

function serviceOf(pattern: string): string | undefined {
  const from = pattern.startsWith('arn:') ? pattern.indexOf(':', 4) + 1 : 0
  const to = from > 0 ? pattern.indexOf(':', from) : -1
  const service = to < 0 ? '*' : pattern.slice(from, to)
  return hasWildcard(service) ? undefined : service
}

/** The service first: it tells most apart. */
const OUTLINED = ['service', 'resource', 'account', 'region', 'partition'] as const
const FIELDS = ['partition', 'service', 'region', 'account', 'resource'] as const

function overlapsOfArns(a: Arn, b: Arn): readonly string[] | undefined {
  let heads: readonly string[] = ['arn']
  for (const field of FIELDS) {
    const options = overlapsOfFields(a[field], b[field])
    if (options?.length === 0) return []
    if (options === undefined || heads.length * options.length > MAX_SHARED) return undefined
    heads = heads.flatMap((head) => options.map((option) => `${head}:${option}`))
  }
  return heads
}

function overlapsOfFields(a: string, b: string): readonly string[] | undefined {
  if (covers(a, b)) return [b]
  if (covers(b, a)) return [a]
  return hasWildcard(a) && hasWildcard(b) && intersects(a, b) ? shared(a, b) : []
}

const MAX_SHARED = 8

/** The texts that fit both, as patterns of which none lies in another; undefined where they are too many. */
function shared(a: string, b: string): readonly string[] | undefined {
  const known = new Map<number, ReadonlySet<string>>()
  let isTooMuch = false
  const from = (i: number, j: number): ReadonlySet<string> => {
    const place = i * (b.length + 1) + j
    const before = known.get(place)
    if (before !== undefined || isTooMuch) return before ?? new Set()
    const found = new Set<string>()
    for (const [prefix, nextI, nextJ] of steps(a, b, i, j)) for (const rest of from(nextI, nextJ)) found.add(`${prefix}${rest}`)
    if (i === a.length && j === b.length) found.add('')
    const largest = maximal([...found])
    isTooMuch ||= largest.length > MAX_SHARED
    const kept = new Set(largest.slice(0, MAX_SHARED))
    known.set(place, kept)
    return kept
  }
  const all = [...from(0, 0)]
  return isTooMuch ? undefined : all
}

/** How the patterns can go on from a place: what both stand for, and the places after it. */
function steps(a: string, b: string, i: number, j: number): readonly (readonly [string, number, number])[] {
  const [x, y] = [a.charAt(i), b.charAt(j)]
  if (x === '*' && y === '*')
    return [
      ['*', i + 1, j],
      ['*', i, j + 1],
      ['', i + 1, j],
      ['', i, j + 1],
    ]
  if (x === '*')
    return y === ''
      ? [['', i + 1, j]]
      : [
          ['', i + 1, j],
          [y, i, j + 1],
        ]
  if (y === '*')
    return x === ''
      ? [['', i, j + 1]]
      : [
          ['', i, j + 1],
          [x, i + 1, j],
        ]
  if (x === '' || y === '') return []
  if (x === '?') return [[y, i + 1, j + 1]]
  return y === '?' || x === y ? [[x, i + 1, j + 1]] : []
}

/** Without those that lie in others. */
export function maximal(patterns: readonly string[]): readonly string[] {
  return patterns.filter((each, place) => !patterns.some((other, at) => at !== place && covers(other, each) && (!covers(each, other) || at < place)))
}
