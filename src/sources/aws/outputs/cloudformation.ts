import { z } from 'zod'
import { parseArn } from '../arn.ts'
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
    parent === '' ? NOTHING_MAPPED : resource({ id: parent, name: nameOfStack(parent) }, about),
    resource({ id, name: nameOfStack(id), properties, ...(parent === '' ? {} : { parent }) }, about),
    runsAs(id, row.RoleARN, about),
  ])
}

/** `stack/NAME/uuid` */
const nameOfStack = (id: string): string | undefined => parseArn(id)?.resource.split('/')[1]

const stackSetRow = struct({ StackSetName: name, StackSetId: name, StackSetARN: text, Status: text, Description: text })
const stackSetWhole = struct({
  StackSetName: name,
  StackSetId: name,
  StackSetARN: text,
  Status: text,
  Description: text,
  AdministrationRoleARN: text,
  ExecutionRoleName: text,
  Tags: z.unknown().optional(),
})

const stackSet = (
  row: z.output<typeof stackSetRow>,
  more: { readonly executionRole?: string | null | undefined },
  about: About,
  tags?: unknown,
): Mapped => {
  if (row.Status === 'DELETED') return NOTHING_MAPPED
  const properties = { state: row.Status, description: row.Description, tags: tagsOf(tags), ...more }
  return resource({ id: stackSetArn(row, about), name: row.StackSetName, properties }, about)
}

const stackSetArn = ({ StackSetARN, StackSetId }: z.output<typeof stackSetRow>, about: About): string =>
  StackSetARN ?? arnIn(about, 'cloudformation', `stackset/${StackSetId}`)

/** Where a stack set has roles of its own: that of this account assumes the one of that name in each account in which it deploys. */
const stackSetWithRoles = (row: z.output<typeof stackSetWhole>, about: About): Mapped =>
  joined([
    stackSet(row, { executionRole: row.ExecutionRoleName }, about, row.Tags),
    row.Status === 'DELETED' ? NOTHING_MAPPED : runsAs(stackSetArn(row, about), row.AdministrationRoleARN, about),
  ])

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
      map: (value, about) => mapRows(value, 'Summaries', about, stackSetRow, (row) => stackSet(row, {}, about)),
    },
    {
      id: 'aws/cloudformation/describe-stack-set',
      ...knownByArn('cloudformation', 'StackSet', 'StackSetARN'),
      absent: ['StackSetNotFoundException'],
      map: (value, about) => mapWhole(value, about, stackSetWhole, (row) => stackSetWithRoles(row, about), 'StackSet'),
    },
  ],
}
