import { createHash } from 'node:crypto'
import { encodeSubject, pathOf } from '../../bundle/layout.ts'
import { noteOf, type Task, type Note } from './task.ts'

/** No file system takes longer names. */
const LONGEST_NAME = 240

export interface Place {
  readonly path: string
  /** Where the path can't say what the file is about, the manifest does. */
  readonly note: Note | undefined
}

/** @param page 1-based; calls that are not paged have none */
export function placeOf(account: string, task: Task, page: number): Place {
  const note = noteOf(account, task)
  const number = task.batch ?? (task.of.call.pages === undefined ? undefined : page)
  const { subject } = note
  if (subject === undefined || encodeSubject(subject).length <= LONGEST_NAME) return { path: pathOf(note, number), note: undefined }
  return { path: pathOf({ ...note, subject: createHash('sha256').update(subject).digest('hex') }, number), note }
}
