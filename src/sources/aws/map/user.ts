import type { Origin } from '../../../domain/facts.ts'
import { toIsoDate } from '../dates.ts'
import type { GroupRow, UserRow } from '../schema.ts'
import { properties, tagList, type Mapped, type OpenEnd } from './facts.ts'
import { accountOf, mapPrincipal } from './principal.ts'

export function mapUser(row: UserRow, at: Origin): Mapped {
  const facts = {
    kind: 'AwsUser',
    name: row.UserName,
    properties: properties({
      path: row.Path,
      uniqueId: row.UserId,
      createdAt: toIsoDate(row.CreateDate),
      tags: tagList(row.Tags),
      nature: 'UNKNOWN',
    }),
    document: null,
    dates: [row.CreateDate],
  }
  const mapped = mapPrincipal(row, facts, { list: 'UserPolicyList', policies: row.UserPolicyList }, at)
  const account = accountOf(row.Arn)
  const memberships = row.GroupList.map((group): OpenEnd => ({ open: 'membership', user: row.Arn, account, group, at }))
  return { records: mapped.records, open: [...mapped.open, ...memberships] }
}

export function mapGroup(row: GroupRow, at: Origin): Mapped {
  const facts = {
    kind: 'AwsGroup',
    name: row.GroupName,
    properties: properties({ path: row.Path, uniqueId: row.GroupId, createdAt: toIsoDate(row.CreateDate), nature: 'GROUP' }),
    document: null,
    dates: [row.CreateDate],
  }
  return mapPrincipal(row, facts, { list: 'GroupPolicyList', policies: row.GroupPolicyList }, at)
}
