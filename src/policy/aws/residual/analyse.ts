import type { Expression } from '../../../domain/decision.ts'
import { BOOLEAN_KEYS } from '../context-keys.ts'
import { and, not, or, type Formula, type FormulaNode } from '../formula.ts'
import { AtomTable, type Atom, type Meaning } from './atoms.ts'
import { excludedPairs, isOppositeBool } from './relations.ts'
import { both, complement, constant, either, isAlways, isNever, ofAtom, wordsFor, type Table } from './truth-table.ts'

/** More atoms than these are left as they are: sound, but perhaps CONDITIONAL where a closer look would tell. */
const MAX_ATOMS = 13

/**
 * Kleene's logic takes every unknown for independent. Here equal unknowns are one, impossible combinations are left out, and what can't
 * change the result is dropped. A constant result is the answer.
 */
export function simplify(formula: FormulaNode): Formula {
  const table = new AtomTable()
  const meanings = new Map<FormulaNode, Meaning>()
  collectLeaves(formula, (node) => {
    if (node.op === 'LEAF') meanings.set(node, table.meaningOf(node.leaf))
  })
  if (table.atoms.length > MAX_ATOMS) return formula
  const words = wordsFor(table.atoms.length)
  const tables = new Tables(table.atoms.length, words, meanings)
  return prune(formula, possible(table.atoms, tables, words), tables)
}

class Tables {
  readonly words: number
  readonly #atoms: readonly Table[]
  readonly #meanings: ReadonlyMap<FormulaNode, Meaning>
  readonly #known = new Map<FormulaNode, Table>()

  constructor(atoms: number, words: number, meanings: ReadonlyMap<FormulaNode, Meaning>) {
    this.words = words
    this.#atoms = Array.from({ length: atoms }, (_, index) => ofAtom(index, words))
    this.#meanings = meanings
  }

  atom(index: number): Table {
    return this.#atoms[index] ?? constant(false, this.words)
  }

  of(formula: Formula): Table {
    if (typeof formula === 'boolean') return constant(formula, this.words)
    const known = this.#known.get(formula)
    if (known !== undefined) return known
    const table = this.#compute(formula)
    this.#known.set(formula, table)
    return table
  }

  #compute(formula: FormulaNode): Table {
    switch (formula.op) {
      case 'LEAF':
        return this.#meaning(this.#meanings.get(formula) ?? false)
      case 'NOT':
        return complement(this.of(formula.part))
      case 'AND':
        return formula.parts.map((part) => this.of(part)).reduce(both)
      case 'OR':
        return formula.parts.map((part) => this.of(part)).reduce(either)
    }
  }

  #meaning(meaning: Meaning): Table {
    if (typeof meaning === 'boolean') return constant(meaning, this.words)
    if ('atom' in meaning) return this.atom(meaning.atom)
    if ('not' in meaning) return complement(this.#meaning(meaning.not))
    const isAnd = 'and' in meaning
    const parts = (isAnd ? meaning.and : meaning.or).map((part) => this.#meaning(part))
    return parts.reduce(isAnd ? both : either, constant(isAnd, this.words))
  }
}

/** The assignments that some request could have. */
function possible(atoms: readonly Atom[], tables: Tables, words: number): Table {
  let care = constant(true, words)
  const literal = (index: number, value: boolean): Table => (value ? tables.atom(index) : complement(tables.atom(index)))
  for (const [i, a] of atoms.entries()) {
    for (let j = i + 1; j < atoms.length; j += 1) {
      const b = atoms[j]
      if (b === undefined) continue
      for (const [x, y] of excludedPairs(a, b)) care = both(care, complement(both(literal(i, x), literal(j, y))))
      if (areOpposite(a, b)) {
        const absent = atoms.findIndex((each) => each.kind === 'ABSENT' && each.key === a.key)
        if (absent >= 0) care = both(care, either(tables.atom(absent), either(tables.atom(i), tables.atom(j))))
      }
    }
  }
  return care
}

/** A key that is a boolean is absent, true or false. */
function areOpposite(a: Atom, b: Atom): a is Atom & { readonly key: string } {
  return a.kind === 'VALUE' && b.kind === 'VALUE' && a.key === b.key && BOOLEAN_KEYS.has(a.key) && isOppositeBool(a.test, b.test)
}

function collectLeaves(formula: FormulaNode, visit: (node: FormulaNode) => void): void {
  if (formula.op === 'NOT') collectLeaves(formula.part, visit)
  else if (formula.op === 'LEAF') visit(formula)
  else for (const part of formula.parts) collectLeaves(part, visit)
}

/** A part matters only where its siblings leave the result open. */
function prune(formula: FormulaNode, care: Table, tables: Tables): Formula {
  const table = tables.of(formula)
  if (isNever(table, care)) return false
  if (isAlways(table, care)) return true
  if (formula.op === 'LEAF') return formula
  if (formula.op === 'NOT') return not(prune(formula.part, care, tables))
  const isAnd = formula.op === 'AND'
  const kept: Formula[] = [...formula.parts]
  for (const index of negationsFirst(kept)) {
    const part = kept[index]
    if (part === undefined || typeof part === 'boolean') continue
    const siblings = kept.filter((_, i) => i !== index).map((each) => tables.of(each))
    const open = siblings.map((each) => (isAnd ? each : complement(each))).reduce(both, care)
    kept[index] = prune(part, open, tables)
  }
  return kept.reduce<Formula>(isAnd ? and : or, isAnd)
}

/** What is dropped first is what a positive condition already says. */
function negationsFirst(parts: readonly Formula[]): readonly number[] {
  const isNegation = (index: number): boolean => {
    const part = parts[index]
    return typeof part === 'object' && part.op === 'NOT'
  }
  const indexes = [...parts.keys()]
  return [...indexes.filter(isNegation), ...indexes.filter((index) => !isNegation(index))]
}

/** Negations are moved inwards, so that the top is a list of conditions. */
export function toExpression(formula: FormulaNode): Expression {
  switch (formula.op) {
    case 'LEAF':
      return { layer: 'IDENTITY', ...formula.leaf.shown }
    case 'AND':
      return { and: formula.parts.map(toExpression) }
    case 'OR':
      return { or: formula.parts.map(toExpression) }
    case 'NOT':
      return negate(formula.part)
  }
}

function negate(formula: FormulaNode): Expression {
  switch (formula.op) {
    case 'LEAF':
      return { not: toExpression(formula) }
    case 'NOT':
      return toExpression(formula.part)
    case 'AND':
      return { or: formula.parts.map(negate) }
    case 'OR':
      return { and: formula.parts.map(negate) }
  }
}
