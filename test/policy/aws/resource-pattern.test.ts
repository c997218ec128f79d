import { describe, expect, it } from 'vitest'
import { resourceMatches } from '../../../src/policy/aws/index.ts'
import type { PolicyType } from '../../../src/policy/aws/index.ts'
import { compile } from './ask.ts'

function matches(pattern: string, arn: string, type: PolicyType = 'IDENTITY'): string {
  const [statement] = compile(type, { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: pattern }).statements
  return statement === undefined ? 'NO STATEMENT' : resourceMatches(statement.program, arn)
}

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:jobs'

describe('a resource pattern', () => {
  it.each([
    ['*', QUEUE],
    ['arn:aws:sqs:*:*:jobs', QUEUE],
    ['arn:aws:sqs:eu-????-1:111122223333:j*s', QUEUE],
    ['arn:aws:s3:::logs/*', 'arn:aws:s3:::logs/a/b:c'],
    ['arn:AWS:SQS:eu-west-1:111122223333:jobs', QUEUE],
  ])('%s matches %s', (pattern, arn) => expect(matches(pattern, arn)).toBe('TRUE'))

  it.each([
    ['arn:aws:sqs:eu-west-1:111122223333:Jobs', QUEUE],
    ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/a'],
    ['arn:aws:s3:::logs/?', 'arn:aws:s3:::logs/ab'],
    ['arn:aws-cn:sqs:*:*:jobs', QUEUE],
    ['jobs', QUEUE],
  ])('%s does not match %s', (pattern, arn) => expect(matches(pattern, arn)).toBe('FALSE'))

  it('lets a star at the end of a field reach beyond the colon, but none within a field', () => {
    const topic = 'arn:aws:rds:eu-west-1:111122223333:db:prod'
    expect(matches('arn:aws:rds:*:db:prod', topic)).toBe('TRUE')
    expect(matches('arn:aws:rds:e*t-1:db:prod', topic)).toBe('FALSE')
  })

  it('may begin with a variable of which the value is not known', () => {
    expect(matches('arn:aws:s3:::logs/${aws:username}', 'arn:aws:s3:::logs/alice')).toBe('UNKNOWN')
    expect(matches('arn:aws:s3:::logs/${aws:username}', 'arn:aws:s3:::data/alice')).toBe('FALSE')
  })

  it('has no variables before the fifth colon', () => {
    expect(matches('arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:jobs', QUEUE)).toBe('FALSE')
  })

  it.each([
    ['arn:aws:sqs', 'IDENTITY', 'TRUE'],
    ['arn:aws:sqs', 'SESSION', 'TRUE'],
    ['arn:aws:sqs', 'SCP', 'FALSE'],
    ['arn:aws:sqs:*', 'SCP', 'TRUE'],
    ['arn:aws:sqs', 'RESOURCE', 'FALSE'],
    ['arn:aws:sqs:*', 'RESOURCE', 'TRUE'],
    ['arn:aws:sqs:*', 'RCP', 'FALSE'],
  ] as const)('of too few fields, %s, in a policy of type %s: %s', (pattern, type, tri) => expect(matches(pattern, QUEUE, type)).toBe(tri))
})
