import { beforeAll, describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { WhoCanReachQuestion } from '../../src/operations/answers.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, policyArn, roleArn, trusts, userArn } from '../support/account.ts'
import { estateOf } from '../support/estate.ts'

const OUTSIDE = '999988887777'
const github = {
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/infra:*' },
  },
}

let estate: Estate
beforeAll(async () => {
  estate = await estateOf({
    'iam.json': accountExport({
      users: {
        direct: { policies: { read: [{ actions: 's3:GetObject', on: 'arn:aws:s3:::data/*' }] } },
        member: { groups: ['readers'] },
        mfa: { policies: { read: [{ actions: 's3:Get*', if: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }] } },
        denied: { groups: ['readers'], policies: { no: [{ actions: 's3:*', effect: 'Deny' }] } },
        bounded: { groups: ['readers'], boundary: 'ec2-only' },
        taker: { policies: { take: [{ actions: 'sts:AssumeRole', on: roleArn('reader') }] } },
        nobody: {},
        listed: {},
        incomplete: { attached: ['arn:aws:iam::aws:policy/NotExported'] },
      },
      groups: { readers: { attached: ['read-data'] } },
      roles: {
        reader: { attached: ['read-data'], trust: [trusts(ACCOUNT)] },
        hop: { policies: { take: [{ actions: 'sts:AssumeRole' }] }, trust: [trusts(userArn('nobody'))] },
        ci: { attached: ['read-data'], trust: [github] },
      },
      managed: { 'read-data': [{ actions: ['s3:GetObject', 's3:PutObject'], on: 'arn:aws:s3:::data/*' }], 'ec2-only': [{ actions: 'ec2:*' }] },
    }),
    'buckets.json': [
      {
        Resource: 'arn:aws:s3:::data',
        Account: ACCOUNT,
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: userArn('listed') }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' },
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDE}:root` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' },
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDE}:role/vendor` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' },
          ],
        },
      },
    ],
  })
})

const target = 'arn:aws:s3:::data/report.csv'
function ask(question: Partial<WhoCanReachQuestion> = {}): { rows: Record<string, string>; total: number; codes: string[] } {
  const answer = whoCanReach(estate, { target, actions: ['s3:GetObject'], first: 500, ...question })
  const rows = answer.edges.map(({ node }) => [`${node.principal.name} ${node.via}`, node.certainty])
  return { rows: Object.fromEntries(rows) as Record<string, string>, total: answer.totalCount, codes: answer.caveats.map(({ code }) => code) }
}
const row = (name: string, via: string) =>
  whoCanReach(estate, { target, actions: ['s3:GetObject'], first: 500 })
    .edges.map(({ node }) => node)
    .find(({ principal, via: way }) => principal.name === name && way === via)

