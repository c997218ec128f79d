import { beforeAll, describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { CheckAccessQuestion } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { simulate } from '../../src/operations/simulate.ts'
import { ACCOUNT, accountExport, policyArn, roleArn, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

const OTHER = '444455556666'
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234`
let estate: Estate
beforeAll(async () => {
  estate = await estateOf({
    'iam.json': accountExport({
      users: {
        Alice: {
          policies: {
            p: [
              { actions: 's3:GetObject', on: 'arn:aws:s3:::data/*' },
              { actions: ['kms:Decrypt', 'sts:AssumeRole'] },
              { actions: 's3:PutObject', on: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' },
              { actions: 's3:DeleteObject', if: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } },
              { actions: 's3:RestoreObject', if: { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } } },
            ],
          },
          tags: { team: 'red' },
          boundary: 'edge',
        },
        eve: { policies: { p: [{ actions: 's3:GetObject' }, { actions: 's3:GetObject', on: 'arn:aws:s3:::data/*', effect: 'Deny' }] } },
        vague: { policies: { p: [{ actions: 's3:GetObject', if: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }] } },
      },
      groups: { g: {} },
      roles: { app: { policies: { p: [{ actions: 's3:GetObject' }] }, trust: [trusts(ACCOUNT)] }, App: { path: '/x/' } },
      managed: { edge: [{ actions: ['s3:*', 'kms:*', 'sts:*'] }] },
    }),
  })
})

const check = (principal: string, action: string, target: string, more: Partial<CheckAccessQuestion> = {}) =>
  checkAccess(estate, { principal, action, target, ...more })
const object = 'arn:aws:s3:::data/a'

describe('a check of access', () => {
  it('finds people by name in any letter case', () => {
    expect(check('alice', 's3:GetObject', object).effect).toBe('ALLOW')
    expect(check(userArn('Alice').toUpperCase(), 's3:getobject', object).effect).toBe('ALLOW')
  })

  it('asks back where a name is ambiguous, with the candidates', () => {
    expect(() => check('app', 's3:GetObject', object)).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS_NAME', details: { candidates: [roleArn('app'), `arn:aws:iam::${ACCOUNT}:role/x/App`] } }),
    )
    expect(check(roleArn('app'), 's3:GetObject', object).effect).toBe('ALLOW')
  })

  it('names the statement that denies', () => {
    const { effect, because } = check('eve', 's3:GetObject', object)
    expect(effect).toBe('DENY')
    expect(because).toContainEqual(
      expect.objectContaining({ layer: 'IDENTITY', kind: 'EXPLICIT_DENY', policy: `${userArn('eve')}#p`, statement: 'Statement[1]' }),
    )
    expect(because.every(({ message }) => message.length > 10)).toBe(true)
  })

  it('settles by context what is not known without', () => {
    expect(check('vague', 's3:GetObject', object).effect).toBe('CONDITIONAL')
    expect(check('vague', 's3:GetObject', object, { context: [{ key: 'aws:SourceIp', values: ['10.1.2.3'] }] }).effect).toBe('ALLOW')
    expect(check('vague', 's3:GetObject', object, { context: [{ key: 'aws:SourceIp', values: ['192.0.2.1'] }] }).effect).toBe('DENY')
    expect(check('vague', 's3:GetObject', object, { context: [{ key: 'aws:SourceIp', values: [] }] }).effect).toBe('DENY')
  })

  it('knows the tags of the principal', () => {
    expect(check('alice', 's3:PutObject', 'arn:aws:s3:::data/red/a').effect).toBe('ALLOW')
    expect(check('alice', 's3:PutObject', 'arn:aws:s3:::data/blue/a').effect).toBe('DENY')
  })

  it('compares absolute dates with the clock, unless a time is given', () => {
    expect(check('alice', 's3:DeleteObject', object).effect).toBe('DENY')
    expect(check('alice', 's3:RestoreObject', object).effect).toBe('ALLOW')
    expect(check('alice', 's3:DeleteObject', object, { context: [{ key: 'aws:CurrentTime', values: ['2025-06-01T00:00:00Z'] }] }).effect).toBe(
      'ALLOW',
    )
  })

  it('leaves open what the policy of a key says that was not loaded', () => {
    const { effect, conditions, caveats } = check('alice', 'kms:Decrypt', KEY)
    expect(effect).toBe('CONDITIONAL')
    expect(conditions.join()).toContain(`key policy of ${KEY}`)
    expect(caveats.map(({ code }) => code)).toContain('RESOURCE_POLICY_NOT_LOADED')
    expect(check('eve', 'kms:Decrypt', KEY).effect).toBe('DENY')
  })

  it('leaves open whom a role of another account trusts, but not a role that a whole export lacks', () => {
    expect(check('alice', 'sts:AssumeRole', roleArn('theirs', OTHER)).effect).toBe('CONDITIONAL')
    expect(check('alice', 'sts:AssumeRole', roleArn('ghost')).effect).toBe('DENY')
  })

  it('takes sessions of roles, services and the public as principals', () => {
    expect(check(`arn:aws:sts::${ACCOUNT}:assumed-role/app/session`, 's3:GetObject', object).effect).toBe('ALLOW')
    expect(check('lambda.amazonaws.com', 's3:GetObject', object).effect).toBe('DENY')
    expect(check('*', 's3:GetObject', object).effect).toBe('DENY')
  })

  it('refuses groups, which do not act', () => {
    expect(() => check('g', 's3:GetObject', object)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })

  it('gives evidence that replays: just those documents decide the same', () => {
    for (const [principal, action, target] of [
      ['Alice', 's3:GetObject', object],
      ['eve', 's3:GetObject', object],
      ['vague', 's3:GetObject', object],
      ['Alice', 's3:RestoreObject', object],
    ] as const) {
      const { effect, evidence } = check(principal, action, target)
      const statements = (relation: string) => evidence.filter((step) => step.relation === relation).map(({ document }) => document)
      const documentOf = (relation: string) => [{ Version: '2012-10-17', Statement: statements(relation) }]
      const replayed = simulate({
        principal: userArn(principal),
        action,
        resource: { arn: target, account: ACCOUNT },
        context: { 'aws:CurrentTime': '2026-11-25T12:00:00Z' },
        identityPolicies: documentOf('STATEMENT'),
        ...(statements('LIMITED_BY').length > 0 ? { permissionsBoundary: documentOf('LIMITED_BY') } : {}),
      })
      expect(replayed.effect, `${principal} ${action}`).toBe(effect)
    }
  })

  it('cites only what counts: without any cited statement the answer changes', async () => {
    const { evidence } = check('Alice', 's3:GetObject', object)
    expect(evidence.filter(({ relation }) => relation === 'STATEMENT').map(({ statement, policy }) => `${policy} ${statement}`)).toEqual([
      `${userArn('Alice')}#p Statement[0]`,
    ])
    expect(evidence.filter(({ relation }) => relation === 'LIMITED_BY').map(({ policy }) => policy)).toEqual([policyArn('edge')])
    const without = await estateOf({
      'iam.json': accountExport({
        users: { Alice: { policies: { p: [{ actions: 'kms:Decrypt' }] }, boundary: 'edge' } },
        managed: { edge: [{ actions: 's3:*' }] },
      }),
    })
    expect(checkAccess(without, { principal: 'Alice', action: 's3:GetObject', target: object }).effect).toBe('DENY')
  })
})
