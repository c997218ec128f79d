import { describe, expect, it } from 'vitest'
import { PermiscopeError } from '../../src/domain/errors.ts'
import { simulate } from '../../src/operations/simulate.ts'

const ACCOUNT = '111122223333'
const policy = (statement: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  Version: '2012-10-17',
  Statement: [statement],
})
const admin = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
const document = {
  principal: `arn:aws:iam::${ACCOUNT}:user/alice`,
  action: 's3:GetObject',
  resource: { arn: 'arn:aws:s3:::logs/a', account: ACCOUNT },
  identityPolicies: [admin],
}

function refusal(broken: unknown): unknown {
  try {
    simulate(broken)
  } catch (error) {
    if (error instanceof PermiscopeError) return { code: error.code, path: error.details['path'] }
    throw error
  }
  return 'accepted'
}

function codes(changes: Readonly<Record<string, unknown>>): readonly string[] {
  return simulate({ ...document, ...changes }).caveats.map(({ code }) => code)
}

describe('simulate', () => {
  it('answers with the effect and the statement that decided, named by its place in the document', () => {
    expect(simulate(document)).toEqual({
      effect: 'ALLOW',
      because: [
        {
          layer: 'IDENTITY',
          kind: 'ALLOW',
          policy: 'identityPolicies[0]',
          statement: 'Statement[0]',
          code: 'STATEMENT_ALLOWS',
          message: 'Statement[0] of identityPolicies[0] allows it.',
        },
      ],
      conditions: [],
      caveats: [],
      evidence: [],
    })
  })

  it('takes every key that is not given for unknown, unless told otherwise', () => {
    const statement = {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'a', 'aws:SourceVpce': 'vpce-1' } },
    }
    const asked = { ...document, identityPolicies: [policy(statement)] }
    expect(simulate(asked)).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: ['aws:PrincipalTag/Team is a (StringEquals)', 'aws:SourceVpce is vpce-1 (StringEquals)'],
    })
    expect(simulate({ ...asked, unknownContext: false }).effect).toBe('DENY')
    expect(simulate({ ...asked, unknownContext: ['aws:principaltag/*'] }).effect).toBe('DENY')
    const given = { ...asked, context: { 'AWS:SourceVpce': 'vpce-1' } }
    expect(simulate({ ...given, unknownContext: ['aws:PrincipalTag/*'] })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: ['aws:PrincipalTag/Team is a (StringEquals)'],
    })
    expect(simulate({ ...given, context: { ...given.context, 'aws:PrincipalTag/team': ['a'] } }).effect).toBe('ALLOW')
    expect(simulate({ ...given, context: { ...given.context, 'aws:PrincipalTag/team': [] } }).effect).toBe('DENY')
    expect(simulate({ ...given, context: { ...given.context, 'aws:PrincipalTag/team': null } }).effect).toBe('CONDITIONAL')
  })

  it('takes numbers and booleans for context values', () => {
    const condition = { Bool: { 'aws:SecureTransport': 'true' }, NumericLessThan: { 's3:max-keys': '11' } }
    const identityPolicies = [policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition })]
    const context = { 'aws:SecureTransport': true, 's3:max-keys': 10 }
    expect(
      simulate({ ...document, action: 's3:ListBucket', resource: { arn: 'arn:aws:s3:::logs', account: ACCOUNT }, identityPolicies, context }).effect,
    ).toBe('ALLOW')
  })

  it('reads no clock: time is a key like any other', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } }
    const asked = { ...document, identityPolicies: [policy(statement)] }
    expect(simulate(asked).effect).toBe('CONDITIONAL')
    expect(simulate({ ...asked, context: { 'aws:CurrentTime': '2019-12-31T00:00:00Z' } }).effect).toBe('ALLOW')
  })

  it('takes policies as JSON text, percent-encoded or not', () => {
    const text = JSON.stringify(admin)
    expect(simulate({ ...document, identityPolicies: [text] }).effect).toBe('ALLOW')
    expect(simulate({ ...document, identityPolicies: [encodeURIComponent(text)] }).effect).toBe('ALLOW')
  })

  it('takes a ceiling that is empty for none, but an empty level for one that allows nothing', () => {
    const ceilings = { permissionsBoundary: [], sessionPolicies: [], serviceControlPolicies: [], resourceControlPolicies: [], endpointPolicy: [] }
    expect(simulate({ ...document, ...ceilings }).effect).toBe('ALLOW')
    expect(simulate({ ...document, serviceControlPolicies: [[admin], []] }).because).toMatchObject([
      { layer: 'SCP', kind: 'MISSING_ALLOW', level: 1 },
    ])
    expect(simulate({ ...document, resourceControlPolicies: [[]] }).effect).toBe('ALLOW')
  })

  it('takes the policy of a role for its trust policy', () => {
    const trust = policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' })
    const asked = { ...document, action: 'sts:AssumeRole', resource: { arn: `arn:aws:iam::${ACCOUNT}:role/app` } }
    expect(simulate({ ...asked, resourcePolicy: trust }).effect).toBe('ALLOW')
    expect(simulate(asked).because).toMatchObject([{ layer: 'RESOURCE', kind: 'MISSING_ALLOW', code: 'NO_TRUST' }])
  })

  it('evaluates faulty statements as AWS does, and reports them', () => {
    const resourcePolicy = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
    expect(simulate({ ...document, identityPolicies: [], resourcePolicy })).toMatchObject({
      effect: 'DENY',
      findings: [{ policy: 'resourcePolicy', place: 'Statement[0].Principal', message: 'The statement has no Principal, so it applies to nobody.' }],
    })
  })

  it('says what it assumed, does not know or can not be asked', () => {
    expect(codes({ resource: { arn: 'arn:aws:s3:::logs/a' } })).toEqual(['ASSUMED_ACCOUNT'])
    expect(codes({ action: 's3:GetNovelty' })).toEqual(['UNKNOWN_ACTION'])
    expect(codes({ resource: { arn: 'arn:aws:s3:::logs', account: ACCOUNT } })).toEqual(['ACTION_NOT_ON_RESOURCE'])
    expect(codes({ identityPolicy: [] })).toEqual(['FIELD_IGNORED'])
    expect(codes({})).toEqual([])
  })

  it.each([
    ['the document', [], ''],
    ['the document', 'text', ''],
    ['a missing principal', { ...document, principal: undefined }, 'principal'],
    ['a principal that is none', { ...document, principal: 'alice' }, 'principal'],
    ['a missing action', { ...document, action: '' }, 'action'],
    ['a missing resource', { ...document, resource: undefined }, 'resource'],
    ['a missing ARN', { ...document, resource: {} }, 'resource.arn'],
    ['a wrong account', { ...document, resource: { arn: '*', account: 7 } }, 'resource.account'],
    ['a wrong context', { ...document, context: { 'aws:SourceIp': {} } }, 'context.aws:SourceIp'],
    ['a wrong unknownContext', { ...document, unknownContext: 'yes' }, 'unknownContext'],
    ['a policy that is not JSON', { ...document, identityPolicies: [admin, '{'] }, 'identityPolicies[1]'],
    ['a policy of the wrong type', { ...document, resourcePolicy: 7 }, 'resourcePolicy'],
    ['levels that are none', { ...document, serviceControlPolicies: [admin] }, 'serviceControlPolicies[0]'],
    ['a policy within a level', { ...document, serviceControlPolicies: [[admin, 7]] }, 'serviceControlPolicies[0][1]'],
  ])('refuses %s with its path', (_, broken, path) => expect(refusal(broken)).toEqual({ code: 'BAD_INPUT', path }))
})
