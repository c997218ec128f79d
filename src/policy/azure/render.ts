import type { ConditionLeaf, Expression } from '../../domain/decision.ts'
import { parseOperator } from './condition/operators.ts'
import type { BaseOperator, Operator } from './condition/syntax.ts'
import type { FactName } from './leaves.ts'

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

type Words = (leaf: ConditionLeaf, holds: boolean) => string

const FACTS: Readonly<Record<FactName | 'Exists', Words>> = {
  Exists: ({ key }, holds) => `${key} is ${holds ? 'present' : 'absent'}`,
  SubOperation: ({ values }, holds) => `the suboperation is ${holds ? '' : 'not '}${values.join()}`,
  PrincipalNotLoaded: ({ key }, holds) => `principal ${key}, which no directory export has, ${holds ? 'exists' : 'does not exist'}`,
  GroupMembership: ({ key, values }, holds) => `${values.join()} is ${holds ? '' : 'not '}a member of group ${key}, whose members were not loaded`,
  ManagementGroupHierarchy: ({ key, values }, holds) =>
    `${values.join()} lies ${holds ? '' : 'not '}in ${key}; the tree of management groups was not loaded`,
  RoleNotLoaded: ({ key }, holds) => `role ${key}, whose definition was not loaded, ${holds ? 'grants' : 'does not grant'} it`,
  RoleUnreadable: ({ key }, holds) => `role ${key}, whose definition can’t be read, ${holds ? 'grants' : 'does not grant'} it`,
  DenyUnreadable: ({ key }, holds) => `deny assignment ${key}, which can’t be read, ${holds ? 'denies' : 'does not deny'} it`,
  ConditionUnreadable: ({ key }, holds) => `the condition of ${key}, which can’t be read, ${holds ? 'holds' : 'does not hold'}`,
  WindowOpen: ({ values: [start = '', end = ''] }, holds) =>
    `the time is ${holds ? '' : 'not '}${[start === '' ? '' : `from ${start}`, end === '' ? '' : `until ${end}`].filter((part) => part !== '').join(' ')}`,
  SeveralValues: ({ key, values: [operator = '', ...values] }, holds) =>
    `${operator}, which compares one value, ${holds ? 'holds' : 'does not hold'} of ${key} with ${values.join(' and ')}`,
  KeyVaultUsesRbac: ({ key }, holds) => `${key} uses ${holds ? 'Azure RBAC' : 'access policies'} for its data`,
  AccessPolicyGrants: ({ key }, holds) => `an access policy of ${key} (not loaded) ${holds ? 'grants' : 'does not grant'} it`,
  AccessPolicyCovers: ({ key, policy }, holds) => `the permissions of ${policy ?? 'an access policy'} ${holds ? '' : 'don’t '}cover ${key}`,
  ThroughApplication: ({ key }, holds) => `the call is ${holds ? '' : 'not '}made through application ${key}`,
  DataAction: ({ key }, holds) => `${key} is a ${holds ? 'data' : 'control'} action`,
  ManagedIdentityTarget: ({ key }, holds) => `${key} is ${holds ? '' : 'not '}a managed identity`,
}

function isFact(name: string): name is keyof typeof FACTS {
  return Object.hasOwn(FACTS, name)
}

function leafText(leaf: ConditionLeaf, holds: boolean): string {
  if (isFact(leaf.operator)) return FACTS[leaf.operator](leaf, holds)
  const operator = parseOperator(leaf.operator)
  return operator === undefined ? `${holds ? '' : 'not '}${leaf.operator} ${leaf.key}` : comparisonText(operator, leaf, holds)
}

/** What follows `is` or `is not`. */
const COMPARED: Readonly<Record<BaseOperator, string>> = {
  BoolEquals: '',
  StringEquals: '',
  StringEqualsIgnoreCase: 'in any letter case ',
  StringStartsWith: 'a text that begins with ',
  StringStartsWithIgnoreCase: 'a text that begins, in any letter case, with ',
  StringLike: 'like ',
  StringLikeIgnoreCase: 'in any letter case like ',
  NumericEquals: '',
  NumericLessThan: 'less than ',
  NumericLessThanEquals: 'at most ',
  NumericGreaterThan: 'greater than ',
  NumericGreaterThanEquals: 'at least ',
  DateTimeEquals: '',
  DateTimeLessThan: 'before ',
  DateTimeLessThanEquals: 'at or before ',
  DateTimeGreaterThan: 'after ',
  DateTimeGreaterThanEquals: 'at or after ',
  GuidEquals: '',
}

/** Nothing is satisfied by what is absent, so that the contrary of a comparison says “or is absent”. */
function comparisonText(operator: Operator, { key, values, operator: name }: ConditionLeaf, holds: boolean): string {
  const subject = operator.left === undefined ? key : `${operator.left === 'ALL' ? 'every' : 'some'} value of ${key}`
  const claim = `${subject} is ${operator.isNegated ? 'not ' : ''}${COMPARED[operator.base]}${listOf(operator, values)} (${name})`
  if (holds) return claim
  return operator.left === undefined && !operator.isNegated
    ? `${key} is not ${COMPARED[operator.base]}${listOf(operator, values)}, or is absent (not ${name})`
    : `it is not so that ${claim}`
}

function listOf({ right }: Operator, values: readonly string[]): string {
  return values.join(right === 'ALL' ? ' and ' : ' or ')
}
