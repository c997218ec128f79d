import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bundle, failed, loose } from './bundle.ts'

const LEDGER = 'arn:aws:s3:::ledger'
const OWNER = '75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a'
const OTHER = 'a9c8e7d6b5f4a3928170695847362514a9c8e7d6b5f4a3928170695847362514'
const of = (operation: string, bucket = 'ledger'): string => `global/s3api/${operation}/${bucket}`

const listing = {
  Buckets: [
    { Name: 'ledger', CreationDate: '2024-03-01T10:00:00+00:00', BucketRegion: 'eu-west-1' },
    { Name: 'site', CreationDate: '2025-01-02T00:00:00+00:00' },
  ],
  Owner: { DisplayName: 'ops', ID: OWNER },
  Prefix: null,
}
const block = (value: boolean): object => ({
  PublicAccessBlockConfiguration: { BlockPublicAcls: value, IgnorePublicAcls: value, BlockPublicPolicy: value, RestrictPublicBuckets: value },
})

describe('a policy that was saved by itself', () => {
  const policy = allowing({ AWS: 'arn:aws:iam::999988887777:role/partner' }, 's3:GetObject', `${LEDGER}/*`)

  test('is read where its place says whose it is', async () => {
    const { entity, findings } = await bundle({ [of('get-bucket-policy')]: policy })
    expect(findings).toEqual([])
    expect(entity(LEDGER)).toMatchObject({ document: JSON.stringify(policy), origin: { place: '' } })
  })

  test('is refused, with what to do about it, where nothing does', async () => {
    const { findings, text } = await loose({ 'ledger.json': policy })
    expect(findings).toEqual(['NOT_RECOGNISED ledger.json'])
    expect(text).toContain('A policy document by itself')
  })
})

