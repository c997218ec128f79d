import { parseOperator, type ParsedOperator } from '../conditions/operators.ts'
import { isObject, scalarsOf } from '../document.ts'
import type { PolicyFault } from '../types.ts'
import { placeOf, rejected, unreadable } from './fault.ts'

/** Comparisons whose values AWS checks on saving. */
const CHECKED = ['Date', 'IpAddress'] as const

export function conditionFaults(condition: unknown, place: string): readonly PolicyFault[] {
  if (condition === undefined || condition === null) return []
  if (!isObject(condition)) return [unreadable(place, 'Condition must be an object of operators.')]
  return Object.entries(condition).flatMap(([name, lines]) => operatorFaults(name, lines, `${place}.${name}`))
}

function operatorFaults(name: string, lines: unknown, place: string): readonly PolicyFault[] {
  if (!isObject(lines)) return [unreadable(place, 'A condition operator holds an object of keys.')]
  const entries = Object.entries(lines)
  const operator = parseOperator(name)
  // An unknown operator without keys says nothing; AWS accepts it.
  if (operator === undefined) return entries.length === 0 ? [] : [unreadable(place, `There is no condition operator ${name}.`)]
  return entries.flatMap(([key, value]) => valueFaults(operator, value, `${place}.${key}`))
}

function valueFaults(operator: ParsedOperator, value: unknown, place: string): readonly PolicyFault[] {
  const texts = scalarsOf(value)
  if (texts === undefined) return [unreadable(place, 'Values of a condition are strings, numbers or booleans, or a list of them.')]
  const { accepts, name } = operator.comparison
  if (accepts === undefined || !CHECKED.some((prefix) => name.startsWith(prefix))) return []
  return texts.flatMap((text, index) => (accepts(text) ? [] : [rejected(placeOf(place, value, index), `${text} can't be compared by ${name}.`)]))
}
