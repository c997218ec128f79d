import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathOf } from '../../../src/sources/bundle/layout.ts'
import type { Random } from '../random.ts'

/**
 * A bundle as `permiscope collect aws` lays it out, of accounts with many resources: buckets with their settings, keys with policies and
 * grants, functions, instances and queues. Answers about one thing come in envelopes, one file for each call, account and region.
 */
export interface InventoryPlan {
  readonly accounts: number
  /** In each account; a fifth of each kind. */
  readonly resources: number
}

const REGION = 'eu-west-1'
const accountId = (number: number): string => String(100_000_000_000 + number)

export async function writeInventory(folder: string, { accounts, resources }: InventoryPlan, random: Random): Promise<number> {
  const each = Math.floor(resources / 5)
  for (let number = 0; number < accounts; number++) {
    const account = { id: accountId(number), other: accountId((number + 1) % accounts), each, random: random.derive(accountId(number)) }
    for (const [kind, region, pieces] of filesOf(account)) {
      const path = join(folder, pathOf({ kind, account: account.id, region }))
      await mkdir(dirname(path), { recursive: true })
      await pipeline(Readable.from(pieces), createWriteStream(path))
    }
  }
  return accounts * each * 5
}

interface Account {
  readonly id: string
  readonly other: string
  readonly each: number
  readonly random: Random
}

type File = readonly [kind: string, region: string | undefined, pieces: Iterable<string>]

function* filesOf(account: Account): Generator<File> {
  const { id, each, random } = account
  const numbers = Array.from({ length: each }, (_, number) => number)
  const answers = (kind: string, region: string | undefined, subjectOf: (number: number) => string, outputOf: (number: number) => object): File => [
    kind,
    region,
    envelopes(numbers, { Kind: kind, Account: id, ...(region === undefined ? {} : { Region: region }) }, subjectOf, outputOf),
  ]
  const bucket = (number: number): string => `data-${id}-${number}`
  yield [
    'aws/s3api/list-buckets',
    undefined,
    list('Buckets', numbers, (number) => ({ Name: bucket(number), CreationDate: '2024-05-05T05:05:05+00:00', BucketRegion: REGION })),
  ]
  yield answers('aws/s3api/get-bucket-policy', undefined, bucket, (number) =>
    random.chance(0.3)
      ? { Output: { Policy: JSON.stringify(policy(account, `arn:aws:s3:::${bucket(number)}/*`, 's3:GetObject')) } }
      : { Error: { Code: 'NoSuchBucketPolicy' } },
  )
  yield answers('aws/s3api/get-public-access-block', undefined, bucket, () => ({
    Output: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: random.chance(0.8),
      },
    },
  }))
  yield answers('aws/s3api/get-bucket-tagging', undefined, bucket, (number) => ({
    Output: { TagSet: [{ Key: 'team', Value: `team-${number % 20}` }] },
  }))
  const key = (number: number): string => `${String(number).padStart(8, '0')}-0000-4000-8000-${id}`
  yield [
    'aws/kms/list-keys',
    REGION,
    list('Keys', numbers, (number) => ({ KeyId: key(number), KeyArn: `arn:aws:kms:${REGION}:${id}:key/${key(number)}` })),
  ]
  yield answers('aws/kms/get-key-policy', REGION, key, () => ({
    Output: { Policy: JSON.stringify(policy(account, '*', 'kms:*')), PolicyName: 'default' },
  }))
  yield ['aws/lambda/list-functions', REGION, list('Functions', numbers, (number) => lambda(id, number))]
  yield ['aws/ec2/describe-instances', REGION, list('Reservations', numbers, (number) => ({ Instances: [instance(id, number)] }))]
  const queue = (number: number): string => `https://sqs.${REGION}.amazonaws.com/${id}/queue-${number}`
  yield ['aws/sqs/list-queues', REGION, list('QueueUrls', numbers, queue)]
  yield answers('aws/sqs/get-queue-attributes', REGION, queue, (number) => ({ Output: { Attributes: queueAttributes(account, number) } }))
}

function* list(name: string, numbers: readonly number[], rowOf: (number: number) => unknown): Generator<string> {
  yield `{"${name}":[`
  for (const number of numbers) yield `${number === 0 ? '' : ','}${JSON.stringify(rowOf(number))}\n`
  yield ']}\n'
}

function* envelopes(
  numbers: readonly number[],
  about: object,
  subjectOf: (number: number) => string,
  outputOf: (number: number) => object,
): Generator<string> {
  for (const number of numbers) yield `${JSON.stringify({ ...about, Subject: subjectOf(number), ...outputOf(number) })}\n`
}

const policy = ({ id, other }: Account, resource: string, action: string): object => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Owner', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: action, Resource: resource },
    { Sid: 'Other', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${other}:role/reader` }, Action: action, Resource: resource },
  ],
})

const lambda = (account: string, number: number): object => ({
  FunctionName: `worker-${number}`,
  FunctionArn: `arn:aws:lambda:${REGION}:${account}:function:worker-${number}`,
  Runtime: 'nodejs24.x',
  Role: `arn:aws:iam::${account}:role/worker-${number % 50}`,
  Environment: { Variables: { STAGE: null } },
})

const instance = (account: string, number: number): object => ({
  InstanceId: `i-${String(number).padStart(17, '0')}`,
  State: { Code: 16, Name: 'running' },
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/web-${number % 50}`, Id: 'AIPAEXAMPLE' },
  SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'default' }],
  Tags: [{ Key: 'Name', Value: `web-${number}` }],
})

const queueAttributes = (account: Account, number: number): object => {
  const arn = `arn:aws:sqs:${REGION}:${account.id}:queue-${number}`
  return { QueueArn: arn, ...(account.random.chance(0.3) ? { Policy: JSON.stringify(policy(account, arn, 'sqs:SendMessage')) } : {}) }
}
