import type { SourceRecord } from '../domain/facts.ts'
import { aws } from './aws/index.ts'
import { azure } from './azure/index.ts'
import { entra } from './entra/index.ts'
import { fileFinding } from './finding.ts'
import { envelopeOf, errorOf } from './bundle/envelope.ts'
import { createManifests, isManifest, MANIFEST_FILE, type Manifests } from './bundle/manifest.ts'
import { notRecognisedMessage } from './not-recognised.ts'
import { readFile } from './read/read-file.ts'
import type { JsonEvent } from './read/split-json.ts'
import { walk, type FoundFile } from './read/walk.ts'
import type { ExportDocument, FileNote, ListElement, MissingAnswer, ReadOptions, Source, SourceReading } from './source.ts'

/** Those whose exports have the most rows are asked first; but whose account a row is of, Entra's looks at before Azure's takes the row. */
const SOURCES: readonly Source[] = [entra, azure, aws]

/**
 * The facts of files, folders and .zip archives, of any mix of kinds, in any order. What is wrong with them is a finding among the records.
 * Entities that are only named come last, with an empty coverage; then what was covered. Records come in batches, since a promise for each
 * would cost as much as reading it; a batch is read as it is asked for, and all of it before the next.
 * @throws what `options.signal` was aborted with
 */
