import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { NOTHING_MAPPED, type About, type OutputPart } from './output.ts'
import { arnIn, resource, tagsOf } from './records.ts'
import { policyOf } from './resource-policy.ts'
import { inside, mapRows, mapWhole, memberOf, wrong } from './rows.ts'

/** Queues: https://docs.aws.amazon.com/cli/latest/reference/sqs/ */

const GONE = ['AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist']

const IN_URL = /\/(?<account>\d{12})\/(?<queue>[^/]+)$/

/** @param queue its URL, as AWS names it, or its ARN or name */
function queueArn(about: About, queue = about.subject): string {
  if (queue.startsWith('arn:')) return queue
  const { account, queue: named = queue } = IN_URL.exec(queue)?.groups ?? {}
  return arnIn(account === undefined ? about : { ...about, account }, 'sqs', named)
}

/** Old URLs of us-east-1 name no region. */
function regionOfUrl(url: string): string | undefined {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? ''
  return host === 'queue.amazonaws.com' ? 'us-east-1' : /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d+)\./.exec(host)?.[1]
}

const firstUrl = (value: unknown): string => [memberOf(value, 'QueueUrls')].flat().find((url) => typeof url === 'string') ?? ''

const attributes = struct({
  QueueArn: text,
  Policy: z.unknown().optional(),
  KmsMasterKeyId: text,
  CreatedTimestamp: text,
  LastModifiedTimestamp: text,
  VisibilityTimeout: text,
  ApproximateNumberOfMessages: text,
})

/** Only what was asked for is printed: a queue without policy is told from one whose policy was not asked for by what only `All` prints. */
const isAll = (row: z.output<typeof attributes>): boolean =>
  [row.QueueArn, row.CreatedTimestamp, row.LastModifiedTimestamp, row.VisibilityTimeout, row.ApproximateNumberOfMessages].every(
    (value) => typeof value === 'string',
  )

const stateOfPolicy = (about: About, policyState: string): Mapped =>
  about.subject === '' ? NOTHING_MAPPED : resource({ id: queueArn(about), properties: { policyState } }, about)

export const sqs: OutputPart = {
  part: 'sqs',
  regional: true,
  kinds: [
    {
      id: 'aws/sqs/list-queues',
      knownBy: ['QueueUrls'],
      accountOf: (value) => IN_URL.exec(firstUrl(value))?.groups?.['account'],
      regionOf: (value) => regionOfUrl(firstUrl(value)),
      needsRegion: true,
      map: (value, about) => mapRows(value, 'QueueUrls', about, name, (url) => resource({ id: queueArn(about, url) }, about)),
    },
    {
      id: 'aws/sqs/get-queue-attributes',
      ...knownByArn('sqs', 'Attributes', 'QueueArn'),
      gone: GONE,
      needsRegion: true,
      map: (value, about) =>
        mapWhole(
          value,
          about,
          attributes,
          (row, at) => {
            if (typeof row.QueueArn !== 'string' && about.subject === '')
              return wrong(about, at.place, 'Neither QueueArn nor anything else names the queue.')
            const id = row.QueueArn ?? queueArn(about)
            const properties = { createdAt: toIsoDate(row.CreatedTimestamp), encryptionKey: row.KmsMasterKeyId || undefined }
            if ((row.Policy ?? '') === '' && !isAll(row)) return resource({ id, properties }, about)
            return policyOf({ id, properties, printed: row.Policy, at: inside(at, 'Policy'), mayBeLeftOut: true }, about)
          },
          'Attributes',
        ),
      mapRefused: (about) => stateOfPolicy(about, 'NOT_LOADED'),
    },
    {
      id: 'aws/sqs/list-queue-tags',
      gone: GONE,
      needsSubject: true,
      needsRegion: true,
      map: (value, about) => resource({ id: queueArn(about), properties: { tags: tagsOf(memberOf(value, 'Tags') ?? {}) } }, about),
    },
  ],
}
