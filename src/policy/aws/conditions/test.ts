import { isSingleValued } from '../context-keys.ts'
import { and, leaf, or, type Formula } from '../formula.ts'
import { compileGlob, matchGlob, type TextPart } from '../wildcard.ts'
import { fixedParts, soughtVariable, substitute, variablesOf, widest, type KnownValues, type Template } from '../variables.ts'
import { nullTest, type ParsedOperator, type Predicate } from './operators.ts'

/** One line of a Condition element: operator, key, values; compiled. */
export interface ConditionTest extends ParsedOperator {
  /** As written. */
  readonly name: string
  readonly writtenKey: string
  /** Lower-cased. */
  readonly key: string
  readonly values: readonly TestValue[]
}

export interface TestValue {
  readonly text: string
  readonly template: Template
  /** Present where the value holds no variable. */
  readonly predicate?: Predicate
}

export interface ValuesOf {
  (key: string): KnownValues
  /** Values that unknown keys surely don't have, by lower-cased key. */
  readonly never?: ReadonlyMap<string, readonly string[]>
}

export function compileValue(operator: ParsedOperator, text: string, template: Template): TestValue {
  const parts = fixedParts(template)
  return parts === undefined ? { text, template } : { text, template, predicate: operator.comparison.compile(parts) }
}

/** Values are ORed, negated operators NOR them; a missing key is told by the operator (S30, S31). */
export function evaluateTest(test: ConditionTest, valuesOf: ValuesOf): Formula {
  const values = valuesOf(test.key)
  if (test.comparison === nullTest) return evaluateNull(test, values)
  if (values === undefined || values === null) return unknownKey(test, values === null, valuesOf)
  if (values.length === 0) return test.ifExists || whenAbsent(test)
  if (test.quantifier === 'NONE') return values.length === 1 ? single(test, values[0] ?? '', valuesOf) : false
  // "ForAllValues also returns true if the context key value resolves to a null dataset, such as an empty string."
  // One empty text is a value like any other to ForAnyValue; of keys with lists it is the empty list.
  const isNull = (test.quantifier === 'ALL' || !isSingleValued(test.key)) && values.every((value) => value === '')
  if (isNull) return test.quantifier === 'ALL'
  return test.quantifier === 'ALL' ? every(test, values, valuesOf) : some(test, values, valuesOf)
}

/** The result where the key is absent, IfExists left aside. */
function whenAbsent(test: ConditionTest): boolean {
  return test.quantifier === 'NONE' ? test.negated : test.quantifier === 'ALL'
}

function evaluateNull(test: ConditionTest, values: KnownValues): Formula {
  if (test.quantifier !== 'NONE' && values?.length === 0) return test.quantifier === 'ALL' || asksForAbsence(test)
  if (values === undefined) return leaf(shown(test), { kind: 'CONDITION', test, present: false })
  const absent = values !== null && values.length === 0
  return test.values.some((value) => value.text.toLowerCase() === String(absent))
}

function asksForAbsence(test: ConditionTest): boolean {
  return test.values.some((value) => value.text.toLowerCase() === 'true')
}

function unknownKey(asked: ConditionTest, present: boolean, valuesOf: ValuesOf): Formula {
  const test = withoutValues(asked, valuesOf.never?.get(asked.key))
  if (test.values.length === 0 && asked.values.length > 0) return withNoValue(test, present)
  const isFixed = test.values.every((value) => value.predicate !== undefined)
  const resolved = isFixed ? test : { ...test, values: test.values.flatMap((value) => resolve(test, value, valuesOf)) }
  return leaf(shown(test), { kind: 'CONDITION', test: resolved, present })
}

const TEXT_COMPARISONS: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'])

/** The test without the values that the key surely doesn't have. */
function withoutValues(test: ConditionTest, never: readonly string[] | undefined): ConditionTest {
  if (never === undefined || test.quantifier === 'ALL' || !TEXT_COMPARISONS.has(test.comparison.name)) return test
  return { ...test, values: test.values.filter(({ text, predicate }) => predicate === undefined || !never.includes(text)) }
}

