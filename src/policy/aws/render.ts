import type { ConditionLeaf, Expression } from '../../domain/decision.ts'

/** The conditions that all must hold, one line each, for people. */
export function renderCondition(expression: Expression): readonly string[] {
  return 'and' in expression ? expression.and.map(sentence) : [sentence(expression)]
}

function sentence(expression: Expression): string {
  if ('and' in expression) return expression.and.map(nested).join(' and ')
  if ('or' in expression) return expression.or.map(nested).join(' or ')
  if ('not' in expression) return `not ${nested(expression.not)}`
  return leafText(expression)
}

function nested(expression: Expression): string {
  return 'and' in expression || 'or' in expression ? `(${sentence(expression)})` : sentence(expression)
}

/** Facts that no context key holds, in words. */
const FACTS: Readonly<Record<string, (leaf: ConditionLeaf) => string>> = {
  SessionName: ({ values }) => `the role session is named ${values.join(' or ')}`,
  CanonicalUser: ({ values }) => `the principal belongs to the account with canonical id ${values.join(' or ')}`,
  SameAccount: ({ values }) => `the resource is in account ${values.join(' or ')}`,
  ResourceMatches: ({ key, values }) => `the resource is ${values.join(' or ')}, where ${key} is not known`,
  UnreadablePolicy: ({ policy, statement, key }) => `${statement ?? 'a statement'} of ${policy ?? 'a policy'}, whose ${key} can’t be read, applies`,
}

function leafText(leaf: ConditionLeaf): string {
  const fact = FACTS[leaf.operator]
  if (fact !== undefined) return fact(leaf)
  return `${leaf.operator} ${leaf.key} ${leaf.values.join(' | ')}`.trimEnd()
}
