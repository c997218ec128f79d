import { describe, expect, it } from 'vitest'
import type { GraphFact } from '../../src/domain/facts.ts'
import type { Entity } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { ACCOUNT, accountExport, userArn } from '../support/account.ts'
import { accountScope, aclOf, bucket, covered, entity, key, keyArn, kmsGrant, share, statements, worldOf } from '../support/facts.ts'

const OTHER = '444455556666'
const OUTSIDE = '777788889999'
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers'
const ANY_USER = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'
const CANONICAL = 'a'.repeat(64)

const files = {
  'ours.json': accountExport({ users: { ada: { policies: { p: [{ actions: ['s3:*', 'kms:*'] }] } }, ben: {} } }),
  'theirs.json': accountExport({
    account: OTHER,
    users: { cyd: { policies: { p: [{ actions: ['s3:*', 'kms:*', 'ec2:*', 'glue:*'] }] } }, dan: {} },
  }),
}
const world = (...facts: readonly (GraphFact | readonly GraphFact[])[]) => worldOf({ files, facts })

const who = (estate: Awaited<ReturnType<typeof world>>, action: string, target: string): string[] =>
  whoCanReach(estate, { target, actions: [action], account: ACCOUNT }).edges.map(
    ({ node }) => `${spoken(node.principal)} ${node.via} ${node.certainty}`,
  )

const spoken = ({ kind, name }: Entity): string => (kind === 'Everyone' || kind === 'AnyAuthenticated' ? kind : name)

const check = (estate: Awaited<ReturnType<typeof world>>, principal: string, action: string, target: string) =>
  checkAccess(estate, { principal, action, target })

describe('a bucket’s access control list', () => {
  const data = bucket('data', { properties: { policyState: 'ABSENT', objectOwnership: 'ObjectWriter' } })

  it('lets in the account of a canonical user, whose own policies decide', async () => {
    const estate = await world(
      data,
      accountScope(OTHER, { canonicalUserId: CANONICAL }),
      aclOf(data, [{ id: CANONICAL, permission: 'WRITE' }], [`arn:aws:iam::${OTHER}:root`]),
    )
    expect(check(estate, userArn('cyd', OTHER), 's3:PutObject', 'arn:aws:s3:::data/x').effect).toBe('ALLOW')
    expect(check(estate, userArn('dan', OTHER), 's3:PutObject', 'arn:aws:s3:::data/x').effect).toBe('DENY')
    expect(check(estate, userArn('cyd', OTHER), 's3:ListBucket', 'arn:aws:s3:::data').effect).toBe('DENY')
    expect(who(estate, 's3:PutObject', 'arn:aws:s3:::data/x')).toContain('cyd DIRECT ALLOWED')
    const rows = effectivePermissions(estate, { principal: userArn('cyd', OTHER) }).edges.map(
      ({ node }) => `${node.target.id} ${node.actions.join()}`,
    )
    expect(rows).toContain('arn:aws:s3:::data/* s3:PutObject')
  })

  it('lets in everybody whom it names as a group, and says by which grant', async () => {
    const estate = await world(data, aclOf(data, [{ uri: ALL_USERS, permission: 'READ' }], ['*']))
    expect(who(estate, 's3:ListBucket', 'arn:aws:s3:::data')).toContain('Everyone RESOURCE_POLICY ALLOWED')
    const { evidence, because } = check(estate, '*', 's3:ListBucket', 'arn:aws:s3:::data')
    expect(because).toMatchObject([{ layer: 'RESOURCE', kind: 'ALLOW', policy: 'arn:aws:s3:::data#acl', statement: 'Grants[1]' }])
    expect(evidence.map(({ relation, entity: { kind } }) => `${relation} ${kind}`)).toEqual([
      'PRINCIPAL Everyone',
      'HOLDS AwsBucketAcl',
      'STATEMENT AwsBucketAcl',
      'AT AwsAccount',
      'TARGET AWS::S3::Bucket',
    ])
  })

  it('for any signed-in identity leaves out whoever is not', async () => {
    const estate = await world(data, aclOf(data, [{ uri: ANY_USER, permission: 'READ' }]))
    const rows = who(estate, 's3:ListBucket', 'arn:aws:s3:::data')
    expect(rows.some((row) => row.startsWith('AnyAuthenticated') && row.endsWith('ALLOWED'))).toBe(true)
    expect(rows.filter((row) => row.startsWith('Everyone'))).toEqual([])
  })

  it.each([
    ['the bucket’s owner enforces ownership', { objectOwnership: 'BucketOwnerEnforced' }, {}],
    ['the bucket ignores public ACLs', { ignorePublicAcls: true }, {}],
    ['its account ignores public ACLs', {}, { ignorePublicAcls: true }],
  ])('lets nobody in where %s', async (_, ofBucket, ofAccount) => {
    const closed = bucket('data', { properties: { policyState: 'ABSENT', objectOwnership: 'ObjectWriter', ...ofBucket } })
    const estate = await world(closed, accountScope(ACCOUNT, ofAccount), aclOf(closed, [{ uri: ALL_USERS, permission: 'READ' }]))
    expect(who(estate, 's3:ListBucket', 'arn:aws:s3:::data').filter((row) => row.startsWith('Everyone'))).toEqual([])
    expect(check(estate, '*', 's3:ListBucket', 'arn:aws:s3:::data').effect).toBe('DENY')
  })

  it('that can’t be read leaves everybody open', async () => {
    const broken = aclOf(data, [])
    const grant = broken[0]
    if (grant?.record !== 'entity') expect.fail()
    const estate = await world(data, { ...grant, document: '{"Grants": 7}' }, broken.slice(1))
    expect(check(estate, '*', 's3:ListBucket', 'arn:aws:s3:::data').effect).toBe('CONDITIONAL')
    expect(who(estate, 's3:ListBucket', 'arn:aws:s3:::data')).toContain('Everyone RESOURCE_POLICY CONDITIONAL')
  })
})