describe('who can reach an object', () => {
  it('is everybody by every way, with certainty, once for each way', () => {
    const { rows, total } = ask()
    expect(rows).toMatchObject({
      'direct DIRECT': 'ALLOWED',
      'member GROUP': 'ALLOWED',
      'mfa DIRECT': 'CONDITIONAL',
      'listed RESOURCE_POLICY': 'ALLOWED',
      'reader DIRECT': 'ALLOWED',
      'ci DIRECT': 'ALLOWED',
      'taker ROLE': 'ALLOWED',
      'hop ROLE': 'ALLOWED',
      'nobody ROLE': 'ALLOWED',
    })
    expect(Object.keys(rows).filter((key) => /^(denied|bounded) /.test(key))).toEqual([])
    expect(total).toBe(Object.keys(rows).length)
  })

  it('includes the root user of the account', () => {
    expect(
      Object.entries(ask().rows)
        .filter(([key]) => key.includes('root'))
        .map(([, certainty]) => certainty),
    ).toContain('ALLOWED')
  })

  it('lists outsiders that the policy names: an account surely, one role of it only on what its own account says', () => {
    const rows = whoCanReach(estate, { target, actions: ['s3:GetObject'], first: 500 }).edges.map(({ node }) => node)
    expect(rows.find(({ principal }) => principal.id === `arn:aws:iam::${OUTSIDE}:root`)).toMatchObject({
      certainty: 'ALLOWED',
      via: 'RESOURCE_POLICY',
    })
    const vendor = rows.find(({ principal }) => principal.id === `arn:aws:iam::${OUTSIDE}:role/vendor`)
    expect(vendor).toMatchObject({ certainty: 'CONDITIONAL', via: 'RESOURCE_POLICY' })
    expect(vendor?.conditions.join()).toContain('polic')
  })

  it('lists federated identities by the role that they sign in to, and names it', () => {
    const rows = whoCanReach(estate, { target, actions: ['s3:GetObject'], via: ['FEDERATION'] }).edges.map(({ node }) => node)
    expect(rows.map(({ principal }) => principal.id)).toEqual(['token.actions.githubusercontent.com:repo:acme/infra:*'])
    expect(rows[0]?.evidence.find(({ relation }) => relation === 'ACTS_AS')?.entity.id).toBe(roleArn('ci'))
  })

  it('is CONDITIONAL for whoever holds a policy that was not exported, and says which', () => {
    expect(row('incomplete', 'DIRECT')?.certainty).toBe('CONDITIONAL')
    expect(row('incomplete', 'DIRECT')?.conditions.join()).toContain('arn:aws:iam::aws:policy/NotExported')
  })

  it('spells out what must still be true', () => {
    expect(row('mfa', 'DIRECT')?.conditions.join()).toContain('aws:MultiFactorAuthPresent')
    expect(row('direct', 'DIRECT')?.conditions).toEqual([])
  })

  it('gives the chain from the principal to the target', () => {
    expect(row('member', 'GROUP')?.evidence.map(({ relation, entity }) => [relation, entity.id])).toEqual([
      ['PRINCIPAL', userArn('member')],
      ['MEMBER_OF', `arn:aws:iam::${ACCOUNT}:group/readers`],
      ['HOLDS', `arn:aws:iam::${ACCOUNT}:group/readers->${policyArn('read-data')}`],
      ['GIVES', policyArn('read-data')],
      ['STATEMENT', policyArn('read-data')],
      ['AT', ACCOUNT],
      ['TARGET', target],
    ])
  })

  it('names every role on the way', () => {
    const roles = row('nobody', 'ROLE')
      ?.evidence.filter(({ relation }) => relation === 'ACTS_AS')
      .map(({ entity }) => entity.name)
    expect(roles).toEqual(['hop', 'reader'])
  })

  it('filters by way and certainty, and counts what is left', () => {
    expect(Object.values(ask({ certainty: ['CONDITIONAL'] }).rows).every((certainty) => certainty === 'CONDITIONAL')).toBe(true)
    expect(Object.keys(ask({ via: ['GROUP'] }).rows)).toEqual(['member GROUP'])
    expect(ask({ via: ['GROUP'] }).total).toBe(1)
  })

  it('pages without gaps or repetitions, with the same count on every page', () => {
    const { total } = ask()
    const seen: string[] = []
    let after: string | undefined
    for (let turns = 0; turns < 50; turns++) {
      const answer = whoCanReach(estate, { target, actions: ['s3:GetObject'], first: 3, ...(after === undefined ? {} : { after }) })
      expect(answer.totalCount).toBe(total)
      seen.push(...answer.edges.map(({ cursor }) => cursor))
      if (!answer.pageInfo.hasNextPage) break
      after = answer.pageInfo.endCursor ?? undefined
    }
    expect(new Set(seen).size).toBe(total)
    expect(seen).toHaveLength(total)
  })

  it('with a wildcard asks about all actions that fit the target', () => {
    const answer = whoCanReach(estate, { target, actions: ['s3:*Object'], via: ['GROUP'] })
    expect(answer.edges[0]?.node.actions).toEqual(['s3:GetObject', 's3:PutObject'])
    expect(answer.edges[0]?.node.levels).toEqual(['READ_DATA', 'WRITE_DATA'])
  })

  it('without actions asks about every level', () => {
    expect(whoCanReach(estate, { target, levels: ['WRITE_DATA'], via: ['GROUP'] }).edges[0]?.node.actions).toContain('s3:PutObject')
  })

  it('refuses what is no id and no action', () => {
    expect(() => ask({ target: 'no such thing' })).toThrow(expect.objectContaining({ code: 'BAD_ID' }))
    expect(() => ask({ actions: ['GetObject'] })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
    expect(() => ask({ first: 501 })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })

  it('says what it assumes, and what was not loaded', () => {
    expect(ask().codes).toEqual(expect.arrayContaining(['SCP_NOT_LOADED', 'POLICY_MISSING']))
    expect(ask({ target: 'arn:aws:s3:::never-exported/x' }).codes).toEqual(expect.arrayContaining(['ASSUMED_ACCOUNT', 'RESOURCE_POLICY_NOT_LOADED']))
    expect(ask({ actions: ['s3:GetObjekt'] }).codes).toContain('UNKNOWN_ACTION')
    expect(ask({ actions: ['s3:ListBucket'] }).codes).toContain('ACTION_NOT_APPLICABLE')
  })

  it('about a bucket says that its objects are another target, where the question could mean them', () => {
    const about = (question: Partial<WhoCanReachQuestion>): readonly string[] =>
      whoCanReach(estate, { target: 'arn:aws:s3:::data', account: ACCOUNT, ...question })
        .caveats.filter(({ code }) => code === 'CONTENTS_NOT_ASKED' || code === 'ACTION_NOT_APPLICABLE')
        .map(({ message }) => message)
    const readers = about({ levels: ['READ_DATA'] })
    expect(readers).toEqual([expect.stringContaining('ask about arn:aws:s3:::data/*')])
    expect(about({ actions: ['s3:Get*'] })).toEqual(readers)
    expect(about({ actions: ['s3:GetObject'] })).toEqual([expect.stringMatching(/Ask about arn:aws:s3:::data\/\*\.$/)])
    expect(about({ actions: ['s3:ListBucket'] })).toEqual([])
    expect(about({ target: 'arn:aws:s3:::data/*', levels: ['READ_DATA'] })).toEqual([])
  })
})
