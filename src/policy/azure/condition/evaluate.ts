import { and, not, or } from '../../formula/formula.ts'
import { existsLeaf, factLeaf, type AzureFormula } from '../leaves.ts'
import { isSubOperation, knownAttribute, type AttributeSource, type KnownAttribute } from './attributes.ts'
import { compareValues, ignoringCase } from './operators.ts'
import type { Attribute, Comparison, Condition, Values } from './syntax.ts'

/** Whether a condition holds. What is absent satisfies no comparison, negated ones neither. */
export function evaluateCondition(condition: Condition, source: AttributeSource): AzureFormula {
  switch (condition.op) {
    case 'AND':
      return every(condition.parts, source)
    case 'OR':
      return some(condition.parts, source)
    case 'NOT':
      return not(evaluateCondition(condition.part, source))
    case 'ACTION':
      return condition.matches(source.action)
    case 'SUBOPERATION':
      return isSubOperation(condition.name, source) ?? factLeaf('SubOperation', '@Request[subOperation]', [condition.name])
    case 'EXISTS':
      return evaluateExists(condition.attribute, source)
    case 'COMPARE':
      return evaluateComparison(condition, source)
  }
}

function every(parts: readonly Condition[], source: AttributeSource): AzureFormula {
  let all: AzureFormula = true
  for (const part of parts) {
    all = and(all, evaluateCondition(part, source))
    if (all === false) return false
  }
  return all
}

function some(parts: readonly Condition[], source: AttributeSource): AzureFormula {
  let any: AzureFormula = false
  for (const part of parts) {
    any = or(any, evaluateCondition(part, source))
    if (any === true) return true
  }
  return any
}

function evaluateExists(attribute: Attribute, source: AttributeSource): AzureFormula {
  const { values } = knownAttribute(attribute.key, source)
  return values === undefined ? existsLeaf(attribute) : values === null || values.length > 0
}

function evaluateComparison(comparison: Comparison, source: AttributeSource): AzureFormula {
  const { operator } = comparison
  const left = knownAttribute(comparison.left.key, source)
  const right = valuesOfRight(comparison.right, source)
  if (isAbsent(left) || isAbsent(right)) return false
  if (!isGiven(left) || !isGiven(right)) return unknownComparison(comparison, left, right)
  const isPlain = operator.left === undefined
  if (isPlain && (left.values.length > 1 || right.values.length > 1)) {
    return factLeaf('SeveralValues', comparison.left.text, [operator.name, ...left.values])
  }
  const result = compareValues(operator, left.values, right.values)
  const isSure = left.isCaseKnown || compareValues(ignoringCase(operator), left.values, right.values) === result
  return isSure ? result : unknownComparison(comparison, { values: null, isCaseKnown: false }, right)
}

interface GivenAttribute extends KnownAttribute {
  readonly values: readonly string[]
}

function isGiven(attribute: KnownAttribute): attribute is GivenAttribute {
  return attribute.values !== null && attribute.values !== undefined
}

function isAbsent({ values }: KnownAttribute): boolean {
  return values?.length === 0
}

function valuesOfRight(right: Attribute | Values, source: AttributeSource): KnownAttribute {
  return right.kind === 'VALUES' ? { values: right.values, isCaseKnown: true } : knownAttribute(right.key, source)
}

function unknownComparison(comparison: Comparison, left: KnownAttribute, right: KnownAttribute): AzureFormula {
  const present: string[] = []
  if (left.values !== undefined) present.push(comparison.left.key)
  if (right.values !== undefined && comparison.right.kind === 'ATTRIBUTE') present.push(comparison.right.key)
  const values = right.values ?? (comparison.right.kind === 'ATTRIBUTE' ? [comparison.right.text] : comparison.right.values)
  const known = isGiven(right) && !isGiven(left) ? { right: right.values } : isGiven(left) ? { left: left.values } : {}
  const shown = { operator: comparison.operator.name, key: comparison.left.text, values }
  return { op: 'LEAF', leaf: { shown, meaning: { kind: 'COMPARE', comparison, present, ...known } } }
}
