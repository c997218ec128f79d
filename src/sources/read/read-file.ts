import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { FindingFact } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import { decodeText } from './decode-text.ts'
import type { JsonEvent } from './split-json.ts'
import { createTextSplitter, type Readable } from './split-text.ts'
import { isPassedOver, reasonOf, type FoundFile } from './walk.ts'
import { isZip, readDirectory, readEntry, ZipError, type ZipEntry } from './zip.ts'

/**
 * What a file holds, piece by piece: `file` names the inner one within an archive. The events of a piece are read as they are asked for, and
 * all of them before the next piece.
 */
export type FilePiece = { readonly file: string; readonly events: Iterable<JsonEvent> } | FindingFact

export interface FileOptions extends Readable {
  readonly onBytes: (bytes: number) => void
  readonly signal?: AbortSignal | undefined
  /** Files of an archive that are to be read before the others. */
  readonly isFirst: (name: string) => boolean
}

const inOrder = (one: string, other: string, { isFirst }: FileOptions): number =>
  Number(isFirst(other)) - Number(isFirst(one)) || (one < other ? -1 : 1)

const CHUNK = 1024 * 1024

/** Never throws for what is wrong with the file; throws where `signal` was aborted. */
export async function* readFile(found: FoundFile, options: FileOptions): AsyncGenerator<FilePiece> {
  try {
    if (await beginsAsZip(found)) yield* readArchive(found, options)
    else yield* readText(found.path, countBytes(createReadStream(found.path, { highWaterMark: CHUNK }), options), options)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof ZipError) yield fileFinding('ARCHIVE_UNREADABLE', found.path, '', `The archive can't be read: ${error.message}.`)
    else if (error instanceof Error && 'code' in error) yield fileFinding('FILE_UNREADABLE', found.path, '', reasonOf(error))
    else throw error
  }
}

/** A pipe has no size and can be read only once, so that its first bytes aren't looked at beforehand. */
async function beginsAsZip(found: FoundFile): Promise<boolean> {
  if (found.size < 4) return false
  const file = await open(found.path)
  try {
    const head = Buffer.alloc(4)
    const { bytesRead } = await file.read(head, 0, 4, 0)
    return bytesRead === 4 && isZip(head)
  } finally {
    await file.close()
  }
}

async function* readArchive(found: FoundFile, options: FileOptions): AsyncGenerator<FilePiece> {
  const file = await open(found.path)
  try {
    const entries = (await readDirectory(file, found.size)).filter((entry) => !entry.name.endsWith('/') && !isPassedOver(entry.name))
    if (entries.length === 0) yield fileFinding('FILE_EMPTY', found.path, '', 'The archive holds no file.')
    for (const entry of [...entries].sort((one, other) => inOrder(one.name, other.name, options))) yield* readInner(found, file, entry, options)
  } finally {
    await file.close()
  }
}

async function* readInner(found: FoundFile, file: FileHandle, entry: ZipEntry, options: FileOptions): AsyncGenerator<FilePiece> {
  const name = `${found.path}!${entry.name}`
  options.onBytes(entry.packedSize)
  try {
    yield* readText(name, abortable(readEntry(file, entry), options), options)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    yield fileFinding('ARCHIVE_UNREADABLE', name, '', `The file within the archive can't be read: ${error.message}.`)
  }
}

async function* abortable(chunks: AsyncIterable<Uint8Array>, options: FileOptions): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted()
    yield chunk
  }
}

async function* countBytes(chunks: AsyncIterable<Uint8Array>, options: FileOptions): AsyncGenerator<Uint8Array> {
  for await (const chunk of abortable(chunks, options)) {
    options.onBytes(chunk.length)
    yield chunk
  }
}

/** What was found in a text so far. */
interface Seen {
  documents: number
  isFaulty: boolean
}

async function* readText(file: string, chunks: AsyncIterable<Uint8Array>, options: FileOptions): AsyncGenerator<FilePiece> {
  const splitter = createTextSplitter(options)
  const seen: Seen = { documents: 0, isFaulty: false }
  try {
    for await (const piece of decodeText(chunks)) {
      yield { file, events: watched('text' in piece ? splitter.push(piece.text) : splitter.fail(piece.fault), seen) }
      if (seen.isFaulty) return
    }
  } catch (error) {
    // What was whole before the break is kept; the one who reads the file or archive says what broke.
    yield { file, events: documentsOf(splitter.fail('')) }
    throw error
  }
  yield { file, events: watched(splitter.end(), seen) }
  if (seen.documents === 0 && !seen.isFaulty) yield fileFinding('FILE_EMPTY', file, '', 'The file is empty.')
}

/** Nothing counts after a fault. */
function* watched(events: Iterable<JsonEvent>, seen: Seen): Generator<JsonEvent> {
  for (const event of events) {
    if (event.type === 'document') seen.documents += 1
    if (event.type === 'fault') seen.isFaulty = true
    yield event
    if (seen.isFaulty) return
  }
}

function* documentsOf(events: Iterable<JsonEvent>): Generator<JsonEvent> {
  for (const event of events) if (event.type === 'document') yield event
}
