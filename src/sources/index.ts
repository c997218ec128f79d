import type { SourceRecord } from '../domain/facts.ts'
import { aws } from './aws/index.ts'
import { fileFinding } from './finding.ts'
import { createManifests, isManifest, type Manifests } from './bundle/manifest.ts'
import { readFile } from './read/read-file.ts'
import type { JsonEvent } from './read/split-json.ts'
import { walk, type FoundFile } from './read/walk.ts'
import type { ExportDocument, ListElement, ReadOptions, Source, SourceReading } from './source.ts'

const SOURCES: readonly Source[] = [aws]

/**
 * The facts of files, folders and .zip archives, of any mix of kinds, in any order. What is wrong with them is a finding among the records.
 * Entities that are only named come last, with an empty coverage; then what was covered.
 * @throws what `options.signal` was aborted with
 */
export async function* readExports(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<SourceRecord> {
  const readings = SOURCES.map((source) => source.open())
  const manifests = createManifests()
  const progress = { bytesRead: 0, bytesTotal: 0 }
  const files: FoundFile[] = []
  for await (const found of walk(paths)) {
    options.signal?.throwIfAborted()
    if ('record' in found) yield found
    else files.push(found)
    progress.bytesTotal += 'record' in found ? 0 : found.size
  }
  for (const found of files) {
    const onBytes = (bytes: number): void => {
      progress.bytesRead += bytes
      options.onProgress?.({ file: found.path, ...progress })
    }
    yield* readOne(found, readings, manifests, { onBytes, signal: options.signal })
  }
  for (const reading of readings) yield* reading.finish(manifests)
}

interface OneOptions {
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal | undefined
}

/** What is going on in the file (or file within an archive) in hand. */
interface InHand {
  file: string
  /** Elements that no source took, of the document in hand. */
  untaken: ListElement[]
  /** Documents that nobody knows: the first's place, and how many. */
  strange: { readonly place: string; count: number } | undefined
}

const streams = (list: string): boolean => SOURCES.some((source) => source.streams(list))

async function* readOne(
  found: FoundFile,
  readings: readonly SourceReading[],
  manifests: Manifests,
  options: OneOptions,
): AsyncGenerator<SourceRecord> {
  let hand: InHand = { file: found.path, untaken: [], strange: undefined }
  for await (const piece of readFile(found, { streams, ...options })) {
    if ('record' in piece) {
      yield piece
      continue
    }
    if (piece.file !== hand.file) {
      yield* notRecognised(hand)
      hand = { file: piece.file, untaken: [], strange: undefined }
    }
    yield* accept(piece.event, hand, readings, manifests)
  }
  yield* notRecognised(hand)
}

function accept(event: JsonEvent, hand: InHand, readings: readonly SourceReading[], manifests: Manifests): Iterable<SourceRecord> {
  if (event.type === 'element') return acceptElement({ file: hand.file, ...event }, hand, readings)
  if (event.type === 'document') return acceptDocument(event, hand, readings, manifests)
  return [fileFinding('NOT_JSON', hand.file, `line ${event.line}, column ${event.column}`, notJson(event.message))]
}

const notJson = (message: string): string => `Not JSON from here on: ${message}. What came before it was read.`

function acceptElement(element: ListElement, hand: InHand, readings: readonly SourceReading[]): Iterable<SourceRecord> {
  for (const reading of readings) {
    const records = reading.element(element)
    if (records !== undefined) return records
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
  const document: ExportDocument = { ...event, file: hand.file, untaken: hand.untaken }
  hand.untaken = []
  if (isManifest(event.value)) return event.whole ? manifests.add(hand.file, event.value) : []
  for (const reading of readings) {
    const records = reading.document(document)
    if (records !== undefined) return records
  }
  // Of a document that breaks off, the fault says enough.
  if (event.whole) hand.strange = { place: hand.strange?.place ?? event.document, count: (hand.strange?.count ?? 0) + 1 }
  return []
}

function notRecognised(hand: InHand): readonly SourceRecord[] {
  if (hand.strange === undefined) return []
  const known = SOURCES.flatMap((source) => source.kinds.map((kind) => `${kind.command} (${kind.knownBy})`)).join('; ')
  const count = hand.strange.count > 1 ? ` So are ${hand.strange.count - 1} more values of this file.` : ''
  return [fileFinding('NOT_RECOGNISED', hand.file, hand.strange.place, `No export of a kind that is known.${count} Known are: ${known}.`)]
}
