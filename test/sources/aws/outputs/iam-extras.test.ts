import { describe, expect, test } from 'vitest'
import { smallAccount } from '../../small-account.ts'
import { ACCOUNT, bothRoads, bundle, failed, loose, REGION } from './bundle.ts'

const iam = (operation: string, subject?: string): string =>
  `global/iam/${operation}${subject === undefined ? '' : `/${encodeURIComponent(subject)}`}`
const arn = (text: string): string => `arn:aws:iam::${ACCOUNT}:${text}`

describe('identity providers', () => {
  const SAML = arn('saml-provider/Okta')
  const GITHUB = arn('oidc-provider/token.actions.githubusercontent.com')
  const CLUSTER = arn('oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE1234')
  const metadata =
    '<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://www.okta.com/exk1"><md:IDPSSODescriptor/></md:EntityDescriptor>'
  const github = {
    Url: 'token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com', 'other'],
    ThumbprintList: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
    CreateDate: '2024-04-01T00:00:00+00:00',
    Tags: [{ Key: 'team', Value: 'ci' }],
  }
  const outputs = {
    [iam('list-saml-providers')]: {
      SAMLProviderList: [{ Arn: SAML, ValidUntil: '2123-03-09T10:41:45+00:00', CreateDate: '2023-03-09T10:41:45+00:00' }],
    },
    [iam('get-saml-provider', SAML)]: {
      SAMLMetadataDocument: metadata,
      CreateDate: '2023-03-09T10:41:45+00:00',
      ValidUntil: '2123-03-09T10:41:45+00:00',
      Tags: [],
    },
    [iam('list-open-id-connect-providers')]: { OpenIDConnectProviderList: [{ Arn: GITHUB }, { Arn: CLUSTER }] },
    [iam('get-open-id-connect-provider', GITHUB)]: github,
  }

  test('are resources with their issuer, audiences and tags', async () => {
    const { entity, findings, arrows, coverage } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(SAML)).toMatchObject({ kind: 'AWS::IAM::SAMLProvider', name: 'Okta', scope: ACCOUNT })
    expect(entity(SAML)?.properties).toEqual({
      createdAt: '2023-03-09T10:41:45.000Z',
      validUntil: '2123-03-09T10:41:45.000Z',
      issuer: 'http://www.okta.com/exk1',
      tags: [],
    })
    expect(entity(GITHUB)).toMatchObject({ kind: 'AWS::IAM::OIDCProvider', name: 'token.actions.githubusercontent.com' })
    expect(entity(GITHUB)?.properties).toEqual({
      createdAt: '2024-04-01T00:00:00.000Z',
      issuer: 'token.actions.githubusercontent.com',
      clientIds: ['other', 'sts.amazonaws.com'],
      tags: ['team=ci'],
    })
    expect(entity(CLUSTER)?.properties.issuer).toBe('oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE1234')
    expect(arrows).toContain(`${ACCOUNT} CONTAINS ${GITHUB}`)
    expect(coverage).toEqual([`aws:iam-providers:${ACCOUNT}`].map((id) => `${id} complete`))
  })

  test('an OIDC provider names itself by its URL and account; a SAML provider must be named', async () => {
    const caller = { UserId: 'AIDAEXAMPLE', Account: ACCOUNT, Arn: arn('user/ops') }
    const { entity, findings } = await loose({ 'caller.json': caller, 'oidc.json': github, 'saml.json': { SAMLMetadataDocument: metadata } })
    expect(entity(GITHUB)?.properties.clientIds).toEqual(['other', 'sts.amazonaws.com'])
    expect(findings).toEqual(['WRONG_SHAPE saml.json'])
  })

  test('a row of something else stops no other', async () => {
    const { entity, findings } = await bundle({
      [iam('list-open-id-connect-providers')]: { OpenIDConnectProviderList: [{ Arn: SAML }, { Arn: GITHUB }] },
    })
    expect(findings).toEqual(['WRONG_SHAPE list-open-id-connect-providers.json OpenIDConnectProviderList[0].Arn'])
    expect(entity(GITHUB)).toBeDefined()
  })

  test('what could not be listed is a gap', async () => {
    const { findings, coverage } = await bundle({ [iam('list-saml-providers')]: failed('AccessDenied') })
    expect(findings).toEqual(['EXPORT_TRUNCATED list-saml-providers.json'])
    expect(coverage).toEqual([`aws:iam-providers:${ACCOUNT} incomplete`])
  })
})

