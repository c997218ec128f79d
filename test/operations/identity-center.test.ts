import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphFact } from '../../src/domain/facts.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { accountExport, type PrincipalSpec, roleArn, trusts } from '../support/account.ts'
import {
  accountScope,
  assignment,
  covered,
  SSO_PATH,
  ssoGroup,
  ssoRoleArn,
  ssoRoleName,
  ssoUser,
  trustsIdentityCenter,
  worldOf,
} from '../support/facts.ts'

const PROD = '111122223333'
const TEST = '444455556666'
const ELSEWHERE = '777788889999'

const ssoRole = (account: string, bucket: string): PrincipalSpec => ({
  path: SSO_PATH,
  policies: { inline: [{ actions: 's3:GetObject', on: `arn:aws:s3:::${bucket}/*` }, { actions: 'sts:AssumeRole' }] },
  trust: [trustsIdentityCenter(account)],
})

const ada = ssoUser('11111111-aaaa', 'ada')
const ben = ssoUser('22222222-bbbb', 'ben')
const cyd = ssoUser('33333333-cccc', 'cyd', { state: 'DISABLED' })
const dan = ssoUser('44444444-dddd', 'dan')
const group = ssoGroup('99999999-gggg', 'Data_Team', [ben, cyd])

let estate: Estate
beforeAll(async () => {
  estate = await worldOf({
    files: {
      'prod.json': accountExport({
        account: PROD,
        roles: {
          [ssoRoleName('Data_Read')]: ssoRole(PROD, 'prod-data'),
          [ssoRoleName('Data')]: ssoRole(PROD, 'prod-other'),
          // Somebody's own role that only looks like one.
          [ssoRoleName('Admin')]: { ...ssoRole(PROD, 'prod-data'), path: '/' },
          deep: { policies: { p: [{ actions: 's3:GetObject', on: 'arn:aws:s3:::prod-deep/*' }] }, trust: [trusts(PROD)] },
        },
      }),
      'test.json': accountExport({ account: TEST, roles: { [ssoRoleName('Data_Read')]: ssoRole(TEST, 'test-data') } }),
    },
    facts: [
      [ada, ben, cyd, dan],
      group,
      accountScope(ELSEWHERE),
      assignment(ada, 'Data_Read', PROD),
      assignment(group[0], 'Data_Read', PROD),
      assignment(ada, 'Admin', PROD),
      assignment(dan, 'Gone', PROD),
      assignment(dan, 'Data_Read', ELSEWHERE),
    ],
    coverage: [covered('aws:sso:999999999999')],
  })
})

const via = (target: string, action = 's3:GetObject', account = PROD) =>
  whoCanReach(estate, { target, account, actions: [action], via: ['FEDERATION'] })
    .edges.map(({ node }) => node)
    .filter(({ principal }) => principal.kind === 'IdentityCenterUser')

describe('an assignment in Identity Center', () => {
  it('lets its user, and the members of its group, reach what the role of the assigned account reaches', () => {
    expect(via('arn:aws:s3:::prod-data/x').map(({ principal, certainty }) => `${principal.name} ${certainty}`)).toEqual([
      'ada ALLOWED',
      'ben ALLOWED',
    ])
  })

  it('gives nothing in other accounts where a role of the same permission set exists', () => {
    expect(via('arn:aws:s3:::test-data/x', 's3:GetObject', TEST)).toEqual([])
    expect(effectivePermissions(estate, { principal: 'ada' }).edges.map(({ node }) => node.target.id)).not.toContain('arn:aws:s3:::test-data/*')
  })

  it('gives the role of exactly that permission set, whose name may hold underscores', () => {
    expect(via('arn:aws:s3:::prod-other/x')).toEqual([])
    const targets = effectivePermissions(estate, { principal: 'ben' }).edges.map(({ node }) => node.target.id)
    expect(targets).toContain('arn:aws:s3:::prod-data/*')
    expect(targets).not.toContain('arn:aws:s3:::prod-other/*')
  })

  it('gives no role that is only named like one', () => {
    const taken = effectivePermissions(estate, { principal: 'ada' }).edges.flatMap(({ node }) => node.evidence.map(({ entity }) => entity.id))
    expect(taken).toContain(ssoRoleArn('Data_Read'))
    expect(taken).not.toContain(roleArn(ssoRoleName('Admin')))
  })

  it('gives nothing to a user who is disabled', () => {
    expect(effectivePermissions(estate, { principal: 'cyd' }).totalCount).toBe(0)
    const { effect, because } = checkAccess(estate, { principal: 'cyd', action: 's3:GetObject', target: 'arn:aws:s3:::prod-data/x', account: PROD })
    expect(effect).toBe('DENY')
    expect(because[0]?.message).toContain('disabled')
  })

  it('leads on to the roles that its role may take', () => {
    expect(via('arn:aws:s3:::prod-deep/x').map(({ principal }) => principal.name)).toEqual(['ada', 'ben'])
  })

  it('is shown step by step: user, group, assignment, permission set, role, statement', () => {
    const [, row] = via('arn:aws:s3:::prod-data/x')
    expect(row?.evidence.map(({ relation, entity }) => `${relation} ${entity.kind}`)).toEqual([
      'PRINCIPAL IdentityCenterUser',
      'MEMBER_OF IdentityCenterGroup',
      'HOLDS AwsAccountAssignment',
      'GIVES AwsPermissionSet',
      'STATEMENT AwsRole',
      'ACTS_AS AwsRole',
      'PRINCIPAL AwsRole',
      'HOLDS AwsPolicyAttachment',
      'GIVES AwsInlinePolicy',
      'STATEMENT AwsInlinePolicy',
      'AT AwsAccount',
      'TARGET AWS::S3::Object',
    ])
  })

  it('is a caveat where its role is in an account that was not loaded, and nothing where the loaded account lacks it', () => {
    const { totalCount, caveats } = effectivePermissions(estate, { principal: 'dan' })
    expect(totalCount).toBe(0)
    const missing = caveats.filter(({ code }) => code === 'SSO_ROLE_NOT_LOADED')
    expect(missing.map(({ source }) => source)).toEqual([`aws:iam:${ELSEWHERE}`])
    expect(effectivePermissions(estate, { principal: 'ada' }).caveats.map(({ code }) => code)).not.toContain('SSO_ROLE_NOT_LOADED')
  })
})