describe('S3 Block Public Access', () => {
  const anybody = statements({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' })

  it.each([
    ['the bucket', { restrictPublicBuckets: true }, { restrictPublicBuckets: false }],
    ['its account', { restrictPublicBuckets: false }, { restrictPublicBuckets: true }],
  ])('of %s keeps outsiders out of a public bucket, and not the account itself', async (_, ofBucket, ofAccount) => {
    const estate = await world(bucket('data', { document: anybody, properties: ofBucket }), accountScope(ACCOUNT, ofAccount))
    expect(check(estate, '*', 's3:GetObject', 'arn:aws:s3:::data/x').effect).toBe('DENY')
    expect(check(estate, userArn('cyd', OTHER), 's3:GetObject', 'arn:aws:s3:::data/x').effect).toBe('DENY')
    expect(check(estate, userArn('ben'), 's3:GetObject', 'arn:aws:s3:::data/x').effect).toBe('ALLOW')
    expect(who(estate, 's3:GetObject', 'arn:aws:s3:::data/x').filter((row) => /^(Everyone|AnyAuthenticated|cyd)/.test(row))).toEqual([])
  })

  it('that nobody exported is a caveat beside a public bucket, and beside no other', async () => {
    const codes = async (document: object, properties = {}): Promise<string[]> => {
      const estate = await world(bucket('data', { document, properties: { objectOwnership: 'BucketOwnerEnforced', ...properties } }))
      return check(estate, '*', 's3:GetObject', 'arn:aws:s3:::data/x').caveats.map(({ code }) => code)
    }
    const ours = statements({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' })
    expect(await codes(anybody)).toContain('PUBLIC_ACCESS_BLOCK_NOT_LOADED')
    expect(await codes(ours)).not.toContain('PUBLIC_ACCESS_BLOCK_NOT_LOADED')
    expect(await codes(anybody, { restrictPublicBuckets: true })).not.toContain('PUBLIC_ACCESS_BLOCK_NOT_LOADED')
  })
})

describe('tags of a bucket', () => {
  const byTag = accountExport({
    users: { eve: { policies: { p: [{ actions: 's3:*', if: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }] } } },
  })
  const effect = async (properties: object): Promise<string> => {
    const estate = await worldOf({
      files: { 'iam.json': byTag },
      facts: [bucket('data', { properties: { policyState: 'ABSENT', tags: ['team=red'], ...properties } })],
    })
    return checkAccess(estate, { principal: 'eve', action: 's3:ListBucket', target: 'arn:aws:s3:::data' }).effect
  }

  it('count where the bucket is said to use them for access', async () => {
    expect(await effect({ abacEnabled: true })).toBe('ALLOW')
    expect(await effect({ abacEnabled: true, tags: ['team=blue'] })).toBe('DENY')
  })

  it('do not count where it is said not to', async () => {
    expect(await effect({ abacEnabled: false })).toBe('DENY')
  })

  it('are open where nobody asked', async () => {
    expect(await effect({})).toBe('CONDITIONAL')
  })
})

describe('a grant on a KMS key', () => {
  const closed = statements({ Effect: 'Allow', Principal: { AWS: userArn('nobody') }, Action: 'kms:*', Resource: '*' })
  const shut = key('k1', { document: closed, properties: { keyManager: 'CUSTOMER' }, coverage: ['aws:kms/eu-west-1:111122223333'] })

  it('lets its grantee in, whatever its own policies and the key’s say, and for those operations alone', async () => {
    const estate = await world(shut, kmsGrant(shut, userArn('ben'), ['Decrypt']))
    expect(check(estate, userArn('ben'), 'kms:Decrypt', keyArn('k1')).effect).toBe('ALLOW')
    expect(check(estate, userArn('ben'), 'kms:Encrypt', keyArn('k1')).effect).toBe('DENY')
    expect(who(estate, 'kms:Decrypt', keyArn('k1'))).toContain('ben RESOURCE_POLICY ALLOWED')
    const rows = effectivePermissions(estate, { principal: userArn('ben') }).edges.map(({ node }) => `${node.target.id} ${node.actions.join()}`)
    expect(rows).toEqual([`${keyArn('k1')} kms:Decrypt`])
  })

  it('is needed where the key’s policy names neither the account nor the user', async () => {
    const estate = await world(shut)
    expect(check(estate, userArn('ada'), 'kms:Decrypt', keyArn('k1')).effect).toBe('DENY')
    expect(who(estate, 'kms:Decrypt', keyArn('k1')).filter((row) => row.startsWith('ada'))).toEqual([])
  })

  it('that nobody exported is a caveat, unless the key is AWS’s own', async () => {
    const codes = async (properties: object, coverage: readonly string[]): Promise<string[]> =>
      check(await world(key('k1', { document: closed, properties, coverage })), userArn('ada'), 'kms:Decrypt', keyArn('k1')).caveats.map(
        ({ code }) => code,
      )
    expect(await codes({}, ['aws:config:111122223333'])).toContain('KMS_GRANTS_NOT_LOADED')
    expect(await codes({ keyManager: 'AWS' }, ['aws:config:111122223333'])).not.toContain('KMS_GRANTS_NOT_LOADED')
    expect(await codes({}, ['aws:kms/eu-west-1:111122223333'])).not.toContain('KMS_GRANTS_NOT_LOADED')
  })

  it('on a key whose policy was not loaded stays open, as the policy may deny', async () => {
    const unknown = key('k1', {})
    const estate = await world(unknown, kmsGrant(unknown, userArn('ben'), ['Decrypt']))
    expect(check(estate, userArn('ben'), 'kms:Decrypt', keyArn('k1')).effect).toBe('CONDITIONAL')
    expect(who(estate, 'kms:Decrypt', keyArn('k1'))).toEqual(expect.arrayContaining(['ada DIRECT CONDITIONAL', 'ben RESOURCE_POLICY CONDITIONAL']))
  })
})

describe('a resource share', () => {
  const database = entity('Resource', `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`, {
    kind: 'AWS::Glue::Database',
    properties: { policyState: 'ABSENT' },
  })

  it('lets in the accounts that it is for, whose own policies decide', async () => {
    const estate = await world(database, share(database, [['glue:GetDatabase']], [OTHER], [`arn:aws:iam::${OTHER}:root`]))
    expect(who(estate, 'glue:GetDatabase', database.id)).toContain('cyd DIRECT ALLOWED')
    expect(check(estate, userArn('dan', OTHER), 'glue:GetDatabase', database.id).effect).toBe('DENY')
    expect(check(estate, userArn('cyd', OTHER), 'glue:DeleteDatabase', database.id).effect).toBe('DENY')
  })

  it('for an organisation lets in its accounts, on that condition where the organisation is not known', async () => {
    const organization = 'arn:aws:organizations::999999999999:organization/o-abcdefghij'
    const estate = await world(database, share(database, [['glue:GetDatabase']], [organization]))
    expect(check(estate, userArn('cyd', OTHER), 'glue:GetDatabase', database.id).effect).toBe('CONDITIONAL')
    expect(who(estate, 'glue:GetDatabase', database.id)).toContain('cyd DIRECT CONDITIONAL')
    expect(who(estate, 'glue:GetDatabase', database.id).filter((row) => row.startsWith('Everyone'))).toEqual([])
  })

  it('lists an account that nobody exported', async () => {
    const estate = await world(database, share(database, [['glue:GetDatabase']], [OUTSIDE], [`arn:aws:iam::${OUTSIDE}:root`]))
    const rows = whoCanReach(estate, { target: database.id, actions: ['glue:GetDatabase'] }).edges.map(({ node }) => node.principal.id)
    expect(rows).toContain(`arn:aws:iam::${OUTSIDE}:root`)
  })
})

describe('a policy that was not loaded', () => {
  const codes = async (properties: object): Promise<string[]> => {
    const estate = await world(entity('Resource', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`, { kind: 'AWS::SQS::Queue', properties }))
    return check(estate, userArn('ada'), 'sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`).caveats.map(({ code }) => code)
  }

  it('is a caveat beside an inventoried resource, unless AWS says that it has none', async () => {
    expect(await codes({})).toContain('RESOURCE_POLICY_NOT_LOADED')
    expect(await codes({ policyState: 'NOT_LOADED' })).toContain('RESOURCE_POLICY_NOT_LOADED')
    expect(await codes({ policyState: 'ABSENT' })).not.toContain('RESOURCE_POLICY_NOT_LOADED')
  })
})

describe('ACLs of single objects', () => {
  it('are a caveat beside answers about objects, unless the bucket’s owner has switched them off', async () => {
    const codes = async (target: string, action: string, properties: object): Promise<string[]> =>
      check(await world(bucket('data', { properties: { policyState: 'ABSENT', ...properties } })), userArn('ada'), action, target).caveats.map(
        ({ code }) => code,
      )
    expect(await codes('arn:aws:s3:::data/x', 's3:GetObject', {})).toContain('OBJECT_ACLS_NOT_LOADED')
    expect(await codes('arn:aws:s3:::data/x', 's3:DeleteObject', {})).not.toContain('OBJECT_ACLS_NOT_LOADED')
    expect(await codes('arn:aws:s3:::data', 's3:ListBucket', {})).not.toContain('OBJECT_ACLS_NOT_LOADED')
    expect(await codes('arn:aws:s3:::data/x', 's3:GetObject', { objectOwnership: 'BucketOwnerEnforced' })).not.toContain('OBJECT_ACLS_NOT_LOADED')
  })
})

describe('an export that was cut short', () => {
  it('is a caveat where it is of the service, the account and the region that the question is about', async () => {
    const estate = await worldOf({
      files,
      coverage: ['aws:kms/eu-west-1:111122223333', 'aws:kms/us-east-1:111122223333', 'aws:sqs/eu-west-1:111122223333', 'aws:organizations:o-1'].map(
        (id) => covered(id, false),
      ),
    })
    const sources = check(estate, userArn('ada'), 'kms:Decrypt', keyArn('k1'))
      .caveats.filter(({ code }) => code === 'EXPORT_TRUNCATED')
      .map(({ source }) => source)
    expect(sources).toEqual(['aws:kms/eu-west-1:111122223333', 'aws:organizations:o-1'])
  })
})
