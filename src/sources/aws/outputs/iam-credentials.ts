import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { ROOT_NAME } from '../users-said.ts'
import { assembleAccessKeys } from './iam-access-keys.ts'
import { accountOfReport, CREDENTIAL_REPORT, nameInReport, reportRow, reportRows, saidByReport } from './iam-credential-report.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, NOTHING_MAPPED, type About, type OutputPart } from './output.ts'
import { accountSaid, tagsOf } from './records.ts'
import { mapRows, mapWhole, memberOf, noList, under, wrong } from './rows.ts'
import { userSaid } from './user-said.ts'

/**
 * What users and the root user sign in with: passwords, access keys, MFA devices. Counts and dates are kept, no ids of keys or devices.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/
 */

const USER_ARN = /^arn:[^:]+:iam::\d{12}:user\//
const user = struct({
  Path: text,
  UserName: name,
  UserId: text,
  Arn: z.string().regex(USER_ARN, 'not the ARN of a user'),
  CreateDate: date,
  PasswordLastUsed: date,
  Tags: z.unknown().optional(),
})

const mapUser = (row: z.output<typeof user>, about: About): Mapped =>
  userSaid(
    { name: row.UserName, arn: row.Arn },
    {
      path: row.Path,
      uniqueId: row.UserId,
      createdAt: toIsoDate(row.CreateDate),
      passwordLastUsedAt: toIsoDate(row.PasswordLastUsed),
      tags: tagsOf(row.Tags),
    },
    'LISTED',
    about,
  )

const loginProfile = struct({ UserName: name })
const mfaDevice = struct({ UserName: text })
const virtualMfaDevice = struct({ User: struct({ Arn: text, UserName: text }).nullish() })
const summary = z.record(z.string(), z.number())
const passwordPolicy = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** The device of a user, in no order and perhaps on several pages: one is enough. */
function mapMfaDevices(value: unknown, about: About): Mapped {
  if (memberOf(value, 'MFADevices') === undefined) return noList(about, 'MFADevices')
  const owners = new Set(about.subject === '' ? [] : [about.subject])
  let devices = 0
  const rows = mapRows(value, 'MFADevices', about, mfaDevice, ({ UserName }) => {
    devices += 1
    if (about.subject === '' && typeof UserName === 'string') owners.add(UserName)
    return NOTHING_MAPPED
  })
  if (owners.size === 0)
    return wrong(about, under(about.place, 'MFADevices'), 'Neither its rows nor its place, a manifest or an envelope names the user.')
  return joined([rows, ...[...owners].map((owner) => userSaid({ name: owner }, { mfaEnabled: devices > 0 }, 'ASKED', about))])
}

/** A user without a virtual device may have one of another sort. */
function mapVirtualMfaDevice({ User }: z.output<typeof virtualMfaDevice>, about: About): Mapped {
  const arn = User?.Arn ?? ''
  if (arn.endsWith(':root')) return userSaid({ name: ROOT_NAME, arn }, { mfaEnabled: true }, 'LISTED', about)
  return USER_ARN.test(arn) ? userSaid({ name: arn.slice(arn.lastIndexOf('/') + 1), arn }, { mfaEnabled: true }, 'LISTED', about) : NOTHING_MAPPED
}

/** How many keys root has it doesn't tell, only whether there are any. */
function mapSummary(said: z.output<typeof summary>, about: About): Mapped {
  const [keys, mfa, password] = [said['AccountAccessKeysPresent'], said['AccountMFAEnabled'], said['AccountPasswordPresent']].map((count) =>
    count === undefined ? undefined : count > 0,
  )
  const root = { mfaEnabled: mfa, passwordEnabled: password, ...(keys === false ? { activeAccessKeys: 0 } : {}) }
  return joined([accountSaid({ rootAccessKeysPresent: keys }, about), userSaid({ name: ROOT_NAME }, root, 'ASKED', about)])
}

