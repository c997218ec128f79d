import type { ConditionLeaf } from '../../domain/decision.ts'
import type { ConditionTest } from './conditions/test.ts'
import type { Tri } from './types.ts'
import type { SoughtVariable } from './variables.ts'

/** What is true, false, or depends on something not known. Plain booleans cost nothing; nodes are made only for what is not known. */
export type Formula = boolean | FormulaNode

export type FormulaNode =
  | { readonly op: 'AND' | 'OR'; readonly parts: readonly FormulaNode[] }
  | { readonly op: 'NOT'; readonly part: FormulaNode }
  | { readonly op: 'LEAF'; readonly leaf: UnknownLeaf }

/** Something not known: how it is shown, and what it means. */
export interface UnknownLeaf {
  readonly shown: ShownLeaf
  readonly meaning: LeafMeaning
}

/** A ConditionLeaf of which the statement is perhaps not noted yet. */
export type ShownLeaf = Omit<ConditionLeaf, 'layer'> & Partial<Pick<ConditionLeaf, 'layer'>>

export type LeafMeaning =
  /** A condition on a key whose values are not known. `present`: that it has some is known. */
  | { readonly kind: 'CONDITION'; readonly test: ConditionTest; readonly present: boolean }
  /** A known text against one whose variables are not known; `id` tells what is compared, without negation. */
  | { readonly kind: 'COMPARISON'; readonly id: string; readonly negated: boolean; readonly variable?: SoughtVariable }
  /** A fact of its own. Facts of one `group` exclude each other. */
  | { readonly kind: 'FACT'; readonly id: string; readonly group?: string }

export function and(a: Formula, b: Formula): Formula {
  if (a === false || b === false) return false
  if (a === true) return b
  if (b === true) return a
  return { op: 'AND', parts: [...partsOf('AND', a), ...partsOf('AND', b)] }
}

export function or(a: Formula, b: Formula): Formula {
  if (a === true || b === true) return true
  if (a === false) return b
  if (b === false) return a
  return { op: 'OR', parts: [...partsOf('OR', a), ...partsOf('OR', b)] }
}

export function not(a: Formula): Formula {
  if (typeof a === 'boolean') return !a
  return a.op === 'NOT' ? a.part : { op: 'NOT', part: a }
}

export function leaf(shown: ShownLeaf, meaning: LeafMeaning): FormulaNode {
  return { op: 'LEAF', leaf: { shown, meaning } }
}

export function toTri(formula: Formula): Tri {
  if (formula === true) return 'TRUE'
  return formula === false ? 'FALSE' : 'UNKNOWN'
}

/** Notes in every leaf which statement asks. */
export function place(formula: Formula, where: Pick<ConditionLeaf, 'layer' | 'policy' | 'statement'>): Formula {
  if (typeof formula === 'boolean') return formula
  switch (formula.op) {
    case 'LEAF':
      return leaf({ ...formula.leaf.shown, ...where }, formula.leaf.meaning)
    case 'NOT':
      return not(place(formula.part, where))
    case 'AND':
      return formula.parts.reduce<Formula>((all, part) => and(all, place(part, where)), true)
    case 'OR':
      return formula.parts.reduce<Formula>((any, part) => or(any, place(part, where)), false)
  }
}

function partsOf(op: 'AND' | 'OR', node: FormulaNode): readonly FormulaNode[] {
  return node.op === op ? node.parts : [node]
}
