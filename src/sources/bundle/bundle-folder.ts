import { existsSync } from 'node:fs'
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
 * Asks whether the folder can take a bundle: it isn't there, is empty, or holds one of a former collection.
 * @throws BAD_USAGE where it holds anything else
 */
export async function checkBundleFolder(path: string): Promise<void> {
  await formerFiles(path)
}

/** Makes the folder, or empties the bundle that a former collection left there. @throws BAD_USAGE as checkBundleFolder */
export async function openBundleFolder(path: string, manifest: Omit<Manifest, 'permiscopeManifest' | 'files'>): Promise<BundleFolder> {
  await prepare(path).catch((error: unknown) => refuse(path, error))
  let current = { permiscopeManifest: 1, ...manifest, files: {} } satisfies Manifest as Manifest
  const save = async (next: Manifest): Promise<void> => {
    current = next
    await writeWhole(path, MANIFEST_FILE, `${JSON.stringify(current, null, 2)}\n`)
  }
  await save(current)
  return {
    write: async (name, text, note) => {
      // Named first: a file that no manifest names would be taken for somebody else's by the next collection.
      await save({ ...current, files: { ...current.files, [name]: note } })
      await writeWhole(path, name, text)
    },
    describe: (said) => save({ ...current, ...said }),
  }
}

async function prepare(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  for (const name of await formerFiles(path)) await rm(join(path, name))
  await chmod(path, 0o700)
}

function refuse(path: string, error: unknown): never {
  if (error instanceof PermiscopeError) throw error
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
  throw new PermiscopeError('BAD_USAGE', `${path} can't be written (${reason}).`, {}, { cause: error })
}

async function formerFiles(path: string): Promise<readonly string[]> {
  const names = existsSync(path) ? await readdir(path).catch((error: unknown) => refuse(path, error)) : []
  const former = names.includes(MANIFEST_FILE) ? parse(await readFile(join(path, MANIFEST_FILE), 'utf8')) : undefined
  const own = isManifest(former)
    ? new Set([MANIFEST_FILE, ...Object.keys('files' in former && typeof former.files === 'object' ? (former.files ?? {}) : {})])
    : new Set()
  const strange = names.filter((name) => !own.has(name) && !name.endsWith(UNFINISHED))
  if (strange.length > 0)
    throw new PermiscopeError('BAD_USAGE', `${path} holds other files (${strange[0]}): name a new folder, or that of a former collection.`)
  return names
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
  try {
    await writeFile(unfinished, text, { mode: 0o600 })
    await rename(unfinished, join(path, name))
  } catch (error) {
    refuse(path, error)
  }
}
