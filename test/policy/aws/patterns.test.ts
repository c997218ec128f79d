import { describe, expect, it } from 'vitest'
import { covers, intersects, overlapsOf } from '../../../src/policy/aws/patterns/overlap.ts'
import { allow, askIdentity, deny, type Ask, type Statement } from './ask.ts'

const LOGS = 'arn:aws:s3:::logs/*'

function answer(statements: readonly Statement[], asked: Ask = {}): unknown {
  const { effect, parts } = askIdentity(statements, { resource: LOGS, ...asked })
  return parts === undefined ? effect : parts.map((part) => `${part.effect} ${part.action} ${part.resource}`)
}

describe('a question with a pattern', () => {
  it('has one answer where all that it matches agree', () => {
    expect(answer([allow()])).toBe('ALLOW')
    expect(answer([allow({ Resource: 'arn:aws:s3:::data/*' })])).toBe('DENY')
    expect(answer([allow(), deny({ Resource: 'arn:aws:s3:::l*' })])).toBe('DENY')
    expect(answer([allow()], { action: 's3:Get*' })).toBe('ALLOW')
  })

  it('lists what is allowed in part; what no part covers is denied', () => {
    expect(answer([allow({ Resource: 'arn:aws:s3:::logs/app/*' })])).toEqual(['ALLOW s3:GetObject arn:aws:s3:::logs/app/*'])
  })

  it('lets the most specific part decide', () => {
    expect(answer([allow(), deny({ Resource: 'arn:aws:s3:::logs/app/*' })])).toEqual([
      `ALLOW s3:GetObject ${LOGS}`,
      'DENY s3:GetObject arn:aws:s3:::logs/app/*',
    ])
    const but = [allow({ Resource: LOGS }), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::logs/app/*' }]
    expect(answer(but)).toEqual(['ALLOW s3:GetObject arn:aws:s3:::logs/app/*'])
  })

  it('splits where statements cross', () => {
    expect(answer([allow({ Resource: 'arn:aws:s3:::logs/a*' }), deny({ Resource: 'arn:aws:s3:::logs/*z' })])).toEqual([
      'ALLOW s3:GetObject arn:aws:s3:::logs/a*',
      'DENY s3:GetObject arn:aws:s3:::logs/a*z',
    ])
  })

  it('speaks of actions in the words of the statements, and of exceptions one by one', () => {
    expect(answer([allow({ Action: 's3:GetObjectT*' })], { action: 's3:Get*' })).toEqual([`ALLOW s3:GetObjectT* ${LOGS}`])
    expect(answer([allow({ Action: 's3:*' }), deny({ Action: 's3:DeleteObject', Resource: LOGS })], { action: 's3:DeleteObject*' })).toEqual([
      `ALLOW s3:DeleteObject* ${LOGS}`,
      `DENY s3:DeleteObject ${LOGS}`,
    ])
  })

  it('asks of resources of the action’s types only', () => {
    const objects = allow({ Action: 's3:*', Resource: 'arn:aws:s3:::*/*' })
    expect(answer([objects], { action: 's3:GetObjectTorrent', resource: '*' })).toBe('ALLOW')
    expect(answer([objects], { action: 's3:ListBucket', resource: 'arn:aws:s3:::logs' })).toBe('DENY')
  })

  it('keeps conditions where they are the same for all', () => {
    const { effect, conditions, parts } = askIdentity([allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })], { resource: LOGS })
    expect({ effect, operator: conditions !== undefined && 'operator' in conditions ? conditions.operator : undefined, parts }).toEqual({
      effect: 'CONDITIONAL',
      operator: 'Bool',
      parts: undefined,
    })
  })

  it('takes * of an action without resources for what it is', () => {
    expect(answer([allow({ Action: 's3:ListAllMyBuckets' })], { action: 's3:ListAllMyBuckets', resource: '*' })).toBe('ALLOW')
    expect(answer([allow({ Action: 's3:ListAllMyBuckets', Resource: LOGS })], { action: 's3:ListAllMyBuckets', resource: '*' })).toBe('DENY')
  })
})

describe('actions that are asked together', () => {
  it('are told apart by the keys that they send', () => {
    const condition = { StringEquals: { 's3:VersionId': '1' } }
    const asked = { action: 's3:GetObject*', resource: 'arn:aws:s3:::logs/app.txt' }
    const ofVersion = askIdentity([allow({ Condition: condition })], { ...asked, action: 's3:GetObjectVersion' })
    const plain = askIdentity([allow({ Condition: condition })], { ...asked, action: 's3:GetObject' })
    expect([ofVersion.effect, plain.effect]).toEqual(['CONDITIONAL', 'DENY'])
    expect(answer([allow({ Condition: condition })], asked)).toContain('CONDITIONAL s3:GetObjectVersion arn:aws:s3:::logs/app.txt')
  })

  it('are decided for each resource type where a service has rules for one of them', () => {
    const [alias, key] = ['arn:aws:kms:*:*:alias/*', 'arn:aws:kms:*:*:key/*']
    expect(answer([allow()], { action: 'kms:CreateAlias', resource: alias })).toBe('ALLOW')
    expect(answer([allow()], { action: 'kms:CreateAlias', resource: key })).toBe('DENY')
    expect(answer([allow()], { action: 'kms:CreateAlias', resource: '*' })).toEqual([`ALLOW kms:CreateAlias ${alias}`])
  })
})

describe('patterns', () => {
  it.each([
    ['a*', 'ab*', true],
    ['a*', 'a?', true],
    ['a?', 'a*', false],
    ['*/*', 'logs*', false],
  ])('%s covers %s: %s', (outer, inner, expected) => expect(covers(outer, inner)).toBe(expected))

  it.each([
    ['a*', '*b', true],
    ['a*c', 'ab*', true],
    ['a?', 'a', false],
    ['logs/*', 'data/*', false],
    ['', '*', true],
  ])('%s and %s have a text in common: %s', (a, b, expected) => {
    expect([intersects(a, b), intersects(b, a)]).toEqual([expected, expected])
  })

  it.each([
    ['arn:aws:s3:::logs*', 'arn:aws:s3:::*/*', ['arn:aws:s3:::logs*/*']],
    ['arn:aws:sqs:eu-west-1:*:q', 'arn:aws:sqs:*:111122223333:*', ['arn:aws:sqs:eu-west-1:111122223333:q']],
    ['arn:aws:s3:::logs*', 'arn:aws:s3:::data*', []],
    ['arn:aws:s3:::b/x*', 'arn:aws:s3:::?/x?', ['arn:aws:s3:::b/x?']],
  ])('what %s and %s have in common is %j', (a, b, common) => expect(overlapsOf(a, b)).toEqual(common))
})
