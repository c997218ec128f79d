import { createHash } from 'node:crypto'
import { encodeSubject, pathOf } from '../bundle/layout.ts'
import type { Note } from './note.ts'

/** No file system takes longer names. */
const LONGEST_NAME = 240

export interface Place {
  readonly path: string
  /** Where the path can't say what the file is about, the manifest does. */
  readonly note: Note | undefined
}

/** @param page 1-based; what comes in one has none */
export function placeOfNote(note: Note, page: number | undefined): Place {
  const { subject } = note
  if (subject === undefined || encodeSubject(subject).length <= LONGEST_NAME) return { path: pathOf(note, page), note: undefined }
  return { path: pathOf({ ...note, subject: createHash('sha256').update(subject).digest('hex') }, page), note }
}
