import type { Literal, Meaning, Meanings } from '../../formula/simplify.ts'
import { satisfies } from '../condition/operators.ts'
import type { Operator } from '../condition/syntax.ts'
import type { AzureLeaf, UnknownComparison } from '../leaves.ts'
import { excluded, isNever, type Atom, type ValueTest } from './relations.ts'

/**
 * What is not known comes down to atoms: whether an attribute is present, whether its value satisfies a test, a fact. Negated operators and
 * cross products are rewritten over them, so that StringEquals here and StringNotEquals there speak of one unknown.
 */
export function azureMeanings(): Meanings<AzureLeaf> {
  const table: AtomTable = { atoms: [], indexes: new Map() }
  return {
    meaningOf: (leaf) => meaningOf(table, leaf),
    size: () => table.atoms.length,
    impossible: () => impossible(table.atoms),
  }
}

/** Atoms met so far, each once. */
interface AtomTable {
  readonly atoms: Atom[]
  readonly indexes: Map<string, number>
}

function meaningOf(table: AtomTable, { meaning }: AzureLeaf): Meaning {
  switch (meaning.kind) {
    case 'FACT':
      return atomOf(table, meaning.id, { kind: 'FACT' })
    case 'EXISTS':
      return { not: absenceOf(table, meaning.key) }
    case 'COMPARE':
      return comparisonMeaning(table, meaning)
  }
}

function comparisonMeaning(table: AtomTable, unknown: UnknownComparison): Meaning {
  const { comparison, right } = unknown
  const keys = [comparison.left.key, ...(comparison.right.kind === 'ATTRIBUTE' ? [comparison.right.key] : [])]
  const missing = keys.filter((key) => !unknown.present.includes(key)).map((key) => absenceOf(table, key))
  const isPresent: Meaning = { not: { or: missing } }
  return { and: [isPresent, right === undefined ? opaque(table, unknown, keys) : ofValues(table, comparison.left.key, comparison.operator, right)] }
}

/** Nothing is told of how it stands to other tests; its negation is told where there is one value on each side. */
function opaque(table: AtomTable, { comparison, left }: UnknownComparison, keys: readonly string[]): Meaning {
  const { operator } = comparison
  const isSingle = operator.left === undefined
  const name = isSingle ? operator.base : operator.name
  const atom = atomOf(table, ['opaque', name, ...keys, ...(left ?? [])].join('\u0001'), { kind: 'OPAQUE', keys })
  return isSingle && operator.isNegated ? { not: atom } : atom
}

/** A negated operator that any of the values satisfies is the plain one that not all satisfy, and the other way round. */
function ofValues(table: AtomTable, key: string, operator: Operator, values: readonly string[]): Meaning {
  const positive: Operator = operator.isNegated ? { ...operator, isNegated: false, right: operator.right === 'ALL' ? 'ANY' : 'ALL' } : operator
  const test = testOf(positive, values)
  const kind = operator.left === undefined || isSingleValued(key) ? 'ONE' : operator.left === 'ALL' ? 'EVERY' : 'SOME'
  if (!operator.isNegated) return valueAtom(table, kind, key, test)
  const opposite = kind === 'ONE' ? 'ONE' : kind === 'EVERY' ? 'SOME' : 'EVERY'
  return { not: valueAtom(table, opposite, key, test) }
}

function testOf(operator: Operator, values: readonly string[]): ValueTest {
  const quantifier = values.length === 1 ? 'ANY' : (operator.right ?? 'ANY')
  return { base: operator.base, quantifier, values, holds: (value) => satisfies({ ...operator, right: quantifier }, value, values) }
}

function valueAtom(table: AtomTable, kind: 'ONE' | 'SOME' | 'EVERY', key: string, test: ValueTest): Meaning {
  if (isNever(test)) return false
  const id = [kind, key, test.base, test.quantifier, ...[...new Set(test.values)].sort()].join('\u0001')
  return atomOf(table, id, { kind, key, test })
}

function absenceOf(table: AtomTable, key: string): Meaning {
  return atomOf(table, `absent\u0001${key}`, { kind: 'ABSENT', key })
}

function atomOf(table: AtomTable, id: string, atom: Atom): Meaning {
  const known = table.indexes.get(id)
  if (known !== undefined) return { atom: known }
  table.atoms.push(atom)
  table.indexes.set(id, table.atoms.length - 1)
  return { atom: table.atoms.length - 1 }
}

/** Attributes that can only have one value. Custom security attributes, tags' keys and what is not documented may have several. */
function isSingleValued(key: string): boolean {
  return SINGLE.has(key) || /^@(?:resource|request)\[[a-z./]+:(?:name|path|roledefinitionid|principalid|principaltype)\]$/.test(key)
}

const SINGLE: ReadonlySet<string> = new Set(['@environment[utcnow]', '@environment[isprivatelink]'])

function* impossible(atoms: readonly Atom[]): Generator<readonly Literal[]> {
  for (const [i, a] of atoms.entries()) {
    for (let j = i + 1; j < atoms.length; j += 1) {
      const b = atoms[j]
      if (b === undefined) continue
      for (const [x, y] of excluded(a, b)) yield withPresence(atoms, [i, x], [j, y])
    }
  }
}

/** That one of two tests must hold is only so where there is a value. */
function withPresence(atoms: readonly Atom[], a: Literal, b: Literal): readonly Literal[] {
  const atom = atoms[a[0]]
  if (a[1] || b[1] || atom?.kind !== 'ONE') return [a, b]
  const absence = atoms.findIndex((each) => each.kind === 'ABSENT' && each.key === atom.key)
  return absence < 0 ? [a, b] : [a, b, [absence, false]]
}
