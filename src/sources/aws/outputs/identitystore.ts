import { z } from 'zod'
import type { EntityFact, SourceRecord } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { toIsoDate } from '../dates.ts'
import { edge, properties, ref, type Mapped, type OpenEnd } from '../map/facts.ts'
import { unstated } from '../open-ends.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { NOTHING_MAPPED, saying, type About, type Held, type OutputKind, type OutputPart } from './output.ts'
import { mapRows, mapWhole, memberOf, wrong } from './rows.ts'

/**
 * People and groups of IAM Identity Center: https://docs.aws.amazon.com/cli/latest/reference/identitystore/. Subjects: the identity store; of
 * memberships, the group or the member that was asked about. Groups hold no groups.
 */

const externalIds = listOf(struct({ Issuer: name, Id: name }))
const userRow = struct({
  UserId: name,
  UserName: text,
  DisplayName: text,
  IdentityStoreId: text,
  UserStatus: text,
  ExternalIds: externalIds,
  Emails: listOf(struct({ Value: text, Primary: z.boolean().nullish() })),
  CreatedAt: date,
  UpdatedAt: date,
})
type UserRow = z.output<typeof userRow>
const groupRow = struct({
  GroupId: name,
  DisplayName: text,
  Description: text,
  IdentityStoreId: text,
  ExternalIds: externalIds,
  CreatedAt: date,
  UpdatedAt: date,
})
type GroupRow = z.output<typeof groupRow>
const membershipRow = struct({ GroupId: text, MemberId: struct({ UserId: text }).nullish() })

/** `issuer=id` */
const externalIdsOf = (ids: readonly { readonly Issuer: string; readonly Id: string }[]): readonly string[] | undefined =>
  ids.length === 0 ? undefined : ids.map(({ Issuer, Id }) => `${Issuer}=${Id}`).sort()

type Known = Pick<EntityFact, 'kind' | 'id' | 'name' | 'properties'>

function principal(known: Known, store: string | undefined, about: About): Mapped {
  const { kind, id, name: called, properties: values } = known
  const coverage = [about.coverage]
  const entity: EntityFact = {
    record: 'entity',
    label: 'Principal',
    kind,
    id,
    name: called,
    provider: 'aws',
    scope: store ?? null,
    properties: values,
    document: null,
    coverage,
  }
  if (store === undefined) return saying(entity)
  return { records: [entity, edge('CONTAINS', ref('Scope', store), ref('Principal', id), coverage)], open: [storeStub(store)] }
}

/** Stated by list-instances. */
const storeStub = (id: string): OpenEnd => ({
  open: 'named',
  stub: unstated({ label: 'Scope', kind: 'AwsIdentityStore', id, name: id, scope: null, properties: {} }),
})

const storeOf = (row: { readonly IdentityStoreId?: string | null | undefined }, { subject }: About): string | undefined =>
  row.IdentityStoreId ?? (/^d-[0-9a-f]{10}$/.test(subject) ? subject : undefined)

function user(row: UserRow, about: About): Mapped {
  const addresses = row.Emails.flatMap(({ Value }) => Value ?? [])
  const names = [row.UserName ?? '', row.DisplayName ?? '', ...addresses].filter((one) => one !== '')
  return principal(
    {
      kind: 'IdentityCenterUser',
      id: row.UserId,
      name: row.UserName ?? row.DisplayName ?? row.UserId,
      properties: properties({
        nature: 'HUMAN',
        aliases: [...new Set(names)].sort(),
        email: row.Emails.find(({ Primary }) => Primary === true)?.Value ?? addresses[0],
        state: row.UserStatus,
        externalIds: externalIdsOf(row.ExternalIds),
        createdAt: toIsoDate(row.CreatedAt),
        updatedAt: toIsoDate(row.UpdatedAt),
      }),
    },
    storeOf(row, about),
    about,
  )
}

function group(row: GroupRow, about: About): Mapped {
  return principal(
    {
      kind: 'IdentityCenterGroup',
      id: row.GroupId,
      name: row.DisplayName ?? row.GroupId,
      properties: properties({
        nature: 'GROUP',
        description: row.Description === '' ? undefined : row.Description,
        externalIds: externalIdsOf(row.ExternalIds),
        createdAt: toIsoDate(row.CreatedAt),
        updatedAt: toIsoDate(row.UpdatedAt),
      }),
    },
    storeOf(row, about),
    about,
  )
}

