import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import type { About, OutputPart } from './output.ts'
import { principalSaid } from './principal-said.ts'
import { tagsOf } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/**
 * When roles were last used, as single outputs tell it. Trust and policies come with the account authorization details.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/get-role.html
 */

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\//
const role = struct({
  Path: text,
  RoleName: name,
  RoleId: text,
  Arn: z.string().regex(ROLE_ARN, 'not the ARN of a role'),
  CreateDate: date,
  Description: text,
  MaxSessionDuration: z.number().nullish(),
  RoleLastUsed: struct({ LastUsedDate: date, Region: text }).nullish(),
  Tags: z.unknown().optional(),
})

const mapRole = (row: z.output<typeof role>, about: About): Mapped =>
  principalSaid(
    row.Arn,
    {
      path: row.Path,
      uniqueId: row.RoleId,
      description: row.Description,
      createdAt: toIsoDate(row.CreateDate),
      maxSessionSeconds: row.MaxSessionDuration,
      lastUsedAt: toIsoDate(row.RoleLastUsed?.LastUsedDate),
      lastUsedRegion: row.RoleLastUsed?.Region,
      tags: tagsOf(row.Tags),
    },
    about,
  )

export const iamRoles: OutputPart = {
  part: 'iam-roles',
  regional: false,
  kinds: [
    {
      id: 'aws/iam/list-roles',
      ...knownByArn(ROLE_ARN, 'Roles', 'Arn'),
      map: (value, about) => mapRows(value, 'Roles', about, role, (row) => mapRole(row, about)),
    },
    {
      id: 'aws/iam/get-role',
      ...knownByArn(ROLE_ARN, 'Role', 'Arn'),
      map: (value, about) => mapWhole(value, about, role, (row) => mapRole(row, about), 'Role'),
    },
  ],
}
