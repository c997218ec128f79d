import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, tagsOf, withoutPolicy, withUnreadPolicy } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Buckets: https://docs.aws.amazon.com/cli/latest/reference/s3api/ */

const bucketArn = (about: About, bucket = about.subject): string => `arn:${about.partition}:s3:::${bucket}`

const bucketRow = struct({ Name: name, CreationDate: date, BucketRegion: text })
const policy = struct({ Policy: z.unknown() })
const tagging = struct({ TagSet: z.array(z.unknown()) })

export const s3: OutputPart = {
  part: 's3',
  regional: false,
  kinds: [
    {
      id: 'aws/s3api/list-buckets',
      knownBy: ['Buckets'],
      streams: 'Buckets',
      map: (value, about) =>
        mapRows(value, 'Buckets', about, bucketRow, (row) =>
          resource(
            { id: bucketArn(about, row.Name), name: row.Name, properties: { createdAt: toIsoDate(row.CreationDate), region: row.BucketRegion } },
            about,
          ),
        ),
    },
    {
      id: 'aws/s3api/get-bucket-policy',
      needsSubject: true,
      map: (value, about) =>
        mapWhole(value, about, policy, ({ Policy }, at) =>
          resource({ id: bucketArn(about), policy: Policy, at: { file: at.file, place: `${at.place}.Policy`.replace(/^\./, '') } }, about),
        ),
      absent: ['NoSuchBucketPolicy'],
      mapAbsent: (about) => withoutPolicy(bucketArn(about), about),
      mapRefused: (about) => withUnreadPolicy(bucketArn(about), about),
    },
    {
      id: 'aws/s3api/get-bucket-tagging',
      needsSubject: true,
      map: (value, about) =>
        mapWhole(value, about, tagging, ({ TagSet }) => joined([resource({ id: bucketArn(about), properties: { tags: tagsOf(TagSet) } }, about)])),
      absent: ['NoSuchTagSet'],
      mapAbsent: (about) => resource({ id: bucketArn(about), properties: { tags: [] } }, about),
    },
  ],
}
