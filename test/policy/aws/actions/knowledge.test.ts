import { describe, expect, test } from 'vitest'
import { actionKnowledge } from '../../../../src/policy/aws/actions/index.ts'

const knowledge = actionKnowledge
const { size } = knowledge
const idOf = (action: string): number => knowledge.idOf(action)
const nameOf = (id: number): string => knowledge.nameOf(id)
const resourceTypesOf = (action: string): readonly string[] => knowledge.resourceTypesOf(idOf(action))
const conditionKeysOf = (action: string): readonly string[] => knowledge.conditionKeysOf(idOf(action))

/** Names of the actions in a bitmap. */
const namesIn = (bitmap: Uint32Array): readonly string[] =>
  Array.from({ length: size }, (_, id) => id)
    .filter((id) => ((bitmap[id >> 5] ?? 0) & (1 << (id & 31))) !== 0)
    .map((id) => nameOf(id))

describe('an action', () => {
  test('is found in any letter case and named as AWS spells it', () => {
    expect(nameOf(idOf('S3:getobject'))).toBe('s3:GetObject')
    expect(idOf('S3:getobject')).toBe(idOf('s3:GetObject'))
  })

  test.each(['s3:NoSuchThing', 'nosuchservice:GetObject', 's3', '', 's3:Get*', 's3:GetObject:x '])('is not known by the name "%s"', (name) => {
    expect(idOf(name)).toBe(-1)
  })

  test('has every id from 0 to size - 1, and each name leads back to its id', () => {
    expect(size).toBeGreaterThan(20_000)
    for (let id = 0; id < size; id++) expect(idOf(nameOf(id))).toBe(id)
    expect(() => nameOf(size)).toThrow(RangeError)
    expect(() => nameOf(-1)).toThrow(RangeError)
  })

  test('says which resource types it takes; none means Resource "*" alone', () => {
    expect(resourceTypesOf('s3:GetObject')).toContain('s3:object')
    expect(resourceTypesOf('s3:ListAllMyBuckets')).toEqual([])
    expect(resourceTypesOf('iam:PassRole')).toEqual(['iam:role'])
  })

  test('says which condition keys its requests may carry, its own and those of its resource types', () => {
    expect(conditionKeysOf('iam:PassRole')).toEqual(expect.arrayContaining(['iam:passedtoservice', 'iam:associatedresourcearn', 'aws:resourcetag/*']))
    expect(conditionKeysOf('s3:GetObject')).toContain('s3:existingobjecttag/*')
    expect(conditionKeysOf('iam:PassRole')).not.toContain('s3:prefix')
  })
})

describe('a pattern of actions', () => {
  test('without wildcard names one action, in any letter case', () => {
    expect(namesIn(knowledge.expand('S3:GETOBJECT'))).toEqual(['s3:GetObject'])
  })

  test('matches across the name with * and one character with ?', () => {
    expect(namesIn(knowledge.expand('iam:*UserPolicy'))).toEqual(
      expect.arrayContaining(['iam:PutUserPolicy', 'iam:AttachUserPolicy', 'iam:DeleteUserPolicy']),
    )
    expect(namesIn(knowledge.expand('sqs:??nd*'))).toEqual(['sqs:SendMessage'])
    expect(namesIn(knowledge.expand('*:GetObject'))).toEqual(expect.arrayContaining(['s3:GetObject', 'mediastore:GetObject']))
  })

  test('does not leak from one service into another', () => {
    expect(namesIn(knowledge.expand('s3:*')).every((name) => name.startsWith('s3:'))).toBe(true)
    expect(namesIn(knowledge.expand('s3:*')).length).toBeGreaterThan(100)
  })

  test('* is every action and nothing beyond the last', () => {
    expect(namesIn(knowledge.expand('*'))).toHaveLength(size)
    const last = knowledge.expand('*').at(-1) ?? 0
    expect(last >>> (size % 32 || 32)).toBe(size % 32 === 0 ? last : 0)
  })

  test.each(['s3:Nothing*', 'nosuchservice:*', '', 's3', 's3:Get, s3:Put'])('"%s" names nothing', (pattern) => {
    expect(namesIn(knowledge.expand(pattern))).toEqual([])
  })

  test('of many stars takes no time to speak of', () => {
    const started = performance.now()
    knowledge.expand(`s3:${'*a'.repeat(40)}*b`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('a resource type', () => {
  test('knows the actions that take it', () => {
    expect(namesIn(knowledge.actionsOn('s3:object'))).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject']))
    expect(namesIn(knowledge.actionsOn('s3:object'))).not.toContain('s3:ListBucket')
    expect(namesIn(knowledge.actionsOn('s3:nosuchtype'))).toEqual([])
  })

  test('agrees with the actions about who takes whom', () => {
    for (let id = 0; id < size; id += 97) {
      for (const type of knowledge.resourceTypesOf(id)) expect(namesIn(knowledge.actionsOn(type))).toContain(nameOf(id))
    }
  })

  test("is looked up by name and carries CloudFormation's name", () => {
    expect(knowledge.typeOf('s3:bucket')).toMatchObject({ name: 's3:bucket', arnPattern: 'arn:*:s3:::*', kind: 'AWS::S3::Bucket' })
    expect(knowledge.typeOf('ec2:vpc')?.kind).toBe('AWS::EC2::VPC')
    expect(knowledge.typeOf('rds:db')?.kind).toBe('AWS::RDS::DBInstance')
    expect(knowledge.typeOf('ec2:instance')?.kind).toBe('AWS::EC2::Instance')
    expect(knowledge.typeOf('s3:nosuchtype')).toBeUndefined()
  })

  test('of another service has the kind that its own service gives it', () => {
    expect(knowledge.typeOf('events:key')?.kind).toBe('AWS::KMS::Key')
    expect(knowledge.typeOf('sts:role')?.kind).toBe('AWS::IAM::Role')
  })

  test('of several ARN formats has them all', () => {
    expect(knowledge.typeOf('apigateway:Stage')?.otherArnPatterns).toHaveLength(1)
  })
})

test('resource control policies cover S3, KMS, SQS, Secrets Manager and STS, but not EC2', () => {
  const covered = ['s3', 'kms', 'sqs', 'secretsmanager', 'sts']
  expect(covered.filter((service) => actionKnowledge.rcpServices.has(service))).toEqual(covered)
  expect(actionKnowledge.rcpServices.has('ec2')).toBe(false)
})

test('the data carries its date', () => {
  expect(actionKnowledge.date).toMatch(/^\d{4}-\d\d-\d\d$/)
})
