import { open, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'

/**
 * Where things lie in the data folder:
 * `published.json` the pointer: which snapshots are published, newest first; the only file that readers trust
 * `snapshots/ID.lbug` one database a snapshot, never changed after it was published
 * `snapshots/ID.tmp/` a snapshot that is being written
 * `write.lock` who writes
 */
export const pointerFile = (data: string): string => join(data, 'published.json')
export const lockFile = (data: string): string => join(data, 'write.lock')
export const snapshotsFolder = (data: string): string => join(data, 'snapshots')
export const snapshotFile = (data: string, id: string): string => join(snapshotsFolder(data), `${id}.lbug`)
export const stagingFolder = (data: string, id: string): string => join(snapshotsFolder(data), `${id}.tmp`)

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Returns when the file's bytes (or a folder's names) are on the disk, so that a rename after it can't outrun them. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Windows can't sync a folder; its renames are journaled.
    if (process.platform !== 'win32') throw error
  } finally {
    await handle.close()
  }
}

/** Puts `from` in the place of `to` at once and for good. Both lie in `folder`. */
export async function replaceFile(folder: string, from: string, to: string): Promise<void> {
  await flush(from)
  await rename(from, to)
  await flush(folder)
}

/** Removes everything that no published snapshot owns. Only the holder of the write lock may call it. */
export async function removeLeftovers(data: string, published: readonly string[]): Promise<void> {
  const kept = new Set(published.map((id) => `${id}.lbug`))
  for (const name of await namesIn(snapshotsFolder(data))) {
    if (!kept.has(name)) await removeIfPossible(join(snapshotsFolder(data), name))
  }
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}

/** A file that a server still has open can't be removed on Windows; it stays a leftover until the next time. */
async function removeIfPossible(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    if (process.platform !== 'win32') throw error
  }
}

/** A fault of the disk or of permissions inside the data folder, in plain words; anything else as it is. */
export function storeFault(data: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return error
  const { code, path } = error
  if (typeof path !== 'string' || !path.startsWith(data)) return error
  return new PermiscopeError('STORE_UNAVAILABLE', `The store can't be written: ${String(code)} at ${path}`, {}, { cause: error })
}
