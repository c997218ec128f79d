import type { Expression } from '../../../domain/decision.ts'
import { and, not, or, type Formula, type FormulaNode, type UnknownLeaf } from '../formula.ts'
import { meaningOf, newAtomTable, type Atom, type Meaning } from './atoms.ts'
import { coverAll, excludedPairs, seekingRefused, withoutAnyValue } from './relations.ts'
import { both, complement, constant, either, isAlways, isNever, ofAtom, wordsFor, type Table } from './truth-table.ts'

/** More atoms than these are left as they are: sound, but perhaps CONDITIONAL where a closer look would tell. */
const MAX_ATOMS = 13

/**
 * Kleene's logic takes every unknown for independent. Here equal unknowns are one, impossible combinations are left out, and what can't
 * change the result is dropped. A constant result is the answer.
 */
export function simplify(formula: FormulaNode): Formula {
  const found = newAtomTable()
  const meanings = new Map<FormulaNode, Meaning>()
  visitLeaves(formula, (node, leaf) => meanings.set(node, meaningOf(found, leaf)))
  if (found.atoms.length > MAX_ATOMS) return formula
  const words = wordsFor(found.atoms.length)
  const atoms = found.atoms.map((_, index) => ofAtom(index, words))
  const tables: Tables = { words, atoms, meanings, known: new Map() }
  return prune(formula, possible(found.atoms, tables), tables)
}

/** Truth tables of the parts of one formula. */
interface Tables {
  readonly words: number
  readonly atoms: readonly Table[]
  readonly meanings: ReadonlyMap<FormulaNode, Meaning>
  readonly known: Map<FormulaNode, Table>
}

function tableOf(tables: Tables, formula: Formula): Table {
  if (typeof formula === 'boolean') return constant(formula, tables.words)
  const known = tables.known.get(formula)
  if (known !== undefined) return known
  const table = computeTable(tables, formula)
  tables.known.set(formula, table)
  return table
}

function computeTable(tables: Tables, formula: FormulaNode): Table {
  switch (formula.op) {
    case 'LEAF':
      return tableOfMeaning(tables, tables.meanings.get(formula) ?? false)
    case 'NOT':
      return complement(tableOf(tables, formula.part))
    case 'AND':
      return formula.parts.map((part) => tableOf(tables, part)).reduce(both)
    case 'OR':
      return formula.parts.map((part) => tableOf(tables, part)).reduce(either)
  }
}

function tableOfMeaning(tables: Tables, meaning: Meaning): Table {
  if (typeof meaning === 'boolean') return constant(meaning, tables.words)
  if ('atom' in meaning) return tableOfAtom(tables, meaning.atom)
  if ('not' in meaning) return complement(tableOfMeaning(tables, meaning.not))
  const isAnd = 'and' in meaning
  const parts = (isAnd ? meaning.and : meaning.or).map((part) => tableOfMeaning(tables, part))
  return parts.reduce(isAnd ? both : either, constant(isAnd, tables.words))
}

function tableOfAtom(tables: Tables, index: number): Table {
  return tables.atoms[index] ?? constant(false, tables.words)
}

/** The assignments that some request could have. */
function possible(atoms: readonly Atom[], tables: Tables): Table {
  let care = constant(true, tables.words)
  const literal = (index: number, value: boolean): Table => (value ? tableOfAtom(tables, index) : complement(tableOfAtom(tables, index)))
  for (const [i, a] of atoms.entries()) {
    care = both(care, amongFew(atoms, tables, i))
    for (let j = i + 1; j < atoms.length; j += 1) {
      const b = atoms[j]
      if (b === undefined) continue
      for (const [x, y] of excludedPairs(a, b)) care = both(care, complement(both(literal(i, x), literal(j, y))))
      const empty = withoutAnyValue(a, b)
      if (empty !== undefined && 'key' in a) care = both(care, withoutValue(atoms, tables, a.key, both(literal(i, empty[0]), literal(j, empty[1]))))
      if (coverAll(a, b)) care = both(care, either(absence(atoms, tables, a.key), either(tableOfAtom(tables, i), tableOfAtom(tables, j))))
    }
  }
  return care
}

/** What follows where all values of a key are among a few. */
function amongFew(atoms: readonly Atom[], tables: Tables, index: number): Table {
  const all = atoms[index]
  let care = constant(true, tables.words)
  if (all?.kind !== 'ALL' || all.test.exact === undefined) return care
  const without = (sought: readonly number[]): Table =>
    sought.map((each) => complement(tableOfAtom(tables, each))).reduce(both, tableOfAtom(tables, index))
  const none = seekingRefused(all, undefined, atoms)
  if (none !== undefined) care = withoutValue(atoms, tables, all.key, without(none))
  for (const [other, second] of atoms.entries()) {
    const refused = seekingRefused(all, second, atoms)
    if (refused !== undefined) care = both(care, either(complement(without(refused)), tableOfAtom(tables, other)))
  }
  return care
}

/** Wherever `where` holds, the key has no value. */
function withoutValue(atoms: readonly Atom[], tables: Tables, key: string, where: Table): Table {
  let follows = constant(true, tables.words)
  for (const [index, atom] of atoms.entries()) {
    if (!('key' in atom) || atom.key !== key) continue
    if (atom.kind === 'ALL') follows = both(follows, tableOfAtom(tables, index))
    if (atom.kind === 'ANY') follows = both(follows, complement(tableOfAtom(tables, index)))
  }
  return either(complement(where), follows)
}

/** Where the key is known to be present there is no such atom. */
function absence(atoms: readonly Atom[], tables: Tables, key: string): Table {
  const index = atoms.findIndex((atom) => atom.kind === 'ABSENT' && atom.key === key)
  return index < 0 ? constant(false, tables.words) : tableOfAtom(tables, index)
}

function visitLeaves(formula: FormulaNode, visit: (node: FormulaNode, leaf: UnknownLeaf) => void): void {
  if (formula.op === 'NOT') visitLeaves(formula.part, visit)
  else if (formula.op === 'LEAF') visit(formula, formula.leaf)
  else for (const part of formula.parts) visitLeaves(part, visit)
}

/** A part matters only where its siblings leave the result open. */
function prune(formula: FormulaNode, care: Table, tables: Tables): Formula {
  const table = tableOf(tables, formula)
  if (isNever(table, care)) return false
  if (isAlways(table, care)) return true
  if (formula.op === 'LEAF') return formula
  if (formula.op === 'NOT') return not(prune(formula.part, care, tables))
  const isAnd = formula.op === 'AND'
  const kept: Formula[] = [...formula.parts]
  for (const index of negationsFirst(kept)) {
    const part = kept[index]
    if (part === undefined || typeof part === 'boolean') continue
    const open = openBeside(kept, index, isAnd, tables).reduce(both, care)
    kept[index] = prune(part, open, tables)
  }
  return kept.reduce<Formula>(isAnd ? and : or, isAnd)
}

/** Where each of the siblings leaves the result open. */
function openBeside(parts: readonly Formula[], index: number, isAnd: boolean, tables: Tables): readonly Table[] {
  const open: Table[] = []
  for (const [i, part] of parts.entries()) {
    if (i === index || part === isAnd) continue
    const table = tableOf(tables, part)
    open.push(isAnd ? table : complement(table))
  }
  return open
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