describe('buckets', () => {
  test('come with their settings, from as many outputs as there are', async () => {
    const policy = allowing({ AWS: 'arn:aws:iam::999988887777:role/partner' }, 's3:GetObject', `${LEDGER}/*`)
    const { entity, arrows, findings, coverage } = await bundle({
      'global/s3api/list-buckets': listing,
      [of('get-bucket-policy')]: { Policy: JSON.stringify(policy) },
      [of('get-bucket-tagging')]: {
        TagSet: [
          { Key: 'team', Value: 'pay' },
          { Key: 'data', Value: 'secret' },
        ],
      },
      [of('get-public-access-block')]: block(true),
      [of('get-bucket-ownership-controls')]: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      [of('get-bucket-encryption')]: {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/1234' },
              BucketKeyEnabled: true,
            },
          ],
        },
      },
      [of('get-bucket-abac')]: { AbacStatus: { Status: 'Enabled' } },
    })
    expect(findings).toEqual([])
    expect(entity(LEDGER)).toMatchObject({
      label: 'Resource',
      kind: 'AWS::S3::Bucket',
      name: 'ledger',
      scope: ACCOUNT,
      document: JSON.stringify(policy),
      properties: {
        createdAt: '2024-03-01T10:00:00.000Z',
        region: 'eu-west-1',
        tags: ['data=secret', 'team=pay'],
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
        objectOwnership: 'BucketOwnerEnforced',
        encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
        abacEnabled: true,
      },
    })
    expect(arrows).toContain(`arn:aws:iam::999988887777:role/partner HOLDS ${LEDGER}#policy/0`)
    expect(entity(ACCOUNT)).toMatchObject({ kind: 'AwsAccount', properties: { canonicalUserId: OWNER } })
    expect(coverage).toEqual([`aws:s3:${ACCOUNT}`].map((id) => `${id} complete`))
  })

  test('may lack what AWS says they lack: that is known, and what holds then is said', async () => {
    const { entity, findings, coverage } = await bundle({
      [of('get-bucket-policy')]: failed('NoSuchBucketPolicy'),
      [of('get-bucket-tagging')]: failed('NoSuchTagSet'),
      [of('get-public-access-block')]: failed('NoSuchPublicAccessBlockConfiguration'),
      [of('get-bucket-ownership-controls')]: failed('OwnershipControlsNotFoundError'),
      [of('get-bucket-encryption')]: failed('ServerSideEncryptionConfigurationNotFoundError'),
    })
    expect(findings).toEqual([])
    expect(entity(LEDGER)?.properties).toEqual({
      policyState: 'ABSENT',
      tags: [],
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
      objectOwnership: 'ObjectWriter',
    })
    expect(coverage).toEqual([`aws:s3:${ACCOUNT} complete`])
  })

  test('whose settings nobody was allowed to read are there, and nothing is said of the settings', async () => {
    const operations = ['get-bucket-policy', 'get-bucket-tagging', 'get-public-access-block', 'get-bucket-ownership-controls', 'get-bucket-acl']
    const { entity, findings, coverage } = await bundle({
      'global/s3api/list-buckets': listing,
      ...Object.fromEntries(operations.map((operation) => [of(operation), failed('AccessDenied')])),
    })
    expect(findings).toEqual(operations.map(() => 'EXPORT_TRUNCATED ledger.json'))
    expect(entity(LEDGER)?.properties).toEqual({ createdAt: '2024-03-01T10:00:00.000Z', region: 'eu-west-1', policyState: 'NOT_LOADED' })
    expect(coverage).toEqual([`aws:s3:${ACCOUNT} incomplete`])
  })

  test('that are gone by now leave no gap', async () => {
    const { findings, coverage } = await bundle({
      'global/s3api/list-buckets': listing,
      [of('get-bucket-policy')]: failed('NoSuchBucket'),
      [of('get-bucket-tagging')]: failed('NoSuchBucket'),
    })
    expect(findings).toEqual([])
    expect(coverage).toEqual([`aws:s3:${ACCOUNT} complete`])
  })

  test('are public by what their policies say, not by what AWS says of the policies', async () => {
    const { entity, findings } = await bundle({
      'global/s3api/list-buckets': listing,
      [of('get-bucket-policy-status')]: { PolicyStatus: { IsPublic: true } },
      [of('get-bucket-policy-status', 'site')]: failed('NoSuchBucketPolicy'),
    })
    expect(findings).toEqual([])
    expect(entity(LEDGER)?.properties).toEqual({ createdAt: '2024-03-01T10:00:00.000Z', region: 'eu-west-1' })
  })

  test('whose policy is none that can be read may have one', async () => {
    const { entity, findings, coverage } = await bundle({ 'global/s3api/list-buckets': listing, [of('get-bucket-policy')]: { Policy: 7 } })
    expect(findings).toEqual(['WRONG_SHAPE ledger.json Policy'])
    expect(entity(LEDGER)?.properties.policyState).toBe('NOT_LOADED')
    expect(coverage).toEqual([`aws:s3:${ACCOUNT} incomplete`])
  })

  test.each([
    ['eu-central-1', 'eu-central-1'],
    ['EU', 'eu-west-1'],
    [null, 'us-east-1'],
  ])('at the location %s are in %s', async (LocationConstraint, region) => {
    expect((await bundle({ [of('get-bucket-location')]: { LocationConstraint } })).entity(LEDGER)?.properties).toEqual({ region })
  })

  test.each([
    [{ SSEAlgorithm: 'aws:kms' }, { encryptionKey: 'alias/aws/s3' }],
    [{ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: 'alias/pay' }, { encryptionKey: 'alias/pay' }],
    [{ SSEAlgorithm: 'AES256' }, {}],
  ])('encrypted by %j have the key %j', async (ApplyServerSideEncryptionByDefault, properties) => {
    const output = { ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault }] } }
    expect((await bundle({ [of('get-bucket-encryption')]: output })).entity(LEDGER)?.properties).toEqual(properties)
  })

  test.each([
    [{ Status: 'Enabled' }, true],
    [{ Status: 'Disabled' }, false],
    [{}, undefined],
  ])('with ABAC %j: %s', async (AbacStatus, enabled) => {
    const { entity, findings } = await bundle({ [of('get-bucket-abac')]: { AbacStatus } })
    expect(findings).toEqual([])
    expect(entity(LEDGER)?.properties.abacEnabled).toBe(enabled)
  })

  test('one broken row stops no other', async () => {
    const { entity, findings } = await bundle({ 'global/s3api/list-buckets': { Buckets: [{ Name: 7 }, ...listing.Buckets], Owner: { ID: 7 } } })
    expect(findings).toEqual(['WRONG_SHAPE list-buckets.json Buckets[0].Name', 'WRONG_SHAPE list-buckets.json Owner.ID'])
    expect(entity('arn:aws:s3:::site')).toBeDefined()
  })

  test('are recognised by their list, in lower case too, where the caller tells the account', async () => {
    const caller = { UserId: 'AIDAX', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` }
    const { entity, findings } = await loose({ 'b.json': { buckets: [{ name: 'ledger' }], owner: { ID: OWNER } }, 'c.json': caller })
    expect(findings).toEqual([])
    expect(entity(LEDGER)).toMatchObject({ scope: ACCOUNT })
    expect(entity(ACCOUNT)?.properties.canonicalUserId).toBe(OWNER)
  })
})

describe('policies of buckets in files of any name', () => {
  const caller = { UserId: 'AIDAX', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` }
  const policyOn = (...resources: readonly string[]): object => ({
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resources }] }),
  })

  test('are of the bucket that all their statements are about', async () => {
    const { entity, findings, coverage } = await loose({ 'caller.json': caller, 'p.json': policyOn(LEDGER, `${LEDGER}/*`) })
    expect(findings).toEqual([])
    expect(entity(LEDGER)?.document).toContain('s3:*')
    expect(coverage).toEqual([`aws:s3:${ACCOUNT} complete`])
  })

  test.each([[[LEDGER, 'arn:aws:s3:::site/*']], [['arn:aws:s3:::led*']], [['*']]])('are not guessed from %j', async (resources) => {
    const { findings } = await loose({ 'caller.json': caller, 'p.json': policyOn(...resources) })
    expect(findings).toEqual(['NOT_RECOGNISED p.json'])
  })

  test('and settings whose bucket nothing names are asked for it', async () => {
    const { findings } = await loose({ 'caller.json': caller, 't.json': { TagSet: [] }, 'acl.json': { Owner: { ID: OWNER }, Grants: [] } })
    expect(findings).toEqual(['WRONG_SHAPE acl.json', 'WRONG_SHAPE t.json'])
  })
})

