import { describe, expect, it } from 'vitest'
import { accountOfArn, isServiceLinkedRole, parseArn, principalOf } from '../../../src/policy/aws/index.ts'

describe('ARNs', () => {
  it('keep colons and slashes of the resource', () => {
    expect(parseArn('arn:aws:lambda:eu-west-1:111122223333:function:pay:live')?.resource).toBe('function:pay:live')
  })

  it('of fewer than six fields are none', () => {
    expect(parseArn('arn:aws:s3::bucket')).toBeUndefined()
  })

  it('name an account only by twelve digits', () => {
    expect(accountOfArn('arn:aws:iam::aws:policy/AdministratorAccess')).toBeUndefined()
    expect(accountOfArn('arn:aws:sqs:eu-west-1:111122223333:jobs')).toBe('111122223333')
    expect(accountOfArn('arn:aws:s3:::logs')).toBeUndefined()
  })
})

describe('principals', () => {
  it.each([
    ['arn:aws:iam::111122223333:user/team/alice', 'USER', 'alice', undefined],
    ['arn:aws:iam::111122223333:role/team/app', 'ROLE', 'app', undefined],
    ['arn:aws:sts::111122223333:assumed-role/app/one', 'SESSION', 'app', 'one'],
    ['arn:aws:sts::111122223333:federated-user/bob', 'FEDERATED_USER', 'bob', undefined],
    ['arn:aws:iam::111122223333:root', 'ROOT', 'root', undefined],
    ['111122223333', 'ROOT', 'root', undefined],
    ['lambda.amazonaws.com', 'SERVICE', 'lambda.amazonaws.com', undefined],
    ['ec2.amazonaws.com.cn', 'SERVICE', 'ec2.amazonaws.com.cn', undefined],
    ['accounts.google.com', 'FEDERATED', 'accounts.google.com', undefined],
    ['token.actions.githubusercontent.com:repo:acme/infra:*', 'FEDERATED', 'token.actions.githubusercontent.com', 'repo:acme/infra:*'],
    ['*', 'ANONYMOUS', '*', undefined],
  ])('%s is a %s', (text, kind, name, session) => {
    expect(principalOf(text)).toMatchObject(session === undefined ? { kind, name } : { kind, name, session })
  })

  it.each(['', 'alice', 'arn:aws:iam::111122223333:user/', 'arn:aws:s3:::bucket', 'arn:aws:iam::111122223333:group/admins', 'a b.com'])(
    '%j is none',
    (text) => expect(principalOf(text)).toBeUndefined(),
  )

  it('are service-linked roles by their name, in a session too', () => {
    const linked = principalOf('arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForSupport/s')
    const other = principalOf('arn:aws:iam::111122223333:role/app')
    expect([linked, other].map((caller) => caller !== undefined && isServiceLinkedRole(caller))).toEqual([true, false])
  })
})
