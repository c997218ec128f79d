import type { ConditionLeaf } from '../../../domain/decision.ts'
import type { ParsedOperator } from './operators.ts'

/** Conditions in words; key, operator as written and values stay visible. */

/** What follows `is` or `is not`, by the operator without negation; values come after it. */
const COMPARED: Readonly<Record<string, string>> = {
  StringEqualsIgnoreCase: 'in any letter case ',
  StringLike: 'like ',
  IpAddress: 'in ',
  ArnLike: 'like ',
  NumericLessThan: 'less than ',
  NumericLessThanEquals: 'at most ',
  NumericGreaterThan: 'greater than ',
  NumericGreaterThanEquals: 'at least ',
  DateLessThan: 'before ',
  DateLessThanEquals: 'at or before ',
  DateGreaterThan: 'after ',
  DateGreaterThanEquals: 'at or after ',
}

/** @param holds false: that the condition does not hold */
export function conditionInWords(operator: ParsedOperator, leaf: ConditionLeaf, holds: boolean): string {
  return `${claim(operator, leaf, holds)} (${holds ? '' : 'not '}${leaf.operator})`
}

function claim(operator: ParsedOperator, leaf: ConditionLeaf, holds: boolean): string {
  if (operator.comparison.name === 'Null') return presence(leaf, holds)
  const isPositive = operator.negated !== holds
  const compared = comparison(isPositive, COMPARED[operator.comparison.name] ?? '', leaf.values)
  return operator.quantifier === 'NONE' ? ofOneValue(operator, leaf.key, compared, holds) : ofValues(operator, leaf.key, compared, holds)
}

function comparison(isPositive: boolean, word: string, values: readonly string[]): string {
  if (isPositive) return `is ${word}${values.join(' or ')}`
  return values.length > 1 ? `is neither ${word}${values.join(' nor ')}` : `is not ${word}${values.join()}`
}

function ofOneValue({ ifExists, negated }: ParsedOperator, key: string, compared: string, holds: boolean): string {
  const whenAbsent = holds === (ifExists || negated)
  if (negated !== holds) return `${key} ${compared}${whenAbsent ? ', or is absent' : ''}`
  return whenAbsent ? `${key} ${compared}` : `${key} is present and ${compared}`
}

/** That not every value is so is that some value is not, and the other way round. */
function ofValues({ ifExists, quantifier }: ParsedOperator, key: string, compared: string, holds: boolean): string {
  const isAny = quantifier === 'ANY'
  const whenAbsent = holds === (ifExists || !isAny)
  if (isAny === holds) return `some value of ${key} ${compared}${whenAbsent ? ', or it has none' : ''}`
  return whenAbsent ? `every value of ${key}, if it has any, ${compared}` : `${key} is present and every value of it ${compared}`
}

/** Null of `true` asks for absence. */
function presence({ key, values }: ConditionLeaf, holds: boolean): string {
  const asksForAbsence = values.some((value) => value.toLowerCase() === 'true')
  return `${key} is ${asksForAbsence === holds ? 'absent' : 'present'}`
}