describe('access control lists', () => {
  const canonical = (ID: string): object => ({ Type: 'CanonicalUser', ID })
  const group = (name: string): object => ({ Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` })
  const acl = (...grantees: readonly object[]): object => ({
    Owner: { ID: OWNER },
    Grants: grantees.map((Grantee) => ({ Grantee, Permission: 'READ' })),
  })

  test('are one grant at the bucket, as printed, held by whoever they name', async () => {
    const printed = acl(canonical(OWNER), canonical(OTHER), group('global/AllUsers'), group('global/AuthenticatedUsers'), group('s3/LogDelivery'))
    const { entity, arrows, findings } = await bundle({ [of('get-bucket-acl')]: printed })
    expect(findings).toEqual([])
    expect(entity(`${LEDGER}#acl`)).toMatchObject({ label: 'Grant', kind: 'AwsBucketAcl', scope: ACCOUNT, document: JSON.stringify(printed) })
    expect(arrows.filter((arrow) => arrow.includes('#acl'))).toEqual(
      [
        `* HOLDS ${LEDGER}#acl`,
        `AnyAuthenticated HOLDS ${LEDGER}#acl`,
        `${OTHER} HOLDS ${LEDGER}#acl`,
        `arn:aws:iam::${ACCOUNT}:root HOLDS ${LEDGER}#acl`,
        `logging.s3.amazonaws.com HOLDS ${LEDGER}#acl`,
        `${LEDGER}#acl AT ${LEDGER}`,
      ].sort(),
    )
  })

  test('are kept with keys as the CLI writes them', async () => {
    const { entity } = await bundle({ [of('get-bucket-acl')]: { owner: { ID: OWNER }, grants: [{ grantee: { ID: OTHER }, permission: 'WRITE' }] } })
    expect(entity(`${LEDGER}#acl`)?.document).toBe(
      JSON.stringify({ Owner: { ID: OWNER }, Grants: [{ Grantee: { ID: OTHER }, Permission: 'WRITE' }] }),
    )
  })

  test('that can not be read are reported', async () => {
    expect((await bundle({ [of('get-bucket-acl')]: { Grants: [{ Grantee: 'all' }] } })).findings).toEqual([
      'WRONG_SHAPE ledger.json Grants[0].Grantee',
    ])
  })
})
