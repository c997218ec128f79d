import { z } from 'zod'
import type { Properties } from '../../../domain/facts.ts'
import { columnsOf, createCsvSplitter } from '../../read/split-csv.ts'
import { toIsoDate } from '../dates.ts'
import { properties } from '../map/facts.ts'
import { ROOT_NAME } from '../users-said.ts'
import { memberOf } from './rows.ts'
import { ownerOf } from './records.ts'

/**
 * The credential report: a CSV, in the JSON of `get-credential-report` as base64. Columns are read by name; more have come over the years.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */

/** The list as whose elements the rows of the CSV file are read. */
export const CREDENTIAL_REPORT = 'CredentialReport'

const COLUMNS = ['user', 'arn', 'user_creation_time'] as const

export const isCredentialReport = (columns: readonly string[]): boolean => COLUMNS.every((column) => columns.includes(column))

export const reportRow = z
  .record(z.string(), z.string())
  .refine(({ user = '' }) => user !== '', 'the row names no user')
  .refine(({ arn = '' }) => /^arn:[^:]+:iam::\d{12}:(user\/.+|root)$/.test(arn), 'not the ARN of a user or of the root user')
export type ReportRow = z.output<typeof reportRow>

/** @returns the rows, whichever way the report came; undefined where it is none that can be read */
export function reportRows(value: unknown): readonly unknown[] | undefined {
  const rows = memberOf(value, CREDENTIAL_REPORT)
  if (Array.isArray(rows)) return rows
  const content = memberOf(value, 'Content')
  return typeof content === 'string' ? rowsOfText(Buffer.from(content, 'base64').toString('utf8')) : undefined
}

function rowsOfText(text: string): readonly unknown[] | undefined {
  if (!isCredentialReport(columnsOf(text.split(/\r?\n/, 1)[0] ?? ''))) return undefined
  const splitter = createCsvSplitter(CREDENTIAL_REPORT)
  const events = [...splitter.push(text), ...splitter.end()]
  return events.some(({ type }) => type === 'fault') ? undefined : events.flatMap((event) => (event.type === 'element' ? [event.value] : []))
}

/** The account that its rows name. */
export function accountOfReport(value: unknown): string | undefined {
  const rows = reportRows(value) ?? []
  return rows
    .map((row) => memberOf(row, 'Arn'))
    .map((arn) => (typeof arn === 'string' ? ownerOf(arn) : undefined))
    .find((account) => account !== undefined)
}

export const nameInReport = ({ user = '', arn = '' }: ReportRow): string => (arn.endsWith(':root') ? ROOT_NAME : user)

/** `N/A`, `no_information` and `not_supported` say nothing: the property is left out. */
export function saidByReport(row: ReportRow): Properties {
  const keys = keysOf(row)
  const active = keys.filter(({ isActive }) => isActive === true)
  return properties({
    createdAt: row['arn']?.endsWith(':root') === true ? undefined : toIsoDate(row['user_creation_time']),
    passwordEnabled: flag(row['password_enabled']),
    passwordLastUsedAt: toIsoDate(row['password_last_used']),
    mfaEnabled: flag(row['mfa_active']),
    activeAccessKeys: keys.some(({ isActive }) => isActive === undefined) || keys.length === 0 ? undefined : active.length,
    oldestAccessKeyAt: earliest(active.map(({ madeAt }) => madeAt)),
    accessKeyLastUsedAt: latest(keys.map(({ usedAt }) => usedAt)),
  })
}

interface ReportedKey {
  readonly isActive: boolean | undefined
  /** When it was made or changed last. */
  readonly madeAt: string | undefined
  readonly usedAt: string | undefined
}

const keysOf = (row: ReportRow): readonly ReportedKey[] =>
  Object.keys(row).flatMap((column) => {
    const [, key] = /^(access_key_\d+)_active$/.exec(column) ?? []
    if (key === undefined) return []
    return [{ isActive: flag(row[column]), madeAt: toIsoDate(row[`${key}_last_rotated`]), usedAt: toIsoDate(row[`${key}_last_used_date`]) }]
  })

function flag(text = ''): boolean | undefined {
  const word = text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

export const earliest = (dates: readonly (string | undefined)[]): string | undefined => dates.filter((date) => date !== undefined).sort()[0]

export const latest = (dates: readonly (string | undefined)[]): string | undefined =>
  dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1)
