import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globsMeet, matchesGlob } from '../../../../src/policy/aws/actions/glob.ts'
import { actionKnowledge } from '../../../../src/policy/aws/actions/index.ts'

const asRegExp = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)

const typesOf = (arn: string): readonly string[] => actionKnowledge.typesOfArn(arn).map(({ name }) => name)

describe('the type of an ARN', () => {
  test.each([
    ['arn:aws:s3:::bucket', 's3:bucket'],
    ['arn:aws:s3:::bucket/a/key', 's3:object'],
    ['arn:aws:s3:::accesspoint/key', 's3:object'],
    ['arn:aws-cn:s3:::bucket', 's3:bucket'],
    ['arn:aws-us-gov:s3:::bucket/key', 's3:object'],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/name', 's3:accesspoint'],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/name/object/key', 's3:accesspointobject'],
    ['arn:aws:iam::111122223333:role/service-role/name', 'iam:role'],
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'iam:policy'],
    ['arn:aws:kms:eu-west-1:111122223333:key/1234', 'kms:key'],
    ['arn:aws:kms:eu-west-1:111122223333:alias/mine', 'kms:alias'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/T', 'dynamodb:table'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/T/index/I', 'dynamodb:index'],
    ['arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f', 'logs:log-group'],
    ['arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f:log-stream:s', 'logs:log-stream'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:f', 'lambda:function'],
    ['arn:aws:sqs:eu-west-1:111122223333:queue', 'sqs:queue'],
    ['arn:aws:sns:eu-west-1:111122223333:topic', 'sns:topic'],
    ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a', 'ec2:instance'],
    ['arn:aws:ec2:eu-west-1::image/ami-0a', 'ec2:image'],
    ['arn:aws:ssm:eu-west-1::document/AWS-RunShellScript', 'ssm:document'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-XyZ123', 'secretsmanager:Secret'],
    ['arn:aws:ecr:eu-west-1:111122223333:repository/team/app', 'ecr:repository'],
    ['arn:aws:apigateway:eu-west-1::/restapis/a/stages/b', 'apigateway:Stage'],
    ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/n/1', 'elasticloadbalancing:loadbalancer/app/'],
  ])('%s is %s', (arn, type) => {
    expect(typesOf(arn)[0]).toBe(type)
  })

  test('names what the narrower format means, and not the wider', () => {
    expect(typesOf('arn:aws:s3:::bucket/key')).not.toContain('s3:bucket')
    expect(typesOf('arn:aws:s3:::bucket')).not.toContain('s3:object')
    expect(typesOf('arn:aws:dynamodb:eu-west-1:111122223333:table/T/index/I')).not.toContain('dynamodb:table')
  })

  test('also names the types of other services for the same thing', () => {
    expect(typesOf('arn:aws:iam::111122223333:role/r')).toContain('sts:role')
    expect(typesOf('arn:aws:rds:eu-west-1:111122223333:snapshot:awsbackup:job-1')).toEqual(['rds:snapshot', 'backup:recoveryPoint'])
  })

  test.each(['', 'nonsense', 'arn:aws:s3', 'arn:aws:nosuchservice:eu-west-1:111122223333:thing/1', 'urn:aws:s3:::bucket'])('"%s" has none', (arn) => {
    expect(typesOf(arn)).toEqual([])
  })
})

describe('the types of a pattern of ARNs', () => {
  test('are all that some ARN of the pattern could be of', () => {
    expect(typesOf('arn:aws:s3:::bucket*')).toEqual(expect.arrayContaining(['s3:bucket', 's3:object']))
    expect(typesOf('arn:aws:s3:::bucket/*')).toEqual(['s3:object'])
    expect(typesOf('arn:aws:iam::*:*/admin')).toEqual(expect.arrayContaining(['iam:user', 'iam:role', 'iam:group']))
    expect(typesOf('arn:*:iam::111122223333:role/x?')).toContain('iam:role')
    expect(typesOf('arn:aws:iam::111122223333:user/*')).not.toContain('iam:role')
  })

  test('are all types for * and for any service', () => {
    expect(typesOf('*').length).toBeGreaterThan(2000)
    expect(typesOf('arn:aws:*:*:*:*')).toHaveLength(typesOf('*').length)
    expect(typesOf('arn:aws:sqs*')).toContain('sqs:queue')
  })

  test('take in every type that a single ARN of the pattern has', () => {
    const arns = [
      'arn:aws:s3:::b/k',
      'arn:aws:logs:r:1:log-group:g:log-stream:s',
      'arn:aws:dynamodb:r:1:table/T/index/I',
      'arn:aws:ec2:r:1:instance/i-1',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...arns), fc.integer({ min: 1, max: 5 }), fc.nat(), fc.nat(), (arn, part, start, length) => {
        const parts = [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')]
        const text = parts[part] ?? ''
        const from = start % (text.length + 1)
        const pattern = parts.with(part, `${text.slice(0, from)}*${text.slice(from + (length % (text.length - from + 1)))}`).join(':')
        expect(typesOf(pattern)).toEqual(expect.arrayContaining([...typesOf(arn)]))
      }),
    )
  })
})

describe('wildcards', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 })

  test('mean what the regular expression with .* and . means', () => {
    fc.assert(
      fc.property(glob, text, (pattern, word) => {
        expect(matchesGlob(pattern, word)).toBe(asRegExp(pattern).test(word))
      }),
    )
  })

  test('of two patterns meet exactly where some text fits both', () => {
    const words = ['']
    for (const word of words) if (word.length < 6) words.push(`${word}a`, `${word}b`)
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 })
    fc.assert(
      fc.property(short, short, (left, right) => {
        expect(globsMeet(left, right)).toBe(words.some((word) => asRegExp(left).test(word) && asRegExp(right).test(word)))
      }),
    )
  })
})