describe('a user of Identity Center who asks as itself', () => {
  it('is denied, and told which assignments would do', () => {
    const { effect, because } = checkAccess(estate, { principal: 'ben', action: 's3:GetObject', target: 'arn:aws:s3:::prod-data/x', account: PROD })
    expect(effect).toBe('DENY')
    expect(because).toMatchObject([{ layer: 'IDENTITY', kind: 'MISSING_ALLOW', policy: expect.stringContaining('Data_Read@111122223333') }])
    expect(because[0]?.message).toContain(ssoRoleArn('Data_Read'))
  })

  it('is denied with one reason where no assignment would do', () => {
    const { effect, because } = checkAccess(estate, { principal: 'ben', action: 's3:PutObject', target: 'arn:aws:s3:::prod-data/x', account: PROD })
    expect(effect).toBe('DENY')
    expect(because.map(({ policy }) => policy)).toEqual([undefined])
  })

  it('may sign in to its roles and to no other', () => {
    const signIn = (target: string) => checkAccess(estate, { principal: 'ben', action: 'sts:AssumeRoleWithSAML', target }).effect
    expect(signIn(ssoRoleArn('Data_Read'))).toBe('ALLOW')
    expect(signIn(ssoRoleArn('Data'))).toBe('DENY')
    expect(signIn(ssoRoleArn('Data_Read', TEST))).toBe('DENY')
  })
})

