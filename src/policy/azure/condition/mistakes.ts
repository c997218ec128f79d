import type { AzureFault } from '../types.ts'
import type { Comparison, Condition } from './syntax.ts'

/** Comparisons that are clear and can't mean what they say. */
export function mistakesIn(condition: Condition): readonly Omit<AzureFault, 'document'>[] {
  switch (condition.op) {
    case 'AND':
    case 'OR':
      return condition.parts.flatMap(mistakesIn)
    case 'NOT':
      return mistakesIn(condition.part)
    case 'COMPARE':
      return isAlwaysTrue(condition) ? [alwaysTrue(condition)] : []
    case 'ACTION':
    case 'SUBOPERATION':
    case 'EXISTS':
      return []
  }
}

/** Every value differs from one of two different values. */
function isAlwaysTrue({ operator, right }: Comparison): boolean {
  const isEquality = /Equals(?:IgnoreCase)?$/.test(operator.base)
  return operator.isNegated && isEquality && operator.right === 'ANY' && right.kind === 'VALUES' && new Set(right.values).size > 1
}

function alwaysTrue({ left, operator }: Comparison): Omit<AzureFault, 'document'> {
  const instead = operator.name.replace(/Of(?:Any|All)Values:/, 'OfAllValues:')
  const message = `${left.text} ${operator.name} with several values is always true; ${instead} is what spares all of them.`
  return { place: 'condition', message, severity: 'mistake' }
}
