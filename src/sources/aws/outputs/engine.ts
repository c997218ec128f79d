import type { CoverageFact, SourceRecord } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import type { ExportDocument, FileNote, ListElement, MissingAnswer } from '../../source.ts'
import { isRecord } from '../document.ts'
import type { Mapped } from '../map/facts.ts'
import { folderOf } from '../pages.ts'
import { upperFirst, upperFirstKeys } from '../schema.ts'
import { OUTPUT_PARTS } from './index.ts'
import { goesOn } from './last-page.ts'
import { ownerOf, regionOf } from './records.ts'
import { joined, NOTHING_MAPPED, saying, type About, type Held, type OutputKind, type OutputPart } from './output.ts'

/** What a reading has seen of outputs so far. */
export interface OutputState {
  /** By coverage id. */
  readonly covered: Map<string, Covered>
  /** Outputs whose account or region only the other files tell. */
  readonly homeless: Printed[]
  /** Documents whose elements were taken and whose end is still to come, by file and place. */
  readonly begun: Map<string, Begun>
}

/** What a document's elements tell of it. What it says of itself at its end is about all whose elements came out of it. */
interface Begun extends Known {
  /** By account and region. */
  readonly owners: Map<string, FileNote>
}

interface Covered {
  readonly id: string
  readonly part: OutputPart
  readonly account: string
  readonly region: string | undefined
  readonly partition: string
  /** By kind. */
  readonly held: Map<string, Held[]>
  /** Answers of which a page said that nothing follows, by kind and subject, and those of which one said that something does. */
  readonly ended: Set<string>
  readonly continued: Map<string, Pick<Printed, 'file' | 'place' | 'kind'>>
  newest: string | undefined
  complete: boolean
}

/** An output whose kind is known. */
interface Printed extends Known {
  readonly value: unknown
  readonly note: FileNote
  readonly file: string
  readonly place: string
  readonly firstIndex: number
  /** One element of its list; what the output says of itself comes later. */
  readonly isElement?: true
}

interface Known {
  readonly part: OutputPart
  readonly kind: OutputKind
}

export const newOutputState = (): OutputState => ({ covered: new Map(), homeless: [], begun: new Map() })

const KNOWN: readonly Known[] = OUTPUT_PARTS.flatMap((part) => part.kinds.map((kind) => ({ part, kind })))
const BY_ID: ReadonlyMap<string, Known> = new Map(KNOWN.map((known) => [known.kind.id, known]))
const BY_STREAM: ReadonlyMap<string, Known> = new Map(
  KNOWN.flatMap((known) => (known.kind.streams === undefined ? [] : [[known.kind.streams, known] as const])),
)

export const OUTPUT_KINDS = KNOWN.map(({ kind }) => kind)

export const isOutputList = (list: string): boolean => BY_STREAM.has(upperFirst(list))

/** @returns undefined where no output has such a list, or the element is said to be of another */
export function acceptOutputElement(state: OutputState, element: ListElement): Mapped | undefined {
  const list = upperFirst(element.list)
  const known = isSpelledOut(element.note) ? BY_ID.get(element.note.kind ?? '') : BY_STREAM.get(list)
  if (known === undefined || known.kind.streams !== list) return undefined
  const firstIndex = Number(/\[(\d+)\]$/.exec(element.place)?.[1] ?? 0)
  const { file, document: place } = element
  const value = { [list]: [element.value] }
  if (known.kind.is?.(value) === false) return undefined
  const note = located(known, element.note, value)
  noteBegun(state, documentKey(file, place), known, note)
  return accept(state, { ...known, value, note, file, place, firstIndex, isElement: true })
}

