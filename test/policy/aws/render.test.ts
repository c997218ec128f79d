import { describe, expect, it } from 'vitest'
import type { ConditionLeaf, Expression } from '../../../src/domain/decision.ts'
import { renderCondition } from '../../../src/policy/aws/index.ts'

const leaf = (operator: string, key: string, ...values: readonly string[]): ConditionLeaf => ({ operator, key, values, layer: 'IDENTITY' })
const lines = (expression: Expression): readonly string[] => renderCondition(expression)

const MFA = 'aws:MultiFactorAuthPresent'
const IP = 'aws:SourceIp'
const TAGS = 'aws:TagKeys'

describe('conditions in words', () => {
  it.each<[Expression, string]>([
    [leaf('Bool', MFA, 'true'), `${MFA} is true (Bool)`],
    [leaf('BoolIfExists', MFA, 'true'), `${MFA} is true, or is absent (BoolIfExists)`],
    [{ not: leaf('BoolIfExists', MFA, 'false') }, `${MFA} is present and is not false (not BoolIfExists)`],
    [{ not: leaf('Bool', MFA, 'false') }, `${MFA} is not false (not Bool)`],
    [leaf('IpAddress', IP, '10.0.0.0/8', '192.0.2.0/24'), `${IP} is in 10.0.0.0/8 or 192.0.2.0/24 (IpAddress)`],
    [leaf('NotIpAddress', IP, '10.0.0.0/8', '192.0.2.0/24'), `${IP} is neither in 10.0.0.0/8 nor 192.0.2.0/24 (NotIpAddress)`],
    [{ not: leaf('NotIpAddress', IP, '10.0.0.0/8') }, `${IP} is in 10.0.0.0/8 (not NotIpAddress)`],
    [leaf('Null', MFA, 'true'), `${MFA} is absent (Null)`],
    [leaf('Null', MFA, 'false'), `${MFA} is present (Null)`],
    [{ not: leaf('Null', MFA, 'true') }, `${MFA} is present (not Null)`],
    [leaf('ForAnyValue:StringLike', TAGS, 'a*'), `some value of ${TAGS} is like a* (ForAnyValue:StringLike)`],
    [{ not: leaf('ForAnyValue:StringEquals', TAGS, 'a') }, `every value of ${TAGS}, if it has any, is not a (not ForAnyValue:StringEquals)`],
    [leaf('ForAllValues:StringEquals', TAGS, 'a', 'b'), `every value of ${TAGS}, if it has any, is a or b (ForAllValues:StringEquals)`],
    [{ not: leaf('ForAllValues:StringEquals', TAGS, 'a') }, `some value of ${TAGS} is not a (not ForAllValues:StringEquals)`],
    [leaf('DateLessThan', 'aws:CurrentTime', '2031-01-01'), 'aws:CurrentTime is before 2031-01-01 (DateLessThan)'],
  ])('%j', (expression, words) => {
    expect(lines(expression)).toEqual([words])
  })

  it('names a policy that was not loaded', () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1'
    expect(lines(leaf('PolicyNotLoaded', 'identity policies of eve'))).toEqual(['the identity policies of eve (not loaded) allow it'])
    expect(lines({ ...leaf('PolicyNotLoaded', `key policy of ${arn}`), layer: 'RESOURCE' })).toEqual([
      `the key policy of ${arn} (not loaded) allows it`,
    ])
  })

  it('gives each condition a line, alternatives one together', () => {
    const [a, b] = [leaf('Bool', MFA, 'true'), leaf('IpAddress', IP, '10.0.0.0/8')]
    expect(lines({ and: [a, b] })).toEqual([`${MFA} is true (Bool)`, `${IP} is in 10.0.0.0/8 (IpAddress)`])
    expect(lines({ or: [a, { and: [a, b] }] })).toEqual([`${MFA} is true (Bool) or (${MFA} is true (Bool) and ${IP} is in 10.0.0.0/8 (IpAddress))`])
  })

  it('says what no context key holds', () => {
    expect(lines({ not: leaf('SessionName', '', 'one') })).toEqual(['the role session is not named one'])
    expect(lines({ ...leaf('UnreadablePolicy', 'Condition'), policy: 'p', statement: 'Odd' })).toEqual([
      'Odd of p, whose Condition can’t be read, applies',
    ])
    expect(lines({ not: { ...leaf('UnreadablePolicy', 'Document', 'Deny'), policy: 'p' } })).toEqual([
      'p, which was not loaded or can’t be read, does not deny it',
    ])
  })
})
