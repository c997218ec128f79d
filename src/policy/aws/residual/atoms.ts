import { parseArn } from '../arn.ts'
import { ALWAYS_PRESENT, isArnKey, isSingleValued } from '../context-keys.ts'
import { stringEquals, stringEqualsIgnoreCase, type Comparison, type Predicate } from '../conditions/operators.ts'
import type { ConditionTest, TestValue } from '../conditions/test.ts'
import type { UnknownLeaf } from '../formula.ts'
import { fixedParts, isVariable, plainText, type SoughtVariable } from '../variables.ts'
import { globOf, matchesAll } from '../wildcard.ts'

/**
 * What is not known comes down to atoms: the presence of a key, one value or pattern of it, a fact. Operators are rewritten over them, so
 * that StringEquals here and StringNotEqualsIfExists there speak of one unknown.
 */
export type Atom =
  | { readonly kind: 'ABSENT' | 'SEVERAL' | 'NO_ARN'; readonly key: string }
  /** A request with one value of the key, which satisfies one of `values`. */
  | { readonly kind: 'VALUE'; readonly key: string; readonly test: ValueTest }
  /** One of a key's several values, or each of them, satisfies one of `values`. */
  | { readonly kind: 'ANY' | 'ALL'; readonly key: string; readonly test: ValueTest }
  | { readonly kind: 'FACT'; readonly group: string | undefined }

export interface ValueTest {
  readonly comparison: Comparison
  readonly texts: readonly string[]
  readonly values: readonly TestValue[]
  /** The only values that satisfy the test, where they can be listed. */
  readonly exact: readonly string[] | undefined
  /** Null where a policy variable's value is not known: nothing can be told about it. */
  readonly predicate: Predicate | null
}

/** A boolean function of atoms, by index. */
export type Meaning =
  | boolean
  | { readonly atom: number }
  | { readonly not: Meaning }
  | { readonly and: readonly Meaning[] }
  | { readonly or: readonly Meaning[] }

/** Values of one test that become an atom each; longer lists are one atom, so that few tests don't make many. */
const MAX_SPLIT = 4

/** Atoms met so far, each once. */
export interface AtomTable {
  readonly atoms: Atom[]
  readonly indexes: Map<string, number>
  /** Keys that are known to have a value. */
  readonly present: Set<string>
}

export function newAtomTable(): AtomTable {
  return { atoms: [], indexes: new Map(), present: new Set(ALWAYS_PRESENT) }
}

export function meaningOf(table: AtomTable, { meaning }: UnknownLeaf): Meaning {
  switch (meaning.kind) {
    case 'FACT':
      return atomOf(table, meaning.id, { kind: 'FACT', group: meaning.group })
    case 'COMPARISON': {
      const compared = comparedMeaning(table, meaning.id, meaning.variable)
      return meaning.negated ? { not: compared } : compared
    }
    case 'CONDITION':
      return conditionMeaning(table, meaning.test, meaning.present)
  }
}

/** Where one variable is not known, what it asks of that key. */
function comparedMeaning(table: AtomTable, id: string, variable: SoughtVariable | undefined): Meaning {
  if (variable === undefined) return atomOf(table, id, { kind: 'FACT', group: undefined })
  const { key, present, whenAbsent, values, ignoringCase } = variable
  if (present) table.present.add(key)
  const absent = absenceOf(table, key)
  const comparison = ignoringCase ? stringEqualsIgnoreCase : stringEquals
  const holds =
    values === undefined
      ? atomOf(table, id, { kind: 'FACT', group: undefined })
      : values.length > 0 &&
        valueAtom(
          table,
          'VALUE',
          { key, comparison },
          values.map((value) => literalValue(comparison, value)),
        )
  return whenAbsent ? { or: [absent, holds] } : { and: [{ not: absent }, holds] }
}

function literalValue(comparison: Comparison, text: string): TestValue {
  const template = [{ text, literal: true }]
  return { text, template, predicate: comparison.compile(template) }
}

function conditionMeaning(table: AtomTable, test: ConditionTest, present: boolean): Meaning {
  if (present) table.present.add(test.key)
  const absent = absenceOf(table, test.key)
  if (test.comparison.name === 'Null') {
    const asked = test.values.map((value) => value.text.toLowerCase())
    return { or: asked.map((text) => (text === 'true' ? absent : text === 'false' ? { not: absent } : false)) }
  }
  const holds = testMeaning(table, test, absent)
  return test.ifExists ? { or: [absent, holds] } : holds
}

function testMeaning(table: AtomTable, test: ConditionTest, absent: Meaning): Meaning {
  switch (test.quantifier) {
    case 'NONE':
      return test.negated ? differs(table, test, absent) : anyOf(table, 'VALUE', test)
    case 'ANY':
      if (isSingleValued(test.key)) return test.negated ? { and: [{ not: absent }, differs(table, test, absent)] } : anyOf(table, 'VALUE', test)
      if (test.negated && mayBeIncomparable(test)) return opaque(table, test)
      return test.negated ? { and: [{ not: absent }, { not: allOf(table, test) }] } : anyOf(table, 'ANY', test)
    case 'ALL':
      if (test.negated && mayBeIncomparable(test)) return { or: [absent, opaque(table, test)] }
      return test.negated ? { not: anyOf(table, kindOfAny(test), test) } : allOf(table, test)
  }
}

