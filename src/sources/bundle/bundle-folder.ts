import { access, appendFile, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import { examineFolder, journalLines, JOURNAL_FILE, UNFINISHED_FILE, type Examined } from './former-bundle.ts'
import { MANIFEST_FILE, type Manifest } from './manifest.ts'

/**
 * A folder that a live collection fills with answers as the provider's own CLI prints them. Only its owner can read it. Each file appears
 * whole or not at all. A hidden journal says whose collection it is and what it has learnt beside the files, so that one that was stopped
 * can be taken up again; it goes when the collection has come to its end.
 */
export interface BundleFolder {
  /** What was noted in the journal before this collection was taken up again. */
  readonly noted: readonly unknown[]
  /** When the collection was first begun. */
  readonly begun: string
  /** @returns the answer that a file holds, or undefined where there is none yet */
  read(path: string): Promise<unknown>
  has(path: string): Promise<boolean>
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
  note(line: object): Promise<void>
  describe(manifest: Manifest): Promise<void>
  /** The collection has come to its end. */
  finish(manifest: Manifest): Promise<void>
}

/** Whose collection it is, of what: only the same is taken up again. */
export interface Purpose {
  readonly tool: string
  readonly takenBy: string
  readonly options: object
}

/**
 * Asks whether the folder can take a bundle: it isn't there, is empty, or holds one of a former collection.
 * @throws BAD_USAGE where it holds anything else
 */
export async function checkBundleFolder(path: string): Promise<void> {
  await examineFolder(path)
}

/**
 * Makes the folder; takes up an unfinished collection of the same purpose; empties the bundle that a finished one left there.
 * @throws BAD_USAGE as checkBundleFolder, and where an unfinished collection is of another purpose
 */
export async function openBundleFolder(path: string, purpose: Purpose, now: string): Promise<BundleFolder> {
  const former = await examineFolder(path)
  const unfinished = former.journal === undefined ? undefined : sameCollection(path, former.journal, purpose)
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await chmod(path, 0o700)
    await clear(path, former)
    if (unfinished === undefined) await begin(path, purpose, now)
    // What was cut off when the former run was killed must not swallow the next line.
    else await appendFile(join(path, JOURNAL_FILE), '\n')
  } catch (error) {
    refuse(path, error)
  }
  return folderAt(path, unfinished ?? { begun: now, noted: [] })
}

interface Begun {
  readonly begun: string
  readonly noted: readonly unknown[]
}

function sameCollection(path: string, journal: string, purpose: Purpose): Begun {
  const [first, ...noted] = journalLines(journal)
  const isSame = first !== undefined && JSON.stringify(first.purpose) === JSON.stringify(purpose)
  if (isSame) return { begun: first.begun, noted }
  throw new PermiscopeError(
    'BAD_USAGE',
    `${path} holds an unfinished collection of another caller or with other options: go on with those, or name a new folder.`,
  )
}

/** The files go before what says whose they are, so that a folder that is emptied halfway is still known. */
async function clear(path: string, { finished, leftovers }: Examined): Promise<void> {
  const last = finished.filter((file) => file === MANIFEST_FILE)
  for (const name of [...leftovers, ...finished.filter((file) => file !== MANIFEST_FILE), ...last])
    await rm(join(path, name), { recursive: true, force: true })
}

async function begin(path: string, purpose: Purpose, begun: string): Promise<void> {
  await writeWhole(path, JOURNAL_FILE, `${JSON.stringify({ permiscopeCollection: 1, begun, purpose })}\n`)
}

function folderAt(path: string, { begun, noted }: Begun): BundleFolder {
  const made = new Map<string, Promise<unknown>>()
  const guarded = <Result>(work: Promise<Result>): Promise<Result> => work.catch((error: unknown) => refuse(path, error))
  const makeFolder = (folder: string): Promise<unknown> => {
    const making = made.get(folder) ?? mkdir(join(path, folder), { recursive: true, mode: 0o700 })
    made.set(folder, making)
    return making
  }
  const describe = (manifest: Manifest): Promise<void> => guarded(writeWhole(path, MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`))
  return {
    noted,
    begun,
    read: async (name) => {
      const text = await readFile(join(path, name), 'utf8').catch(nothingThere)
      return text === undefined ? undefined : (JSON.parse(text) as unknown)
    },
    has: (name) =>
      access(join(path, name))
        .then(() => true, nothingThere)
        .then((is) => is ?? false),
    write: (name, text) => guarded(makeFolder(dirname(name)).then(() => writeWhole(path, name, text))),
    remove: (name) => guarded(rm(join(path, name), { force: true })),
    note: (line) => guarded(appendFile(join(path, JOURNAL_FILE), `${JSON.stringify(line)}\n`, { mode: 0o600 })),
    describe,
    finish: async (manifest) => {
      await describe(manifest)
      await guarded(rm(join(path, JOURNAL_FILE), { force: true }))
    },
  }
}

function nothingThere(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

function refuse(path: string, error: unknown): never {
  if (error instanceof PermiscopeError) throw error
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
  throw new PermiscopeError('BAD_USAGE', `${path} can't be written (${reason}).`, {}, { cause: error })
}

let counter = 0

async function writeWhole(path: string, name: string, text: string): Promise<void> {
  const unfinished = join(path, UNFINISHED_FILE(`${process.pid}-${(counter += 1)}`))
  await writeFile(unfinished, text, { mode: 0o600 })
  await rename(unfinished, join(path, name))
}
