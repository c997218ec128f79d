import type { ConditionLeaf, Expression } from '../../domain/decision.ts'
import type { FormulaNode } from './formula.ts'

/** Negations are moved inwards, so that the top is a list of conditions. */
export function toExpression<Leaf>(formula: FormulaNode<Leaf>, shown: (leaf: Leaf) => ConditionLeaf): Expression {
  switch (formula.op) {
    case 'LEAF':
      return shown(formula.leaf)
    case 'AND':
      return { and: formula.parts.map((part) => toExpression(part, shown)) }
    case 'OR':
      return { or: formula.parts.map((part) => toExpression(part, shown)) }
    case 'NOT':
      return negate(formula.part, shown)
  }
}

function negate<Leaf>(formula: FormulaNode<Leaf>, shown: (leaf: Leaf) => ConditionLeaf): Expression {
  switch (formula.op) {
    case 'LEAF':
      return { not: shown(formula.leaf) }
    case 'NOT':
      return toExpression(formula.part, shown)
    case 'AND':
      return { or: formula.parts.map((part) => negate(part, shown)) }
    case 'OR':
      return { and: formula.parts.map((part) => negate(part, shown)) }
  }
}