/** @param asked whom the subject names, where a row leaves it out */
const memberships =
  (asked: 'group' | 'member') =>
  (value: unknown, about: About): Mapped =>
    mapRows(value, 'GroupMemberships', about, membershipRow, ({ GroupId, MemberId }, at) => {
      const groupId = GroupId ?? (asked === 'group' ? about.subject : '')
      const userId = MemberId?.UserId ?? (asked === 'member' ? about.subject : '')
      if (groupId === '' || userId === '')
        return wrong(about, at.place, `Nothing tells the ${groupId === '' ? 'group' : 'member'} of the membership.`)
      const records: readonly SourceRecord[] = [edge('MEMBER_OF', ref('Principal', userId), ref('Principal', groupId), [about.coverage])]
      return { records, open: [stub('IdentityCenterUser', userId), stub('IdentityCenterGroup', groupId)] }
    })

const stub = (kind: 'IdentityCenterUser' | 'IdentityCenterGroup', id: string): OpenEnd => ({
  open: 'named',
  stub: unstated({ label: 'Principal', kind, id, name: id, scope: null, properties: { nature: kind === 'IdentityCenterUser' ? 'HUMAN' : 'GROUP' } }),
})

/** Known by a list whose rows have these members. */
const rowsWith = (list: string, ...members: readonly string[]): Pick<OutputKind, 'knownBy' | 'is'> => ({
  knownBy: [list],
  is: (value) => {
    const rows = value[list]
    return Array.isArray(rows) && rows.length > 0 && members.every((member) => memberOf(rows[0], member) !== undefined)
  },
})

const GONE = ['ResourceNotFoundException']

const kinds: readonly OutputKind[] = [
  {
    id: 'aws/identitystore/list-users',
    ...rowsWith('Users', 'UserId', 'IdentityStoreId'),
    held: true,
    map: (value, about) => mapRows(value, 'Users', about, userRow, (row) => user(row, about)),
  },
  {
    id: 'aws/identitystore/list-groups',
    ...rowsWith('Groups', 'GroupId', 'IdentityStoreId'),
    held: true,
    map: (value, about) => mapRows(value, 'Groups', about, groupRow, (row) => group(row, about)),
  },
  {
    id: 'aws/identitystore/describe-user',
    knownBy: ['UserId', 'IdentityStoreId', 'UserName'],
    map: (value, about) => mapWhole(value, about, userRow, (row) => user(row, about)),
    absent: GONE,
  },
  {
    id: 'aws/identitystore/describe-group',
    knownBy: ['GroupId', 'IdentityStoreId', 'DisplayName'],
    map: (value, about) => mapWhole(value, about, groupRow, (row) => group(row, about)),
    absent: GONE,
  },
  {
    id: 'aws/identitystore/list-group-memberships',
    ...rowsWith('GroupMemberships', 'GroupId', 'MemberId'),
    held: true,
    map: memberships('group'),
    absent: GONE,
  },
  { id: 'aws/identitystore/list-group-memberships-for-member', held: true, needsSubject: true, map: memberships('member'), absent: GONE },
]

export const identitystore: OutputPart = {
  part: 'identitystore',
  regional: false,
  kinds,
  assemble: (of, about) => {
    const outputs = (operation: string): readonly Held[] => of(`aws/identitystore/${operation}`)
    const groups = idsIn(outputs('list-groups'), 'Groups', 'GroupId')
    const told = new Set([
      ...outputs('list-group-memberships').map((held) => held.about.subject),
      ...idsIn(outputs('list-group-memberships'), 'GroupMemberships', 'GroupId'),
    ])
    const members = new Set(outputs('list-group-memberships-for-member').map((held) => held.about.subject))
    const users = idsIn(outputs('list-users'), 'Users', 'UserId')
    const byMember = users.length > 0 && users.every((id) => members.has(id))
    const untold = byMember ? [] : [...new Set(groups)].filter((id) => !told.has(id)).sort()
    return untold.length === 0 ? NOTHING_MAPPED : memberless(untold, outputs('list-groups'), about)
  },
}

function idsIn(held: readonly Held[], list: string, member: string): readonly string[] {
  return held.flatMap(({ value }) => {
    const rows = memberOf(value, list)
    return (Array.isArray(rows) ? rows : []).map((row: unknown) => memberOf(row, member)).filter((id) => typeof id === 'string')
  })
}

function memberless(groups: readonly string[], listed: readonly Held[], about: About): Mapped {
  const [at] = listed.map((held) => held.about).sort((a, b) => (a.file < b.file ? -1 : 1))
  const words = `${groups.slice(0, 5).join(', ')}${groups.length > 5 ? ` and ${groups.length - 5} more` : ''}`
  const message = `The members of these groups were not listed, so that what they are assigned is missing from their members: ${words}.`
  const [only] = groups
  const entity = groups.length === 1 && only !== undefined ? only : about.account
  return saying(fileFinding('EXPORT_TRUNCATED', at?.file ?? '', at?.place ?? '', message, { entity, coverage: about.coverage }))
}
