/** What is true, false, or depends on something not known. Plain booleans cost nothing; nodes are made only for what is not known. */
export type Formula<Leaf> = boolean | FormulaNode<Leaf>

export type FormulaNode<Leaf> =
  | { readonly op: 'AND' | 'OR'; readonly parts: readonly FormulaNode<Leaf>[] }
  | { readonly op: 'NOT'; readonly part: FormulaNode<Leaf> }
  | { readonly op: 'LEAF'; readonly leaf: Leaf }

export function and<Leaf>(a: Formula<Leaf>, b: Formula<Leaf>): Formula<Leaf> {
  if (a === false || b === false) return false
  if (a === true) return b
  if (b === true) return a
  return { op: 'AND', parts: [...partsOf('AND', a), ...partsOf('AND', b)] }
}

export function or<Leaf>(a: Formula<Leaf>, b: Formula<Leaf>): Formula<Leaf> {
  if (a === true || b === true) return true
  if (a === false) return b
  if (b === false) return a
  return { op: 'OR', parts: [...partsOf('OR', a), ...partsOf('OR', b)] }
}

export function not<Leaf>(a: Formula<Leaf>): Formula<Leaf> {
  if (typeof a === 'boolean') return !a
  return a.op === 'NOT' ? a.part : { op: 'NOT', part: a }
}

/** The formula with other leaves. */
export function mapLeaves<Leaf, Other>(formula: Formula<Leaf>, change: (leaf: Leaf) => Other): Formula<Other> {
  return typeof formula === 'boolean' ? formula : mapNode(formula, change)
}

function mapNode<Leaf, Other>(node: FormulaNode<Leaf>, change: (leaf: Leaf) => Other): FormulaNode<Other> {
  switch (node.op) {
    case 'LEAF':
      return { op: 'LEAF', leaf: change(node.leaf) }
    case 'NOT':
      return { op: 'NOT', part: mapNode(node.part, change) }
    case 'AND':
    case 'OR':
      return { op: node.op, parts: node.parts.map((part) => mapNode(part, change)) }
  }
}

function partsOf<Leaf>(op: 'AND' | 'OR', node: FormulaNode<Leaf>): readonly FormulaNode<Leaf>[] {
  return node.op === op ? node.parts : [node]
}