/** @param value with the list elements that nobody took @returns undefined where it is no output that is known */
export function acceptOutput(state: OutputState, document: ExportDocument, value: unknown): Mapped | undefined {
  const { file, document: place } = document
  const begun = takeBegun(state, documentKey(file, place))
  const known = isSpelledOut(document.note) ? BY_ID.get(document.note.kind ?? '') : (begun ?? recognised(value))
  if (known === undefined) return undefined
  const { part, kind } = known
  const notes = ownersOf(begun, located(known, document.note, value))
  const mapped = joined(notes.map((note) => accept(state, { part, kind, value, note, file, place, firstIndex: 0 })))
  if (!document.whole) for (const note of notes) brokenOff(state, known, note)
  return mapped
}

function takeBegun(state: OutputState, key: string): Begun | undefined {
  const begun = state.begun.get(key)
  if (begun !== undefined) state.begun.delete(key)
  return begun
}

/** Whose output it is: those of its elements, and whom it names itself. */
function ownersOf(begun: Begun | undefined, own: FileNote): readonly FileNote[] {
  if (begun === undefined || begun.owners.size === 0) return [own]
  return [...(own.account === undefined ? begun.owners : new Map(begun.owners).set(ownerKey(own), own)).values()]
}

function noteBegun(state: OutputState, key: string, known: Known, note: FileNote): void {
  const begun = state.begun.get(key) ?? { ...known, owners: new Map<string, FileNote>() }
  state.begun.set(key, begun)
  if (note.account !== undefined) begun.owners.set(ownerKey(note), note)
}

const documentKey = (file: string, place: string): string => `${file} ${place}`

const ownerKey = ({ account, region }: FileNote): string => `${account ?? ''} ${region ?? ''}`

/** With the account and region that its content names, or the ARN that was asked about, where nothing around it does. */
function located({ kind }: Known, note: FileNote, value: unknown): FileNote {
  const record = upperFirstKeys(value)
  const said = isRecord(record) ? { account: kind.accountOf?.(record), region: kind.regionOf?.(record) } : {}
  if (kind.rowsNameOwners === true) return { ...note, account: said.account ?? note.account, region: said.region ?? note.region }
  const account = note.account ?? said.account ?? ownerOf(note.subject)
  const region = note.region ?? said.region ?? regionOf(note.subject)
  return account === note.account && region === note.region ? note : { ...note, account, region }
}

/** A kind as `aws/service/operation`; others are words for people. */
const isSpelledOut = ({ kind = '' }: FileNote): boolean => kind.startsWith('aws/') && kind.split('/').length === 3

function recognised(value: unknown): Known | undefined {
  const record = upperFirstKeys(value)
  if (!isRecord(record)) return undefined
  return KNOWN.find(({ kind }) => kind.knownBy?.every((key) => key in record) === true && kind.is?.(record) !== false)
}

function brokenOff(state: OutputState, known: Known, note: FileNote): void {
  if (note.account !== undefined && !lacksRegion(known, note)) coveredOf(state, known, note.account, note).complete = false
}

function accept(state: OutputState, printed: Printed): Mapped {
  const { account } = printed.note
  if (account !== undefined && !lacksRegion(printed, printed.note)) return map(state, printed, account)
  state.homeless.push(printed)
  return NOTHING_MAPPED
}

const lacksRegion = ({ part, kind }: Known, note: FileNote): boolean => part.regional && kind.needsRegion === true && note.region === undefined

function map(state: OutputState, printed: Printed, account: string): Mapped {
  const { kind, note, value, file, place } = printed
  const covered = coveredOf(state, printed, account, note)
  const about = aboutOf(covered, printed)
  if (note.takenAt !== undefined && (covered.newest ?? '') < note.takenAt) covered.newest = note.takenAt
  if (note.complete === false) covered.complete = false
  if (kind.needsSubject === true && note.subject === undefined) {
    covered.complete = false
    const message = `An output of ${commandOf(kind)} doesn't say what it is about: a manifest, an envelope or its place must (docs/bundle.md).`
    return saying(fileFinding('WRONG_SHAPE', file, place, message, { coverage: about.coverage }))
  }
  if (printed.isElement !== true) notePage(covered, printed)
  if (kind.held === true) holdBack(covered, kind, { value, about })
  const mapped = kind.map?.(value, about) ?? NOTHING_MAPPED
  if (mapped.records.some((record) => record.record === 'finding' && record.severity === 'refused')) covered.complete = false
  return mapped
}

