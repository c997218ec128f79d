import type { BaseOperator } from '../condition/syntax.ts'

/** An unknown that a formula speaks of. */
export type Atom =
  | { readonly kind: 'ABSENT'; readonly key: string }
  /** The one value, some value, each of the values of an attribute satisfies a test. */
  | { readonly kind: 'ONE' | 'SOME' | 'EVERY'; readonly key: string; readonly test: ValueTest }
  | { readonly kind: 'OPAQUE'; readonly keys: readonly string[] }
  | { readonly kind: 'FACT' }

export interface ValueTest {
  readonly base: BaseOperator
  readonly quantifier: 'ANY' | 'ALL'
  readonly values: readonly string[]
  readonly holds: (value: string) => boolean
}

/** Pairs of truth values that two atoms can never have together. INVARIANT: only what is truly impossible. */
export function excluded(a: Atom, b: Atom): readonly (readonly [boolean, boolean])[] {
  if (a.kind === 'FACT' || b.kind === 'FACT') return []
  if (a.kind === 'ABSENT' || b.kind === 'ABSENT') return keysOf(a).some((key) => keysOf(b).includes(key)) && a.kind !== b.kind ? [[true, true]] : []
  if (a.kind === 'OPAQUE' || b.kind === 'OPAQUE' || a.key !== b.key) return []
  const { isWithin, isAround, isDisjoint, isCover } = relate(a.test, b.test)
  const pairs: (readonly [boolean, boolean])[] = []
  const [one, other] = [a.kind, b.kind]
  if (isWithin && implies(one, other)) pairs.push([true, false])
  if (isAround && implies(other, one)) pairs.push([false, true])
  // Some value is so and some value is otherwise: only that can be with several values.
  if (isDisjoint && (one === other ? one !== 'SOME' : one !== 'ONE' && other !== 'ONE')) pairs.push([true, true])
  if (isCover && one === 'ONE' && other === 'ONE') pairs.push([false, false])
  return pairs
}

function keysOf(atom: Atom): readonly string[] {
  if (atom.kind === 'FACT') return []
  return atom.kind === 'OPAQUE' ? atom.keys : [atom.key]
}

/** That all values are so says that some are. */
function implies(a: 'ONE' | 'SOME' | 'EVERY', b: 'ONE' | 'SOME' | 'EVERY'): boolean {
  return a === b || (a === 'EVERY' && b === 'SOME')
}

/** Of the values that satisfy two tests. */
interface Relation {
  readonly isWithin: boolean
  readonly isAround: boolean
  readonly isDisjoint: boolean
  /** Each value satisfies one of them. */
  readonly isCover: boolean
}

function relate(a: ValueTest, b: ValueTest): Relation {
  const samples = samplesOf(a, b)
  if (samples !== undefined) return ofResults(samples.map((value) => [a.holds(value), b.holds(value)]))
  const [aValues, bValues] = [exactValues(a, b), exactValues(b, a)]
  return {
    isWithin: aValues?.every(b.holds) ?? false,
    isAround: bValues?.every(a.holds) ?? false,
    isDisjoint: aValues === undefined ? bValues !== undefined && !bValues.some(a.holds) : !aValues.some(b.holds),
    isCover: false,
  }
}

function ofResults(results: readonly (readonly [boolean, boolean])[]): Relation {
  return {
    isWithin: !results.some(([x, y]) => x && !y),
    isAround: !results.some(([x, y]) => !x && y),
    isDisjoint: !results.some(([x, y]) => x && y),
    // A value that can't be compared satisfies neither test; Azure takes none for a number, a date or a truth value.
    isCover: !results.some(([x, y]) => !x && !y),
  }
}

/** Values of which the tests' results show all that can happen: bounds of numbers and dates and their neighbours, the truth values. */
function samplesOf(a: ValueTest, b: ValueTest): readonly string[] | undefined {
  const families = [familyOf(a.base), familyOf(b.base)]
  if (families[0] !== families[1]) return undefined
  const texts = [...a.values, ...b.values]
  if (families[0] === 'Bool') return ['true', 'false']
  if (families[0] === 'Numeric') {
    if (!texts.every((text) => /^[+-]?\d{1,30}$/.test(text.trim()))) return undefined
    return texts.flatMap((text) => [-1n, 0n, 1n].map((step) => String(BigInt(text.trim()) + step)))
  }
  if (families[0] !== 'DateTime') return undefined
  const times = texts.map((text) => Date.parse(text))
  if (times.some((time) => Number.isNaN(time)) || texts.some((text) => /\.\d{4}/.test(text))) return undefined
  return times.flatMap((time) => [-1, 0, 1].map((step) => new Date(time + step).toISOString()))
}

type Family = 'Bool' | 'Numeric' | 'DateTime' | 'Guid' | 'String' | 'StringIgnoreCase'

function familyOf(base: BaseOperator): Family {
  if (base.startsWith('Bool')) return 'Bool'
  if (base.startsWith('Numeric')) return 'Numeric'
  if (base.startsWith('DateTime')) return 'DateTime'
  if (base === 'GuidEquals') return 'Guid'
  return base.endsWith('IgnoreCase') ? 'StringIgnoreCase' : 'String'
}

/** Nothing equals two different texts. */
export function isNever({ base, quantifier, values }: ValueTest): boolean {
  if (quantifier !== 'ALL') return false
  return base === 'StringEquals' ? differ(values) : base === 'StringEqualsIgnoreCase' && differ(values.map(toLower))
}

function differ(values: readonly string[]): boolean {
  return new Set(values).size > 1
}

function toLower(text: string): string {
  return text.toLowerCase()
}

/** The only values that satisfy the test, up to what the other test does not tell apart; undefined where they can't be listed. */
function exactValues(test: ValueTest, other: ValueTest): readonly string[] | undefined {
  const [family, otherFamily] = [familyOf(test.base), familyOf(other.base)]
  const isPlain = test.base === 'StringEquals' || (test.base === 'StringLike' && !test.values.some((value) => /[*?\\]/.test(value)))
  const isText = isPlain && (otherFamily === 'String' || otherFamily === 'StringIgnoreCase')
  const isAnyCase = test.base === 'StringEqualsIgnoreCase' && otherFamily === 'StringIgnoreCase'
  const isGuid = family === 'Guid' && otherFamily === 'Guid'
  return isText || isAnyCase || isGuid ? test.values.filter(test.holds) : undefined
}
