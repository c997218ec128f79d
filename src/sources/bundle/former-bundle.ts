import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import { noteOfPath } from './layout.ts'
import { isManifest, MANIFEST_FILE } from './manifest.ts'

/** What lies in a folder that a collection is to be written to. Nobody's files are ever touched. */

export const JOURNAL_FILE = '.permiscope-collection.ndjson'
export const UNFINISHED_FILE = (name: string): string => `.${name}.unfinished`
const IS_UNFINISHED = /(?:^|\/)\.[^/]*\.unfinished$/

export interface Examined {
  /** Text of the journal of a collection that did not come to its end. */
  readonly journal: string | undefined
  /** Files and account folders of one that did. */
  readonly finished: readonly string[]
  /** Files that were being written when a collection was killed. */
  readonly leftovers: readonly string[]
}

/** @throws BAD_USAGE where it holds anything that no collection wrote, or can't be read */
export async function examineFolder(path: string): Promise<Examined> {
  const files = existsSync(path) ? await filesIn(path) : []
  const leftovers = files.filter((name) => IS_UNFINISHED.test(name))
  const others = files.filter((name) => !IS_UNFINISHED.test(name))
  const journal = others.includes(JOURNAL_FILE) ? await readFile(join(path, JOURNAL_FILE), 'utf8') : undefined
  const manifest = others.includes(MANIFEST_FILE) ? parsed(await readFile(join(path, MANIFEST_FILE), 'utf8')) : undefined
  const isOurs = journal !== undefined || isManifest(manifest)
  const named = new Set([JOURNAL_FILE, MANIFEST_FILE, ...filesOf(manifest)])
  const strange = others.find((name) => !isOurs || !(named.has(name) || (isCollected(manifest, journal) && noteOfPath(name) !== undefined)))
  if (strange !== undefined)
    throw new PermiscopeError('BAD_USAGE', `${path} holds other files (${strange}): name a new folder, or that of a former collection.`)
  return { journal, leftovers, finished: journal === undefined ? [...new Set(others.map((name) => top(name, named)))] : [] }
}

/** An account's folder as a whole. */
const top = (name: string, named: ReadonlySet<string>): string => (named.has(name) ? name : (name.split('/')[0] ?? name))

const isCollected = (manifest: unknown, journal: string | undefined): boolean =>
  journal !== undefined || (isManifest(manifest) && 'tool' in manifest && String(manifest.tool).startsWith('permiscope collect'))

const filesOf = (manifest: unknown): readonly string[] =>
  isManifest(manifest) && 'files' in manifest && typeof manifest.files === 'object' ? Object.keys(manifest.files ?? {}) : []

async function filesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error'
    throw new PermiscopeError('BAD_USAGE', `${path} can't be written (${reason}).`, {}, { cause: error })
  })
  const prefix = join(path, sep).length
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(prefix).replaceAll(sep, '/'))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface FirstLine {
  readonly begun: string
  readonly purpose: unknown
}

/** A line that was cut off when the collection was killed is left out. */
export function journalLines(text: string): readonly [first: FirstLine | undefined, ...noted: unknown[]] {
  const [first, ...noted] = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parsed)
  return [isFirstLine(first) ? first : undefined, ...noted.filter((line) => line !== undefined)]
}

const isFirstLine = (line: unknown): line is FirstLine =>
  typeof line === 'object' &&
  line !== null &&
  'permiscopeCollection' in line &&
  'begun' in line &&
  typeof line.begun === 'string' &&
  'purpose' in line
