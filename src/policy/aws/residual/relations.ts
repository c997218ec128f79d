import { parseArn } from '../arn.ts'
import { intersects } from '../patterns/overlap.ts'
import { contains, parseRange } from '../conditions/addresses.ts'
import { parseDate } from '../conditions/dates.ts'
import { parseNumber } from '../conditions/numbers.ts'
import { BOOLEAN_KEYS, ORDERED_KEYS } from '../context-keys.ts'
import { fixedParts } from '../variables.ts'
import { compileGlob, globOf, literalPrefix, matchGlob } from '../wildcard.ts'
import type { Atom, ValueTest } from './atoms.ts'

/** A pair of truth values that two atoms can never have together. */
export type Excluded = readonly [boolean, boolean]

/** INVARIANT: only what is truly impossible is excluded; leaving something out costs precision, never soundness. */
export function excludedPairs(a: Atom, b: Atom): readonly Excluded[] {
  if (a.kind === 'FACT' || b.kind === 'FACT') {
    return a.kind === 'FACT' && b.kind === 'FACT' && a.group !== undefined && a.group === b.group ? [[true, true]] : []
  }
  if (a.key !== b.key) return []
  if ('test' in a && 'test' in b) return ofTests(a.kind, b.kind, a.test, b.test)
  const direct = ofPresence(a, b)
  return direct.length > 0 ? direct : ofPresence(b, a).map(([x, y]) => [y, x])
}

function ofPresence(a: Atom, b: Atom): readonly Excluded[] {
  if (a.kind === 'ABSENT') return b.kind === 'ALL' ? [[true, false]] : [[true, true]]
  if (a.kind === 'SEVERAL' && (b.kind === 'VALUE' || b.kind === 'NO_ARN')) return [[true, true]]
  return a.kind === 'NO_ARN' && b.kind === 'VALUE' && b.test.comparison.name === 'ArnLike' ? [[true, true]] : []
}

type TestKind = 'VALUE' | 'ANY' | 'ALL'

function ofTests(aKind: TestKind, bKind: TestKind, a: ValueTest, b: ValueTest): readonly Excluded[] {
  const { isWithin, isAround, isDisjoint } = relate(a, b)
  const pairs: Excluded[] = []
  if (isWithin && (aKind === bKind || (aKind === 'VALUE' && bKind === 'ALL'))) pairs.push([true, false])
  if (isAround && (aKind === bKind || (aKind === 'ALL' && bKind === 'VALUE'))) pairs.push([false, true])
  if (isDisjoint && excludeEachOther(aKind, bKind, a, b)) pairs.push([true, true])
  return pairs
}

/** Some value satisfies one test, and each value the other; the empty text counts as no value. */
function excludeEachOther(aKind: TestKind, bKind: TestKind, a: ValueTest, b: ValueTest): boolean {
  if (aKind === bKind) return aKind === 'VALUE'
  return a.predicate?.('') === false && b.predicate?.('') === false
}

/** Of the values that satisfy two tests. */
interface Relation {
  readonly isWithin: boolean
  readonly isAround: boolean
  readonly isDisjoint: boolean
}

const OVERLAPPING: Relation = { isWithin: false, isAround: false, isDisjoint: false }
const WITHIN: Relation = { ...OVERLAPPING, isWithin: true }
const AROUND: Relation = { ...OVERLAPPING, isAround: true }
const EQUAL: Relation = { ...WITHIN, isAround: true }
const DISJOINT: Relation = { ...OVERLAPPING, isDisjoint: true }

