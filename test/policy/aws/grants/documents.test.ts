import { describe, expect, it } from 'vitest'
import { documentOfBucketAcl, documentOfKmsGrant, documentOfResourceShare, type AwsDecision } from '../../../../src/policy/aws/index.ts'
import { allow, ask, compile, compiler, ROLE, USER, type Ask } from '../ask.ts'

const BUCKET = 'arn:aws:s3:::logs'
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234'
const EVE = 'arn:aws:iam::444455556666:user/eve'
const SUBNET = 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1'

const nobodyKnown = { bucketArn: BUCKET, accountOfCanonicalUser: () => undefined }
const acl = (...Grants: readonly unknown[]): unknown => ({ Owner: { ID: 'owner' }, Grants })
const canonical = (ID: string, Permission = 'READ'): unknown => ({ Grantee: { Type: 'CanonicalUser', ID }, Permission })
const EVERYBODY = { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }

const faultsOf = (document: unknown): readonly string[] =>
  compiler.compile(document, 'grants', 'RESOURCE').faults.map(({ place, message }) => `${place}: ${message}`)
const admin = compile('IDENTITY', allow())

function byAcl(list: unknown, asked: Ask = {}): AwsDecision {
  const grants = compiler.compile(documentOfBucketAcl(list, nobodyKnown), 'acl', 'RESOURCE')
  return ask({ principal: EVE, action: 's3:ListBucket', resource: BUCKET, ...asked, policies: { identity: [admin], resourceGrants: [grants] } })
}

const byGrant = (grant: unknown, asked: Ask = {}): AwsDecision =>
  ask({ action: 'kms:Decrypt', resource: KEY, ...asked, policies: { keyGrants: [compiler.compile(documentOfKmsGrant(grant), 'grant', 'RESOURCE')] } })

const byShare = (permission: unknown, principals: readonly string[] = ['444455556666']): AwsDecision => {
  const document = documentOfResourceShare({ resourceArn: SUBNET, permissions: [permission], principals })
  const share = compiler.compile(document, 'share', 'RESOURCE')
  return ask({ principal: EVE, action: 'ec2:CreateTags', resource: SUBNET, policies: { identity: [admin], resourceGrants: [share] } })
}

describe('an access control list', () => {
  it('of an account that nobody knows leaves open whose it is', () => {
    const decision = byAcl(acl(canonical('abc')))
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.conditions).toMatchObject({ operator: 'CanonicalUser', values: ['abc'], policy: 'acl', statement: 'Grants[0]' })
    expect(byAcl(acl(canonical('abc')), { principal: USER }).effect).toBe('ALLOW')
  })

  it('that names only the owner grants nothing to others, and is no fault', () => {
    expect(byAcl(acl(canonical('owner', 'FULL_CONTROL'))).effect).toBe('DENY')
    expect(faultsOf(documentOfBucketAcl(acl(canonical('owner')), nobodyKnown))).toEqual([])
    expect(faultsOf(documentOfBucketAcl(acl(), nobodyKnown))).toEqual([])
  })

  it('can be asked to leave out what it grants to everybody', () => {
    const document = documentOfBucketAcl(acl(EVERYBODY, canonical('abc')), { ...nobodyKnown, ignorePublicAcls: true })
    expect(document['Statement']).toMatchObject([{ Sid: 'Grants[1]', Principal: { CanonicalUser: 'abc' } }])
  })

  it.each([
    ['no list at all', 7, 'Statement[0]: It can’t be read as an access control list.'],
    ['a list without grants', { Owner: { ID: 'owner' } }, 'Statement[0]: It can’t be read as an access control list.'],
    ['a permission that does not exist', acl({ ...EVERYBODY, Permission: 'LOOK' }), 'Statement[0].Action: Policy statement must contain actions.'],
    [
      'a group that does not exist',
      acl({ Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/friends' }, Permission: 'READ' }),
      'Statement[0].Principal: Principal is "*" or an object of AWS, Service, Federated and CanonicalUser.',
    ],
  ])('with %s is reported, and what it could grant is open', (_, list, fault) => {
    expect(faultsOf(documentOfBucketAcl(list, nobodyKnown))).toEqual([fault])
    expect(byAcl(list).effect).toBe('CONDITIONAL')
    expect(byAcl(list, { principal: '*' }).effect).toBe('CONDITIONAL')
  })

  it('may name somebody by e-mail, who is then not known', () => {
    expect(byAcl(acl({ Grantee: { Type: 'AmazonCustomerByEmail', EmailAddress: 'a@example.com' }, Permission: 'READ' })).effect).toBe('CONDITIONAL')
  })
})

describe('a grant on a key', () => {
  it('may be text', () => {
    expect(byGrant(JSON.stringify({ KeyId: KEY, GranteePrincipal: USER, Operations: ['Decrypt'] })).effect).toBe('ALLOW')
  })

  it('that names its key by id is on the key where it was listed', () => {
    expect(byGrant({ KeyId: '1234', GranteePrincipal: USER, Operations: ['Decrypt'] }).effect).toBe('ALLOW')
  })

  it('to somebody who was deleted is to nobody', () => {
    expect(byGrant({ KeyId: KEY, GranteePrincipal: 'AIDAEXAMPLE', Operations: ['Decrypt'] }).effect).toBe('DENY')
  })

  it.each([
    ['nothing in it', {}],
    ['operations that are none', { GranteePrincipal: USER, Operations: [7] }],
    ['constraints that are none', { GranteePrincipal: USER, Operations: ['Decrypt'], Constraints: { EncryptionContextSubset: { a: 7 } } }],
    ['constraints that nobody knows', { GranteePrincipal: USER, Operations: ['Decrypt'], Constraints: { OnMondays: true } }],
    ['another form', 7],
  ])('with %s is reported, and what it could grant is open', (_, grant) => {
    expect(faultsOf(documentOfKmsGrant(grant))).toEqual(['Statement[0]: It can’t be read as a grant.'])
    expect(byGrant(grant).effect).toBe('CONDITIONAL')
    expect(byGrant(grant, { principal: ROLE }).effect).toBe('CONDITIONAL')
  })
})

describe('a share', () => {
  it('holds what its permission says, in whatever form', () => {
    const permission = { Effect: 'Allow', Action: ['ec2:CreateTags'] }
    for (const form of [['ec2:CreateTags'], permission, JSON.stringify(permission), { Version: '2012-10-17', Statement: [permission] }]) {
      expect(byShare(form).effect).toBe('ALLOW')
    }
  })

  it('keeps the conditions of the permission beside those of an organization', () => {
    const permission = { Action: ['ec2:CreateTags'], Condition: { StringEquals: { 'aws:RequestTag/a': 'b' } } }
    const { conditions } = byShare(permission, ['arn:aws:organizations::777788889999:organization/o-1'])
    expect(conditions).toMatchObject({ and: [{ key: 'aws:RequestTag/a' }, { key: 'aws:PrincipalOrgID', values: ['o-1'] }] })
  })

  it.each([
    ['a permission without actions', {}, ['444455556666']],
    ['a permission that is none', 7, ['444455556666']],
    ['a principal that is none', ['ec2:CreateTags'], ['everybody']],
  ])('with %s leaves open what it could grant', (_, permission, principals) => {
    expect(byShare(permission, principals)).toMatchObject({ effect: 'CONDITIONAL', faults: [{ policy: 'share', severity: 'unreadable' }] })
  })

  it('with nobody grants nothing, and is no fault', () => {
    expect(byShare(['ec2:CreateTags'], [])).toMatchObject({ effect: 'DENY', faults: [] })
  })
})
