import { describe, expect, it } from 'vitest'
import { PermiscopeError } from '../../src/domain/errors.ts'
import { simulate } from '../../src/operations/simulate.ts'

/** Settings of resources, as the AWS CLI prints them. */

const OURS = '111122223333'
const THEIRS = '444455556666'
const ALICE = `arn:aws:iam::${OURS}:user/alice`
const KEY = `arn:aws:kms:eu-west-1:${OURS}:key/1234`
const everyone = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] }

const list = { principal: '*', action: 's3:ListBucket', resource: { arn: 'arn:aws:s3:::logs', account: OURS } }
const allUsers = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }
const acl = { Owner: { DisplayName: 'us', ID: 'owner' }, Grants: [{ Grantee: allUsers, Permission: 'READ' }] }
const theirs = { Owner: { ID: 'owner' }, Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'abc' }, Permission: 'READ' }] }
const decrypt = { principal: ALICE, action: 'kms:Decrypt', resource: { arn: KEY } }
const grant = { KeyId: KEY, GrantId: 'g', GranteePrincipal: ALICE, Operations: ['Decrypt'], IssuingAccount: `arn:aws:iam::${OURS}:root` }

const effect = (document: unknown): string => simulate(document).effect
const messages = (document: unknown): readonly string[] => simulate(document).because.map(({ code, message }) => `${code}: ${message}`)

function refusal(document: unknown): unknown {
  try {
    simulate(document)
  } catch (error) {
    if (error instanceof PermiscopeError) return { code: error.code, path: error.details['path'] }
    throw error
  }
  return 'accepted'
}

