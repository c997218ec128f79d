import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs, tagsOf } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Through which instances come by roles: https://docs.aws.amazon.com/cli/latest/reference/iam/list-instance-profiles.html */

const PROFILE_ARN = /^arn:[^:]+:iam::\d{12}:instance-profile\//
const profile = struct({
  Path: text,
  InstanceProfileName: text,
  InstanceProfileId: text,
  Arn: z.string().regex(PROFILE_ARN, 'not the ARN of an instance profile'),
  CreateDate: date,
  Roles: listOf(struct({ Arn: z.string().startsWith('arn:') })),
  Tags: z.unknown().optional(),
})

const mapProfile = (row: z.output<typeof profile>, about: About): Mapped => {
  const properties = { path: row.Path, uniqueId: row.InstanceProfileId, createdAt: toIsoDate(row.CreateDate), tags: tagsOf(row.Tags) }
  return joined([
    resource({ id: row.Arn, name: row.InstanceProfileName, properties }, about),
    ...row.Roles.map(({ Arn }) => runsAs(row.Arn, Arn, about)),
  ])
}

export const iamInstanceProfiles: OutputPart = {
  part: 'iam-instance-profiles',
  regional: false,
  kinds: [
    {
      id: 'aws/iam/list-instance-profiles',
      ...knownByArn(PROFILE_ARN, 'InstanceProfiles', 'Arn'),
      map: (value, about) => mapRows(value, 'InstanceProfiles', about, profile, (row) => mapProfile(row, about)),
    },
    {
      id: 'aws/iam/get-instance-profile',
      ...knownByArn(PROFILE_ARN, 'InstanceProfile', 'Arn'),
      map: (value, about) => mapWhole(value, about, profile, (row) => mapProfile(row, about), 'InstanceProfile'),
    },
  ],
}