/** A negated operator holds where the key is absent, but never of several values, nor of one that can't be compared. */
function differs(table: AtomTable, test: ConditionTest, absent: Meaning): Meaning {
  const { key } = test
  const parts: Meaning[] = [{ not: anyOf(table, 'VALUE', test) }]
  if (!isSingleValued(key)) parts.push({ not: atomOf(table, `several\u0001${key}`, { kind: 'SEVERAL', key }) })
  if (mayBeIncomparable(test)) {
    parts.push({ not: atomOf(table, `no-arn\u0001${key}`, { kind: 'NO_ARN', key }) })
  }
  return parts.length === 1 ? (parts[0] ?? true) : { or: [absent, { and: parts }] }
}

/** To a value that is no ARN not even the negated operator applies. */
function mayBeIncomparable({ comparison, key }: ConditionTest): boolean {
  return comparison.comparable !== undefined && !isArnKey(key)
}

/** Nothing is told of how it stands to other tests. */
function opaque(table: AtomTable, { name, key, values }: ConditionTest): Meaning {
  const id = ['opaque', name, key, ...values.map((value) => value.text)].join('\u0001')
  return atomOf(table, id, { kind: 'FACT', group: undefined })
}

function allOf(table: AtomTable, test: ConditionTest): Meaning {
  if (test.values.some((value) => value.predicate !== undefined && fitsAll(test, value))) return true
  return valueAtom(table, 'ALL', test, test.values)
}

function anyOf(table: AtomTable, kind: 'VALUE' | 'ANY', test: ConditionTest): Meaning {
  if (kind === 'VALUE' && test.values.some((value) => value.predicate !== undefined && fitsAll(test, value))) return hasOneValue(table, test.key)
  if (test.values.length > MAX_SPLIT) return valueAtom(table, kind, test, test.values)
  return { or: test.values.map((value) => valueAtom(table, kind, test, [value])) }
}

/** `StringLike *` asks only that there is a value; `ArnLike *`, that it is an ARN. */
function fitsAll({ comparison, key }: ConditionTest, { text }: TestValue): boolean {
  const isPattern = comparison.name === 'StringLike' || (comparison.name === 'ArnLike' && isArnKey(key))
  return isPattern && matchesAll(globOf(text))
}

function hasOneValue(table: AtomTable, key: string): Meaning {
  const several = isSingleValued(key) ? false : atomOf(table, `several\u0001${key}`, { kind: 'SEVERAL', key })
  return { not: { or: [absenceOf(table, key), several] } }
}

function absenceOf(table: AtomTable, key: string): Meaning {
  return table.present.has(key) ? false : atomOf(table, `absent\u0001${key}`, { kind: 'ABSENT', key })
}

function valueAtom(
  table: AtomTable,
  kind: 'VALUE' | 'ANY' | 'ALL',
  { key, comparison }: Pick<ConditionTest, 'key' | 'comparison'>,
  values: readonly TestValue[],
): Meaning {
  const texts = values.map((value) => (comparison.name === 'Bool' ? value.text.toLowerCase() : value.text))
  const isPattern = comparison.name === 'ArnLike' || (comparison.name === 'StringLike' && values.some(hasWildcard))
  const names = values.map((value, index) => (value.predicate === undefined ? `variable ${texts[index] ?? ''}` : `text ${spell(value, isPattern)}`))
  // Without wildcards, StringLike asks what StringEquals does.
  const asked = comparison.name === 'StringLike' && !isPattern ? stringEquals : comparison
  const id = [kind, key, asked.name, ...names.sort()].join('\u0001')
  const test = { comparison: asked, texts, values, exact: exactValues(asked, values), predicate: predicateOf(values) }
  return atomOf(table, id, { kind, key, test })
}

function hasWildcard({ template }: TestValue): boolean {
  return template.some((part) => !isVariable(part) && !part.literal && (part.text.includes('*') || part.text.includes('?')))
}

/** The text of a value without variables: `\u0002` before what is literal within a pattern, so that `${*}` is not `*`. */
function spell({ text, template }: TestValue, isPattern: boolean): string {
  const parts = fixedParts(template)
  if (parts === undefined) return text
  return parts.map((part) => (isPattern && part.literal ? `\u0002${part.text}\u0002` : part.text)).join('')
}

function exactValues({ name }: Comparison, values: readonly TestValue[]): readonly string[] | undefined {
  if (name !== 'StringEquals' && name !== 'StringEqualsIgnoreCase' && name !== 'StringLike' && name !== 'ArnLike') return undefined
  const exact: string[] = []
  for (const { template } of values) {
    const parts = fixedParts(template)
    const text = name.startsWith('StringEquals') ? parts?.map((part) => part.text).join('') : plainText(parts)
    if (text === undefined || (name === 'ArnLike' && parseArn(text) === undefined)) return undefined
    // Letters have another case.
    if (name === 'StringEqualsIgnoreCase' && text.toLowerCase() !== text.toUpperCase()) return undefined
    exact.push(text)
  }
  return exact
}

function predicateOf(values: readonly TestValue[]): Predicate | null {
  const predicates = values.flatMap((value) => value.predicate ?? [])
  return predicates.length < values.length ? null : (text) => predicates.some((predicate) => predicate(text))
}

function atomOf(table: AtomTable, id: string, atom: Atom): Meaning {
  const known = table.indexes.get(id)
  if (known !== undefined) return { atom: known }
  table.atoms.push(atom)
  table.indexes.set(id, table.atoms.length - 1)
  return { atom: table.atoms.length - 1 }
}

/** That no value satisfies the test, of a key with one value, is the plain operator, except that the empty text counts as no value. */
function kindOfAny(test: ConditionTest): 'VALUE' | 'ANY' {
  const mayMatchEmpty = test.values.some((value) => value.predicate?.('') !== false)
  return isSingleValued(test.key) && !mayMatchEmpty ? 'VALUE' : 'ANY'
}
