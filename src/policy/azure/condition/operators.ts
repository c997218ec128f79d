import { compileGlob, matchGlob, type TextPart } from '../../aws/wildcard.ts'
import type { BaseOperator, Operator, Quantifier } from './syntax.ts'

/** Whether a value of the left satisfies the operator with one of the right; undefined where either can't be compared that way. */
type Test = (left: string, right: string) => boolean | undefined

/** https://learn.microsoft.com/azure/role-based-access-control/conditions-format#boolean-comparison-operators and following */
const TESTS: Readonly<Record<BaseOperator, Test>> = {
  BoolEquals: compared(parseBool, (a, b) => a === b),
  StringEquals: (left, right) => left === right,
  StringEqualsIgnoreCase: (left, right) => left.toLowerCase() === right.toLowerCase(),
  StringStartsWith: (left, right) => left.startsWith(right),
  StringStartsWithIgnoreCase: (left, right) => left.toLowerCase().startsWith(right.toLowerCase()),
  StringLike: isLike,
  StringLikeIgnoreCase: (left, right) => isLike(left.toLowerCase(), right.toLowerCase()),
  NumericEquals: compared(parseInteger, (a, b) => a === b),
  NumericLessThan: compared(parseInteger, (a, b) => a < b),
  NumericLessThanEquals: compared(parseInteger, (a, b) => a <= b),
  NumericGreaterThan: compared(parseInteger, (a, b) => a > b),
  NumericGreaterThanEquals: compared(parseInteger, (a, b) => a >= b),
  DateTimeEquals: compared(parseTicks, (a, b) => a === b),
  DateTimeLessThan: compared(parseTicks, (a, b) => a < b),
  DateTimeLessThanEquals: compared(parseTicks, (a, b) => a <= b),
  DateTimeGreaterThan: compared(parseTicks, (a, b) => a > b),
  DateTimeGreaterThanEquals: compared(parseTicks, (a, b) => a >= b),
  GuidEquals: compared(parseGuid, (a, b) => a === b),
}

interface KnownOperator {
  readonly base: BaseOperator
  readonly isNegated: boolean
  readonly name: string
}

const NAMES: ReadonlyMap<string, KnownOperator> = new Map(
  Object.keys(TESTS)
    .filter(isBaseOperator)
    .flatMap((base): readonly KnownOperator[] => [
      { base, isNegated: false, name: base },
      ...negationsOf(base).map((name) => ({ base, isNegated: true, name })),
    ])
    .map((operator) => [operator.name.toLowerCase(), operator]),
)

function isBaseOperator(name: string): name is BaseOperator {
  return Object.hasOwn(TESTS, name)
}

/** `StringNotEqualsIgnoreCase` of `StringEqualsIgnoreCase`; orders have none. */
function negationsOf(base: BaseOperator): readonly string[] {
  const match = /^(Bool|String|Numeric|DateTime|Guid)((?:Equals|StartsWith|Like)(?:IgnoreCase)?)$/.exec(base)
  return match === null ? [] : [`${match[1] ?? ''}Not${match[2] ?? ''}`]
}

/** Operators without cross product can't be told apart from names of nothing: undefined. Any letter case. */
export function parseOperator(text: string): Operator | undefined {
  const [first = '', second] = text.split(':')
  const cross = second === undefined ? undefined : /^for(any|all)of(any|all)values$/i.exec(first)
  if (cross === null) return undefined
  const known = NAMES.get((second ?? first).toLowerCase())
  if (known === undefined) return undefined
  if (cross === undefined) return known
  const [left, right] = [quantifierOf(cross[1]), quantifierOf(cross[2])]
  return { ...known, left, right, name: `For${WORDS[left]}Of${WORDS[right]}Values:${known.name}` }
}

const WORDS: Readonly<Record<Quantifier, string>> = { ANY: 'Any', ALL: 'All' }

function quantifierOf(word: string | undefined): Quantifier {
  return word?.toLowerCase() === 'all' ? 'ALL' : 'ANY'
}

/** Whether one value of the left satisfies the operator with the values of the right, negation included; a value that can't be compared doesn't. */
export function satisfies({ base, isNegated, right: quantifier }: Operator, left: string, right: readonly string[]): boolean {
  const test = TESTS[base]
  const holds = (value: string): boolean => {
    const result = test(left, value)
    return result !== undefined && result !== isNegated
  }
  return quantifier === 'ALL' ? right.every(holds) : right.some(holds)
}

/** The values of both sides; no values on either side satisfy nothing. */
export function compareValues(operator: Operator, left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0 || right.length === 0) return false
  const holds = (value: string): boolean => satisfies(operator, value, right)
  return operator.left === 'ALL' ? left.every(holds) : left.some(holds)
}

/** The operator that does not look at letter case; the same where there is none. */
export function ignoringCase(operator: Operator): Operator {
  const base = `${operator.base}IgnoreCase`
  return isBaseOperator(base) ? { ...operator, base } : operator
}

function compared<T>(parse: (text: string) => T | undefined, test: (a: T, b: T) => boolean): Test {
  return (left, right) => {
    const [a, b] = [parse(left), parse(right)]
    return a === undefined || b === undefined ? undefined : test(a, b)
  }
}

function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** Integers only. */
function parseInteger(text: string): bigint | undefined {
  return /^[+-]?\d{1,30}$/.test(text.trim()) ? BigInt(text.trim()) : undefined
}

/** Units of 100 ns since 1970, as snapshots and versions are told apart by them. */
function parseTicks(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim())
  if (match === null) return undefined
  const [, day = '', time = '00:00', fraction = '', zone = 'Z'] = match
  const milliseconds = Date.parse(`${day}T${time}${zone.toUpperCase()}`)
  if (Number.isNaN(milliseconds)) return undefined
  return BigInt(milliseconds) * 10_000n + BigInt(fraction.slice(0, 7).padEnd(7, '0'))
}

/** Letter case and dashes don't matter; of a role definition's id the last segment counts. */
function parseGuid(text: string): string | undefined {
  const last = text.trim().slice(text.trim().lastIndexOf('/') + 1)
  const digits = last.replaceAll(/[-{}]/g, '').toLowerCase()
  return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined
}

/** `*` any text, `?` one character, `\` takes both literally. */
function isLike(text: string, pattern: string): boolean {
  const parts: TextPart[] = []
  for (let i = 0; i < pattern.length; i += 1) {
    const isEscape = pattern.charAt(i) === '\\' && i + 1 < pattern.length
    if (isEscape) i += 1
    parts.push({ text: pattern.charAt(i), literal: isEscape })
  }
  return matchGlob(compileGlob(parts), text)
}
