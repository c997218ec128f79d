import type { SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { ExportDocument, FileNote, ListElement, MissingAnswer } from '../source.ts'
import { acceptRow, type Standing } from './accept.ts'
import { coverageOf, touch } from './coverage.ts'
import { kindIdOf, kindOf, operationOf, partOf, type Operation } from './kinds.ts'
import { houndRowOf } from './map/azurehound.ts'
import { isFields, rowOf, textIn, type Fields } from './row.ts'
import type { AzureState, Begun } from './state.ts'

/** Lists by which REST (`value`), Resource Graph and AzureHound (`data`) print rows. */
export const isRowList = (list: string): boolean => list.toLowerCase() === 'value' || list.toLowerCase() === 'data'

const keyOf = (file: string, document: string): string => `${file}\n${document}`

export function acceptElement(state: AzureState, element: ListElement): readonly SourceRecord[] | undefined {
  const { file, document, place, note, value } = element
  if (!isRowList(element.list)) return undefined
  const key = keyOf(file, document)
  const coverages = new Set<string>()
  const records = acceptRow(state, value, { file, place, note, isList: true, noteCoverage: (coverage) => coverages.add(coverage) })
  if (records === undefined) return undefined
  const begun: Begun = state.begun.get(key) ?? { coverages: new Set<string>(), count: 0, firstId: idOf(value) }
  begun.count += 1
  for (const coverage of coverages) begun.coverages.add(coverage)
  state.begun.set(key, begun)
  return records
}

const idOf = (value: unknown): string => (isFields(value) && typeof value['id'] === 'string' ? value['id'] : '')

export function acceptDocument(state: AzureState, document: ExportDocument): readonly SourceRecord[] | undefined {
  const { file, document: place, note, value } = document
  const begun = state.begun.get(keyOf(file, place))
  const operation = operationOf(note.kind)
  if (begun === undefined && operation === undefined && isOfOther(note)) return undefined
  if (begun !== undefined) return endListing(state, document, begun)
  const refusal = operation === undefined ? undefined : restError(value)
  if (refusal !== undefined) return acceptMissing(state, { note, ...refusal, file, place })
  const rows = rowsOf(document)
  if (rows === undefined) return document.whole ? acceptSingle(state, document) : acceptFragment(state, document, operation)
  return operation === undefined ? acceptUnplaced(state, document, rows) : acceptListing(state, document, rows, operation)
}

const isOfOther = ({ kind }: FileNote): boolean => kind !== undefined && kind.split('/').length === 3

/** What REST prints in the place of an answer. */
function restError(value: unknown): { readonly code: string; readonly reason: string } | undefined {
  const error = isFields(value) ? (value['error'] ?? value['Error']) : undefined
  if (!isFields(error)) return undefined
  const row = rowOf(error, { file: '', place: '' })
  const code = textIn(row, 'code')
  return code === undefined ? undefined : { code, reason: textIn(row, 'message') ?? '' }
}

interface PlacedRow {
  readonly value: unknown
  readonly place: string
}

/** The rows of an answer that is a list, or holds one; undefined where it is none. */
function rowsOf({ value, document, lists, untaken }: ExportDocument): readonly PlacedRow[] | undefined {
  if (Array.isArray(value)) return value.map((row: unknown, index) => ({ value: row, place: `${document}[${index}]` }))
  if (lists.some(isRowList)) return untaken.filter(({ list }) => isRowList(list)).map((element) => ({ value: element.value, place: element.place }))
  if (!isFields(value)) return undefined
  const list = Object.entries(value).find(([name, member]) => isRowList(name) && Array.isArray(member))
  if (list === undefined || !Array.isArray(list[1])) return undefined
  const [name, rows] = list
  const prefix = document === '' ? name : `${document}.${name}`
  return rows.map((row: unknown, index) => ({ value: row, place: `${prefix}[${index}]` }))
}

/** The end of a listing whose rows came one by one. */
function endListing(state: AzureState, document: ExportDocument, begun: Begun): readonly SourceRecord[] {
  state.begun.delete(keyOf(document.file, document.document))
  if (!document.whole) state.broken.add(document.file)
  notePage(state, document, begun)
  return strangeRows(document)
}

/** A listing of which something says what it lists: empty, in an envelope, or with rows that nobody took. */
function acceptListing(state: AzureState, document: ExportDocument, rows: readonly PlacedRow[], operation: Operation): readonly SourceRecord[] {
  const begun: Begun = { coverages: new Set(), count: rows.length, firstId: idOf(rows[0]?.value) }
  if (!document.whole) state.broken.add(document.file)
  const records = rows.flatMap((row) => acceptRow(state, row.value, standing(document, row.place, begun)) ?? [])
  const isEmpty = begun.coverages.size === 0
  if (isEmpty && !isPlaced(document.note)) return [...records, unplaced(document, operation)]
  if (isEmpty) begun.coverages.add(ownCoverage(state, document, operation))
  notePage(state, document, begun)
  return records
}

const isPlaced = ({ tenant, subscription }: FileNote): boolean => tenant !== undefined || subscription !== undefined

function unplaced({ file, document: place }: ExportDocument, operation: Operation): SourceRecord {
  const message = `Nothing tells which subscription or tenant this empty answer to ${kindOf(operation).command} is of (docs/bundle.md).`
  return fileFinding('WRONG_SHAPE', file, place, message)
}

/** A row that breaks off tells nothing but that something is missing. */
function acceptFragment(state: AzureState, document: ExportDocument, operation: Operation | undefined): readonly SourceRecord[] | undefined {
  if (operation === undefined || !isPlaced(document.note)) return undefined
  ownCoverage(state, document, operation)
  state.broken.add(document.file)
  return []
}

/** Rows in a list that only their content can tell. */
function acceptUnplaced(state: AzureState, document: ExportDocument, rows: readonly PlacedRow[]): readonly SourceRecord[] | undefined {
  const begun: Begun = { coverages: new Set(), count: rows.length, firstId: idOf(rows[0]?.value) }
  const records = rows.map((row) => acceptRow(state, row.value, standing(document, row.place, begun)))
  if (records.every((each) => each === undefined)) return isGraphAnswer(document.value) && rows.length === 0 ? [] : undefined
  if (!document.whole) state.broken.add(document.file)
  notePage(state, document, begun)
  return records.flatMap((each) => each ?? [])
}

const standing = ({ file, note }: ExportDocument, place: string, begun: Begun): Standing => ({
  file,
  place,
  note,
  isList: true,
  noteCoverage: (coverage) => begun.coverages.add(coverage),
})

/** What an answer is of by its place, whatever it holds. */
function ownCoverage(state: AzureState, { file, note }: ExportDocument, operation: Operation): string {
  const coverage = coverageOf(partOf(operation), '/', note, undefined)
  touch(state, coverage, file, note)
  return coverage
}

/** One row by itself: an element of a list, a line, or what `show` prints. */
function acceptSingle(state: AzureState, { file, document: place, note, value }: ExportDocument): readonly SourceRecord[] | undefined {
  // Values one after another are no list; the first of them stands alone.
  if (place === '') state.concatenated.add(file)
  const isList = !state.concatenated.has(file) || /\]\[\d+\]$/.test(place)
  return acceptRow(state, value, { file, place, note, isList, noteCoverage: () => {} })
}

