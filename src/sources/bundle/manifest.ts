import { z } from 'zod'
import type { FindingFact } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes, FileNote } from '../source.ts'

/**
 * `permiscope-manifest.json`: what a bundle's files can't say of themselves. It is recognised by its key `permiscopeManifest`, and speaks
 * for the files of its own folder or archive and below. docs/bundle.md describes it for people who write one.
 */

export const MANIFEST_FILE = 'permiscope-manifest.json'

const isoDate = z.iso.datetime({ offset: true }).transform((date) => new Date(date).toISOString())

const fileNote = z.object({
  kind: z.string().optional(),
  account: z.string().optional(),
  takenAt: isoDate.optional(),
  complete: z.boolean().optional(),
  reason: z.string().optional(),
})

const manifestSchema = z.object({
  permiscopeManifest: z.literal(1),
  tool: z.string().optional(),
  takenAt: isoDate.optional(),
  takenBy: z.string().optional(),
  account: z.string().optional(),
  files: z.record(z.string(), fileNote).default({}),
  missing: z.array(z.object({ what: z.string(), reason: z.string() })).default([]),
})
/** As a file holds it; what has a default may be left out. */
export type Manifest = z.input<typeof manifestSchema>

export const isManifest = (value: unknown): value is object => typeof value === 'object' && value !== null && 'permiscopeManifest' in value

export interface Manifests extends BundleNotes {
  /** Findings: what is wrong with the manifest, or what it says is missing from its bundle. */
  add(file: string, value: unknown): readonly FindingFact[]
}

export function createManifests(): Manifests {
  const notes = new Map<string, FileNote>()
  return {
    noteOf: (file) => notes.get(file),
    add: (file, value) => {
      const checked = manifestSchema.safeParse(value)
      if (!checked.success) {
        const issue = checked.error.issues[0]
        return [fileFinding('WRONG_SHAPE', file, (issue?.path ?? []).map(String).join('.'), issue?.message ?? 'not of the shape expected')]
      }
      const { account, takenAt, files, missing } = checked.data
      const folder = file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('!')) + 1)
      for (const [name, note] of Object.entries(files))
        notes.set(`${folder}${name}`, { ...note, account: note.account ?? account, takenAt: note.takenAt ?? takenAt })
      const of = account === undefined ? '' : ` of account ${account}`
      return missing.map(({ what, reason }, index) =>
        fileFinding('EXPORT_TRUNCATED', file, `missing[${index}]`, `${what}${of} was not collected: ${reason}`, { entity: account ?? null }),
      )
    },
  }
}
