import type { SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { ExportDocument, FileNote, ListElement, MissingAnswer } from '../source.ts'
import { acceptAnswer, coveredOf } from './accept.ts'
import { houndAnswer, houndRowOf, tenantOfHound } from './azurehound.ts'
import { kindIdOf, kindOf, operationOf, UNKNOWN_TENANT, type Operation } from './kinds.ts'
import { graphErrorOf, isDirectoryObject, kindOfPage, operationOfRow } from './recognise.ts'
import { fieldsOf, isFields, textIn, type Fields, type Row } from './row.ts'
import { noteTenant, type Answer, type EntraState } from './state.ts'

export function acceptElement(state: EntraState, element: ListElement): readonly SourceRecord[] | undefined {
  if (element.list !== 'data') return undefined
  const { file, document, place, note, value } = element
  const key = keyOf(file, document)
  const hound = state.hounds.get(key) ?? { tenants: new Set<string>(), answers: [] }
  const records = acceptHound(state, value, { file, place, note }, hound.answers, (tenant) => hound.tenants.add(tenant))
  if (records !== undefined) state.hounds.set(key, hound)
  return records
}

const keyOf = (file: string, document: string): string => `${file}\n${document}`

interface At {
  readonly file: string
  readonly place: string
  readonly note: FileNote
}

/** @param waiting answers that don't say which directory they are of: the others of the document do */
function acceptHound(
  state: EntraState,
  value: unknown,
  { file, place, note }: At,
  waiting: Answer[],
  noteTenantOf: (tenant: string) => void,
): readonly SourceRecord[] | undefined {
  const row = houndRowOf(value)
  if (row === undefined) return undefined
  const said = houndAnswer(row, { file, place })
  if (said === undefined) return []
  const tenant = tenantOfHound(row) ?? note.tenant
  if (tenant !== undefined) noteTenantOf(tenant)
  const { operation, subject, rows } = said
  const answer: Answer = { operation, rows, note: { ...note, tenant, subject }, file, place, isWhole: true, count: undefined, isOfAll: true }
  if (tenant !== undefined) return acceptAnswer(state, answer)
  waiting.push(answer)
  return []
}

export function acceptDocument(state: EntraState, document: ExportDocument): readonly SourceRecord[] | undefined {
  const hound = state.hounds.get(keyOf(document.file, document.document))
  if (hound !== undefined) return endHound(state, document, hound)
  const { note, value } = document
  const noted = operationOf(note.kind)
  if (noted === undefined && isOfOther(note)) return undefined
  noteAccount(state, document)
  const error = graphErrorOf(value)
  if (noted !== undefined && error !== undefined)
    return acceptMissing(state, { note, code: error.code, reason: error.message, file: document.file, place: document.document })
  return noted === undefined ? acceptUnnoted(state, document) : acceptNoted(state, document, noted)
}

/** A kind as `provider/service/operation`; others are words for people. */
const isOfOther = ({ kind }: FileNote): boolean => kind !== undefined && kind.split('/').length === 3

function endHound(
  state: EntraState,
  { file, document, whole }: ExportDocument,
  { tenants, answers }: { readonly tenants: ReadonlySet<string>; readonly answers: readonly Answer[] },
): readonly SourceRecord[] {
  state.hounds.delete(keyOf(file, document))
  if (!whole) state.broken.add(file)
  const [only] = tenants
  const tenant = tenants.size === 1 ? only : undefined
  return answers.flatMap((answer) => acceptAnswer(state, { ...answer, note: { ...answer.note, tenant } }))
}

/** `az account show`: the directory that the other commands of that session spoke to. Somebody else reads the row. */
function noteAccount(state: EntraState, { file, value }: ExportDocument): void {
  if (!isFields(value) || value['isDefault'] !== true) return
  const tenant = textIn(value, 'tenantId')?.toLowerCase()
  if (tenant !== undefined && 'homeTenantId' in value) noteTenant(state, file, tenant)
}

/** Something says what it is. */
function acceptNoted(state: EntraState, document: ExportDocument, operation: Operation): readonly SourceRecord[] | undefined {
  const { file, document: place, value, whole } = document
  if (!whole) state.broken.add(file)
  const rows = rowsOf(document)
  if (Array.isArray(value)) countRows(state, operation, document, place, value.length)
  if (rows !== undefined) return acceptAnswer(state, pageAnswer(document, operation, rows))
  const fields = fieldsOf(value)
  if (Object.keys(fields).length > 0) return acceptLoose(state, document, operation, fields)
  coveredOf(state, operation, document.note.tenant?.toLowerCase() ?? UNKNOWN_TENANT).complete = false
  return [fileFinding('WRONG_SHAPE', file, place, `It is no answer to ${kindOf(operation).command}.`)]
}

/** @returns undefined where the value is no page: one object, or what nobody knows */
function rowsOf({ value, document, file, lists, untaken }: ExportDocument): readonly Row[] | undefined {
  const rowAt = (printed: unknown, place: string): Row => ({ fields: fieldsOf(printed), printed, at: { file, place } })
  if (Array.isArray(value)) return value.map((each: unknown, index) => rowAt(each, `${document}[${index}]`))
  if (lists.includes('value')) return untaken.filter(({ list }) => list === 'value').map((each) => rowAt(each.value, each.place))
  if (!isFields(value) || !Array.isArray(value['value'])) return undefined
  const prefix = document === '' ? 'value' : `${document}.value`
  return value['value'].map((each: unknown, index) => rowAt(each, `${prefix}[${index}]`))
}

function pageAnswer({ file, document: place, value, note, whole }: ExportDocument, operation: Operation, rows: readonly Row[]): Answer {
  const page = isFields(value) ? value : {}
  const count = page['@odata.count']
  const isWhole = whole && (textIn(page, '@odata.nextLink') ?? textIn(page, 'nextLink')) === undefined
  const isOfAll = note.kind !== undefined && note.subject === undefined
  return { operation, rows, note, file, place, isWhole, count: typeof count === 'number' ? count : undefined, isOfAll }
}

/** One object: an element of a list, a line, or what `show` prints. */
function acceptLoose(state: EntraState, document: ExportDocument, operation: Operation, fields: Fields): readonly SourceRecord[] {
  const { file, document: place, value, note, whole } = document
  if (!whole) state.broken.add(file)
  countRows(state, operation, document, document.document.replace(/\[\d+\]$/, ''), 1)
  return acceptAnswer(state, {
    operation,
    rows: whole ? [{ fields, printed: value, at: { file, place } }] : [],
    note,
    file,
    place,
    isWhole: whole,
    count: undefined,
    isOfAll: note.kind !== undefined && note.subject === undefined,
  })
}

/** Only the content tells. */
function acceptUnnoted(state: EntraState, document: ExportDocument): readonly SourceRecord[] | undefined {
  const rows = rowsOf(document)
  if (rows !== undefined) return acceptPage(state, document, rows)
  const { file, document: place, value, note } = document
  const hound = acceptHound(state, value, { file, place, note }, state.homeless, () => {})
  if (hound !== undefined) return hound
  const fields = fieldsOf(value)
  const operation = kindOfPage(fields)?.operation ?? (isDirectoryObject(fields) ? undefined : operationOfRow(fields))
  if (operation !== undefined) return acceptLoose(state, document, operation, fields)
  return isDirectoryObject(fields) ? untold(state, document) : undefined
}

function acceptPage(state: EntraState, document: ExportDocument, rows: readonly Row[]): readonly SourceRecord[] | undefined {
  const kind = kindOfPage(fieldsOf(document.value))
  const first = rows[0]?.fields ?? {}
  const isOfObjects = kind !== undefined ? kind.operation === undefined : isDirectoryObject(first)
  if (isOfObjects) return untold(state, document)
  const operation = kind?.operation ?? operationOfRow(first)
  if (operation === undefined) return undefined
  if (!document.whole) state.broken.add(document.file)
  const subject = document.note.subject ?? kind?.subject
  return acceptAnswer(state, pageAnswer({ ...document, note: { ...document.note, subject } }, operation, rows))
}

/** Members or owners; of what, nothing tells. */
function untold(state: EntraState, { file, document: place }: ExportDocument): readonly SourceRecord[] {
  if (!state.untold.has(file)) state.untold.set(file, { file, place, what: 'az ad group member list' })
  return []
}

/** How many rows a list has, that `az ad … list` may have cut at 100 without saying so. */
function countRows(state: EntraState, operation: Operation, { file, note }: ExportDocument, list: string, rows: number): void {
  const key = `${file}\n${list}\n${operation}`
  const known = state.lists.get(key) ?? { operation, file, place: list, count: 0, note }
  known.count += rows
  state.lists.set(key, known)
}

/** The object is there no more. */
const GONE = ['Request_ResourceNotFound', 'ResourceNotFound', 'ParentResourceNotFound', 'NotFound']

/** A directory without this licence has nobody whom Privileged Identity Management makes eligible. */
const UNLICENSED = ['AadPremiumLicenseRequired', 'AadPremiumLicenseRequiredException']

/** @returns undefined where the kind is none of a directory */
export function acceptMissing(state: EntraState, { note, code, reason, file, place }: MissingAnswer): readonly SourceRecord[] | undefined {
  const operation = operationOf(note.kind)
  if (operation === undefined) return undefined
  const tenant = note.tenant?.toLowerCase() ?? UNKNOWN_TENANT
  const subscription = kindOf(operation).ofSubscription === true ? (note.subscription?.toLowerCase() ?? UNKNOWN_TENANT) : undefined
  const covered = coveredOf(state, operation, tenant, subscription)
  if (note.takenAt !== undefined && (covered.newest ?? '') < note.takenAt) covered.newest = note.takenAt
  if (kindOf(operation).needsLicence === true && UNLICENSED.includes(code)) {
    covered.isUnlicensed = true
    return []
  }
  if (GONE.includes(code) && note.subject !== undefined) {
    covered.gone.add(note.subject.toLowerCase())
    return []
  }
  covered.complete = false
  const of = [note.tenant, note.subject].filter((part) => part !== undefined).join(' ')
  const message = `${kindIdOf(operation)}${of === '' ? '' : ` of ${of}`} was not collected: ${code}${reason === '' ? '' : ` ${reason}`}`
  return [fileFinding('EXPORT_TRUNCATED', file, place, message, { coverage: covered.id })]
}
