import { describe, expect, it } from 'vitest'
import { isPublicBucketPolicy } from '../../../../src/policy/aws/index.ts'
import { ACCOUNT, allow, deny, document, USER, type Statement } from '../ask.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */

const publicity = (...statements: readonly Statement[]): string => isPublicBucketPolicy(document(...statements))
const everyone = { Principal: '*' }
const where = (Condition: Statement): string => publicity(allow({ ...everyone, Condition }))
const equal = (key: string, value: string): string => where({ StringEquals: { [key]: value } })

describe('a bucket policy', () => {
  it.each([
    ['everybody', { Principal: '*' }, 'PUBLIC'],
    ['every AWS principal', { Principal: { AWS: '*' } }, 'PUBLIC'],
    ['everybody among others', { Principal: { AWS: [USER, '*'] } }, 'PUBLIC'],
    ['every service', { Principal: { Service: '*' } }, 'PUBLIC'],
    ['the users of a web identity provider, as AWS’s example', { Principal: { Federated: 'graph.facebook.com' } }, 'PUBLIC'],
    ['everybody but somebody', { NotPrincipal: { AWS: USER } }, 'PUBLIC'],
    ['an account', { Principal: { AWS: ACCOUNT } }, 'NOT_PUBLIC'],
    ['a user', { Principal: { AWS: USER } }, 'NOT_PUBLIC'],
    ['a service', { Principal: { Service: 'logging.s3.amazonaws.com' } }, 'NOT_PUBLIC'],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, 'NOT_PUBLIC'],
    ['nobody', {}, 'NOT_PUBLIC'],
    ['part of a name', { Principal: { AWS: 'arn:aws:iam::*:root' } }, 'PUBLIC'],
    ['a principal type that does not exist', { Principal: { User: 'alice' } }, 'UNKNOWN'],
    ['everybody but somebody, from one VPC', { NotPrincipal: { AWS: USER }, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }, 'UNKNOWN'],
    ['a provider of one account', { Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` } }, 'UNKNOWN'],
  ])('that names %s', (_, parts, expected) => expect(publicity(allow(parts))).toBe(expected))

  it('is public where one of its statements is', () => {
    expect(publicity(allow({ Principal: { AWS: USER } }), allow(everyone))).toBe('PUBLIC')
    expect(publicity(allow({ Principal: { User: 'alice' } }), allow(everyone))).toBe('PUBLIC')
    expect(publicity(allow({ Principal: { AWS: USER } }), deny(everyone))).toBe('NOT_PUBLIC')
  })

  it.each([
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:SourceArn',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:SourceOwner',
    'aws:SourceAccount',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    'aws:userid',
    's3:DataAccessPointArn',
    's3:DataAccessPointAccount',
    'AWS:SOURCEVPC',
  ])('that grants to fixed values of %s is not public', (key) => {
    expect(equal(key, 'fixed')).toBe('NOT_PUBLIC')
    expect(equal(key, '${aws:PrincipalTag/team}')).toBe('PUBLIC')
    expect(where({ StringLike: { [key]: ['fixed', '*'] } })).toBe('PUBLIC')
  })

  it('is public where a key fixes nothing of whom it lets in', () => {
    expect(equal('aws:SecureTransport', 'true')).toBe('PUBLIC')
    expect(equal('s3:prefix', 'a')).toBe('PUBLIC')
    expect(equal('aws:Referer', 'https://example.com')).toBe('PUBLIC')
  })

  it.each(['StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'Null'])('is public where %s leaves others in', (operator) =>
    expect(where({ [operator]: { 'aws:SourceVpc': operator === 'Null' ? 'false' : 'vpc-1' } })).toBe('PUBLIC'),
  )

  it('needs one fixed condition only', () => {
    expect(where({ StringEquals: { 'aws:SourceVpc': 'vpc-1' }, Bool: { 'aws:SecureTransport': 'true' } })).toBe('NOT_PUBLIC')
    expect(where({ StringEquals: { 'aws:SourceVpc': 'vpc-1', 's3:prefix': 'a' } })).toBe('NOT_PUBLIC')
    expect(where({ 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/' } })).toBe('NOT_PUBLIC')
  })

  it.each([
    ['10.0.0.0/8', 'NOT_PUBLIC'],
    ['203.0.113.7', 'NOT_PUBLIC'],
    ['52.0.0.0/8', 'NOT_PUBLIC'],
    ['52.0.0.0/7', 'PUBLIC'],
    ['0.0.0.0/1', 'PUBLIC'],
    ['0.0.0.0/0', 'PUBLIC'],
    ['2001:db8::/32', 'NOT_PUBLIC'],
    ['2001:d00::/31', 'PUBLIC'],
    ['::/0', 'PUBLIC'],
    ['office', 'UNKNOWN'],
  ])('that is limited to the addresses %s', (range, expected) => expect(where({ IpAddress: { 'aws:SourceIp': range } })).toBe(expected))

  it('is public where one of several ranges is too broad', () => {
    expect(where({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } })).toBe('PUBLIC')
  })

  it('may name access points by a wildcard as long as the account is fixed', () => {
    const named = (arn: string): string => where({ ArnLike: { 's3:DataAccessPointArn': arn } })
    expect(named(`arn:aws:s3:us-west-2:${ACCOUNT}:accesspoint/*`)).toBe('NOT_PUBLIC')
    expect(named('arn:aws:s3:us-west-2:*:accesspoint/*')).toBe('PUBLIC')
  })

  it('is not told public or not where AWS’s documentation leaves it open', () => {
    expect(where({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } })).toBe('UNKNOWN')
    expect(where({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } })).toBe('PUBLIC')
    expect(where({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } })).toBe('UNKNOWN')
    expect(equal('aws:SourceOrgID', 'o-1')).toBe('UNKNOWN')
    expect(equal('aws:userid', 'AROAEXAMPLE:session')).toBe('UNKNOWN')
    expect(where({ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } })).toBe('UNKNOWN')
    expect(where({ StringEqual: { 'aws:SourceVpc': 'vpc-1' } })).toBe('UNKNOWN')
  })

  it('that can’t be read is not known to be either', () => {
    expect(isPublicBucketPolicy('{')).toBe('UNKNOWN')
    expect(isPublicBucketPolicy(7)).toBe('UNKNOWN')
    expect(isPublicBucketPolicy({ Version: '2012-10-17' })).toBe('UNKNOWN')
    expect(isPublicBucketPolicy({ Statement: ['text'] })).toBe('UNKNOWN')
    expect(publicity(allow({ ...everyone, Effect: 'Perhaps' }))).toBe('UNKNOWN')
    expect(publicity(allow({ Principal: { AWS: USER }, Effect: 'Perhaps' }))).toBe('NOT_PUBLIC')
  })

  it('may be text', () => {
    expect(isPublicBucketPolicy(JSON.stringify(document(allow(everyone))))).toBe('PUBLIC')
  })
})