describe('a role of Identity Center', () => {
  it('that trusts another identity provider is taken by nobody who is assigned it', async () => {
    const other = {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${PROD}:saml-provider/Okta` },
      Action: 'sts:AssumeRoleWithSAML',
    }
    const world = await worldOf({
      files: { 'iam.json': accountExport({ roles: { [ssoRoleName('Read')]: { ...ssoRole(PROD, 'data'), trust: [other] } } }) },
      facts: [ada, assignment(ada, 'Read', PROD)],
    })
    expect(effectivePermissions(world, { principal: 'ada' }).totalCount).toBe(0)
  })

  it('that only a policy names may be the assigned one: what it reaches is conditional', async () => {
    const role = ssoRoleArn('Read', ELSEWHERE)
    const world = await worldOf({
      files: {
        'iam.json': accountExport({}),
        'policies.json': [
          {
            Resource: 'arn:aws:s3:::shared',
            Account: PROD,
            Policy: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared/*' }],
            },
          },
        ],
      },
      facts: [ada, accountScope(ELSEWHERE), assignment(ada, 'Read', ELSEWHERE)],
    })
    const rows = whoCanReach(world, { target: 'arn:aws:s3:::shared/x', actions: ['s3:GetObject'] }).edges.map(({ node }) => node)
    expect(rows.find(({ principal }) => principal.name === 'ada')).toMatchObject({ via: 'FEDERATION', certainty: 'CONDITIONAL' })
  })
})

describe('what of Identity Center was not loaded', () => {
  const files = {
    'iam.json': accountExport({ roles: { [ssoRoleName('Read')]: ssoRole(PROD, 'data'), [ssoRoleName('Write')]: ssoRole(PROD, 'other') } }),
  }
  const ask = async (facts: readonly (GraphFact | readonly GraphFact[])[], coverage: readonly string[] = []) => {
    const world = await worldOf({ files, facts, coverage: coverage.map((id) => covered(id)) })
    const answer = whoCanReach(world, { target: 'arn:aws:s3:::data/x', account: PROD, actions: ['s3:GetObject'], via: ['FEDERATION'] })
    return {
      rows: answer.edges.map(({ node }) => `${node.principal.kind} ${node.certainty}`),
      codes: answer.caveats.map(({ code }) => code).filter((code) => /SSO|IDENTITY_CENTER/.test(code)),
    }
  }
  const unlisted = (facts: readonly GraphFact[], kind: string): GraphFact[] =>
    facts.map((fact) => (fact.record === 'entity' && fact.kind === kind ? { ...fact, coverage: [], name: fact.id } : fact))

  it('leaves everybody whom its provider vouches for, and says so', async () => {
    expect(await ask([])).toEqual({ rows: ['FederatedSubject CONDITIONAL'], codes: ['IDENTITY_CENTER_NOT_LOADED'] })
  })

  it('is nothing where all assignments are known: nobody else signs in by its provider', async () => {
    const facts = [ada, assignment(ada, 'Read', PROD)]
    expect(await ask(facts, ['aws:sso:999999999999'])).toEqual({ rows: ['IdentityCenterUser ALLOWED'], codes: [] })
    expect((await ask(facts)).rows).toEqual(['IdentityCenterUser ALLOWED', 'FederatedSubject CONDITIONAL'])
  })

  it('leaves open which role an assignment gives whose permission set nobody listed', async () => {
    const { rows } = await ask([ada, unlisted(assignment(ada, 'Read', PROD), 'AwsPermissionSet')], ['aws:sso:999999999999'])
    expect(rows).toEqual(['IdentityCenterUser CONDITIONAL'])
  })

  it('leaves open whether there is a user whom the list of users lacks: those who are deleted leave their assignments behind', async () => {
    const facts = [unlisted([ada], 'IdentityCenterUser'), assignment(ada, 'Read', PROD)]
    expect((await ask(facts, ['aws:sso:999999999999'])).rows).toEqual(['IdentityCenterUser ALLOWED'])
    expect((await ask([ben, ...facts], ['aws:sso:999999999999'])).rows).toEqual(['IdentityCenterUser CONDITIONAL'])
    const both = await ask([ben, assignment(ben, 'Read', PROD), ...facts], ['aws:sso:999999999999'])
    expect(both.rows).toEqual(['IdentityCenterUser ALLOWED', 'IdentityCenterUser CONDITIONAL'])
  })

  it('leaves out the members of a group that nobody listed, and says so', async () => {
    const [team] = ssoGroup('99999999-hhhh', 'team', [])
    const { rows, codes } = await ask([unlisted([team], 'IdentityCenterGroup'), assignment(team, 'Read', PROD)], ['aws:sso:999999999999'])
    expect({ rows, codes }).toEqual({ rows: [], codes: ['SSO_GROUP_NOT_LOADED'] })
  })
})

describe('an export of Identity Center that was cut short', () => {
  it('is a caveat where users of it may be missing, and not beside an answer about somebody else', async () => {
    const world = await worldOf({
      files: { 'prod.json': accountExport({ account: PROD, users: { dev: { policies: { p: [{ actions: 's3:*' }] } } } }) },
      facts: [ada],
      coverage: [covered('aws:sso:999999999999', false)],
    })
    const cut = (caveats: readonly { readonly code: string }[]): number => caveats.filter(({ code }) => code === 'EXPORT_TRUNCATED').length
    const question = { action: 's3:GetObject', target: 'arn:aws:s3:::data/x', account: PROD }
    expect(cut(checkAccess(world, { principal: 'dev', ...question }).caveats)).toBe(0)
    expect(cut(checkAccess(world, { principal: 'ada', ...question }).caveats)).toBe(1)
    expect(cut(whoCanReach(world, { target: question.target, account: PROD, actions: ['s3:GetObject'] }).caveats)).toBe(1)
  })
})

describe('a group of Identity Center', () => {
  it('gives what its members get, and is listed among nobody who acts', () => {
    const rows = effectivePermissions(estate, { principal: 'Data_Team' }).edges.map(({ node }) => `${node.via} ${node.target.id}`)
    expect(rows).toContain('FEDERATION arn:aws:s3:::prod-data/*')
    const kinds = whoCanReach(estate, { target: 'arn:aws:s3:::prod-data/x', account: PROD, actions: ['s3:GetObject'] }).edges.map(
      ({ node }) => node.principal.kind,
    )
    expect(kinds).not.toContain('IdentityCenterGroup')
  })

  it('does not act itself', () => {
    expect(() => checkAccess(estate, { principal: 'Data_Team', action: 's3:GetObject', target: 'arn:aws:s3:::prod-data/x' })).toThrow(
      /groups don't act/,
    )
  })
})
