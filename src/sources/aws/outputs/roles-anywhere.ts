import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, listOf, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type OutputPart } from './output.ts'
import { resource, runsAs } from './records.ts'
import { mapRows } from './rows.ts'

/**
 * IAM Roles Anywhere: who has a certificate of a trust anchor takes the roles of a profile, from outside of AWS.
 * https://docs.aws.amazon.com/cli/latest/reference/rolesanywhere/
 */

const ANCHOR_ARN = /^arn:[^:]+:rolesanywhere:[^:]+:\d{12}:trust-anchor\//
const PROFILE_ARN = /^arn:[^:]+:rolesanywhere:[^:]+:\d{12}:profile\//
const enabled = z.boolean().nullish()

const anchor = struct({
  TrustAnchorArn: z.string().regex(ANCHOR_ARN, 'not the ARN of a trust anchor'),
  Name: text,
  Enabled: enabled,
  Source: struct({ SourceType: text, SourceData: struct({ AcmPcaArn: text }).nullish() }).nullish(),
  CreatedAt: date,
  UpdatedAt: date,
})
const profile = struct({
  ProfileArn: z.string().regex(PROFILE_ARN, 'not the ARN of a profile'),
  Name: text,
  Enabled: enabled,
  RoleArns: listOf(z.string()),
  DurationSeconds: z.number().nullish(),
  CreatedBy: text,
  CreatedAt: date,
  UpdatedAt: date,
})

const stateOf = (isEnabled: boolean | null | undefined): string | undefined =>
  isEnabled === true ? 'Enabled' : isEnabled === false ? 'Disabled' : undefined

const mapAnchor = (row: z.output<typeof anchor>, about: About): Mapped => {
  const properties = {
    state: stateOf(row.Enabled),
    issuer: row.Source?.SourceData?.AcmPcaArn,
    description: row.Source?.SourceType,
    createdAt: toIsoDate(row.CreatedAt),
    updatedAt: toIsoDate(row.UpdatedAt),
  }
  return resource({ id: row.TrustAnchorArn, name: row.Name, properties }, about)
}

const mapProfile = (row: z.output<typeof profile>, about: About): Mapped => {
  const properties = {
    state: stateOf(row.Enabled),
    maxSessionSeconds: row.DurationSeconds,
    createdAt: toIsoDate(row.CreatedAt),
    updatedAt: toIsoDate(row.UpdatedAt),
  }
  return joined([
    resource({ id: row.ProfileArn, name: row.Name, properties }, about),
    ...row.RoleArns.map((role) => runsAs(row.ProfileArn, role, about)),
  ])
}

export const rolesAnywhere: OutputPart = {
  part: 'rolesanywhere',
  regional: true,
  kinds: [
    {
      id: 'aws/rolesanywhere/list-trust-anchors',
      ...knownByArn(ANCHOR_ARN, 'TrustAnchors', 'TrustAnchorArn'),
      map: (value, about) => mapRows(value, 'TrustAnchors', about, anchor, (row) => mapAnchor(row, about)),
    },
    {
      id: 'aws/rolesanywhere/list-profiles',
      ...knownByArn(PROFILE_ARN, 'Profiles', 'ProfileArn'),
      map: (value, about) => mapRows(value, 'Profiles', about, profile, (row) => mapProfile(row, about)),
    },
  ],
}