describe('settings of a bucket', () => {
  it('are taken as they are printed, without a caveat', () => {
    const asked = {
      ...list,
      resourceAcl: acl,
      publicAccessBlock: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: false } },
    }
    expect(simulate(asked)).toMatchObject({ effect: 'ALLOW', caveats: [], because: [{ policy: 'resourceAcl', statement: 'Grants[0]' }] })
    expect(effect({ ...list, resourceAcl: JSON.stringify(acl) })).toBe('ALLOW')
  })

  it('block the public with or without the object around them', () => {
    for (const settings of [{ RestrictPublicBuckets: true }, { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }]) {
      expect(effect({ ...list, resourcePolicy: everyone })).toBe('ALLOW')
      expect(effect({ ...list, resourcePolicy: everyone, publicAccessBlock: settings })).toBe('DENY')
    }
  })

  it('say what would have to change', () => {
    expect(messages({ ...list, resourcePolicy: everyone, publicAccessBlock: { RestrictPublicBuckets: true } })).toEqual([
      'PUBLIC_ACCESS_BLOCKED: S3 Block Public Access (RestrictPublicBuckets) keeps everybody but the bucket’s own account and AWS services out, because ' +
        'resourcePolicy is public. Make the policy non-public, by naming principals or limiting it to fixed values, or switch RestrictPublicBuckets off.',
    ])
    expect(messages({ ...list, resourceAcl: acl, publicAccessBlock: { IgnorePublicAcls: true } })).toContain(
      'PUBLIC_ACCESS_BLOCKED: Grants[0] of resourceAcl would allow it to everybody, but S3 Block Public Access (IgnorePublicAcls) leaves such grants out. ' +
        'Grant it by a policy, or to the account by its canonical user id, or switch IgnorePublicAcls off.',
    )
  })

  it('say what AWS’s documentation leaves open', () => {
    const condition = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${THEIRS}:*` } }
    const resourcePolicy = { ...everyone, Statement: everyone.Statement.map((statement) => ({ ...statement, Condition: condition })) }
    const eve = {
      ...list,
      principal: `arn:aws:iam::${THEIRS}:user/eve`,
      identityPolicies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
    }
    expect(simulate({ ...eve, resourcePolicy, publicAccessBlock: { RestrictPublicBuckets: true } })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: ['S3 does not take resourcePolicy for public, which AWS’s documentation leaves open'],
    })
  })

  it('tell whose a canonical user id is, else leave it open', () => {
    const eve = { ...list, principal: `arn:aws:iam::${THEIRS}:root` }
    expect(effect({ ...eve, resourceAcl: theirs, canonicalUsers: { abc: THEIRS } })).toBe('ALLOW')
    expect(effect({ ...eve, resourceAcl: theirs, canonicalUsers: { abc: OURS } })).toBe('DENY')
    expect(simulate({ ...eve, resourceAcl: theirs })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: ['the principal belongs to the account with canonical id abc'],
    })
  })

  it('report a grant that can not be read', () => {
    const broken = { ...acl, Grants: [{ Grantee: allUsers, Permission: 'LOOK' }] }
    expect(simulate({ ...list, resourceAcl: broken })).toMatchObject({
      effect: 'CONDITIONAL',
      findings: [{ policy: 'resourceAcl', place: 'Statement[0].Action' }],
    })
  })

  it('hold for patterns too', () => {
    const asked = { ...list, action: 's3:List*', resource: { arn: 'arn:aws:s3:::logs*', account: OURS }, resourceAcl: acl }
    expect(simulate(asked).effect).toBe('CONDITIONAL')
    expect(simulate({ ...asked, resourceAcl: { ...acl, Grants: [] } }).effect).toBe('DENY')
  })
})

describe('grants on a key', () => {
  it('are taken as a list, or as the object that holds it', () => {
    for (const kmsGrants of [[grant], { Grants: [grant] }]) expect(effect({ ...decrypt, kmsGrants })).toBe('ALLOW')
    expect(effect({ ...decrypt, kmsGrants: [] })).toBe('DENY')
  })

  it('are named as the reason', () => {
    expect(simulate({ ...decrypt, kmsGrants: [{ ...grant, Operations: ['Encrypt'] }, grant] }).because).toMatchObject([
      { layer: 'RESOURCE', kind: 'ALLOW', policy: 'kmsGrants[1]', statement: 'Operations' },
    ])
  })
})

describe('a setting of the wrong form', () => {
  it.each([
    ['an ACL that is none', { resourceAcl: 7 }, 'resourceAcl'],
    ['an ACL that is not JSON', { resourceAcl: '{' }, 'resourceAcl'],
    ['an ACL without grants', { resourceAcl: { Owner: { ID: 'owner' } } }, 'resourceAcl.Grants'],
    ['a grant without permission', { resourceAcl: { Grants: [{ Grantee: allUsers }] } }, 'resourceAcl.Grants[0].Permission'],
    ['a grant to nobody', { resourceAcl: { Grants: [{ Permission: 'READ' }] } }, 'resourceAcl.Grants[0].Grantee'],
    ['an owner that is none', { resourceAcl: { Owner: 'us', Grants: [] } }, 'resourceAcl.Owner'],
    ['an account that is none', { canonicalUsers: { abc: 7 } }, 'canonicalUsers.abc'],
    ['an ownership that does not exist', { objectOwnership: 'Everybody' }, 'objectOwnership'],
    ['a setting that is neither on nor off', { publicAccessBlock: { RestrictPublicBuckets: 'true' } }, 'publicAccessBlock.RestrictPublicBuckets'],
    [
      'the same in its object',
      { publicAccessBlock: { PublicAccessBlockConfiguration: { BlockPublicAcls: 1 } } },
      'publicAccessBlock.PublicAccessBlockConfiguration.BlockPublicAcls',
    ],
    ['ABAC that is neither on nor off', { bucketAbac: 'Enabled' }, 'bucketAbac'],
    ['grants that are no list', { kmsGrants: 7 }, 'kmsGrants'],
    ['an object without grants', { kmsGrants: {} }, 'kmsGrants.Grants'],
    ['a grant that is none', { kmsGrants: [grant, 7] }, 'kmsGrants[1]'],
    ['a grant without operations', { kmsGrants: [{ ...grant, Operations: undefined }] }, 'kmsGrants[0].Operations'],
    ['an operation that is none', { kmsGrants: { Grants: [{ ...grant, Operations: ['Decrypt', 7] }] } }, 'kmsGrants.Grants[0].Operations[1]'],
    ['a grant without grantee', { kmsGrants: [{ ...grant, GranteePrincipal: undefined }] }, 'kmsGrants[0].GranteePrincipal'],
    ['constraints that are none', { kmsGrants: [{ ...grant, Constraints: 'none' }] }, 'kmsGrants[0].Constraints'],
    ['a key manager that does not exist', { keyManager: 'US' }, 'keyManager'],
    ['shares that are no list', { resourceShares: {} }, 'resourceShares'],
    ['a share without principals', { resourceShares: [{ permissions: [] }] }, 'resourceShares[0].principals'],
    ['a permission that is none', { resourceShares: [{ permissions: [7], principals: [] }] }, 'resourceShares[0].permissions[0]'],
    ['an action that is none', { resourceShares: [{ permissions: [[7]], principals: [] }] }, 'resourceShares[0].permissions[0][0]'],
  ])('is refused with its path: %s', (_, setting, path) => expect(refusal({ ...list, ...setting })).toEqual({ code: 'BAD_INPUT', path }))
})