function coveredOf(state: OutputState, { part }: Known, account: string, note: FileNote): Covered {
  const region = part.regional ? note.region : undefined
  const id = coverageOf(part, account, region)
  const known = state.covered.get(id)
  if (known !== undefined) return known
  const partition = partitionOf(note.region)
  const pages = { ended: new Set<string>(), continued: new Map() }
  const covered = { id, part, account, region, partition, held: new Map(), ...pages, newest: undefined, complete: true }
  state.covered.set(id, covered)
  return covered
}

const coverageOf = ({ part }: OutputPart, account: string, region: string | undefined): string =>
  `aws:${part}${region === undefined ? '' : `/${region}`}:${account}`

const partitionOf = (region = ''): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws')

function aboutOf({ id, account, partition }: Covered, { note, file, place, firstIndex }: Omit<Printed, 'value'>): About {
  return { account, partition, region: note.region, subject: note.subject ?? '', file, place, firstIndex, coverage: id }
}

/** `aws/s3api/list-buckets` → `aws s3api list-buckets` */
export const commandOf = ({ id }: OutputKind): string => id.replaceAll('/', ' ')

function notePage(covered: Covered, { kind, note, value, file, place }: Printed): void {
  if (!isRecord(value)) return
  const key = `${kind.id} ${note.subject ?? ''}`
  if (!goesOn(value)) covered.ended.add(key)
  else if (!covered.continued.has(key)) covered.continued.set(key, { file, place, kind })
}

/** Answers that go on after a page, and whose last page is missing. */
const cutIn = ({ ended, continued }: Covered): readonly Pick<Printed, 'file' | 'place' | 'kind'>[] =>
  [...continued].flatMap(([key, page]) => (ended.has(key) ? [] : [page]))

/** The provider says that there is none, or nobody knows why it did not tell. @returns undefined where the kind isn't known */
export function acceptMissingOutput(state: OutputState, answer: MissingAnswer): Mapped | undefined {
  const known = BY_ID.get(answer.note.kind ?? '')
  const note = known === undefined ? answer.note : located(known, answer.note, undefined)
  const { account } = note
  if (known === undefined || account === undefined) return undefined
  const { kind } = known
  const covered = coveredOf(state, known, account, note)
  const about = aboutOf(covered, { ...known, note, file: answer.file, place: answer.place, firstIndex: 0 })
  const namesNothing = lacksRegion(known, note) || (kind.needsSubject === true && note.subject === undefined)
  if (kind.absent?.includes(answer.code) === true) return namesNothing ? NOTHING_MAPPED : (kind.mapAbsent?.(about) ?? NOTHING_MAPPED)
  if (kind.gone?.includes(answer.code) === true) return NOTHING_MAPPED
  covered.complete = false
  const of = [account, note.region, note.subject].filter((part) => part !== undefined && part !== 'global').join(' ')
  const message = `${commandOf(kind)} of ${of} was not collected: ${answer.code}${answer.reason === '' ? '' : ` ${answer.reason}`}`
  const gap = fileFinding('EXPORT_TRUNCATED', answer.file, answer.place, message, { entity: account, coverage: about.coverage })
  return namesNothing ? saying(gap) : joined([saying(gap), kind.mapRefused?.(about) ?? NOTHING_MAPPED])
}

/**
 * Outputs without an account take that of the caller beside them, else the only account that was read; those without a region, the only one
 * that was read of their account.
 * @param callers accounts of caller identities, by folder @param others accounts of which something else was read
 */
