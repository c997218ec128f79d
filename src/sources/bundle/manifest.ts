import { z } from 'zod'
import type { FindingFact } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes, FileNote, MissingAnswer } from '../source.ts'
import { noteOfPath } from './layout.ts'

/**
 * `permiscope-manifest.json`: what a bundle's files can't say of themselves. It is recognised by its key `permiscopeManifest`, and speaks
 * for the files of its own folder or archive and below. docs/bundle.md describes it for people who write one.
 */

export const MANIFEST_FILE = 'permiscope-manifest.json'

const isoDate = z.iso.datetime({ offset: true }).transform((date) => new Date(date).toISOString())

const fileNote = z.object({
  kind: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  tenant: z.string().optional(),
  subscription: z.string().optional(),
  subject: z.string().optional(),
  takenAt: isoDate.optional(),
  complete: z.boolean().optional(),
  reason: z.string().optional(),
})

const about = {
  kind: z.string(),
  account: z.string().optional(),
  region: z.string().optional(),
  tenant: z.string().optional(),
  subscription: z.string().optional(),
  subject: z.string().optional(),
}
/** An answer that was not given, or (by hand, in words) something else that is missing. */
const missingAnswer = z.union([
  z.object({ ...about, code: z.string().default('NotCollected'), reason: z.string().default('') }),
  z.object({ what: z.string(), reason: z.string() }),
])

const manifestSchema = z.object({
  permiscopeManifest: z.literal(1),
  tool: z.string().optional(),
  takenAt: isoDate.optional(),
  takenBy: z.string().optional(),
  account: z.string().optional(),
  tenant: z.string().optional(),
  accounts: z.array(z.string()).optional(),
  complete: z.boolean().optional(),
  files: z.record(z.string(), fileNote).default({}),
  missing: z.array(missingAnswer).default([]),
  absent: z.array(z.object({ ...about, code: z.string() })).default([]),
})
/** As a file holds it; what has a default may be left out. */
export type Manifest = z.input<typeof manifestSchema>

export const isManifest = (value: unknown): value is object => typeof value === 'object' && value !== null && 'permiscopeManifest' in value

export interface Manifests extends BundleNotes {
  add(file: string, value: unknown): ManifestSays
}

/** What is wrong with a manifest, and which answers it says are missing from its bundle. */
interface ManifestSays {
  readonly findings: readonly FindingFact[]
  readonly missing: readonly MissingAnswer[]
}

export function createManifests(): Manifests {
  const notes = new Map<string, FileNote>()
  const folders = new Map<string, FileNote>()
  return {
    noteOf: (file) => {
      const general = foldersOf(file).map((folder) => folders.get(folder))
      return joined([notes.get(file), noteOfPath(file), ...general])
    },
    add: (file, value) => {
      const checked = manifestSchema.safeParse(value)
      if (!checked.success) {
        const issue = checked.error.issues[0]
        const place = (issue?.path ?? []).map(String).join('.')
        return { findings: [fileFinding('WRONG_SHAPE', file, place, issue?.message ?? 'not of the shape expected')], missing: [] }
      }
      const { account, tenant, takenAt, files } = checked.data
      const [folder = ''] = foldersOf(file)
      folders.set(folder, { account, tenant, takenAt })
      for (const [name, note] of Object.entries(files)) notes.set(`${folder}${name}`, note)
      return missingIn(file, checked.data)
    },
  }
}

/** The folder (or archive folder) that a file lies in and those around it, the nearest first; each with its last `/` or `!`. */
function foldersOf(file: string): string[] {
  const ends = [...file.matchAll(/[/!]/g)].map(({ index }) => file.slice(0, index + 1))
  return [...ends.reverse(), '']
}

/** The first that says anything of a matter is believed. */
function joined(notes: readonly (FileNote | undefined)[]): FileNote | undefined {
  const said = notes.filter((note) => note !== undefined)
  if (said.length === 0) return undefined
  const entries = [...said].reverse().flatMap((note) => Object.entries(note).filter(([, value]) => value !== undefined))
  return Object.fromEntries(entries)
}

function missingIn(file: string, { account, tenant, missing, absent, complete }: z.output<typeof manifestSchema>): ManifestSays {
  const findings: FindingFact[] = []
  const answers: MissingAnswer[] = []
  const of = account === undefined ? '' : ` of account ${account}`
  for (const [index, entry] of missing.entries()) {
    const place = `missing[${index}]`
    if ('what' in entry)
      findings.push(
        fileFinding('EXPORT_TRUNCATED', file, place, `${entry.what}${of} was not collected: ${entry.reason}`, { entity: account ?? null }),
      )
    else answers.push({ note: { account, tenant, ...entry }, code: entry.code, reason: entry.reason, file, place })
  }
  for (const [index, entry] of absent.entries())
    answers.push({ note: { account, tenant, ...entry }, code: entry.code, reason: '', file, place: `absent[${index}]` })
  if (complete === false && missing.length === 0)
    findings.push(fileFinding('EXPORT_TRUNCATED', file, 'complete', 'The collection did not come to its end.', { entity: account ?? null }))
  return { findings, missing: answers }
}