/** Nothing that the key may be is asked for: only its being absent can still meet the test. */
function withNoValue(test: ConditionTest, present: boolean): Formula {
  if (test.negated && test.quantifier === 'NONE') return true
  if (!test.negated && (present || !test.ifExists)) return false
  return leaf(shown(test), { kind: 'CONDITION', test, present })
}

/** A value with its variables filled in as far as they are known; none where one can't be resolved: it never matches. */
function resolve(test: ConditionTest, value: TestValue, valuesOf: ValuesOf): readonly TestValue[] {
  if (value.predicate !== undefined) return [value]
  const parts = substitute(value.template, valuesOf)
  if (parts === 'UNRESOLVED') return []
  return parts === 'UNKNOWN' ? [value] : [{ text: spell(parts), template: parts, predicate: test.comparison.compile(parts) }]
}

/** INVARIANT: a text that holds `${` is not looked into; so is one of which wildcards are literal. */
function spell(parts: readonly TextPart[]): string {
  const text = parts.map((part) => part.text).join('')
  const hasLiteralWildcard = parts.some((part) => part.literal && (part.text.includes('*') || part.text.includes('?')))
  return hasLiteralWildcard ? `\${literal}${text}` : text
}

function shown(test: ConditionTest): { operator: string; key: string; values: readonly string[] } {
  return { operator: test.name, key: test.writtenKey, values: test.values.map((value) => value.text) }
}

function every(test: ConditionTest, values: readonly string[], valuesOf: ValuesOf): Formula {
  let all: Formula = true
  for (const value of values) {
    all = and(all, single(test, value, valuesOf))
    if (all === false) return false
  }
  return all
}

function some(test: ConditionTest, values: readonly string[], valuesOf: ValuesOf): Formula {
  let any: Formula = false
  for (const value of values) {
    any = or(any, single(test, value, valuesOf))
    if (any === true) return true
  }
  return any
}

/** One value of the request against all of the policy's. */
function single(test: ConditionTest, value: string, valuesOf: ValuesOf): Formula {
  if (test.negated && test.comparison.comparable !== undefined && !test.comparison.comparable(value)) return false
  let holds: Formula = test.negated
  for (const candidate of test.values) {
    const result = satisfies(test, candidate, value, valuesOf)
    if (result === true) return !test.negated
    if (result === false) continue
    const open = compared(test, candidate, value, valuesOf)
    holds = test.negated ? and(holds, open) : or(holds, open)
  }
  return holds
}

/** Undefined where the candidate's variables are not known and could make it match. */
function satisfies(test: ConditionTest, candidate: TestValue, value: string, valuesOf: ValuesOf): boolean | undefined {
  if (candidate.predicate !== undefined) return candidate.predicate(value)
  const parts = substitute(candidate.template, valuesOf)
  if (parts === 'UNRESOLVED') return false
  if (parts !== 'UNKNOWN') return test.comparison.compile(parts)(value)
  const couldMatch = matchGlob(compileGlob(widest(candidate.template, valuesOf)), value)
  return couldMatch || test.comparison.name === 'StringEqualsIgnoreCase' || test.comparison.name === 'Bool' ? undefined : false
}

/** A known value against a text whose variables are not known. */
function compared(test: ConditionTest, candidate: TestValue, value: string, valuesOf: ValuesOf): Formula {
  const { comparison, negated } = test
  const id = ['compared', comparison.name, candidate.text, value].join('\u0001')
  const isText = ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'].includes(comparison.name)
  const ignoringCase = comparison.name === 'StringEqualsIgnoreCase'
  const sought = { text: value, ignoringCase, fits: (parts: readonly TextPart[]) => comparison.compile(parts)(value) }
  const variable = isText ? soughtVariable(candidate.template, sought, valuesOf) : undefined
  const asked = { ...shown(test), values: [candidate.text] }
  return leaf(asked, { kind: 'COMPARISON', id, negated, ...(variable === undefined ? {} : { variable }) })
}

/** Keys that the test looks at. */
export function keysOf(test: ConditionTest): readonly string[] {
  return [test.key, ...test.values.flatMap((value) => variablesOf(value.template).map((variable) => variable.key))]
}
