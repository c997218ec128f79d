import { placeOfNote, type Place } from '../../collect/place.ts'
import { noteOf, type Task } from './task.ts'

/** @param page 1-based; calls that are not paged have none */
export const placeOf = (account: string, task: Task, page: number): Place =>
  placeOfNote(noteOf(account, task), task.batch ?? (task.of.call.pages === undefined ? undefined : page))
