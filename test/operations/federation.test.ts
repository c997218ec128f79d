import { beforeAll, describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, roleArn } from '../support/account.ts'
import { accountScope, covered, edge, entity, worldOf } from '../support/facts.ts'
import { estateOf } from '../support/estate.ts'

const HOST = 'token.actions.githubusercontent.com'
const github = (subject: string): object => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${HOST}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringLike: { [`${HOST}:sub`]: subject } },
})
const read = { p: [{ actions: 's3:GetObject' }] }

let estate: Estate
beforeAll(async () => {
  estate = await estateOf({
    'iam.json': accountExport({
      roles: {
        any: { policies: read, trust: [github('repo:acme/*:*')] },
        infra: { policies: read, trust: [github('repo:acme/infra:*')] },
        main: { policies: read, trust: [github('repo:acme/infra:ref:refs/heads/main')] },
        sso: {
          policies: read,
          trust: [
            {
              Effect: 'Allow',
              Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/Okta` },
              Action: 'sts:AssumeRoleWithSAML',
              Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
            },
          ],
        },
      },
    }),
  })
})

const takes = (subject: string, role: string) =>
  checkAccess(estate, { principal: `${HOST}:${subject}`, action: 'sts:AssumeRoleWithWebIdentity', target: roleArn(role) }).effect

describe('a federated subject', () => {
  it('takes the roles whose trust names it or more than it', () => {
    expect(takes('repo:acme/infra:*', 'infra')).toBe('ALLOW')
    expect(takes('repo:acme/infra:*', 'any')).toBe('ALLOW')
    expect(takes('repo:acme/infra:ref:refs/heads/main', 'any')).toBe('ALLOW')
  })

  it('takes a role that trusts some of it on the condition that it is one of them', () => {
    expect(takes('repo:acme/*:*', 'infra')).toBe('CONDITIONAL')
    expect(takes('repo:acme/infra:*', 'main')).toBe('CONDITIONAL')
  })

  it('is no principal of the account that has its provider, nor of its organisation, and signs no sts:AssumeRole', async () => {
    const trust = (principal: object) => ({
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    })
    const okta = `arn:aws:iam::${ACCOUNT}:saml-provider/Okta`
    const world = await worldOf({
      files: {
        'iam.json': accountExport({
          roles: { open: { policies: read, trust: [trust({ AWS: '*' })] }, sso: { policies: read, trust: [trust({ Federated: okta })] } },
        }),
      },
      facts: [
        entity('Scope', 'o-1', { kind: 'AwsOrganization', scope: null }),
        entity('Scope', 'r-1', { kind: 'AwsOrganizationalUnit', scope: null }),
        accountScope(ACCOUNT),
        edge('CONTAINS', { label: 'Scope', id: 'o-1' }, { label: 'Scope', id: 'r-1' }),
        edge('CONTAINS', { label: 'Scope', id: 'r-1' }, { label: 'Scope', id: ACCOUNT }),
      ],
      coverage: [covered('aws:organizations:o-1')],
    })
    const effect = (action: string, role: string) => checkAccess(world, { principal: okta, action, target: roleArn(role) }).effect
    expect(effect('sts:AssumeRoleWithSAML', 'sso')).toBe('DENY')
    expect(effect('sts:AssumeRole', 'open')).toBe('DENY')
    const federated = whoCanReach(world, { target: 'arn:aws:s3:::x/y', account: ACCOUNT, actions: ['s3:GetObject'], via: ['FEDERATION'] })
    expect(federated.edges.map(({ node }) => node.principal.id)).toEqual([])
  })

  it('takes no role that trusts none of it', () => {
    const { aws } = estate
    const other = aws.outsider({ ...(estate.entity(`${HOST}:repo:acme/infra:*`) ?? expect.fail()), id: `${HOST}:repo:other/x:*` })
    expect(aws.decide(other, 'sts:AssumeRoleWithWebIdentity', aws.target(roleArn('infra'))).effect).toBe('DENY')
  })

  it('may be asked about though no policy names it: a branch of a repository, a service account of a cluster', () => {
    expect(takes('repo:acme/infra:environment:prod', 'infra')).toBe('ALLOW')
    expect(takes('repo:acme/infra:environment:prod', 'main')).toBe('DENY')
    expect(takes('repo:evil/infra:environment:prod', 'any')).toBe('DENY')
    const pod = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:system:serviceaccount:default:app'
    expect(checkAccess(estate, { principal: pod, action: 'sts:AssumeRoleWithWebIdentity', target: roleArn('infra') }).effect).toBe('DENY')
  })

  it('is meant, whichever it be, where its provider is asked about', () => {
    const by = (principal: string, action: string, role: string) => checkAccess(estate, { principal, action, target: roleArn(role) }).effect
    const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/`
    expect(by(`${provider}Okta`, 'sts:AssumeRoleWithSAML', 'sso')).toBe('CONDITIONAL')
    expect(by(`${provider}Other`, 'sts:AssumeRoleWithSAML', 'sso')).toBe('DENY')
    expect(by(`arn:aws:iam::${ACCOUNT}:oidc-provider/${HOST}`, 'sts:AssumeRoleWithWebIdentity', 'any')).toBe('CONDITIONAL')
  })

  it('can do what every role can that it may take, whether a policy names it, more than it or only its provider', () => {
    const rolesOf = (subject: string): string[] =>
      effectivePermissions(estate, { principal: `${HOST}:${subject}` })
        .edges.filter(({ node }) => node.actions.includes('sts:AssumeRoleWithWebIdentity'))
        .map(({ node }) => node.target.id)
        .sort()
    expect(rolesOf('repo:acme/infra:ref:refs/heads/main')).toEqual([roleArn('any'), roleArn('infra'), roleArn('main')])
    expect(rolesOf('repo:acme/infra:environment:prod')).toEqual([roleArn('any'), roleArn('infra')])
    expect(rolesOf('repo:evil/x:ref:refs/heads/main')).toEqual([])
  })

  it('reaches what its roles reach, and is listed so', () => {
    const rows = whoCanReach(estate, { target: 'arn:aws:s3:::x/y', actions: ['s3:GetObject'], via: ['FEDERATION'] }).edges.map(
      ({ node }) => `${node.certainty} ${node.principal.id}`,
    )
    expect(rows).toEqual([
      `ALLOWED ${HOST}:repo:acme/*:*`,
      `ALLOWED ${HOST}:repo:acme/infra:*`,
      `ALLOWED ${HOST}:repo:acme/infra:ref:refs/heads/main`,
      expect.stringMatching(/^CONDITIONAL .*saml-provider\/Okta/),
    ])
  })
})