const NEXT = ['nextlink', '@odata.nextlink', 'skip_token', '$skiptoken', 'skiptoken'] as const

const isGraphAnswer = (value: unknown): boolean => isFields(value) && ('total_records' in value || 'totalRecords' in value)

/** Pages of Resource Graph mix subscriptions; other answers are of what their rows are of. */
function notePage(state: AzureState, { file, document: place, value, note }: ExportDocument, { coverages, count, firstId }: Begun): void {
  if (!isFields(value)) return
  const row = rowOf(value, { file, place })
  const next = textIn(row, ...NEXT)
  const total = numberIn(value, 'total_records', 'totalRecords')
  const rows = numberIn(value, 'count', 'Count') ?? count
  const isCut = total === undefined && (value['resultTruncated'] === 'true' || value['resultTruncated'] === true)
  const noted = operationOf(note.kind) === undefined ? undefined : [note.kind, note.tenant, note.subscription, note.subject].join(' ')
  const shared = { file, place, goesOn: next !== undefined || isCut, rows, total, identity: [rows, total, next, firstId].join('\n') }
  const of = [...coverages].sort()
  if (noted !== undefined || total !== undefined) state.pages.push({ ...shared, coverages: of, group: noted ?? `${folderOf(file)}\n${total}` })
  else for (const coverage of of) state.pages.push({ ...shared, coverages: [coverage], group: coverage, total: undefined })
}

function numberIn(value: Fields, ...names: readonly string[]): number | undefined {
  const found = names.map((name) => value[name]).find((each) => typeof each === 'number')
  return typeof found === 'number' ? found : undefined
}

const folderOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1)

/** Rows among those of Azure of which nobody can tell what they are; those of AzureHound are others' or of kinds without facts. */
function strangeRows({ file, untaken }: ExportDocument): readonly SourceRecord[] {
  const strange = untaken.filter(({ list, value }) => isRowList(list) && houndRowOf(value) === undefined)
  const [first] = strange
  if (first === undefined) return []
  const message = `${strange.length === 1 ? 'A row' : `${strange.length} rows`} of no kind that is known: a query must print id, type and properties.`
  return [fileFinding('WRONG_SHAPE', file, first.place, message)]
}

/** What was asked about is there no more. */
const GONE = ['ResourceNotFound', 'ResourceGroupNotFound', 'SubscriptionNotFound', 'NotFound', 'ParentResourceNotFound', 'VaultNotFound']

/** A directory without this licence has no eligible assignments. */
const UNLICENSED = ['AadPremiumLicenseRequired', 'AadPremiumLicenseRequiredException']

/** @returns undefined where the kind is none of Azure */
export function acceptMissing(state: AzureState, { note, code, reason, file, place }: MissingAnswer): readonly SourceRecord[] | undefined {
  const operation = operationOf(note.kind)
  if (operation === undefined) return undefined
  const kind = kindOf(operation)
  if (GONE.includes(code) && note.subject !== undefined) return []
  const coverage = coverageOf(kind.part, '/', note, undefined)
  const covered = touch(state, coverage, file, note)
  if (kind.needsLicence === true && UNLICENSED.includes(code)) return []
  covered.complete = false
  const of = [note.subscription ?? note.tenant, note.subject].filter((part) => part !== undefined).join(' ')
  const message = `${kindIdOf(operation)}${of === '' ? '' : ` of ${of}`} was not collected: ${code}${reason === '' ? '' : ` ${reason}`}`
  return [fileFinding('EXPORT_TRUNCATED', file, place, message, { coverage: coverage.startsWith('?') ? null : coverage })]
}
