import { describe, expect, it } from 'vitest'
import { renderCondition, renderReason } from '../../../src/policy/aws/index.ts'
import { ACCOUNT, allow, ask, askIdentity, compile, compiler, deny, ROLE, SESSION, USER, type Ask } from './ask.ts'

const OTHERS = '444455556666'
const everyone = { Principal: '*' }

function reasons(asked: Ask): readonly string[] {
  return ask(asked).because.map(({ layer, kind, statement }) => [layer, kind, statement].filter((part) => part !== undefined).join(' '))
}

describe('a decision names', () => {
  it('every statement that allowed, and one of each ceiling that let it pass', () => {
    const policies = {
      identity: [compile('IDENTITY', { ...allow(), Sid: 'All' })],
      boundary: [compile('BOUNDARY', { ...allow(), Sid: 'Edge' })],
      serviceControl: [[compile('SCP', { ...allow(), Sid: 'Root' })]],
    }
    expect(reasons({ policies })).toEqual(['IDENTITY ALLOW All', 'BOUNDARY ALLOW Edge', 'SCP ALLOW Root'])
  })

  it('every explicit deny and every layer that alone denies', () => {
    const policies = {
      identity: [compile('IDENTITY', { ...deny(), Sid: 'Never' })],
      boundary: [compile('BOUNDARY', allow({ Action: 'ec2:*' }))],
      session: [compile('SESSION', allow({ Action: 'ec2:*' }))],
      serviceControl: [[compile('SCP', allow())], []],
    }
    expect(reasons({ policies })).toEqual([
      'IDENTITY EXPLICIT_DENY Never',
      'SCP MISSING_ALLOW',
      'IDENTITY MISSING_ALLOW',
      'BOUNDARY MISSING_ALLOW',
      'SESSION MISSING_ALLOW',
    ])
  })

  it('the level of the organisation that does not allow', () => {
    const policies = {
      identity: [compile('IDENTITY', allow())],
      serviceControl: [[compile('SCP', allow())], [compile('SCP', allow({ Action: 'ec2:*' }))]],
    }
    expect(ask({ policies }).because).toEqual([{ layer: 'SCP', kind: 'MISSING_ALLOW', level: 1, code: 'NO_SCP_ALLOW' }])
  })

  it('the side that is missing across accounts', () => {
    const identity = [compile('IDENTITY', allow())]
    const resource = compile('RESOURCE', allow(everyone))
    expect(reasons({ account: OTHERS, policies: { identity } })).toEqual(['RESOURCE MISSING_ALLOW'])
    expect(reasons({ account: OTHERS, policies: { identity: [], resource } })).toEqual(['IDENTITY MISSING_ALLOW'])
    expect(reasons({ account: OTHERS })).toEqual(['IDENTITY MISSING_ALLOW', 'RESOURCE MISSING_ALLOW'])
  })

  it('only the boundary where the role is named but bounded', () => {
    const policies = {
      identity: [],
      boundary: [compile('BOUNDARY', allow({ Action: 'ec2:*' }))],
      resource: compile('RESOURCE', allow({ Principal: { AWS: ROLE } })),
    }
    expect(reasons({ principal: SESSION, policies })).toEqual(['BOUNDARY MISSING_ALLOW'])
  })

  it('the trust policy and the key policy by their own rules', () => {
    const identity = [compile('IDENTITY', allow())]
    const assume = ask({ action: 'sts:AssumeRole', resource: ROLE, policies: { identity } })
    const decrypt = ask({ action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k`, policies: { identity } })
    expect([assume, decrypt].map(({ because }) => because.map(({ code }) => code))).toEqual([['NO_TRUST'], ['NO_KEY_POLICY_ALLOW']])
  })

  it('the service itself where no policy can help', () => {
    const { effect, because } = askIdentity([allow()], { action: 'iam:CreatePolicyVersion', resource: 'arn:aws:iam::aws:policy/AdministratorAccess' })
    expect({ effect, codes: because.map(({ code }) => code) }).toEqual({ effect: 'DENY', codes: ['AWS_OWNED'] })
  })

  it('what would have to change, in words', () => {
    const [reason] = ask({ policies: { identity: [], serviceControl: [[]] } }).because
    expect(reason === undefined ? '' : renderReason(reason)).toBe(
      'No service control policy at level 0 of the organisation, counted from the root, allows it. Attach a service control policy with a matching Allow at that level.',
    )
  })
})

describe('what the request does not tell', () => {
  it('is the name of a session, where a statement names one', () => {
    const resource = compile('RESOURCE', allow({ Principal: { AWS: SESSION } }))
    expect(ask({ principal: ROLE, policies: { resource } })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'SessionName', values: ['one'] },
    })
    expect(ask({ principal: ROLE.replace('app', 'other'), policies: { resource } }).effect).toBe('DENY')
  })

  it('is not two names of one session', () => {
    const resource = compile('RESOURCE', allow({ Principal: { AWS: SESSION } }), deny({ NotPrincipal: { AWS: [`${SESSION}x`, ROLE, ACCOUNT] } }))
    expect(ask({ principal: ROLE, policies: { resource } }).effect).toBe('DENY')
  })

  it('is the account of a bucket', () => {
    const decision = askIdentity([allow()], { account: '' })
    expect(decision.effect).toBe('DENY')
    const request = { principal: USER, action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' }
    expect(askIdentity([allow()], { ...request, account: ACCOUNT }).effect).toBe('ALLOW')
  })

  it('is whether the call goes through an endpoint', () => {
    const policies = { identity: [compile('IDENTITY', allow())], endpoint: [compile('ENDPOINT', allow({ ...everyone, Action: 'ec2:*' }))] }
    expect(ask({ policies })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { not: { operator: 'Null', key: 'aws:SourceVpce', values: ['false'] } },
    })
    expect(ask({ policies, unknown: false }).effect).toBe('ALLOW')
    expect(ask({ policies, context: { 'aws:SourceVpce': ['vpce-1'] } }).effect).toBe('DENY')
    expect(ask({ policies, context: { 'aws:SourceVpc': ['vpc-1'] } }).effect).toBe('DENY')
  })
})

describe('a statement that can not be read', () => {
  const broken = { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEqual: { 'aws:PrincipalTag/a': 'b' } } }

  it('makes conditional what it could have allowed', () => {
    expect(askIdentity([broken])).toMatchObject({ effect: 'CONDITIONAL', conditions: { operator: 'UnreadablePolicy', key: 'Condition' } })
    expect(askIdentity([broken], { action: 'ec2:RunInstances', resource: '*' }).effect).toBe('DENY')
    expect(askIdentity([broken, allow()]).effect).toBe('ALLOW')
    expect(askIdentity([broken, deny()]).effect).toBe('DENY')
  })

  it('makes conditional what it could have denied', () => {
    expect(askIdentity([{ ...broken, Effect: 'Deny' }, allow()]).effect).toBe('CONDITIONAL')
    expect(askIdentity([{ Action: '*', Resource: '*' }, allow()]).effect).toBe('CONDITIONAL')
  })

  it('nor anything else of its policy, is two unknowns: what the policy allows, and what it denies; and one fault, on however many levels it holds', () => {
    const unknown = compiler.compile(null, 'lost', 'SCP')
    const { effect, conditions, faults } = ask({ policies: { identity: [compile('IDENTITY', allow())], serviceControl: [[unknown], [unknown]] } })
    expect(effect).toBe('CONDITIONAL')
    expect(renderCondition(conditions ?? expect.fail()).toSorted()).toEqual([
      'lost, which was not loaded or can’t be read, allows it',
      'lost, which was not loaded or can’t be read, does not deny it',
    ])
    expect(faults).toEqual([expect.objectContaining({ policy: 'lost', message: 'Its document was not loaded.' })])
  })

  it('is reported with its place', () => {
    expect(askIdentity([allow(), broken]).faults).toEqual([
      {
        policy: 'identity',
        place: 'Statement[1].Condition.StringEqual',
        message: 'There is no condition operator StringEqual.',
        severity: 'unreadable',
      },
    ])
  })
})

describe('keys that AWS never sends with the call', () => {
  it.each([
    ['aws:SourceArn of a user', 'aws:SourceArn', {}],
    ['sts:ExternalId with s3:GetObject', 'sts:ExternalId', {}],
    ['s3:prefix with s3:GetObject', 's3:prefix', {}],
    ['aws:username of a role', 'aws:username', { principal: ROLE }],
    ['token.actions.githubusercontent.com:sub of a user', 'token.actions.githubusercontent.com:sub', {}],
  ])('are absent: %s', (_, key, asked) => {
    expect(askIdentity([allow({ Condition: { Null: { [key]: 'true' } } })], asked).effect).toBe('ALLOW')
  })

  it.each([
    ['s3:prefix with s3:ListBucket', 's3:prefix', { action: 's3:ListBucket', resource: 'arn:aws:s3:::logs' }],
    ['s3:ExistingObjectTag with s3:GetObject', 's3:ExistingObjectTag/team', {}],
    ['ec2:SourceInstanceARN of a role', 'ec2:SourceInstanceARN', { principal: ROLE }],
  ])('are others than %s', (_, key, asked) => {
    expect(askIdentity([allow({ Condition: { Null: { [key]: 'true' } } })], asked).effect).toBe('CONDITIONAL')
  })

  it('hold where they are given all the same', () => {
    expect(askIdentity([allow({ Condition: { StringEquals: { 's3:prefix': 'a' } } })], { context: { 's3:prefix': ['a'] } }).effect).toBe('ALLOW')
  })
})
