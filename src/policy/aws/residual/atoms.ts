import { ALWAYS_PRESENT, isArnKey, isSingleValued } from '../context-keys.ts'
import type { Comparison, Predicate } from '../conditions/operators.ts'
import type { ConditionTest, TestValue } from '../conditions/test.ts'
import type { UnknownLeaf } from '../formula.ts'

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

export class AtomTable {
  readonly atoms: Atom[] = []
  readonly #indexes = new Map<string, number>()

  meaningOf({ shown, meaning }: UnknownLeaf): Meaning {
    switch (meaning.kind) {
      case 'FACT':
        return this.#atom(meaning.id, { kind: 'FACT', group: meaning.group })
      case 'COMPARISON': {
        const compared = this.#atom(`compared\u0001${shown.key}\u0001${meaning.id}`, { kind: 'FACT', group: undefined })
        return meaning.negated ? { not: compared } : compared
      }
      case 'CONDITION':
        return this.#condition(meaning.test, meaning.present)
    }
  }

  #condition(test: ConditionTest, present: boolean): Meaning {
    const absent = present || ALWAYS_PRESENT.has(test.key) ? false : this.#atom(`absent\u0001${test.key}`, { kind: 'ABSENT', key: test.key })
    if (test.comparison.name === 'Null') {
      const asked = test.values.map((value) => value.text.toLowerCase())
      return { or: asked.map((text) => (text === 'true' ? absent : text === 'false' ? { not: absent } : false)) }
    }
    const holds = this.#holds(test, absent)
    return test.ifExists ? { or: [absent, holds] } : holds
  }

  #holds(test: ConditionTest, absent: Meaning): Meaning {
    switch (test.quantifier) {
      case 'NONE':
        return test.negated ? this.#differs(test, absent) : this.#any('VALUE', test)
      case 'ANY':
        return test.negated ? { and: [{ not: absent }, { not: this.#all(test) }] } : this.#any(kindOfAny(test), test)
      case 'ALL':
        return test.negated ? { not: this.#any(kindOfAny(test), test) } : this.#all(test)
    }
  }

  #all(test: ConditionTest): Meaning {
    return this.#one('ALL', test.key, test, test.values)
  }

  /** A negated operator holds where the key is absent, but never of several values, nor of one that can't be compared. */
  #differs(test: ConditionTest, absent: Meaning): Meaning {
    const parts: Meaning[] = [{ not: this.#any('VALUE', test) }]
    if (!isSingleValued(test.key)) parts.push({ not: this.#atom(`several\u0001${test.key}`, { kind: 'SEVERAL', key: test.key }) })
    if (test.comparison.comparable !== undefined && !isArnKey(test.key)) {
      parts.push({ not: this.#atom(`no-arn\u0001${test.key}`, { kind: 'NO_ARN', key: test.key }) })
    }
    return parts.length === 1 ? (parts[0] ?? true) : { or: [absent, { and: parts }] }
  }

  #any(kind: 'VALUE' | 'ANY', test: ConditionTest): Meaning {
    if (test.values.length > MAX_SPLIT) return this.#one(kind, test.key, test, test.values)
    return { or: test.values.map((value) => this.#one(kind, test.key, test, [value])) }
  }

  #one(kind: 'VALUE' | 'ANY' | 'ALL', key: string, { comparison }: ConditionTest, values: readonly TestValue[]): Meaning {
    const texts = values.map((value) => (comparison.name === 'Bool' ? value.text.toLowerCase() : value.text))
    const predicates = values.map((value) => value.predicate)
    const isKnown = predicates.every((predicate) => predicate !== undefined)
    const predicate = isKnown ? (text: string): boolean => predicates.some((each) => each?.(text) === true) : null
    const id = [kind, key, comparison.name, ...[...texts].sort()].join('\u0001')
    return this.#atom(id, { kind, key, test: { comparison, texts, predicate } })
  }

  #atom(id: string, atom: Atom): Meaning {
    const known = this.#indexes.get(id)
    if (known !== undefined) return { atom: known }
    this.atoms.push(atom)
    this.#indexes.set(id, this.atoms.length - 1)
    return { atom: this.atoms.length - 1 }
  }
}

/** ForAnyValue of a key with one value is the plain operator, except that the empty text counts as no value. */
function kindOfAny(test: ConditionTest): 'VALUE' | 'ANY' {
  const mayMatchEmpty = test.values.some((value) => value.predicate?.('') !== false)
  return isSingleValued(test.key) && !mayMatchEmpty ? 'VALUE' : 'ANY'
}
