import type { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { accountSaid, arnIn, locatedBy, resource, type Said } from './records.ts'
import { policyOutput, subjectOfPolicy } from './resource-policy.ts'
import { mapRows, mapWhole } from './rows.ts'
import { blocked, NOTHING_BLOCKED, publicAccessBlock } from './s3.ts'

/** Access points, and what holds for all buckets of the account: https://docs.aws.amazon.com/cli/latest/reference/s3control/ */

const accessPoint = struct({
  AccessPointArn: name,
  Bucket: text,
  VpcConfiguration: struct({ VpcId: text }).nullish(),
  Alias: text,
})

function mapAccessPoint(row: z.output<typeof accessPoint>, about: About, more: Said = {}): Mapped {
  const vpc = row.VpcConfiguration?.VpcId
  const aliases = typeof row.Alias === 'string' ? [row.Alias] : undefined
  return resource({ id: row.AccessPointArn, properties: { bucket: bucketOf(row.Bucket, about), vpc, aliases, ...more } }, about)
}

/** Access points of file systems have no bucket, but an ARN in its place. */
const bucketOf = (bucket: string | null | undefined, about: About): string | undefined =>
  typeof bucket !== 'string' || bucket.includes(':') ? undefined : `arn:${about.partition}:s3:::${bucket}`

const details = struct({
  AccessPointArn: name,
  Bucket: text,
  VpcConfiguration: struct({ VpcId: text }).nullish(),
  Alias: text,
  CreationDate: date,
  PublicAccessBlockConfiguration: publicAccessBlock.nullish(),
})

/** Its statements may name the access point and objects behind it, and nothing else. */
const inPolicy = (value: Readonly<Record<string, unknown>>): string | undefined =>
  subjectOfPolicy(value['Policy'], /^(arn:[^:]+:s3:[^:]+:\d{12}:accesspoint\/[^*?/]+)(?:\/.*)?$/s)

export const s3control: OutputPart = {
  part: 's3control',
  regional: true,
  kinds: [
    {
      id: 'aws/s3control/get-public-access-block',
      map: (value, about) => mapWhole(value, about, publicAccessBlock, (row) => accountSaid(blocked(row), about), 'PublicAccessBlockConfiguration'),
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      mapAbsent: (about) => accountSaid(NOTHING_BLOCKED, about),
    },
    {
      id: 'aws/s3control/list-access-points',
      ...knownByArn('s3', 'AccessPointList', 'AccessPointArn'),
      map: (value, about) => mapRows(value, 'AccessPointList', about, accessPoint, (row) => mapAccessPoint(row, about)),
    },
    {
      id: 'aws/s3control/get-access-point',
      ...knownByArn('s3', 'AccessPointArn'),
      gone: ['NoSuchAccessPoint'],
      map: (value, about) =>
        mapWhole(value, about, details, (row) => {
          const block = row.PublicAccessBlockConfiguration
          return mapAccessPoint(row, about, {
            createdAt: toIsoDate(row.CreationDate),
            ...(block === null || block === undefined ? {} : blocked(block)),
          })
        }),
    },
    policyOutput({
      id: 'aws/s3control/get-access-point-policy',
      member: 'Policy',
      knownBy: ['Policy'],
      is: (value) => Object.keys(value).length === 1 && inPolicy(value) !== undefined,
      ...locatedBy(inPolicy),
      needsRegion: true,
      resourceOf: (about, value) => {
        const { subject } = about
        const id = subject === '' ? inPolicy(value) : subject.startsWith('arn:') ? subject : arnIn(about, 's3', `accesspoint/${subject}`)
        return id === undefined ? undefined : { id }
      },
      absent: ['NoSuchAccessPointPolicy'],
      gone: ['NoSuchAccessPoint'],
    }),
  ],
}
