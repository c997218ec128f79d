import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Tells whether exports are the same as before: of the files' contents and their places below the given paths, not of where those lie.
 * @param version of Permiscope: another one may read the same files differently
 */
export async function fingerprint(paths: readonly string[], version: string): Promise<string> {
  const hash = createHash('sha256').update(version)
  for (const path of paths) for (const file of await filesBelow(path)) await addFile(hash, path, file)
  return hash.digest('hex')
}

/** What can't be read is part of what is there: its error is hashed, and `ingest` reports it. */
async function addFile(hash: Hash, root: string, file: string): Promise<void> {
  hash.update(`\0${file.slice(root.length)}\0`)
  try {
    for await (const chunk of createReadStream(file, 'latin1')) hash.update(String(chunk), 'latin1')
  } catch (error) {
    hash.update(String(error))
  }
}

async function filesBelow(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch {
    return [path]
  }
}