export async function* readExports(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Iterable<SourceRecord>> {
  const readings = SOURCES.map((source) => source.open())
  const manifests = createManifests()
  const progress = { bytesRead: 0, bytesTotal: 0 }
  const files: FoundFile[] = []
  for await (const found of walk(paths)) {
    options.signal?.throwIfAborted()
    if ('record' in found) yield [found]
    else files.push(found)
    progress.bytesTotal += 'record' in found ? 0 : found.size
  }
  // Manifests first: they say what the other files are about.
  for (const found of [...files.filter(({ path }) => isManifestFile(path)), ...files.filter(({ path }) => !isManifestFile(path))]) {
    const onBytes = (bytes: number): void => {
      progress.bytesRead += bytes
      options.onProgress?.({ file: found.path, ...progress })
    }
    yield* readOne(found, readings, manifests, { onBytes, signal: options.signal })
  }
  for (const reading of readings) yield reading.finish(manifests)
}

/** @param path of a file, or of one within an archive */
const isManifestFile = (path: string): boolean => path === MANIFEST_FILE || path.endsWith(`/${MANIFEST_FILE}`)

interface OneOptions {
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal | undefined
}

/** What is going on in the file (or file within an archive) in hand. */
interface InHand {
  file: string
  /** Elements that no source took, of the document in hand. */
  untaken: ListElement[]
  /** Readings that took elements of the document in hand: each is told of its end. */
  takers: Set<SourceReading>
  /** Place of the first empty list of which nothing tells what it lists, while nothing else of the file is known. */
  emptyList: string | undefined
  isKnown: boolean
  /** Documents that nobody knows: the first's place and keys, and how many. */
  strange: { readonly place: string; readonly keys: readonly string[]; count: number } | undefined
  note: FileNote | undefined
}

const inHand = (file: string): InHand => ({
  file,
  untaken: [],
  takers: new Set(),
  emptyList: undefined,
  isKnown: false,
  strange: undefined,
  note: undefined,
})

const noteOf = (hand: InHand, manifests: Manifests): FileNote => (hand.note ??= manifests.noteOf(hand.file) ?? {})

const streams = (list: string): boolean => SOURCES.some((source) => source.streams(list))

const tableOf = (columns: readonly string[]): string | undefined =>
  SOURCES.map((source) => source.tableOf?.(columns)).find((list) => list !== undefined)

async function* readOne(
  found: FoundFile,
  readings: readonly SourceReading[],
  manifests: Manifests,
  options: OneOptions,
): AsyncGenerator<Iterable<SourceRecord>> {
  let hand = inHand(found.path)
  for await (const piece of readFile(found, { streams, tableOf, isFirst: isManifestFile, ...options })) {
    if ('record' in piece) {
      yield [piece]
      if (piece.record === 'finding' && piece.code === 'FILE_EMPTY')
        yield unanswered(manifests.noteOf(piece.file), piece.file, 'nothing was printed', readings)
      continue
    }
    if (piece.file !== hand.file) {
      yield notRecognised(hand)
      hand = inHand(piece.file)
    }
    yield acceptAll(piece.events, hand, readings, manifests)
  }
  yield notRecognised(hand)
}

function* acceptAll(events: Iterable<JsonEvent>, hand: InHand, readings: readonly SourceReading[], manifests: Manifests): Generator<SourceRecord> {
  for (const event of events) yield* accept(event, hand, readings, manifests)
}

function accept(event: JsonEvent, hand: InHand, readings: readonly SourceReading[], manifests: Manifests): Iterable<SourceRecord> {
  if (event.type === 'element') return acceptElement({ file: hand.file, note: noteOf(hand, manifests), ...event }, hand, readings)
  if (event.type === 'document') return acceptDocument(event, hand, readings, manifests)
  for (const reading of readings) reading.brokeOff?.(hand.file)
  const message = `Not ${event.format ?? 'JSON'} from here on: ${event.message}. What came before it was read.`
  const fault = fileFinding('NOT_JSON', hand.file, `line ${event.line}, column ${event.column}`, message)
  const isAllStrange = !hand.isKnown && hand.takers.size === 0
  return isAllStrange ? [fault, ...unanswered(noteOf(hand, manifests), hand.file, 'no JSON was printed', readings)] : [fault]
}

/** In the place of an answer stands what is none: an error that went elsewhere, or its text. What was asked is not known. */
function unanswered(note: FileNote = {}, file: string, reason: string, readings: readonly SourceReading[]): Iterable<SourceRecord> {
  return note.kind === undefined ? [] : acceptMissing({ note, code: 'NoAnswer:', reason, file, place: '' }, readings)
}

function acceptElement(element: ListElement, hand: InHand, readings: readonly SourceReading[]): Iterable<SourceRecord> {
  for (const reading of readings) {
    const records = reading.element(element)
    if (records === undefined) continue
    hand.takers.add(reading)
    return records
  }
  hand.untaken.push(element)
  return []
}

function acceptDocument(
  event: JsonEvent & { type: 'document' },
  hand: InHand,
  readings: readonly SourceReading[],
  manifests: Manifests,
): Iterable<SourceRecord> {
  const { untaken, takers } = hand
  hand.untaken = []
  hand.takers = new Set()
  if (isManifest(event.value)) {
    if (!event.whole) return []
    const { findings, missing } = manifests.add(hand.file, event.value)
    return [...findings, ...missing.flatMap((answer) => [...acceptMissing(answer, readings)])]
  }
  const document = opened({ ...event, file: hand.file, untaken, note: noteOf(hand, manifests) })
  const error = document.note.kind === undefined ? undefined : errorOf(document.value)
  if (error !== undefined)
    return acceptMissing({ note: document.note, code: error.code, reason: error.message, file: hand.file, place: document.document }, readings)
  const records = acceptedBy(takers, document) ?? acceptedByOne(readings, document)
  if (records !== undefined) {
    hand.isKnown = true
    return records
  }
  if (Array.isArray(document.value) && document.value.length === 0) hand.emptyList ??= document.document
  // Of a document that breaks off, the fault says enough.
  else if (event.whole) noteStrange(hand, document)
  return []
}

/** All that say something of a document whose elements they took; undefined where none does. */
function acceptedBy(takers: ReadonlySet<SourceReading>, document: ExportDocument): readonly SourceRecord[] | undefined {
  const said = [...takers].map((reading) => reading.document(document)).filter((records) => records !== undefined)
  return said.length === 0 ? undefined : said.flatMap((records) => [...records])
}

function acceptedByOne(readings: readonly SourceReading[], document: ExportDocument): Iterable<SourceRecord> | undefined {
  for (const reading of readings) {
    const records = reading.document(document)
    if (records !== undefined) return records
  }
  return undefined
}

function noteStrange(hand: InHand, { document: place, value, lists }: ExportDocument): void {
  const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? [...Object.keys(value), ...lists] : []
  if (hand.strange === undefined) hand.strange = { place, keys, count: 1 }
  else hand.strange.count += 1
}

/** An answer out of its envelope. */
function opened(document: ExportDocument): ExportDocument {
  const envelope = envelopeOf(document.value)
  if (envelope === undefined) return document
  const note: FileNote = { ...document.note, ...envelope.note }
  const place = [document.document, envelope.outputKey].filter((part) => part !== '').join('.')
  return { ...document, note, value: envelope.output, document: place, lists: [] }
}

function acceptMissing(answer: MissingAnswer, readings: readonly SourceReading[]): Iterable<SourceRecord> {
  for (const reading of readings) {
    const records = reading.missing(answer)
    if (records !== undefined) return records
  }
  const { kind = 'something', account, subject } = answer.note
  const of = [account, subject].filter((part) => part !== undefined).join(' ')
  const message = `${kind}${of === '' ? '' : ` of ${of}`} was not collected: ${answer.code} ${answer.reason}`.trim()
  return [fileFinding('EXPORT_TRUNCATED', answer.file, answer.place, message, { entity: account ?? null })]
}

function notRecognised(hand: InHand): readonly SourceRecord[] {
  if (hand.strange === undefined && hand.emptyList !== undefined && !hand.isKnown)
    return [fileFinding('FILE_EMPTY', hand.file, hand.emptyList, 'An empty list, and nothing tells what it lists (docs/bundle.md).')]
  if (hand.strange === undefined) return []
  const { place, keys, count } = hand.strange
  const kinds = SOURCES.flatMap((source) => source.kinds)
  return [fileFinding('NOT_RECOGNISED', hand.file, place, notRecognisedMessage(kinds, keys, count - 1))]
}