export function settleHomeless(state: OutputState, callers: ReadonlyMap<string, ReadonlySet<string>>, others: ReadonlySet<string>): Mapped {
  const read = [...state.covered.values()].map(({ account, region }) => ({ account, region }))
  const accounts = new Set([...others, ...read.map(({ account }) => account)])
  return joined(
    state.homeless.map((printed) => {
      const account = printed.note.account ?? onlyOf(callers.get(folderOf(printed.file)) ?? accounts)
      if (account === undefined) return unlocated(printed, 'account')
      if (!lacksRegion(printed, printed.note)) return map(state, printed, account)
      const region = onlyOf(new Set(read.flatMap((known) => (known.account === account && known.region !== undefined ? [known.region] : []))))
      return region === undefined ? unlocated(printed, 'region') : map(state, { ...printed, note: { ...printed.note, region } }, account)
    }),
  )
}

const onlyOf = (values: ReadonlySet<string>): string | undefined => (values.size === 1 ? [...values][0] : undefined)

/** Said once for an output: not of each element that was handed over by itself. */
function unlocated({ kind, file, place, isElement }: Printed, what: 'account' | 'region'): Mapped {
  if (isElement === true) return NOTHING_MAPPED
  const message = `Nothing tells which ${what} this output of ${commandOf(kind)} is of: a manifest, an envelope or its place must (docs/bundle.md).`
  return saying(fileFinding('WRONG_SHAPE', file, place, message))
}

/** What only several outputs together say. Called when all was read. */
export function assembleOutputs(state: OutputState): Mapped {
  return joined(
    [...state.covered.values()].map((covered) => {
      const { part, held, account, region, partition, id } = covered
      const about: About = { account, partition, region, subject: '', file: '', place: '', firstIndex: 0, coverage: id }
      const mapped = part.assemble?.((kind) => held.get(kind) ?? [], about) ?? NOTHING_MAPPED
      if (mapped.records.some((record) => record.record === 'finding' && record.coverage === id)) covered.complete = false
      return mapped
    }),
  )
}

/** Something of the coverage is missing. */
export function noteGap(state: OutputState, coverage: string): void {
  const covered = state.covered.get(coverage)
  if (covered !== undefined) covered.complete = false
}

/** Coverages, and what is wrong with them. */
export function* outputCoverages(state: OutputState): Generator<SourceRecord> {
  for (const covered of state.covered.values()) {
    const { id, part, account, newest, complete } = covered
    const cut = cutIn(covered)
    for (const { kind, file, place } of cut) {
      const message = `The output of ${commandOf(kind)} goes on after this page, and no last page is there.`
      yield fileFinding('EXPORT_TRUNCATED', file, place, message, { entity: account, coverage: id })
    }
    if (part.coversItself === true) continue
    yield {
      record: 'coverage',
      id,
      provider: 'aws',
      scope: account,
      asOf: newest ?? null,
      complete: complete && cut.length === 0,
    } satisfies CoverageFact
  }
}

/** How whole the answers of a part are that no region divides, and when they were taken, by account. */
export const outputReadings = (
  state: OutputState,
  part: string,
): ReadonlyMap<string, { readonly complete: boolean; readonly asOf: string | undefined }> =>
  new Map(
    [...state.covered.values()]
      .filter((covered) => covered.part.part === part)
      .map((covered) => [covered.account, { complete: covered.complete && cutIn(covered).length === 0, asOf: covered.newest }]),
  )

/** Accounts of which an output speaks, with the coverages that do. */
export const outputAccounts = (state: OutputState): readonly (readonly [account: string, coverage: string])[] =>
  [...state.covered.values()].filter(({ part }) => part.coversItself !== true).map(({ account, id }) => [account, id] as const)

function holdBack(covered: Covered, kind: OutputKind, held: Held): void {
  const known = covered.held.get(kind.id)
  if (known === undefined) covered.held.set(kind.id, [held])
  else known.push(held)
}
