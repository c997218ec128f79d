import { describe, expect, test } from 'vitest'
import { folderOf, read, type Read } from '../reading.ts'
import { smallAccount } from '../small-account.ts'

const ACCOUNT = '111122223333'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/target`
const [template] = smallAccount.RoleDetailList

async function readTrust(statement: object, path = '/', name = 'target'): Promise<Read> {
  const role = {
    ...template,
    RoleName: name,
    Path: path,
    Arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement] },
    InstanceProfileList: [],
  }
  return read(await folderOf({ 'export.json': { ...smallAccount, RoleDetailList: [...smallAccount.RoleDetailList, role] } }))
}

const allow = (principal: unknown, action: unknown = 'sts:AssumeRole', condition?: object): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(condition === undefined ? {} : { Condition: condition }),
})

const holders = ({ arrows }: Read): readonly string[] =>
  arrows.filter((arrow) => arrow.endsWith(` HOLDS ${ROLE}#trust/0`)).map((arrow) => arrow.split(' HOLDS ')[0] ?? '')

const github = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`
const saml = `arn:aws:iam::${ACCOUNT}:saml-provider/okta`
const web = 'sts:AssumeRoleWithWebIdentity'

describe('the principals that a trust statement names hold it', () => {
  test.each<[string, object, readonly string[]]>([
    ['a user', allow({ AWS: `arn:aws:iam::${ACCOUNT}:user/people/ada` }), [`arn:aws:iam::${ACCOUNT}:user/people/ada`]],
    [
      'several',
      allow({ AWS: [`arn:aws:iam::${ACCOUNT}:user/people/ada`, '999988887777'], Service: 'ec2.amazonaws.com' }),
      [`arn:aws:iam::${ACCOUNT}:user/people/ada`, 'arn:aws:iam::999988887777:root', 'ec2.amazonaws.com'],
    ],
    ['an account by its root', allow({ AWS: 'arn:aws:iam::999988887777:root' }), ['arn:aws:iam::999988887777:root']],
    ['an account by its digits', allow({ AWS: '999988887777' }), ['arn:aws:iam::999988887777:root']],
    ['a bare ARN', allow('arn:aws:iam::999988887777:role/x'), ['arn:aws:iam::999988887777:role/x']],
    [
      'a session, which is its role, path and all',
      allow({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/me` }),
      [`arn:aws:iam::${ACCOUNT}:role/ci/deployer`],
    ],
    [
      'a session of a role elsewhere',
      allow({ AWS: 'arn:aws:sts::999988887777:assumed-role/deployer/me' }),
      ['arn:aws:iam::999988887777:role/deployer'],
    ],
    ['a deleted user', allow({ AWS: 'AIDAJQABLZS4A3QDU576Q' }), ['AIDAJQABLZS4A3QDU576Q']],
    ['a deleted role', allow({ AWS: 'AROAJQABLZS4A3QDU576Q' }), ['AROAJQABLZS4A3QDU576Q']],
    ['anybody who signs', allow('*'), ['AnyAuthenticated']],
    ['anybody who signs, said with AWS', allow({ AWS: '*' }), ['AnyAuthenticated']],
    ['anybody with a token too', allow('*', 'sts:*'), ['AnyAuthenticated', '*']],
    ['all but one', { Effect: 'Allow', NotPrincipal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' }, ['AnyAuthenticated']],
    [
      'a subject of GitHub',
      allow({ Federated: github }, web, { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/infra:ref:refs/heads/main' } }),
      ['token.actions.githubusercontent.com:repo:acme/infra:ref:refs/heads/main'],
    ],
    [
      'patterns of subjects',
      allow({ Federated: github }, web, { 'ForAnyValue:StringLike': { 'Token.Actions.GitHubUserContent.com:SUB': ['repo:b/*', 'repo:a/*'] } }),
      ['token.actions.githubusercontent.com:repo:a/*', 'token.actions.githubusercontent.com:repo:b/*'],
    ],
    [
      'the narrower of two conditions',
      allow({ Federated: github }, web, {
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/*' },
        StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a/x' },
      }),
      ['token.actions.githubusercontent.com:repo:a/x'],
    ],
    [
      'whoever the issuer vouches for',
      allow({ Federated: github }, web, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }),
      ['token.actions.githubusercontent.com:*'],
    ],
    [
      'an issuer with a path',
      allow({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB12` }, web, {
        StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub': 'system:serviceaccount:prod:api' },
      }),
      ['oidc.eks.eu-west-1.amazonaws.com/id/AB12:system:serviceaccount:prod:api'],
    ],
    ['a consumer identity provider', allow({ Federated: 'cognito-identity.amazonaws.com' }, web), ['cognito-identity.amazonaws.com:*']],
    ['a SAML provider', allow({ Federated: saml }, 'sts:AssumeRoleWithSAML', { StringEquals: { 'SAML:aud': 'x' } }), [`${saml}:*`]],
    ['a SAML subject', allow({ Federated: saml }, 'sts:AssumeRoleWithSAML', { StringEquals: { 'SAML:sub': 'ada' } }), [`${saml}:ada`]],
    ['nobody: a pattern, which AWS refuses', allow({ AWS: `arn:aws:iam::${ACCOUNT}:role/*` }), []],
    ['nobody: words', allow({ AWS: 'everyone' }), []],
  ])('%s', async (_who, statement, expected) => {
    const facts = await readTrust(statement)
    expect(holders(facts)).toEqual(expected)
    expect(expected.filter((id) => facts.entity(id) === undefined)).toEqual([])
  })

  test('a statement that denies gives nothing', async () => {
    const facts = await readTrust({ ...allow('*'), Effect: 'Deny' })
    expect(facts.entity(`${ROLE}#trust/0`)).toBeUndefined()
  })
})

describe('who is only named', () => {
  test('is marked as outside where its account is not loaded, and stated by nobody', async () => {
    const facts = await readTrust(allow({ AWS: ['999988887777', `arn:aws:iam::${ACCOUNT}:user/gone`] }))
    expect(facts.entity('arn:aws:iam::999988887777:root')).toMatchObject({
      kind: 'AwsAccountPrincipal',
      coverage: [],
      properties: { external: true, nature: 'EXTERNAL' },
    })
    expect(facts.entity(`arn:aws:iam::${ACCOUNT}:user/gone`)).toMatchObject({ kind: 'AwsUser', coverage: [], properties: { nature: 'UNKNOWN' } })
    expect(facts.entity(`arn:aws:iam::${ACCOUNT}:user/gone`)?.properties).not.toHaveProperty('external')
  })

  test('is not outside where anything else of its account is loaded', async () => {
    const queue = {
      Resource: 'arn:aws:sqs:eu-west-1:999988887777:jobs',
      Policy: { Statement: [allow({ AWS: '999988887777' })] },
      Account: '999988887777',
    }
    const facts = await read(await folderOf({ 'policies.json': [queue] }))
    expect(facts.entity('arn:aws:iam::999988887777:root')?.properties).toEqual({ nature: 'UNKNOWN' })
  })

  test('is not repeated where a file states it', async () => {
    const { entities } = await readTrust(allow({ AWS: [`arn:aws:iam::${ACCOUNT}:user/people/ada`, ACCOUNT] }))
    expect(entities.filter(({ id }) => id === `arn:aws:iam::${ACCOUNT}:user/people/ada`).map(({ coverage }) => coverage.length)).toEqual([1])
    expect(entities.filter(({ id }) => id === `arn:aws:iam::${ACCOUNT}:root`).map(({ kind }) => kind)).toEqual(['AwsRootUser'])
  })

  test('a deleted principal says that it was deleted', async () => {
    const facts = await readTrust(allow({ AWS: 'AIDAJQABLZS4A3QDU576Q' }))
    expect(facts.entity('AIDAJQABLZS4A3QDU576Q')).toMatchObject({ kind: 'AwsUser', properties: { description: expect.stringContaining('deleted') } })
  })
})

describe('the nature of a role', () => {
  const outside = { AWS: 'arn:aws:iam::999988887777:root' }
  test.each<[string, string, object, string?, string?]>([
    ['WORKLOAD', 'only services', allow({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })],
    ['WORKLOAD', 'a service-linked role', allow({ Service: 'ecs.amazonaws.com' }), '/aws-service-role/ecs.amazonaws.com/'],
    ['WORKLOAD', "a pipeline's token", allow({ Federated: github }, web)],
    ['HUMAN', 'only SAML', allow({ Federated: saml }, 'sts:AssumeRoleWithSAML')],
    ['HUMAN', 'Identity Center', allow({ Federated: saml }), '/aws-reserved/sso.amazonaws.com/', 'AWSReservedSSO_Admin_0123456789abcdef'],
    ['EXTERNAL', 'a third party with its external id', allow(outside, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
    ['EXTERNAL', 'anybody', allow('*')],
    ['EXTERNAL', 'the public', allow({ Federated: 'accounts.google.com' }, web)],
    ['UNKNOWN', 'another account', allow(outside)],
    ['UNKNOWN', 'anybody of an organisation', allow('*', 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalOrgID': 'o-x' } })],
    ['UNKNOWN', 'services and an account', allow({ Service: 'ec2.amazonaws.com', ...outside })],
  ])('%s: %s', async (nature, _what, statement, path = '/', name = 'target') => {
    const facts = await readTrust(statement, path, name)
    expect(facts.entity(`arn:aws:iam::${ACCOUNT}:role${path}${name}`)?.properties.nature).toBe(nature)
  })

  test('roles that AWS makes are marked so', async () => {
    const linked = await readTrust(allow({ Service: 'ecs.amazonaws.com' }), '/aws-service-role/ecs.amazonaws.com/')
    expect(linked.entity(`arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/target`)?.properties.providerManaged).toBe(true)
    expect(linked.entity(`arn:aws:iam::${ACCOUNT}:role/host`)?.properties).not.toHaveProperty('providerManaged')
  })
})