describe('instance profiles', () => {
  const PROFILE = arn('instance-profile/app/web')
  const ROLE = arn('role/app/web')
  const row = {
    Path: '/app/',
    InstanceProfileName: 'web',
    InstanceProfileId: 'AIPAQ3EGWO7EXAMPLEAAA',
    Arn: PROFILE,
    CreateDate: '2024-01-01T00:00:00+00:00',
    Roles: [{ Path: '/app/', RoleName: 'web', RoleId: 'AROAQ3EGWO7EXAMPLEAAA', Arn: ROLE }],
  }

  test('carry the credentials of their role', async () => {
    const { entity, arrows, findings } = await bundle({
      [iam('list-instance-profiles')]: { InstanceProfiles: [{ Arn: 'x' }, row] },
      [iam('get-instance-profile', 'web')]: { InstanceProfile: { ...row, Tags: [{ Key: 'team', Value: 'web' }] } },
    })
    expect(findings).toEqual(['WRONG_SHAPE list-instance-profiles.json InstanceProfiles[0].Arn'])
    expect(entity(PROFILE)).toMatchObject({
      kind: 'AWS::IAM::InstanceProfile',
      name: 'web',
      properties: { path: '/app/', uniqueId: 'AIPAQ3EGWO7EXAMPLEAAA', createdAt: '2024-01-01T00:00:00.000Z', tags: ['team=web'] },
    })
    expect(arrows).toContain(`${PROFILE} CAN_AUTHENTICATE_AS ${ROLE}`)
  })

  test('say the same wherever the files lie', async () => {
    const { placed, free } = await bothRoads({ [iam('list-instance-profiles')]: { InstanceProfiles: [row] } })
    expect(free).toEqual(placed)
  })
})

describe('roles', () => {
  const [role] = smallAccount.RoleDetailList
  const id = String(role?.['Arn'])
  const printed = {
    Role: {
      Path: role?.['Path'],
      RoleName: role?.['RoleName'],
      RoleId: role?.['RoleId'],
      Arn: id,
      CreateDate: role?.['CreateDate'],
      AssumeRolePolicyDocument: role?.['AssumeRolePolicyDocument'],
      RoleLastUsed: { LastUsedDate: '2026-11-20T00:00:00+00:00', Region: 'eu-central-1' },
    },
  }

  test('tell when they were last used, and leave trust and policies to the account authorization details', async () => {
    const { entity, findings } = await loose({ 'role.json': printed })
    expect(findings).toEqual([])
    expect(entity(id)).toMatchObject({ kind: 'AwsRole', document: null, coverage: [`aws:iam-roles:${ACCOUNT}`] })
    expect(entity(id)?.properties).toMatchObject({ lastUsedAt: '2026-11-20T00:00:00.000Z', lastUsedRegion: 'eu-central-1' })
    const alone = await loose({ 'a.json': smallAccount })
    const both = await loose({ 'a.json': smallAccount, 'role.json': printed })
    expect(both.entity(id)?.document).toBe(alone.entity(id)?.document)
    expect(both.entity(id)?.document).not.toBeNull()
    expect(both.arrows).toEqual(alone.arrows)
  })

  test('a listing of roles is read row by row', async () => {
    const { entity, findings } = await loose({ 'roles.json': { Roles: [printed.Role, { RoleName: 'x' }] } })
    expect(findings).toEqual(['WRONG_SHAPE roles.json Roles[1].Arn'])
    expect(entity(id)?.properties.uniqueId).toBe(role?.['RoleId'])
  })
})

