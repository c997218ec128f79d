import type { z } from 'zod'
import type { EntityFact, FindingFact, Origin, SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { ExportDocument, ListElement } from '../source.ts'
import { isAccountId, parseArn } from './arn.ts'
import { isRecord } from './document.ts'
import type { Mapped } from './map/facts.ts'
import { mapPolicy } from './map/policy.ts'
import { mapRole } from './map/role.ts'
import { mapGroup, mapUser } from './map/user.ts'
import { keepOpen, keepStated, noOpenEnds, type OpenEnds } from './open-ends.ts'
import { newOutputState, type OutputState } from './outputs/engine.ts'
import { IAM_LISTS, newPage, type Page } from './pages.ts'
import { groupRow, pageRest, policyRow, roleRow, upperFirst, upperFirstKeys, userRow, wrongShape } from './schema.ts'

/** What a reading has seen so far. It grows; everything that works on it is a function. */
export interface AwsState {
  readonly ends: OpenEnds
  /** By file and document. */
  readonly pages: Map<string, Page>
  /** Accounts in the ARN of some row, and those that a file names as its own. */
  readonly accounts: Set<string>
  /** Accounts of caller identities, by folder. */
  readonly callers: Map<string, Set<string>>
  readonly aliases: { readonly file: string; readonly place: string; readonly names: readonly string[] }[]
  readonly resourcePolicies: Map<string, ResourcePolicies>
  readonly outputs: OutputState
}

interface ResourcePolicies {
  readonly files: Set<string>
  damaged: boolean
}

export const newState = (): AwsState => ({
  ends: noOpenEnds(),
  pages: new Map(),
  accounts: new Set(),
  callers: new Map(),
  aliases: [],
  resourcePolicies: new Map(),
  outputs: newOutputState(),
})

type IamList = (typeof IAM_LISTS)[number]

export const isIamList = (list: string): boolean => IAM_LISTS.some((known) => known === upperFirst(list))

/** Each list's rows: how they are checked, and what they say. */
const ROWS: Readonly<Record<IamList, (value: unknown, at: Origin) => Mapped | FindingFact>> = {
  UserDetailList: (value, at) => mapRow(userRow, mapUser, value, at),
  GroupDetailList: (value, at) => mapRow(groupRow, mapGroup, value, at),
  RoleDetailList: (value, at) => mapRow(roleRow, mapRole, value, at),
  Policies: (value, at) => mapRow(policyRow, mapPolicy, value, at),
}

function mapRow<Row>(schema: z.ZodType<Row>, map: (row: Row, at: Origin) => Mapped, value: unknown, at: Origin): Mapped | FindingFact {
  const checked = schema.safeParse(value)
  if (checked.success) return map(checked.data, at)
  const { place, message } = wrongShape(checked.error, at.place)
  const arn = isRecord(value) ? (value['Arn'] ?? value['arn']) : undefined
  return fileFinding('WRONG_SHAPE', at.file, place, message, { entity: typeof arn === 'string' ? arn : null })
}

/** Other commands print a list `Policies` too; only this one prints versions with it. */
export const isIamElement = (element: ListElement): boolean =>
  isIamList(element.list) &&
  (upperFirst(element.list) !== 'Policies' ||
    (isRecord(element.value) && Object.keys(element.value).some((key) => upperFirst(key) === 'PolicyVersionList')))

/** Keeps what can be settled in the end only. */
export function acceptMapped(state: AwsState, { records, open }: Mapped): readonly SourceRecord[] {
  for (const end of open) keepOpen(state.ends, end)
  for (const record of records) if (record.record === 'entity') keepStated(state.ends, record)
  return records
}

export function acceptIamElement(state: AwsState, element: ListElement): readonly SourceRecord[] {
  const page = pageOf(state, element.file, element.document)
  const list = IAM_LISTS.find((known) => known === upperFirst(element.list))
  if (list === undefined) return []
  const mapped = ROWS[list](element.value, { file: element.file, place: element.place })
  if ('record' in mapped) {
    page.damaged = true
    return [mapped]
  }
  for (const open of mapped.open) keepOpen(state.ends, open)
  for (const record of mapped.records) {
    if (record.record !== 'entity') continue
    keepStated(state.ends, record)
    noteAccount(state, page, record)
  }
  return mapped.records
}

function noteAccount(state: AwsState, page: Page, entity: EntityFact): void {
  const account = entity.scope ?? ''
  if (!isAccountId(account) || entity.label === 'Grant') return
  page.accounts.add(account)
  state.accounts.add(account)
  if (!state.ends.partitions.has(account)) state.ends.partitions.set(account, parseArn(entity.id)?.partition ?? 'aws')
}

/** Lists that are known only here; `Policies` alone tells nothing. */
export const isIamDocument = (state: AwsState, document: ExportDocument): boolean =>
  state.pages.has(pageKey(document.file, document.document)) || document.lists.some((list) => isIamList(list) && upperFirst(list) !== 'Policies')

export function acceptIamDocument(state: AwsState, document: ExportDocument): readonly SourceRecord[] {
  const page = pageOf(state, document.file, document.document)
  for (const list of document.lists) page.lists.add(upperFirst(list))
  if (!document.whole) page.damaged = true
  const rest = upperFirstKeys(document.value)
  const records = [...document.untaken.flatMap((element) => acceptIamElement(state, element)), ...listsOfWrongShape(page, rest)]
  const said = pageRest.safeParse(rest)
  if (!said.success) {
    page.damaged = true
    const { place, message } = wrongShape(said.error, document.document)
    return [...records, fileFinding('WRONG_SHAPE', document.file, place, message)]
  }
  page.continued = continuation(said.data)
  return records
}

function continuation(said: z.output<typeof pageRest>): string | undefined {
  if (said.IsTruncated === true) return 'IsTruncated'
  if (said.Marker !== undefined && said.Marker !== null && said.Marker !== '') return 'Marker'
  return said.NextToken !== undefined && said.NextToken !== null && said.NextToken !== '' ? 'NextToken' : undefined
}

/** A list that is no array; null is an empty one in Go. */
function listsOfWrongShape(page: Page, rest: unknown): readonly SourceRecord[] {
  if (!isRecord(rest)) return []
  return IAM_LISTS.flatMap((list) => {
    const value = rest[list]
    if (value === undefined) return []
    page.lists.add(list)
    if (value === null) return []
    page.damaged = true
    return [fileFinding('WRONG_SHAPE', page.file, [page.document, list].filter((part) => part !== '').join('.'), 'not a list')]
  })
}

const pageKey = (file: string, document: string): string => `${file} ${document}`

function pageOf(state: AwsState, file: string, document: string): Page {
  const key = pageKey(file, document)
  const page = state.pages.get(key) ?? newPage(file, document)
  state.pages.set(key, page)
  return page
}