function relate(a: ValueTest, b: ValueTest): Relation {
  if (a.predicate === null || b.predicate === null) return { ...OVERLAPPING, isWithin: isSameVariable(a, b), isAround: isSameVariable(b, a) }
  const { exact: aValues } = a
  const { exact: bValues } = b
  if (aValues !== undefined || bValues !== undefined) {
    return {
      isWithin: aValues?.every(b.predicate) ?? false,
      isAround: bValues?.every(a.predicate) ?? false,
      isDisjoint: aValues === undefined ? !bValues?.some(a.predicate) : !aValues.some(b.predicate),
    }
  }
  const names = [a.comparison.name, b.comparison.name]
  if (names.every((name) => name === 'StringEqualsIgnoreCase')) {
    const [aFolded, bFolded] = [folded(a), folded(b)]
    return aFolded === undefined || bFolded === undefined ? OVERLAPPING : relateFolded(aFolded, bFolded)
  }
  if (differInAnyCase(a, b) || differInAnyCase(b, a)) return DISJOINT
  const [aText, bText] = [a.texts[0], b.texts[0]]
  if (a.texts.length !== 1 || b.texts.length !== 1 || aText === undefined || bText === undefined) return OVERLAPPING
  if (aText.includes('${') || bText.includes('${')) return OVERLAPPING
  if (names.every((name) => name === 'Bool')) return aText === bText ? EQUAL : DISJOINT
  if (names.every((name) => name === 'StringLike')) return relatePatterns(aText, bText)
  if (names.every((name) => name === 'ArnLike')) return relateArns(a, b, aText, bText)
  if (names.every((name) => name === 'IpAddress')) return relateRanges(aText, bText)
  return relateOrders(a, b)
}

/** Each value with variables of one is one of the other, whose operator is wider. */
function isSameVariable(a: ValueTest, b: ValueTest): boolean {
  if (!WIDER[a.comparison.name]?.includes(b.comparison.name)) return false
  return a.values.every(
    ({ predicate, text }) => predicate === undefined && b.values.some((other) => other.predicate === undefined && other.text === text),
  )
}

/** What is equal is equal in any letter case, and like itself. */
const WIDER: Readonly<Record<string, readonly string[]>> = { StringEquals: ['StringEqualsIgnoreCase', 'StringLike'] }

/** Texts in any letter case against patterns that none of them fits in any. */
function differInAnyCase(a: ValueTest, b: ValueTest): boolean {
  if (a.comparison.name !== 'StringEqualsIgnoreCase' || b.comparison.name !== 'StringLike') return false
  const texts = folded(a)
  const globs = b.values.map(({ template }) => {
    const parts = fixedParts(template)
    return parts && compileGlob(parts.map((part) => ({ ...part, text: part.text.toLowerCase() })))
  })
  return texts !== undefined && globs.every((glob) => glob !== undefined && !texts.some((text) => matchGlob(glob, text)))
}

/** Lower-cased texts without variables. */
function folded({ values }: ValueTest): readonly string[] | undefined {
  const texts: string[] = []
  for (const { template } of values) {
    const parts = fixedParts(template)
    if (parts === undefined) return undefined
    texts.push(
      parts
        .map((part) => part.text)
        .join('')
        .toLowerCase(),
    )
  }
  return texts
}

function relateFolded(a: readonly string[], b: readonly string[]): Relation {
  return {
    isWithin: a.every((text) => b.includes(text)),
    isAround: b.every((text) => a.includes(text)),
    isDisjoint: !a.some((text) => b.includes(text)),
  }
}

function relatePatterns(a: string, b: string): Relation {
  if (a.includes('${') || b.includes('${')) return OVERLAPPING
  if (matchGlob(globOf(b, true), a)) return WITHIN
  if (matchGlob(globOf(a, true), b)) return AROUND
  const [aStart, bStart] = [literalPrefix(globOf(a)), literalPrefix(globOf(b))]
  return aStart.startsWith(bStart) || bStart.startsWith(aStart) ? OVERLAPPING : DISJOINT
}

function relateArns(a: ValueTest, b: ValueTest, aText: string, bText: string): Relation {
  if (`${aText}${bText}`.includes('?') || `${aText}${bText}`.includes('${')) return OVERLAPPING
  if (b.predicate?.(aText) === true) return WITHIN
  if (a.predicate?.(bText) === true) return AROUND
  const [x, y] = [parseArn(aText), parseArn(bText)]
  const isApart = x !== undefined && y !== undefined && !FIELDS.every((field) => intersects(x[field], y[field]))
  return isApart ? DISJOINT : OVERLAPPING
}

const FIELDS = ['partition', 'service', 'region', 'account', 'resource'] as const

function relateRanges(aText: string, bText: string): Relation {
  const [a, b] = [parseRange(aText), parseRange(bText)]
  if (a === undefined || b === undefined) return OVERLAPPING
  if (contains(b, a)) return WITHIN
  return contains(a, b) ? AROUND : DISJOINT
}

