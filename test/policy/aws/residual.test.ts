import { array, assert, constant, constantFrom, oneof, property, tuple, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression } from '../../../src/domain/decision.ts'
import { renderCondition } from '../../../src/policy/aws/index.ts'
import { allow, ask, askIdentity, compile, compiler, deny, ROLE, type Statement } from './ask.ts'

const MFA = 'aws:MultiFactorAuthPresent'

function conditionsOf(statements: readonly Statement[]): readonly string[] | string {
  const { effect, conditions } = askIdentity(statements)
  return conditions === undefined ? effect : renderCondition(conditions)
}

describe('what is not known', () => {
  it('is one unknown wherever it is asked about', () => {
    const withMfa = allow({ Condition: { Bool: { [MFA]: 'true' } } })
    expect(conditionsOf([withMfa, deny({ Condition: { BoolIfExists: { [MFA]: 'false' } } })])).toEqual([`${MFA} is true (Bool)`])
    expect(conditionsOf([withMfa, deny({ Condition: { Bool: { [MFA]: 'true' } } })])).toBe('DENY')
    expect(conditionsOf([withMfa, allow({ Condition: { BoolIfExists: { [MFA]: 'false' } } })])).toBe('ALLOW')
  })

  it('leaves out what can not matter', () => {
    const anywhere = allow()
    const atHome = allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })
    expect(conditionsOf([anywhere, atHome])).toBe('ALLOW')
    const further = deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } } })
    expect(conditionsOf([atHome, further])).toEqual(['aws:SourceIp is in 10.1.0.0/16 (not NotIpAddress)'])
  })

  it('excludes two values of one key, but not of a key with several', () => {
    const both = allow({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' }, StringLike: { 'aws:PrincipalTag/team': 'b*' } } })
    expect(conditionsOf([both])).toBe('DENY')
    const any = allow({ Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringLike': { 'aws:TagKeys': 'b*' } } })
    expect(conditionsOf([any])).toHaveLength(2)
  })

  it('keeps the presence test of IfExists', () => {
    const spared = deny({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })
    expect(conditionsOf([allow(), spared])).toEqual(['aws:PrincipalOrgID is o-1 (not StringNotEqualsIfExists)'])
    const absent = allow({ Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } })
    expect(conditionsOf([absent, deny({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })])).toBe('DENY')
  })

  it('knows variables as far as their values are known', () => {
    const own = allow({ Condition: { StringEquals: { 'aws:PrincipalTag/owner': '${aws:username}' } } })
    expect(conditionsOf([own, deny({ Condition: { StringEquals: { 'aws:PrincipalTag/owner': 'alice' } } })])).toBe('DENY')
    expect(conditionsOf([own, deny({ Condition: { StringEquals: { 'aws:PrincipalTag/owner': 'bob' } } })])).toHaveLength(1)
    expect(askIdentity([own], { principal: ROLE }).effect).toBe('DENY')
  })

  it('takes the default of a variable whose key may be absent', () => {
    const absent = { Condition: { Null: { 'aws:PrincipalTag/team': 'true' } } }
    const asked = { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:a' }
    const queue = (variable: string): string => `arn:aws:sqs:eu-west-1:111122223333:${variable}`
    expect(askIdentity([allow({ ...absent, Resource: queue("${aws:PrincipalTag/team, 'a'}") })], asked).effect).toBe('CONDITIONAL')
    expect(askIdentity([allow({ ...absent, Resource: queue("${aws:PrincipalTag/team, 'b'}") })], asked).effect).toBe('DENY')
    expect(askIdentity([allow({ ...absent, Resource: queue('${aws:PrincipalTag/team}') })], asked).effect).toBe('DENY')
    expect(askIdentity([allow(absent), deny({ Resource: queue("${aws:PrincipalTag/team, 'a'}") })], asked).effect).toBe('DENY')
  })

  it('is not a variable here and the same text there', () => {
    const condition = { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } }
    const old = compiler.compile({ Version: '2008-10-17', Statement: [allow(condition)] }, 'old', 'IDENTITY')
    expect(ask({ policies: { identity: [old, compile('IDENTITY', deny(condition))] } }).effect).toBe('CONDITIONAL')
  })

  it('is true or false where it is a boolean, below or above where it is a number', () => {
    const [young, old] = [{ NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }, { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': '300' } }]
    expect(conditionsOf([allow(), deny({ Condition: young }), deny({ Condition: old })])).toHaveLength(2)
    const context = { 'aws:MultiFactorAuthAge': null }
    expect(askIdentity([allow(), deny({ Condition: young }), deny({ Condition: old })], { context }).effect).toBe('DENY')
    expect(askIdentity([allow({ Condition: young }), allow({ Condition: old })], { context }).effect).toBe('ALLOW')
  })

  it('is named with the statement that asks', () => {
    const decision = askIdentity([{ ...allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }), Sid: 'AtHome' }])
    expect(decision.conditions).toEqual({
      operator: 'StringEquals',
      key: 'aws:RequestedRegion',
      values: ['eu-west-1'],
      layer: 'IDENTITY',
      policy: 'identity',
      statement: 'AtHome',
    })
  })
})

const KEYS = ['aws:PrincipalTag/team', 'aws:SourceIp', MFA, 's3:prefix', 'aws:TagKeys'] as const
type Key = (typeof KEYS)[number]
const VALUES: Readonly<Record<Key, readonly (readonly string[])[]>> = {
  'aws:PrincipalTag/team': [[], ['a'], ['ab'], ['b'], ['other']],
  'aws:SourceIp': [[], ['10.0.0.1'], ['10.1.0.1'], ['192.0.2.1']],
  [MFA]: [[], ['true'], ['false']],
  's3:prefix': [[], ['5'], ['7'], ['9'], ['x']],
  'aws:TagKeys': [[], ['a'], ['b'], ['a', 'b'], ['a', 'c'], ['c']],
}

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringNotEqualsIfExists']
const OPERATORS: Readonly<Record<Key, readonly string[]>> = {
  'aws:PrincipalTag/team': [...STRINGS, 'ForAllValues:StringEquals', 'ForAnyValue:StringLike'],
  'aws:SourceIp': ['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'],
  [MFA]: ['Bool', 'BoolIfExists'],
  's3:prefix': ['NumericLessThan', 'NumericGreaterThanEquals', 'NumericEquals', 'NumericNotEquals', 'NumericLessThanEqualsIfExists'],
  'aws:TagKeys': [...STRINGS, ...STRINGS.map((name) => `ForAllValues:${name}`), ...STRINGS.map((name) => `ForAnyValue:${name}`)],
}
const ASKED: Readonly<Record<Key, readonly string[]>> = {
  'aws:PrincipalTag/team': ['a', 'b', 'a*', '*'],
  'aws:SourceIp': ['10.0.0.0/8', '10.1.0.0/16', '192.0.2.1'],
  [MFA]: ['true', 'false'],
  's3:prefix': ['5', '7', '8'],
  'aws:TagKeys': ['a', 'b', '?', 'c'],
}

const test = constantFrom(...KEYS).chain((key) =>
  oneof(
    {
      weight: 5,
      arbitrary: tuple(constantFrom(...OPERATORS[key]), uniqueArray(constantFrom(...ASKED[key]), { minLength: 1, maxLength: 2 })),
    },
    { weight: 1, arbitrary: tuple(constant('Null'), constantFrom(['true'], ['false'])) },
  ).map(([operator, values]) => ({ [operator]: { [key]: values } })),
)
const statement = tuple(constantFrom(allow, deny), test, test).map(([effect, first, second]) => effect({ Condition: { ...first, ...second } }))

/** Every combination of values that requests could have, for the keys that statements ask about. */
function worlds(statements: readonly Statement[]): readonly Readonly<Record<string, readonly string[]>>[] {
  const asked = KEYS.filter((key) => JSON.stringify(statements).includes(key))
  return asked.reduce<readonly Record<string, readonly string[]>[]>(
    (all, key) => all.flatMap((world) => VALUES[key].map((values) => ({ ...world, [key]: values }))),
    [{}],
  )
}

function holds(expression: Expression, context: Readonly<Record<string, readonly string[]>>): boolean {
  if ('and' in expression) return expression.and.every((part) => holds(part, context))
  if ('or' in expression) return expression.or.some((part) => holds(part, context))
  if ('not' in expression) return !holds(expression.not, context)
  const { operator, key, values } = expression
  return (
    askIdentity([allow({ Condition: { [operator]: { [key]: values } } })], {
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::logs',
      context,
      unknown: false,
    }).effect === 'ALLOW'
  )
}

describe('the answer on unknown keys', () => {
  it('holds for all values that they could have, and its conditions tell exactly when', () => {
    assert(
      property(array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
        const asked = { action: 's3:ListBucket', resource: 'arn:aws:s3:::logs' }
        const { effect, conditions } = askIdentity(statements, asked)
        for (const context of worlds(statements)) {
          const isAllowed = askIdentity(statements, { ...asked, context, unknown: false }).effect === 'ALLOW'
          const expected = conditions === undefined ? effect === 'ALLOW' : holds(conditions, context)
          expect({ context, isAllowed: expected }).toEqual({ context, isAllowed })
        }
      }),
      { numRuns: 300 },
    )
  })
})
