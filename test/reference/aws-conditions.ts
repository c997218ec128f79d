import { isMultivalued } from './aws-catalogue.ts'
import type { JsonObject } from './aws-question.ts'
import { objectOf, textsOf } from './aws-question.ts'
import type { Context } from './aws-text.ts'
import { equal, isArn, like, likeArn, tokens } from './aws-text.ts'
import { dateOf, inNetwork, numberOf } from './aws-values.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

/** Whether a value of the request matches one of the policy; `expand` puts variables in. */
type Test = (wanted: string, present: string, expand: (text: string) => ReturnType<typeof tokens>) => boolean

const compare =
  (read: (text: string) => number | undefined, fits: (present: number, wanted: number) => boolean): Test =>
  (wanted, present) => {
    const [left, right] = [read(present), read(wanted)]
    return left !== undefined && right !== undefined && fits(left, right)
  }

const comparisons = (prefix: string, read: (text: string) => number | undefined): Readonly<Record<string, Test>> => ({
  [`${prefix}equals`]: compare(read, (present, wanted) => present === wanted),
  [`${prefix}lessthan`]: compare(read, (present, wanted) => present < wanted),
  [`${prefix}lessthanequals`]: compare(read, (present, wanted) => present <= wanted),
  [`${prefix}greaterthan`]: compare(read, (present, wanted) => present > wanted),
  [`${prefix}greaterthanequals`]: compare(read, (present, wanted) => present >= wanted),
})

const TESTS: Readonly<Record<string, Test>> = {
  stringequals: (wanted, present, expand) => equal(expand(wanted), present),
  stringequalsignorecase: (wanted, present, expand) =>
    equal(expand(wanted)?.map((token) => (token.length > 1 ? token : token.toLowerCase())) ?? null, present.toLowerCase()),
  stringlike: (wanted, present, expand) => like(expand(wanted), present),
  arnequals: (wanted, present, expand) => likeArn(expand(wanted), present),
  arnlike: (wanted, present, expand) => likeArn(expand(wanted), present),
  bool: (wanted, present) => wanted.toLowerCase() === present.toLowerCase(),
  binaryequals: (wanted, present) => wanted === present,
  ipaddress: (wanted, present) => inNetwork(wanted, present),
  ...comparisons('numeric', numberOf),
  ...comparisons('date', dateOf),
}

const NEGATED: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
}

export interface Operator {
  readonly set: 'forallvalues' | 'foranyvalue' | null
  readonly base: string
  readonly negated: boolean
  readonly ifExists: boolean
}

/** Undefined: AWS has no such operator. */
export function operatorOf(name: string): Operator | undefined {
  const [, prefix = null, body = '', suffix] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? []
  const base = NEGATED[body] ?? body
  if (base !== 'null' && TESTS[base] === undefined) return undefined
  return {
    set: prefix === 'forallvalues' || prefix === 'foranyvalue' ? prefix : null,
    base,
    negated: NEGATED[body] !== undefined,
    ifExists: suffix !== undefined,
  }
}

/** "true" asks for the key to be absent. */
function isNull(wanted: readonly string[], present: readonly string[]): boolean {
  return wanted.some((value) => value.toLowerCase() === String(present.length === 0))
}

function holdsWhereAbsent(operator: Operator): boolean {
  if (operator.ifExists || operator.set === 'forallvalues') return true
  return operator.set === null && operator.negated
}

function holds(
  operator: Operator,
  wanted: readonly string[],
  present: readonly string[],
  isList: boolean,
  matches: (wanted: string, present: string) => boolean,
): boolean {
  if (operator.base === 'null') return isNull(wanted, present)
  if (present.length === 0) return holdsWhereAbsent(operator)
  const one = (value: string): boolean => {
    if (operator.base.startsWith('arn') && !isArn(value)) return false
    return wanted.some((text) => matches(text, value)) !== operator.negated
  }
  // "if the key values resolve to a null dataset, such as an empty string"
  const isNothing = present.every((value) => value === '')
  if (operator.set === 'forallvalues') return isNothing || present.every(one)
  if (operator.set === 'foranyvalue') return !(isNothing && isList) && present.some(one)
  return present.length === 1 && present.every(one)
}

const TAKES_VARIABLES = /^(string|arn)/

/** Operators AND, keys AND, values OR (negated: NOR). Operators that AWS doesn't have must have been taken care of before. */
export function conditionHolds(condition: JsonObject, variables: boolean, context: Context): boolean {
  return Object.entries(condition).every(([name, keys]) => {
    const operator = operatorOf(name)
    if (operator === undefined) return true
    const test = TESTS[operator.base] ?? (() => false)
    const expand = (text: string) => tokens(text, variables && TAKES_VARIABLES.test(operator.base), context)
    return Object.entries(objectOf(keys)).every(([key, wanted]) =>
      holds(operator, textsOf(wanted), context.get(key.toLowerCase()) ?? [], isMultivalued(key.toLowerCase()), (text, value) =>
        test(text, value, expand),
      ),
    )
  })
}
