import { describe, expect, it } from 'vitest'
import { type Allow, accountExport, policyArn, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

async function privileged(
  statements: readonly Allow[],
  more: { boundary?: string; managed?: Record<string, readonly Allow[]> } = {},
): Promise<readonly string[]> {
  const { boundary, managed } = more
  const estate = await estateOf({
    'iam.json': accountExport({
      users: { u: { policies: { p: statements }, ...(boundary === undefined ? {} : { boundary }) } },
      ...(managed === undefined ? {} : { managed }),
    }),
  })
  expect(estate.isPrivileged(userArn('u'))).toBe(estate.privilegedBecause(userArn('u')).length > 0)
  return estate.privilegedBecause(userArn('u'))
}

describe('a principal is privileged', () => {
  it('when it may do every action', async () => {
    expect((await privileged([{ actions: '*' }]))[0]).toContain('every action')
  })

  it('when it may grant anything to anybody', async () => {
    expect((await privileged([{ actions: 'iam:*' }]))[0]).toContain('grant any permission')
    expect((await privileged([{ actions: '*' }, { actions: 's3:*', effect: 'Deny' }]))[0]).toContain('grant any permission')
    expect(await privileged([{ actions: ['iam:PutUserPolicy', 'iam:PutRolePolicy', 'iam:AttachGroupPolicy'] }])).toHaveLength(1)
  })

  it('when two statements together allow everything', async () => {
    expect(
      (
        await privileged([
          { actions: 'iam:*' },
          {
            actions: [
              'a*',
              'b*',
              'c*',
              'd*',
              'e*',
              'f*',
              'g*',
              'h*',
              'i*',
              'j*',
              'k*',
              'l*',
              'm*',
              'n*',
              'o*',
              'p*',
              'q*',
              'r*',
              's*',
              't*',
              'u*',
              'v*',
              'w*',
              'x*',
              'y*',
              'z*',
            ],
          },
        ])
      )[0],
    ).toContain('every action')
  })

  it('when only circumstances of the call stand in between', async () => {
    expect((await privileged([{ actions: '*', if: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }]))[0]).toContain('on conditions of the call')
  })

  it('not when it can only become so', async () => {
    expect(await privileged([{ actions: 'iam:AttachUserPolicy' }])).toEqual([])
    expect(await privileged([{ actions: 'iam:CreatePolicyVersion' }])).toEqual([])
    expect(await privileged([{ actions: ['iam:PassRole', 'lambda:*'] }])).toEqual([])
  })

  it('not when a deny or a boundary takes it away', async () => {
    expect(await privileged([{ actions: '*' }, { actions: 'iam:*', effect: 'Deny' }])).toEqual([])
    expect(await privileged([{ actions: '*' }], { boundary: 'b', managed: { b: [{ actions: 's3:*' }] } })).toEqual([])
  })

  it('not of some resources alone', async () => {
    expect(await privileged([{ actions: '*', on: 'arn:aws:s3:::one/*' }])).toEqual([])
    expect(await privileged([{ actions: 'iam:*', on: policyArn('one') }])).toEqual([])
  })
})
