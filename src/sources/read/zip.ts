import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'

/**
 * Reads .zip archives by their central directory, an entry at a time, without holding any whole (APPNOTE.TXT 6.3.10; stored and deflated
 * entries, zip64). What an entry says of its size is not believed: it is counted.
 */

export interface ZipEntry {
  readonly name: string
  readonly packedSize: number
  readonly size: number
  readonly crc: number
  readonly method: number
  readonly encrypted: boolean
  readonly headerOffset: number
}

/** Something about the archive that can't be read. Caught by the reader and reported as a finding. */
export class ZipError extends Error {}

const END = 0x06054b50
const END64_LOCATOR = 0x07064b50
const END64 = 0x06064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const MOST_ENTRIES = 100_000
const LARGEST_DIRECTORY = 64 * 1024 * 1024
const CHUNK = 256 * 1024
/** Indented exports shrink to a fiftieth at best; what grows further than this, and is not small, is a bomb. */
const LARGEST_RATIO = 200
const HARMLESS_SIZE = 64 * 1024 * 1024

export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

/** @throws ZipError */
export async function readDirectory(file: FileHandle, fileSize: number): Promise<readonly ZipEntry[]> {
  const { offset, size, count } = await findDirectory(file, fileSize)
  if (count > MOST_ENTRIES || size > LARGEST_DIRECTORY) throw new ZipError(`it lists more than ${MOST_ENTRIES} files`)
  const directory = await readBytes(file, offset, size)
  const entries: ZipEntry[] = []
  for (let at = 0; at + 46 <= directory.length && entries.length < count;) {
    if (directory.readUInt32LE(at) !== CENTRAL) break
    entries.push(readCentralEntry(directory, at))
    at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  if (entries.length < count) throw new ZipError('its list of files is damaged')
  return entries
}

async function findDirectory(file: FileHandle, fileSize: number): Promise<{ offset: number; size: number; count: number }> {
  const tailSize = Math.min(fileSize, 22 + 0xffff)
  const tail = await readBytes(file, fileSize - tailSize, tailSize)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue
    const end = { count: tail.readUInt16LE(at + 10), size: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) }
    const needs64 = end.count === 0xffff || end.size === 0xffffffff || end.offset === 0xffffffff
    return needs64 && at >= 20 && tail.readUInt32LE(at - 20) === END64_LOCATOR ? findDirectory64(file, Number(tail.readBigUInt64LE(at - 12))) : end
  }
  throw new ZipError('its end is missing; it may be cut short')
}

async function findDirectory64(file: FileHandle, offset: number): Promise<{ offset: number; size: number; count: number }> {
  const end = await readBytes(file, offset, 56)
  if (end.readUInt32LE(0) !== END64) throw new ZipError('its list of files is damaged')
  return { count: Number(end.readBigUInt64LE(32)), size: Number(end.readBigUInt64LE(40)), offset: Number(end.readBigUInt64LE(48)) }
}

function readCentralEntry(directory: Buffer, at: number): ZipEntry {
  const nameLength = directory.readUInt16LE(at + 28)
  const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + directory.readUInt16LE(at + 30))
  const large = readZip64Extra(extra)
  const field = (offset: number): number => {
    const value = directory.readUInt32LE(at + offset)
    return value === 0xffffffff ? (large.shift() ?? value) : value
  }
  // INVARIANT: zip64 fields stand in this order, each only where its 32-bit field is full.
  const size = field(24)
  const packedSize = field(20)
  const headerOffset = field(42)
  return {
    name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    size,
    packedSize,
    headerOffset,
    crc: directory.readUInt32LE(at + 16),
    method: directory.readUInt16LE(at + 10),
    encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
  }
}

function readZip64Extra(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const values: number[] = []
    const end = Math.min(at + 4 + extra.readUInt16LE(at + 2), extra.length)
    for (let field = at + 4; field + 8 <= end; field += 8) values.push(Number(extra.readBigUInt64LE(field)))
    return values
  }
  return []
}

/** @throws ZipError */
export async function* readEntry(file: FileHandle, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new ZipError('it is encrypted')
  if (entry.method !== 0 && entry.method !== 8) throw new ZipError(`it is packed by method ${entry.method}, which is not supported`)
  const header = await readBytes(file, entry.headerOffset, 30)
  if (header.readUInt32LE(0) !== LOCAL) throw new ZipError('the archive is damaged')
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = readPacked(file, start, entry.packedSize)
  yield* guard(entry, entry.method === 0 ? packed : inflate(packed))
}

async function* guard(entry: ZipEntry, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  let crc = 0
  for await (const chunk of chunks) {
    size += chunk.length
    crc = crc32(chunk, crc)
    if (size > HARMLESS_SIZE && size > entry.packedSize * LARGEST_RATIO) throw new ZipError(`it unpacks to more than ${LARGEST_RATIO} times its size`)
    yield chunk
  }
  if (size !== entry.size || crc !== entry.crc) throw new ZipError('it is damaged')
}

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: CHUNK })
  // The error reaches the loop below through the destroyed stream.
  pipeline(Readable.from(packed), stream, () => {})
  try {
    const chunks: AsyncIterable<Uint8Array> = stream
    for await (const chunk of chunks) yield chunk
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('it is damaged')
  } finally {
    stream.destroy()
  }
}

async function* readPacked(file: FileHandle, start: number, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += CHUNK) yield await readBytes(file, start + at, Math.min(CHUNK, size - at))
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(position) || position < 0) throw new ZipError('its list of files is damaged')
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) throw new ZipError('it is cut short')
    filled += bytesRead
  }
  return buffer
}
