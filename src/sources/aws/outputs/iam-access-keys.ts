import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { earliest, latest } from './iam-credential-report.ts'
import { goesOn } from './last-page.ts'
import { joined, NOTHING_MAPPED, type About, type Held } from './output.ts'
import type { Said } from './records.ts'
import { mapRows, mapWhole, memberOf, noList, under, wrong } from './rows.ts'
import { userSaid } from './user-said.ts'

/** A user's keys from `list-access-keys` and, for each key, `get-access-key-last-used`. The keys' ids only tell them apart. */

interface Keys {
  readonly about: About
  /** Undefined: nobody listed them. */
  listed: Map<string, Key> | undefined
  /** A listing of which pages are missing may lack keys. */
  isWhole: boolean
  readonly usedAt: string[]
}

interface Key {
  readonly isActive: boolean
  readonly madeAt: string | undefined
}

const keyRow = struct({ UserName: text, AccessKeyId: name, Status: name, CreateDate: date })
const lastUsed = struct({ UserName: name, AccessKeyLastUsed: struct({ LastUsedDate: date }) })

export function assembleAccessKeys(of: (kind: string) => readonly Held[]): Mapped {
  const users = new Map<string, Keys>()
  const findings = [
    ...of('aws/iam/list-access-keys').map((held) => noteKeys(users, held)),
    ...of('aws/iam/get-access-key-last-used').map((held) => noteUse(users, held)),
  ]
  return joined([...findings, ...[...users].map(([user, keys]) => userSaid({ name: user }, saidOf(keys), 'ASKED', keys.about))])
}

function keysOf(users: Map<string, Keys>, user: string, about: About): Keys {
  const keys: Keys = users.get(user) ?? { about, listed: undefined, isWhole: false, usedAt: [] }
  users.set(user, keys)
  return keys
}

function noteKeys(users: Map<string, Keys>, { value, about }: Held): Mapped {
  if (memberOf(value, 'AccessKeyMetadata') === undefined) return noList(about, 'AccessKeyMetadata')
  const noteOwner = (user: string): Map<string, Key> => {
    const keys = keysOf(users, user, about)
    if (!goesOn(value)) keys.isWhole = true
    return (keys.listed ??= new Map())
  }
  if (about.subject !== '') noteOwner(about.subject)
  let isNamed = about.subject !== ''
  const rows = mapRows(value, 'AccessKeyMetadata', about, keyRow, (row, at) => {
    const user = row.UserName ?? about.subject
    if (user === '') return wrong(about, at.place, 'The row names no user.')
    isNamed = true
    noteOwner(user).set(row.AccessKeyId, { isActive: row.Status.toLowerCase() === 'active', madeAt: toIsoDate(row.CreateDate) })
    return NOTHING_MAPPED
  })
  if (isNamed || rows.records.length > 0) return rows
  return wrong(about, under(about.place, 'AccessKeyMetadata'), 'Neither its rows nor its place, a manifest or an envelope names the user.')
}

/** A key that was never used has no date. */
const noteUse = (users: Map<string, Keys>, { value, about }: Held): Mapped =>
  mapWhole(value, about, lastUsed, ({ UserName, AccessKeyLastUsed }) => {
    const usedAt = toIsoDate(AccessKeyLastUsed.LastUsedDate)
    if (usedAt !== undefined) keysOf(users, UserName, about).usedAt.push(usedAt)
    return NOTHING_MAPPED
  })

function saidOf({ listed, isWhole, usedAt }: Keys): Said {
  const active = listed === undefined || !isWhole ? undefined : [...listed.values()].filter(({ isActive }) => isActive)
  return {
    activeAccessKeys: active?.length,
    oldestAccessKeyAt: earliest(active?.map(({ madeAt }) => madeAt) ?? []),
    accessKeyLastUsedAt: latest(usedAt),
  }
}
