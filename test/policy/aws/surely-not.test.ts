import { describe, expect, it } from 'vitest'
import { actionKnowledge } from '../../../src/policy/aws/actions/index.ts'
import { createCompiler, decide } from '../../../src/policy/aws/index.ts'
import type { AwsRequest } from '../../../src/policy/aws/types.ts'

/** An unknown key of which some values are ruled out: a foreign account's organisation is not ours, whatever it is. */

const OURS = 'o-ours000000'
const compiler = createCompiler(actionKnowledge)

function effect(condition: object, effectOfStatement: 'Allow' | 'Deny' = 'Allow', more: Partial<AwsRequest['context']> = {}): string {
  const allowAll = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }
  const statement = { ...allowAll, Effect: effectOfStatement, Condition: condition }
  const resource = compiler.compile(
    { Version: '2012-10-17', Statement: effectOfStatement === 'Deny' ? [allowAll, statement] : [statement] },
    'bucket',
    'RESOURCE',
  )
  const identity = [compiler.compile({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, 'all', 'IDENTITY')]
  return decide(
    {
      principal: 'arn:aws:iam::999999999999:role/outside',
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::ledger/a', account: '111122223333' },
      context: { entries: new Map(), unknown: true, never: new Map([['aws:principalorgid', [OURS]]]), ...more },
      policies: { identity, resource },
    },
    actionKnowledge,
  ).effect
}

describe('a value that an unknown key surely does not have', () => {
  it('never meets a test for it, present or absent', () => {
    expect(effect({ StringEquals: { 'aws:PrincipalOrgID': OURS } })).toBe('DENY')
    expect(effect({ StringLike: { 'aws:PrincipalOrgID': OURS } })).toBe('DENY')
    expect(effect({ 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgID': [OURS] } })).toBe('DENY')
  })

  it('always meets a test against it', () => {
    expect(effect({ StringNotEquals: { 'aws:PrincipalOrgID': OURS } }, 'Deny')).toBe('DENY')
    expect(effect({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': OURS } }, 'Deny')).toBe('DENY')
    expect(effect({ StringNotEquals: { 'aws:PrincipalOrgID': OURS } })).toBe('ALLOW')
  })

  it('leaves open what other values and wildcards ask, and whether the key is there', () => {
    expect(effect({ StringEquals: { 'aws:PrincipalOrgID': [OURS, 'o-partner'] } })).toBe('CONDITIONAL')
    expect(effect({ StringNotEquals: { 'aws:PrincipalOrgID': [OURS, 'o-partner'] } }, 'Deny')).toBe('CONDITIONAL')
    expect(effect({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } })).toBe('CONDITIONAL')
    expect(effect({ StringEqualsIfExists: { 'aws:PrincipalOrgID': OURS } })).toBe('CONDITIONAL')
  })

  it('is not believed where the caller gives the key', () => {
    const given = { entries: new Map([['aws:principalorgid', [OURS]]]) }
    expect(effect({ StringEquals: { 'aws:PrincipalOrgID': OURS } }, 'Allow', given)).toBe('ALLOW')
  })
})
