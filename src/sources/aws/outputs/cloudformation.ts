import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { firstIn } from './first-row.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, NOTHING_MAPPED, type About, type OutputPart } from './output.ts'
import { arnIn, resource, runsAs, tagsOf } from './records.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Stacks and stack sets: https://docs.aws.amazon.com/cli/latest/reference/cloudformation/. Their parameters and outputs may hold secrets and are not looked at. */

const arn = z.string().startsWith('arn:')

const stackRow = struct({
  StackId: arn,
  StackStatus: text,
  Description: text,
  CreationTime: date,
  LastUpdatedTime: date,
  RoleARN: text,
  ParentId: text,
  Tags: z.unknown().optional(),
})

function stack(row: z.output<typeof stackRow>, about: About): Mapped {
  if (row.StackStatus === 'DELETE_COMPLETE') return NOTHING_MAPPED
  const id = row.StackId
  const properties = {
    state: row.StackStatus,
    description: row.Description,
    createdAt: toIsoDate(row.CreationTime),
    updatedAt: toIsoDate(row.LastUpdatedTime),
    tags: tagsOf(row.Tags),
  }
  const parent = row.ParentId ?? ''
  return joined([
    parent === '' ? NOTHING_MAPPED : resource({ id: parent }, about),
    resource({ id, properties, ...(parent === '' ? {} : { parent }) }, about),
    runsAs(id, row.RoleARN, about),
  ])
}

/** Listings hold less of it than descriptions. */
const stackSetRow = struct({
  StackSetId: name,
  StackSetARN: text,
  Status: text,
  Description: text,
  AdministrationRoleARN: text,
  ExecutionRoleName: text,
  Tags: z.unknown().optional(),
})

/** Where a stack set has roles of its own: that of this account assumes the one of that name in each account in which it deploys. */
function stackSet(row: z.output<typeof stackSetRow>, about: About): Mapped {
  if (row.Status === 'DELETED') return NOTHING_MAPPED
  const id = row.StackSetARN ?? arnIn(about, 'cloudformation', `stackset/${row.StackSetId}`)
  const properties = { state: row.Status, description: row.Description, executionRole: row.ExecutionRoleName, tags: tagsOf(row.Tags) }
  return joined([resource({ id, properties }, about), runsAs(id, row.AdministrationRoleARN, about)])
}

export const cloudformation: OutputPart = {
  part: 'cloudformation',
  regional: true,
  kinds: [
    {
      id: 'aws/cloudformation/describe-stacks',
      ...knownByArn('cloudformation', 'Stacks', 'StackId'),
      map: (value, about) => mapRows(value, 'Stacks', about, stackRow, (row) => stack(row, about)),
    },
    {
      id: 'aws/cloudformation/list-stack-sets',
      knownBy: ['Summaries'],
      // Lists of instances and operations of stack sets don't name the set.
      is: (value) => firstIn(value, 'Summaries', 'StackSetName') !== undefined,
      needsRegion: true,
      map: (value, about) => mapRows(value, 'Summaries', about, stackSetRow, (row) => stackSet(row, about)),
    },
    {
      id: 'aws/cloudformation/describe-stack-set',
      ...knownByArn('cloudformation', 'StackSet', 'StackSetARN'),
      absent: ['StackSetNotFoundException'],
      map: (value, about) => mapWhole(value, about, stackSetRow, (row) => stackSet(row, about), 'StackSet'),
    },
  ],
}
