import { both, complement, constant, either, isAlways, isNever, ofAtom, wordsFor, type Table } from '../aws/residual/truth-table.ts'
import { and, not, or, type Formula, type FormulaNode } from './formula.ts'

/** A boolean function of atoms, by index. */
export type Meaning =
  | boolean
  | { readonly atom: number }
  | { readonly not: Meaning }
  | { readonly and: readonly Meaning[] }
  | { readonly or: readonly Meaning[] }

/** An atom and whether it holds. */
export type Literal = readonly [atom: number, holds: boolean]

/** What leaves mean. Made anew for each formula. */
export interface Meanings<Leaf> {
  meaningOf(leaf: Leaf): Meaning
  /** How many atoms the meanings so far speak of. */
  size(): number
  /** INVARIANT: literals that can truly never hold together; leaving something out costs precision, never soundness. */
  impossible(): Iterable<readonly Literal[]>
}

/** More atoms than these are left as they are: sound, but perhaps CONDITIONAL where a closer look would tell. */
const MAX_ATOMS = 13

/**
 * Kleene's logic takes every unknown for independent. Here equal unknowns are one, impossible combinations are left out, and what can't
 * change the result is dropped. A constant result is the answer.
 */
export function simplify<Leaf>(formula: FormulaNode<Leaf>, meanings: Meanings<Leaf>): Formula<Leaf> {
  const found = new Map<FormulaNode<Leaf>, Meaning>()
  visitLeaves(formula, (node, leaf) => found.set(node, meanings.meaningOf(leaf)))
  if (meanings.size() > MAX_ATOMS) return formula
  const tables: Tables<Leaf> = { words: wordsFor(meanings.size()), meanings: found, known: new Map() }
  return prune(formula, possible(meanings, tables.words), tables)
}

/** Truth tables of the parts of one formula. */
interface Tables<Leaf> {
  readonly words: number
  readonly meanings: ReadonlyMap<FormulaNode<Leaf>, Meaning>
  readonly known: Map<FormulaNode<Leaf>, Table>
}

/** The assignments that some request could have. */
function possible<Leaf>(meanings: Meanings<Leaf>, words: number): Table {
  let care = constant(true, words)
  for (const literals of meanings.impossible()) {
    const together = literals.map(([atom, holds]) => (holds ? ofAtom(atom, words) : complement(ofAtom(atom, words)))).reduce(both)
    care = both(care, complement(together))
  }
  return care
}

function tableOf<Leaf>(tables: Tables<Leaf>, formula: Formula<Leaf>): Table {
  if (typeof formula === 'boolean') return constant(formula, tables.words)
  const known = tables.known.get(formula)
  if (known !== undefined) return known
  const table = computeTable(tables, formula)
  tables.known.set(formula, table)
  return table
}

function computeTable<Leaf>(tables: Tables<Leaf>, formula: FormulaNode<Leaf>): Table {
  switch (formula.op) {
    case 'LEAF':
      return tableOfMeaning(tables.words, tables.meanings.get(formula) ?? false)
    case 'NOT':
      return complement(tableOf(tables, formula.part))
    case 'AND':
      return formula.parts.map((part) => tableOf(tables, part)).reduce(both)
    case 'OR':
      return formula.parts.map((part) => tableOf(tables, part)).reduce(either)
  }
}

function tableOfMeaning(words: number, meaning: Meaning): Table {
  if (typeof meaning === 'boolean') return constant(meaning, words)
  if ('atom' in meaning) return ofAtom(meaning.atom, words)
  if ('not' in meaning) return complement(tableOfMeaning(words, meaning.not))
  const isAnd = 'and' in meaning
  const parts = (isAnd ? meaning.and : meaning.or).map((part) => tableOfMeaning(words, part))
  return parts.reduce(isAnd ? both : either, constant(isAnd, words))
}

function visitLeaves<Leaf>(formula: FormulaNode<Leaf>, visit: (node: FormulaNode<Leaf>, leaf: Leaf) => void): void {
  if (formula.op === 'NOT') visitLeaves(formula.part, visit)
  else if (formula.op === 'LEAF') visit(formula, formula.leaf)
  else for (const part of formula.parts) visitLeaves(part, visit)
}

/** A part matters only where its siblings leave the result open. */
function prune<Leaf>(formula: FormulaNode<Leaf>, care: Table, tables: Tables<Leaf>): Formula<Leaf> {
  const table = tableOf(tables, formula)
  if (isNever(table, care)) return false
  if (isAlways(table, care)) return true
  if (formula.op === 'LEAF') return formula
  if (formula.op === 'NOT') return not(prune(formula.part, care, tables))
  const isAnd = formula.op === 'AND'
  const kept: Formula<Leaf>[] = [...formula.parts]
  for (const index of negationsFirst(kept)) {
    const part = kept[index]
    if (part === undefined || typeof part === 'boolean') continue
    const open = openBeside(kept, index, isAnd, tables).reduce(both, care)
    kept[index] = prune(part, open, tables)
  }
  return kept.reduce<Formula<Leaf>>((all, part) => (isAnd ? and(all, part) : or(all, part)), isAnd)
}

/** Where each of the siblings leaves the result open. */
function openBeside<Leaf>(parts: readonly Formula<Leaf>[], index: number, isAnd: boolean, tables: Tables<Leaf>): readonly Table[] {
  const open: Table[] = []
  for (const [i, part] of parts.entries()) {
    if (i === index || part === isAnd) continue
    const table = tableOf(tables, part)
    open.push(isAnd ? table : complement(table))
  }
  return open
}

/** What is dropped first is what a positive condition already says. */
function negationsFirst<Leaf>(parts: readonly Formula<Leaf>[]): readonly number[] {
  const isNegation = (index: number): boolean => {
    const part = parts[index]
    return typeof part === 'object' && part.op === 'NOT'
  }
  const indexes = [...parts.keys()]
  return [...indexes.filter(isNegation), ...indexes.filter((index) => !isNegation(index))]
}
