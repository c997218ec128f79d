import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import type { FileNote } from '../source.ts'
import { isManifest, MANIFEST_FILE, type Manifest } from './manifest.ts'

/**
 * A folder that a live collection fills with files as the provider's own CLI prints them. Only its owner can read it. Each file appears
 * whole or not at all, and the manifest is kept up with them: a collection that is killed leaves a bundle that says what it lacks.
 */
export interface BundleFolder {
  /** @param note what the manifest says of the file */
  write(name: string, text: string, note: FileNote): Promise<void>
  /** Changes what the manifest says of the whole bundle. */
  describe(said: Partial<Omit<Manifest, 'permiscopeManifest' | 'files'>>): Promise<void>
}

/**
 * Makes the folder, or empties the bundle that a former collection left there.
 * @throws BAD_USAGE where it holds anything else
 */
export async function openBundleFolder(path: string, manifest: Omit<Manifest, 'permiscopeManifest' | 'files'>): Promise<BundleFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await removeFormer(path)
  await chmod(path, 0o700)
  let current = { permiscopeManifest: 1, ...manifest, files: {} } satisfies Manifest as Manifest
  const save = async (next: Manifest): Promise<void> => {
    current = next
    await writeWhole(path, MANIFEST_FILE, `${JSON.stringify(current, null, 2)}\n`)
  }
  await save(current)
  return {
    write: async (name, text, note) => {
      await writeWhole(path, name, text)
      await save({ ...current, files: { ...current.files, [name]: note } })
    },
    describe: (said) => save({ ...current, ...said }),
  }
}

async function removeFormer(path: string): Promise<void> {
  const names = await readdir(path)
  if (names.length === 0) return
  const former = names.includes(MANIFEST_FILE) ? parse(await readFile(join(path, MANIFEST_FILE), 'utf8')) : undefined
  const own = isManifest(former)
    ? new Set([MANIFEST_FILE, ...Object.keys('files' in former && typeof former.files === 'object' ? (former.files ?? {}) : {})])
    : new Set()
  const strange = names.filter((name) => !own.has(name) && !name.endsWith(UNFINISHED))
  if (strange.length > 0)
    throw new PermiscopeError('BAD_USAGE', `${path} holds other files (${strange[0]}): name a new folder, or that of a former collection.`)
  for (const name of names) await rm(join(path, name))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const UNFINISHED = '.unfinished'

async function writeWhole(path: string, name: string, text: string): Promise<void> {
  const unfinished = join(path, `.${name}${UNFINISHED}`)
  await writeFile(unfinished, text, { mode: 0o600 })
  await rename(unfinished, join(path, name))
}