const rulesOf = (rules: z.output<typeof passwordPolicy>): readonly string[] =>
  Object.entries(rules)
    .map(([rule, value]) => `${rule}=${String(value)}`)
    .sort()

/** Who was asked about was deleted meanwhile: nothing is missing. */
const GONE = ['NoSuchEntity']

export const iamCredentials: OutputPart = {
  part: 'iam-credentials',
  regional: false,
  assemble: assembleAccessKeys,
  kinds: [
    {
      id: 'aws/iam/list-users',
      ...knownByArn(USER_ARN, 'Users', 'Arn'),
      map: (value, about) => mapRows(value, 'Users', about, user, (row) => mapUser(row, about)),
    },
    {
      id: 'aws/iam/get-user',
      ...knownByArn(USER_ARN, 'User', 'Arn'),
      map: (value, about) => mapWhole(value, about, user, (row) => mapUser(row, about), 'User'),
    },
    {
      id: 'aws/iam/get-credential-report',
      knownBy: ['Content', 'ReportFormat'],
      streams: CREDENTIAL_REPORT,
      accountOf: accountOfReport,
      map: (value, about) => {
        const rows = reportRows(value)
        if (rows === undefined) return wrong(about, under(about.place, 'Content'), 'not a credential report')
        const list = { ...about, place: memberOf(value, 'Content') === undefined ? about.place : under(about.place, 'Content') }
        return mapRows({ [CREDENTIAL_REPORT]: rows }, CREDENTIAL_REPORT, list, reportRow, (row, { place }) =>
          userSaid({ name: nameInReport(row), arn: row['arn'] ?? '' }, saidByReport(row), 'REPORTED', { ...about, place }),
        )
      },
    },
    { id: 'aws/iam/list-access-keys', knownBy: ['AccessKeyMetadata'], held: true, absent: GONE },
    { id: 'aws/iam/get-access-key-last-used', knownBy: ['UserName', 'AccessKeyLastUsed'], held: true, absent: [...GONE, 'AccessDenied.NoSuchKey'] },
    {
      id: 'aws/iam/get-login-profile',
      knownBy: ['LoginProfile'],
      map: (value, about) =>
        mapWhole(
          value,
          about,
          loginProfile,
          ({ UserName }) => userSaid({ name: UserName }, { passwordEnabled: true }, 'ASKED', about),
          'LoginProfile',
        ),
      absent: ['NoSuchEntity'],
      mapAbsent: (about) => (about.subject === '' ? NOTHING_MAPPED : userSaid({ name: about.subject }, { passwordEnabled: false }, 'ASKED', about)),
    },
    { id: 'aws/iam/list-mfa-devices', knownBy: ['MFADevices'], map: mapMfaDevices, absent: GONE },
    {
      id: 'aws/iam/list-virtual-mfa-devices',
      ...knownByArn('iam', 'VirtualMFADevices', 'SerialNumber'),
      map: (value, about) => mapRows(value, 'VirtualMFADevices', about, virtualMfaDevice, (row) => mapVirtualMfaDevice(row, about)),
    },
    {
      id: 'aws/iam/get-account-summary',
      knownBy: ['SummaryMap'],
      is: (value) => isRecord(value['SummaryMap']) && 'AccountMFAEnabled' in value['SummaryMap'],
      map: (value, about) => mapWhole(value, about, summary, (said) => mapSummary(said, about), 'SummaryMap'),
    },
    {
      id: 'aws/iam/get-account-password-policy',
      knownBy: ['PasswordPolicy'],
      is: (value) => isRecord(value['PasswordPolicy']) && 'MinimumPasswordLength' in value['PasswordPolicy'],
      map: (value, about) =>
        mapWhole(value, about, passwordPolicy, (rules) => accountSaid({ passwordPolicy: rulesOf(rules) }, about), 'PasswordPolicy'),
      absent: ['NoSuchEntity'],
      mapAbsent: (about) => accountSaid({ passwordPolicy: [] }, about),
    },
  ],
}