describe('versions of a managed policy', () => {
  const POLICY = arn('policy/data/ReadBuckets')
  const versions = (...ids: readonly number[]): object => ({
    Versions: ids.map((id) => ({ VersionId: `v${id}`, IsDefaultVersion: id === 2, CreateDate: '2024-01-01T00:00:00+00:00' })),
  })

  test('are counted, once each, on however many pages', async () => {
    const path = iam('list-policy-versions', POLICY)
    const { entity, findings } = await bundle({
      [`${path}.0001`]: { ...versions(3, 2), IsTruncated: true, Marker: 'x' },
      [`${path}.0002`]: versions(2, 1),
    })
    expect(findings).toEqual([])
    expect(entity(POLICY)).toMatchObject({ label: 'Role', kind: 'AwsManagedPolicy', name: 'ReadBuckets', scope: ACCOUNT })
    expect(entity(POLICY)?.properties).toEqual({ policyVersions: 3, defaultVersion: 'v2' })
  })

  test('are not counted where the last page is missing', async () => {
    const { entity, findings } = await bundle({ [iam('list-policy-versions', POLICY)]: { ...versions(3, 2), IsTruncated: true } })
    expect(findings).toEqual(['EXPORT_TRUNCATED arn%3Aaws%3Aiam%3A%3A111122223333%3Apolicy%2Fdata%2FReadBuckets.json'])
    expect(entity(POLICY)?.properties).toEqual({ defaultVersion: 'v2' })
  })

  test('leave the document to the account authorization details', async () => {
    const alone = await loose({ 'a.json': smallAccount })
    const both = await loose({ 'a.json': smallAccount, [`${ACCOUNT}/${iam('list-policy-versions', POLICY)}.json`]: versions(2, 1) })
    expect(both.entity(POLICY)?.document).toBe(alone.entity(POLICY)?.document)
    expect(both.entity(POLICY)?.properties.policyVersions).toBe(2)
  })

  test('must say of which policy', async () => {
    const { findings } = await bundle({ [iam('list-policy-versions')]: versions(2), [iam('list-policy-versions', arn('role/x'))]: versions(2) })
    expect(findings.map((finding) => finding.split(' ')[0])).toEqual(['WRONG_SHAPE', 'WRONG_SHAPE'])
  })
})

describe('IAM Roles Anywhere', () => {
  const ANCHOR = `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:trust-anchor/1111-2222`
  const PROFILE = `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:profile/3333-4444`
  const CA = `arn:aws:acm-pca:${REGION}:${ACCOUNT}:certificate-authority/5555`
  const outputs = {
    'rolesanywhere/list-trust-anchors': {
      trustAnchors: [
        {
          createdAt: '2024-01-01T00:00:00.000000+00:00',
          enabled: true,
          name: 'plant',
          source: { sourceData: { acmPcaArn: CA }, sourceType: 'AWS_ACM_PCA' },
          trustAnchorArn: ANCHOR,
          trustAnchorId: '1111-2222',
          updatedAt: '2024-02-01T00:00:00.000000+00:00',
        },
      ],
    },
    'rolesanywhere/list-profiles': {
      profiles: [
        {
          createdAt: '2024-01-01T00:00:00+00:00',
          durationSeconds: 3600,
          enabled: false,
          name: 'plant',
          profileArn: PROFILE,
          roleArns: [arn('role/press'), arn('role/saw')],
        },
      ],
    },
  }

  test('profiles carry the credentials of the roles that they hand out', async () => {
    const { entity, arrows, findings, coverage } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(ANCHOR)).toMatchObject({ kind: 'AWS::RolesAnywhere::TrustAnchor', name: 'plant' })
    expect(entity(ANCHOR)?.properties).toMatchObject({
      state: 'Enabled',
      issuer: CA,
      description: 'AWS_ACM_PCA',
      createdAt: '2024-01-01T00:00:00.000Z',
    })
    expect(entity(PROFILE)).toMatchObject({ kind: 'AWS::RolesAnywhere::Profile', properties: { state: 'Disabled', maxSessionSeconds: 3600 } })
    expect(arrows.filter((arrow) => arrow.includes('CAN_AUTHENTICATE_AS'))).toEqual([
      `${PROFILE} CAN_AUTHENTICATE_AS ${arn('role/press')}`,
      `${PROFILE} CAN_AUTHENTICATE_AS ${arn('role/saw')}`,
    ])
    expect(coverage).toEqual([`aws:rolesanywhere/${REGION}:${ACCOUNT} complete`])
  })

  test('say the same wherever the files lie', async () => {
    const { placed, free } = await bothRoads(outputs)
    expect(free).toEqual(placed)
  })
})
