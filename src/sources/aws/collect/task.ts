import type { Note } from '../../collect/note.ts'
import type { Values } from './call.ts'
import type { ServiceCall } from './service.ts'

/** One call to be made, with all its pages. */
export interface Task {
  readonly of: ServiceCall
  /** Left out: global. */
  readonly region: string | undefined
  readonly values: Values
  /** What the file is named after. */
  readonly subject: string | undefined
  /** Where a list was asked about in parts: which, from 1. */
  readonly batch: number | undefined
  /** The region that is asked, where it isn't that of the task. */
  readonly askIn: string | undefined
  /** What a former collection wrote of it is out of date. */
  readonly isFresh: boolean
}

interface Particulars {
  /** Names of the values that say what it is about. */
  readonly subjects: readonly string[]
  readonly batch?: number
  readonly askIn?: string | undefined
  readonly isFresh?: boolean
}

export function newTask(of: ServiceCall, region: string | undefined, values: Values, { subjects, batch, askIn, isFresh }: Particulars): Task {
  const names = of.call.subject ?? subjects.slice(0, 1)
  const subject = names.length === 0 ? undefined : names.map((name) => String(values[name] ?? '')).join('/')
  return { of, region, values, subject, batch, askIn, isFresh: isFresh ?? false }
}

export const noteOf = (account: string, { of, region, subject }: Pick<Task, 'of' | 'region' | 'subject'>): Note => ({
  kind: of.kind,
  account,
  ...(region === undefined ? {} : { region }),
  ...(subject === undefined ? {} : { subject }),
})
