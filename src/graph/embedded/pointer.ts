import { readFile, stat, writeFile } from 'node:fs/promises'
import { PermiscopeError } from '../../domain/errors.ts'
import type { SnapshotInfo } from '../store.ts'
import { pointerFile, replaceFile } from './files.ts'

/** INVARIANT: what readers see changes only by the rename in `writePointer`. */

const FORMAT = 1

/** Reads the pointer again only when the file has changed, since servers poll it. */
export class Pointer {
  readonly #data: string
  #seen = ''
  #snapshots: readonly SnapshotInfo[] = []

  constructor(data: string) {
    this.#data = data
  }

  /** Published snapshots, newest first. */
  async read(): Promise<readonly SnapshotInfo[]> {
    const version = await versionOf(pointerFile(this.#data))
    if (version === this.#seen) return this.#snapshots
    this.#snapshots = version === '' ? [] : parsePointer(pointerFile(this.#data), await readFile(pointerFile(this.#data), 'utf8'))
    this.#seen = version
    return this.#snapshots
  }
}

export async function writePointer(data: string, snapshots: readonly SnapshotInfo[]): Promise<void> {
  const file = pointerFile(data)
  await writeFile(`${file}.tmp`, JSON.stringify({ format: FORMAT, snapshots }), { mode: 0o600 })
  await replaceFile(data, `${file}.tmp`, file)
}

/** Empty where there is no file. A rename gives a new inode, so two versions never look alike. */
async function versionOf(file: string): Promise<string> {
  try {
    const { ino, mtimeNs, size } = await stat(file, { bigint: true })
    return `${ino}-${mtimeNs}-${size}`
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw new PermiscopeError('STORE_UNAVAILABLE', `${file} can't be read`, {}, { cause: error })
  }
}

function parsePointer(file: string, text: string): readonly SnapshotInfo[] {
  try {
    const value: { readonly format?: unknown; readonly snapshots?: readonly SnapshotInfo[] } = JSON.parse(text)
    if (value.format === FORMAT && Array.isArray(value.snapshots)) return value.snapshots
  } catch {
    // Said below.
  }
  throw new PermiscopeError('STORE_UNAVAILABLE', `${file} is not a pointer that this version of Permiscope can read`)
}
