import { compileGlob, matchGlob, type TextPart } from '../wildcard.ts'
import { contains, parseRange } from './addresses.ts'
import { compileArnPattern, isArn } from './arns.ts'
import { parseDate } from './dates.ts'
import { parseNumber } from './numbers.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

export type Predicate = (value: string) => boolean

export interface Comparison {
  readonly name: string
  /** Values may hold policy variables. */
  readonly variables: boolean
  /** Whether a single value of the request satisfies a value of the policy. */
  compile(parts: readonly TextPart[]): Predicate
  /** Values of the request that are comparable at all; to others not even the negated operator applies. */
  readonly comparable?: Predicate
  /** The text of a policy's value can be compared at all; others AWS refuses to save. */
  readonly accepts?: Predicate
}

const NEVER: Predicate = () => false

function textOf(parts: readonly TextPart[]): string {
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first.text : parts.map((part) => part.text).join('')
}

function ordered(name: string, parse: (text: string) => number | undefined, holds: (a: number, b: number) => boolean): Comparison {
  return {
    name,
    variables: false,
    accepts: (text) => parse(text) !== undefined,
    compile(parts) {
      const bound = parse(textOf(parts))
      if (bound === undefined) return NEVER
      return (text) => {
        const value = parse(text)
        return value !== undefined && holds(value, bound)
      }
    },
  }
}

const ORDERS = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
} as const

export const stringEquals: Comparison = {
  name: 'StringEquals',
  variables: true,
  compile(parts) {
    const text = textOf(parts)
    return (value) => value === text
  },
}

export const stringEqualsIgnoreCase: Comparison = {
  name: 'StringEqualsIgnoreCase',
  variables: true,
  compile(parts) {
    const text = textOf(parts).toLowerCase()
    return (value) => value.toLowerCase() === text
  },
}

const stringLike: Comparison = {
  name: 'StringLike',
  variables: true,
  compile(parts) {
    const glob = compileGlob(parts)
    return (value) => matchGlob(glob, value)
  },
}

const bool: Comparison = {
  name: 'Bool',
  variables: true,
  compile(parts) {
    const text = textOf(parts).toLowerCase()
    return (value) => value.toLowerCase() === text
  },
}

const binaryEquals: Comparison = {
  name: 'BinaryEquals',
  variables: false,
  compile(parts) {
    const bytes = Buffer.from(textOf(parts), 'base64')
    return (value) => bytes.equals(Buffer.from(value, 'base64'))
  },
}

const ipAddress: Comparison = {
  name: 'IpAddress',
  variables: false,
  accepts: (text) => parseRange(text) !== undefined,
  compile(parts) {
    const range = parseRange(textOf(parts))
    if (range === undefined) return NEVER
    return (value) => {
      const address = parseRange(value)
      return address !== undefined && contains(range, address)
    }
  },
}

const arnLike: Comparison = { name: 'ArnLike', variables: true, comparable: isArn, compile: compileArnPattern }

/** Whether a key is absent; evaluated apart. */
export const nullTest: Comparison = { name: 'Null', variables: false, compile: () => NEVER }

const NUMERIC = Object.entries(ORDERS).map(([order, holds]) => ordered(`Numeric${order}`, parseNumber, holds))
const DATES = Object.entries(ORDERS).map(([order, holds]) => ordered(`Date${order}`, parseDate, holds))

interface Operator {
  readonly comparison: Comparison
  readonly negated: boolean
}

function positive(comparison: Comparison, name = comparison.name): [string, Operator] {
  return [name.toLowerCase(), { comparison, negated: false }]
}

function negative(name: string, comparison: Comparison | undefined): [string, Operator][] {
  return comparison === undefined ? [] : [[name.toLowerCase(), { comparison, negated: true }]]
}

/** By lower-cased name, without set operator and IfExists. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...[stringEquals, stringEqualsIgnoreCase, stringLike, bool, binaryEquals, ipAddress, arnLike, nullTest, ...NUMERIC, ...DATES].map((each) =>
    positive(each),
  ),
  positive(arnLike, 'ArnEquals'),
  ...negative('StringNotEquals', stringEquals),
  ...negative('StringNotEqualsIgnoreCase', stringEqualsIgnoreCase),
  ...negative('StringNotLike', stringLike),
  ...negative('NumericNotEquals', NUMERIC[0]),
  ...negative('DateNotEquals', DATES[0]),
  ...negative('NotIpAddress', ipAddress),
  ...negative('ArnNotEquals', arnLike),
  ...negative('ArnNotLike', arnLike),
])

export type Quantifier = 'NONE' | 'ANY' | 'ALL'

export interface ParsedOperator extends Operator {
  readonly quantifier: Quantifier
  readonly ifExists: boolean
}

const QUANTIFIERS = { 'forallvalues:': 'ALL', 'foranyvalue:': 'ANY' } as const
const IF_EXISTS = 'ifexists'

/** Operator names are case-insensitive. Undefined where AWS knows no such operator. */
export function parseOperator(name: string): ParsedOperator | undefined {
  let rest = name.toLowerCase()
  let quantifier: Quantifier = 'NONE'
  for (const [prefix, meaning] of Object.entries(QUANTIFIERS)) {
    if (!rest.startsWith(prefix)) continue
    quantifier = meaning
    rest = rest.slice(prefix.length)
    break
  }
  const ifExists = rest.endsWith(IF_EXISTS)
  const operator = OPERATORS.get(ifExists ? rest.slice(0, -IF_EXISTS.length) : rest)
  if (operator === undefined || (ifExists && operator.comparison === nullTest)) return undefined
  return { ...operator, quantifier, ifExists }
}
