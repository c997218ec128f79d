import { describe, expect, it } from 'vitest'
import type { GraphFact } from '../../src/domain/facts.ts'
import { readCrownJewels } from '../../src/operations/crown-jewels.ts'
import { exposureOf } from '../../src/operations/exposure.ts'
import { sensitivityOf } from '../../src/operations/sensitivity.ts'
import { ACCOUNT, accountExport, roleArn } from '../support/account.ts'
import { accountScope, aclOf, bucket, entity, share, statements, worldOf } from '../support/facts.ts'

const OTHER = '444455556666'
const OUTSIDE = '777788889999'
const files = { 'ours.json': accountExport({}), 'theirs.json': accountExport({ account: OTHER, roles: { reader: {} } }) }

async function exposed(document: object | null, more: { readonly properties?: object; readonly facts?: readonly GraphFact[] } = {}) {
  const data = bucket('data', { document, properties: { policyState: 'ABSENT', ...more.properties } })
  const estate = await worldOf({ files, facts: [data, more.facts ?? []] })
  return exposureOf(estate, estate.entity(data.id) ?? data)
}

const allows = (Principal: unknown, Condition?: object): object =>
  statements({
    Effect: 'Allow',
    Principal,
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::data/*',
    ...(Condition === undefined ? {} : { Condition }),
  })

describe('the exposure of a resource', () => {
  it('is public where anybody is let in, and says to what', async () => {
    expect(await exposed(allows('*'))).toEqual({ public: 'ALLOWED', accounts: [], publicActions: ['s3:GetObject'], internet: [] })
  })

  it('is none where only its own account and services are let in', async () => {
    const none = { public: null, accounts: [], publicActions: [], internet: [] }
    expect(await exposed(allows({ AWS: ACCOUNT }))).toEqual(none)
    expect(await exposed(allows({ Service: 'sns.amazonaws.com' }))).toEqual(none)
    expect(await exposed(null)).toEqual(none)
  })

  it.each([
    ['its organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours000000' } }],
    ['a VPC', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }],
    ['an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }],
    ['an account', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    ['principals of an account', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } }],
    ['a source', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${ACCOUNT}:news` } }],
  ])('is not public where everybody is named, but on the condition of %s', async (_, condition) => {
    expect((await exposed(allows('*', condition)))?.public).toBeNull()
  })

  it.each([
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['a role name of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } }],
  ])('is public perhaps, on the condition of %s', async (_, condition) => {
    expect((await exposed(allows('*', condition)))?.public).toBe('CONDITIONAL')
  })

  it('is not public where public access is blocked', async () => {
    expect((await exposed(allows('*'), { properties: { restrictPublicBuckets: true } }))?.public).toBeNull()
  })

  it('is public by an access control list', async () => {
    const data = bucket('data', { properties: { policyState: 'ABSENT' } })
    const acl = aclOf(data, [{ uri: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }])
    expect(await exposed(null, { facts: acl })).toMatchObject({ public: 'ALLOWED', publicActions: expect.arrayContaining(['s3:ListBucket']) })
  })

  it('names the other accounts that are let in, whole or by one of their roles', async () => {
    expect((await exposed(allows({ AWS: [OTHER, `arn:aws:iam::${OUTSIDE}:role/x`] })))?.accounts).toEqual([OTHER, OUTSIDE])
    expect((await exposed(allows({ AWS: roleArn('reader', OTHER) })))?.accounts).toEqual([OTHER])
    expect((await exposed(allows({ AWS: `arn:aws:sts::${OUTSIDE}:assumed-role/x/session` })))?.accounts).toEqual([OUTSIDE])
  })

  it('does not name a role that is known not to exist, nor whom a deny shuts out', async () => {
    expect((await exposed(allows({ AWS: roleArn('nobody', OTHER) })))?.accounts).toEqual([])
    const shut = {
      Version: '2012-10-17',
      Statement: [...stated(allows({ AWS: OTHER })), ...stated(allows({ AWS: OTHER })).map((one) => ({ ...one, Effect: 'Deny' }))],
    }
    expect((await exposed(shut))?.accounts).toEqual([])
  })

  it('names accounts that are let in by a condition', async () => {
    expect((await exposed(allows('*', { StringEquals: { 'aws:PrincipalAccount': OUTSIDE } })))?.accounts).toEqual([OUTSIDE])
    expect((await exposed(allows('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/app-*` } })))?.accounts).toEqual([OTHER])
  })

  it('is not public by the policies that AWS writes for keys of its own and for file systems', async () => {
    const [own, fileSystem] = [
      entity('Resource', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/aws`, {
        kind: 'AWS::KMS::Key',
        properties: { keyManager: 'AWS' },
        document: statements({
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Resource: '*',
          Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      }),
      entity('Resource', `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:file-system/fs-1`, {
        kind: 'AWS::EFS::FileSystem',
        document: statements({
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'elasticfilesystem:ClientMount',
          Resource: '*',
          Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
        }),
      }),
    ]
    const estate = await worldOf({ files, facts: [own, fileSystem] })
    expect(exposureOf(estate, own)).toMatchObject({ public: null, accounts: [] })
    expect(exposureOf(estate, fileSystem)?.public).toBeNull()
  })

  it('names accounts by shares and access control lists, one that nobody can tell by its canonical id', async () => {
    const database = entity('Resource', `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`, { kind: 'AWS::Glue::Database' })
    const estate = await worldOf({ files, facts: [database, share(database, [['glue:GetDatabase']], [OUTSIDE])] })
    expect(exposureOf(estate, database)?.accounts).toEqual([OUTSIDE])
    const data = bucket('data')
    const rows = [
      { id: 'a'.repeat(64), permission: 'READ' },
      { id: 'b'.repeat(64), permission: 'READ' },
    ]
    const facts = [...aclOf(data, rows), accountScope(OUTSIDE, { canonicalUserId: 'a'.repeat(64) })]
    expect((await exposed(null, { facts }))?.accounts).toEqual([OUTSIDE, 'b'.repeat(64)])
  })

  it('tells what can be connected to from anywhere', async () => {
    const ports = ['tcp/22 from 0.0.0.0/0']
    expect((await exposed(null, { properties: { internetExposure: ports } }))?.internet).toEqual(ports)
  })
})

const stated = (document: object): object[] => ('Statement' in document && Array.isArray(document.Statement) ? document.Statement : [])

describe('sensitivity', () => {
  const jewels = readCrownJewels({ PERMISCOPE_CROWN_JEWELS: 'criticality=high, data-class=*' })
  const of = (kind: string, tags: readonly string[] = []) => sensitivityOf(entity('Resource', 'x', { kind, properties: { tags } }), jewels)

  it('follows from the kind', () => {
    expect(of('AWS::S3::Bucket')).toEqual(['DATA_STORE'])
    expect(of('AWS::SecretsManager::Secret')).toEqual(['SECRET'])
    expect(of('AWS::KMS::Key')).toEqual(['ENCRYPTION_KEY'])
    expect(of('AWS::EC2::VPC')).toEqual([])
  })

  it('is that of a crown jewel where a tag says so, in any letter case', () => {
    expect(of('AWS::EC2::Instance', ['Criticality=High'])).toEqual(['CROWN_JEWEL'])
    expect(of('AWS::S3::Bucket', ['data-class=pii'])).toEqual(['DATA_STORE', 'CROWN_JEWEL'])
    expect(of('AWS::S3::Bucket', ['criticality=higher', 'x-data-class=pii'])).toEqual(['DATA_STORE'])
  })

  it('refuses a setting that is no list of tags', () => {
    expect(() => readCrownJewels({ PERMISCOPE_CROWN_JEWELS: 'gold' })).toThrow(/key=value/)
  })

  it('knows some marks unless it is told others', () => {
    expect(sensitivityOf(entity('Resource', 'x', { kind: 'k', properties: { tags: ['crown-jewel=true'] } }), readCrownJewels({}))).toEqual([
      'CROWN_JEWEL',
    ])
    expect(readCrownJewels({ PERMISCOPE_CROWN_JEWELS: '' })).toEqual([])
  })
})

it('is not told for a resource of Azure: nothing decides it, and that is not "not exposed"', async () => {
  const azure = { ...entity('Resource', '/subscriptions/1/x', { kind: 'Microsoft.Storage/storageAccounts' }), provider: 'azure' as const }
  const estate = await worldOf({ files, facts: [azure] })
  expect(exposureOf(estate, azure)).toBeNull()
})
