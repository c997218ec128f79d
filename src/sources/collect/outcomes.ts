import type { BundleFolder } from '../bundle/bundle-folder.ts'
import { keyOf, type Note } from './note.ts'

/** Why the provider did not answer a call, or that it says that there is none. */
export interface Failure {
  /** As the provider spells it: `NoSuchBucketPolicy`, `AccessDenied`. */
  readonly code: string
  readonly reason: string
}

/** What was not answered, by call: the provider says that there is none, or it is missing. */
export interface Outcomes {
  /** Noted at once: it is an answer, and is not asked for again. */
  absent(note: Note, code: string): Promise<void>
  isAbsent(note: Note): boolean
  /** Asked for again when the collection is taken up. */
  missing(note: Note, failure: Failure): void
  /** All of it was answered after all. */
  answered(note: Note): void
  /** A file whose name can't say what it is about. */
  named(path: string, note: Note): void
  readonly counts: Counts
  tell(): Told
}

export interface Counts {
  answers: number
  absent: number
  missing: number
}

export type Absent = Note & { readonly code: string }
export type Missing = Note & Failure

interface Told {
  readonly absent: readonly Absent[]
  readonly missing: readonly Missing[]
  readonly files: Readonly<Record<string, Note>>
}

/** @param folder with what a former run noted */
export function openOutcomes(folder: BundleFolder): Outcomes {
  const absent = new Map(folder.noted.filter(isNotedAbsent).map(({ absent: said }) => [keyOf(said), said]))
  const missing = new Map<string, Missing>()
  const files = new Map<string, Note>()
  const counts: Counts = { answers: 0, absent: absent.size, missing: 0 }
  return {
    counts,
    absent: async (note, code) => {
      absent.set(keyOf(note), { ...note, code })
      counts.absent = absent.size
      await folder.note({ absent: { ...note, code } })
    },
    isAbsent: (note) => absent.has(keyOf(note)),
    missing: (note, failure) => {
      missing.set(keyOf(note), { ...note, ...failure })
      counts.missing = missing.size
    },
    answered: (note) => {
      missing.delete(keyOf(note))
      counts.missing = missing.size
    },
    named: (path, note) => void files.set(path, note),
    tell: () => ({
      absent: inOrder(absent),
      missing: inOrder(missing),
      files: Object.fromEntries([...files].sort(([one], [other]) => (one < other ? -1 : 1))),
    }),
  }
}

const inOrder = <Said>(said: ReadonlyMap<string, Said>): readonly Said[] =>
  [...said].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)

const isNotedAbsent = (line: unknown): line is { readonly absent: Absent } =>
  typeof line === 'object' && line !== null && 'absent' in line && typeof line.absent === 'object' && line.absent !== null && 'kind' in line.absent
