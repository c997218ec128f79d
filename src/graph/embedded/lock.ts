import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import type { Writer } from '../writer.ts'
import { livenessOf, thisWriter, writerIn } from '../writer.ts'
import { lockFile, namesIn } from './files.ts'

/** One writer at a time: a file that names the process. A dead process's lock is taken over. */

export interface WriteLock {
  /** @throws STORE_BUSY where somebody took the lock over. Called right before publishing. */
  verify(): Promise<void>
  release(): Promise<void>
}

const HEARTBEAT_MS = 5_000
/** A lock of another host is judged by its heartbeat alone. */
const SILENCE_MS = 60_000
const ATTEMPTS = 5

export async function acquireLock(data: string): Promise<WriteLock> {
  const file = lockFile(data)
  const writer = thisWriter()
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await create(file, writer)) {
      await removeDeadDrafts(data)
      return heldLock(file, writer)
    }
    const text = await readLock(file)
    if (text !== null && !(await isStale(file, text))) throw busy(file, writerIn(text))
    if (text !== null) await removeStale(file, text, writer)
  }
  throw busy(file, null)
}

function heldLock(file: string, writer: Writer): WriteLock {
  const heartbeat = setInterval(() => {
    const now = new Date()
    // A lock that is gone is found by `verify`.
    utimes(file, now, now).catch(() => undefined)
  }, HEARTBEAT_MS)
  heartbeat.unref()
  const isHeld = async (): Promise<boolean> => (await readLock(file)) === JSON.stringify(writer)
  return {
    async verify() {
      if (!(await isHeld())) throw busy(file, null)
    },
    async release() {
      clearInterval(heartbeat)
      if (await isHeld()) await rm(file, { force: true })
    },
  }
}

/** The content is there when the name is: a lock file is never seen half written. */
async function create(file: string, writer: Writer): Promise<boolean> {
  const draft = `${file}.${writer.token}`
  await writeFile(draft, JSON.stringify(writer), { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    // ENOENT: the draft was taken for a leftover by the one that holds the lock.
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** A process that was killed in the instant in which it asked leaves the draft of its lock. */
async function removeDeadDrafts(data: string): Promise<void> {
  for (const name of await namesIn(data)) {
    const path = join(data, name)
    const text = path.startsWith(`${lockFile(data)}.`) ? await readLock(path) : null
    if (text !== null && (await isStale(path, text))) await rm(path, { force: true })
  }
}

async function readLock(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return null
  }
}

async function isStale(file: string, text: string): Promise<boolean> {
  const writer = writerIn(text)
  const liveness = writer === null ? 'unknown' : livenessOf(writer)
  if (liveness !== 'unknown') return liveness === 'gone'
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }))
  return Date.now() - mtimeMs > SILENCE_MS
}

/** Renaming decides between two that take over at once; one that caught a fresh lock instead of the stale one puts it back. */
async function removeStale(file: string, stale: string, writer: Writer): Promise<void> {
  const caught = `${file}.${writer.token}.stale`
  try {
    await rename(file, caught)
    if ((await readLock(caught)) !== stale) await link(caught, file)
  } catch {
    // Somebody else was first; the next attempt sees whose it is.
  } finally {
    await rm(caught, { force: true })
  }
}

function busy(file: string, writer: Writer | null): PermiscopeError {
  const who = writer === null ? 'Another process' : `Process ${writer.pid} on ${writer.host}`
  return new PermiscopeError('STORE_BUSY', `${who} is writing to this store (${file})`)
}
