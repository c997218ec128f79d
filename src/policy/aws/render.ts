import type { ConditionLeaf, Expression } from '../../domain/decision.ts'
import { parseOperator } from './conditions/operators.ts'
import { conditionInWords } from './conditions/words.ts'

/** The conditions that all must hold, one line each, for people. */
export function renderCondition(expression: Expression): readonly string[] {
  return 'and' in expression ? [...new Set(expression.and.map(sentence))] : [sentence(expression)]
}

function sentence(expression: Expression): string {
  if ('and' in expression) return expression.and.map(nested).join(' and ')
  if ('or' in expression) return expression.or.map(nested).join(' or ')
  if (!('not' in expression)) return leafText(expression, true)
  const { not } = expression
  return 'and' in not || 'or' in not || 'not' in not ? `not ${nested(not)}` : leafText(not, false)
}

function nested(expression: Expression): string {
  return 'and' in expression || 'or' in expression ? `(${sentence(expression)})` : sentence(expression)
}

function effects(effect: string, holds: boolean): string {
  if (effect === 'Deny') return holds ? 'denies' : 'does not deny'
  return holds ? 'allows' : 'does not allow'
}

/** Facts that no context key holds, in words: that they are so, or are not. */
const FACTS: Readonly<Record<string, (leaf: ConditionLeaf, holds: boolean) => string>> = {
  SessionName: ({ values }, holds) => `the role session is ${holds ? '' : 'not '}named ${values.join(' or ')}`,
  CanonicalUser: ({ values }, holds) =>
    `the principal ${holds ? 'belongs' : 'does not belong'} to the account with canonical id ${values.join(' or ')}`,
  SameAccount: ({ values }, holds) => `the resource is ${holds ? '' : 'not '}in account ${values.join(' or ')}`,
  ResourceMatches: ({ key, values }, holds) => `the resource is ${holds ? '' : 'not '}${values.join(' or ')}, where ${key} is not known`,
  UnreadablePolicy: ({ policy = 'a policy', statement, key, values }, holds) => {
    const [effect] = values
    if (effect !== undefined) return `${policy}, which was not loaded or can’t be read, ${effects(effect, holds)} it`
    return `${statement ?? 'a statement'} of ${policy}, whose ${key} can’t be read, ${holds ? 'applies' : 'does not apply'}`
  },
  PublicPolicy: ({ policy }, holds) =>
    `S3 ${holds ? 'takes' : 'does not take'} ${policy ?? 'the policy'} for public, which AWS’s documentation leaves open`,
  RoleOfAssignment: ({ key }, holds) => `${key} ${holds ? 'is' : 'is not'} the role of the assignment, which what was loaded leaves open`,
  UserExists: (_, holds) => `Identity Center ${holds ? 'has' : 'does not have'} the user, who was not listed with the others`,
  PolicyNotLoaded: ({ key, layer }, holds) => {
    const [allows, not] = layer === 'IDENTITY' ? ['allow', 'do not allow'] : ['allows', 'does not allow']
    return `the ${key} (not loaded) ${holds ? allows : not} it`
  },
}

function leafText(leaf: ConditionLeaf, holds: boolean): string {
  const fact = FACTS[leaf.operator]
  if (fact !== undefined) return fact(leaf, holds)
  const operator = parseOperator(leaf.operator)
  if (operator !== undefined) return conditionInWords(operator, leaf, holds)
  return `${holds ? '' : 'not '}${leaf.operator} ${leaf.key} ${leaf.values.join(' | ')}`.trimEnd()
}