/** Numbers or dates: the tests can only change their result at their bounds, so values at and between them show all that can happen. */
function relateOrders(a: ValueTest, b: ValueTest): Relation {
  const results = orderedResults(a, b)
  if (results === undefined) return OVERLAPPING
  return {
    isWithin: !results.some(([x, y]) => x && !y),
    isAround: !results.some(([x, y]) => !x && y),
    isDisjoint: !results.some(([x, y]) => x && y),
  }
}

function orderedResults(a: ValueTest, b: ValueTest): readonly (readonly [boolean, boolean])[] | undefined {
  const isNumeric = [a, b].every((test) => test.comparison.name.startsWith('Numeric'))
  const isDate = [a, b].every((test) => test.comparison.name.startsWith('Date'))
  if (!isNumeric && !isDate) return undefined
  const bounds = [a.texts[0], b.texts[0]].map((text) => (text === undefined ? undefined : isDate ? parseDate(text) : parseNumber(text)))
  const points: number[] = []
  for (const bound of bounds) {
    if (bound === undefined || !Number.isSafeInteger(bound * 2)) return undefined
    points.push(bound - 0.5, bound, bound + 0.5)
  }
  const spell = (point: number): string => (isDate ? new Date(Math.floor(point)).toISOString() : String(point))
  const values = isDate ? points.flatMap((point) => [spell(point - 1), spell(point + 1)]) : points.map(spell)
  return [...values, ...(isDate ? points.map(spell) : [])].map((value) => [a.predicate?.(value) === true, b.predicate?.(value) === true])
}

/** One of the two holds of every value that the key can have. */
export function coverAll(a: Atom, b: Atom): a is Atom & { readonly key: string } {
  if (a.kind !== 'VALUE' || b.kind !== 'VALUE' || a.key !== b.key) return false
  if (BOOLEAN_KEYS.has(a.key)) return isOppositeBool(a.test, b.test)
  const prefix = ORDERED_KEYS.get(a.key)
  if (prefix === undefined || !a.test.comparison.name.startsWith(prefix)) return false
  return orderedResults(a.test, b.test)?.every(([x, y]) => x || y) ?? false
}

/** `true` here and `false` there. */
function isOppositeBool(a: ValueTest, b: ValueTest): boolean {
  const texts = [a.texts[0], b.texts[0]]
  const isBool = [a, b].every((test) => test.comparison.name === 'Bool')
  return isBool && texts.includes('true') && texts.includes('false')
}

/**
 * Truth values of two atoms that leave no value but the empty text, which satisfies every test of all values and is none that is sought: all values
 * satisfy two tests that none can, or one, and none satisfies another that follows from it.
 */
export function withoutAnyValue(a: Atom, b: Atom): Excluded | undefined {
  if (!('test' in a) || !('test' in b) || a.key !== b.key) return undefined
  if (a.kind === 'ALL' && b.kind === 'ALL') return relate(a.test, b.test).isDisjoint ? [true, true] : undefined
  if (a.kind === 'ALL' && b.kind === 'ANY') return relate(a.test, b.test).isWithin ? [true, false] : undefined
  return a.kind === 'ANY' && b.kind === 'ALL' && relate(a.test, b.test).isAround ? [false, true] : undefined
}

/**
 * Where all values are among a few, and none is one that a second test of all values refuses, they satisfy that too.
 * @returns the atoms that seek those which the second test refuses (without one: each of them); undefined where some are not sought
 */
export function seekingRefused(all: Atom, second: Atom | undefined, atoms: readonly Atom[]): readonly number[] | undefined {
  if (all.kind !== 'ALL' || (second !== undefined && (second.kind !== 'ALL' || second.key !== all.key))) return undefined
  const { exact } = all.test
  const accepts = second?.kind === 'ALL' ? second.test.predicate : () => false
  if (exact === undefined || accepts === null) return undefined
  const refused = exact.filter((text) => !accepts(text))
  const seeking = atoms.map((atom) => (atom.kind === 'ANY' && atom.key === all.key ? atom.test.predicate : null))
  const isSought = refused.length > 0 && refused.every((text) => seeking.some((predicate) => predicate?.(text) === true))
  return isSought ? [...seeking.keys()].filter((index) => refused.some((text) => seeking[index]?.(text) === true)) : undefined
}
