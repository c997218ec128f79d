import { isEachOf, kindOf } from './fan-out.ts'
import type { ServiceCall } from './service.ts'
import { keyOf, type Note } from '../../collect/note.ts'
import { noteOf, type Task } from './task.ts'

/** Which calls of an account are still to be made, so that a collection that stops can say what it lacks. */
export interface Tracker {
  /** @returns false where the call is known already */
  begin(task: Task): boolean
  /** The call was made, and those that follow from it have begun. */
  end(task: Task): void
  /** Calls that are not made, or of which more may follow: by kind and region. */
  unfinished(): readonly Note[]
}

export function openTracker(account: string, calls: readonly ServiceCall[], regions: readonly string[]): Tracker {
  const known = new Set<string>()
  const open = new Map<string, number>()
  const count = (task: Task, by: number): void => void open.set(placeOf(task.of, task.region), (open.get(placeOf(task.of, task.region)) ?? 0) + by)
  const isOpen = (of: ServiceCall, region: string | undefined, seen: readonly ServiceCall[] = []): boolean =>
    (open.get(placeOf(of, region)) ?? 0) > 0 ||
    parentsOf(of, calls).some((parent) => !seen.includes(parent) && isOpen(parent, region, [...seen, of, parent]))
  return {
    begin: (task) => {
      const key = `${keyOf(noteOf(account, task))} ${task.batch ?? ''}`
      if (known.has(key)) return false
      known.add(key)
      count(task, 1)
      return true
    },
    end: (task) => count(task, -1),
    unfinished: () =>
      calls.flatMap((of) =>
        (of.reach === 'GLOBAL' ? [undefined] : regions)
          .filter((region) => isOpen(of, region))
          .map((region) => noteOf(account, { of, region, subject: undefined })),
      ),
  }
}

const placeOf = ({ kind }: ServiceCall, region = ''): string => `${kind} ${region}`

const parentsOf = (of: ServiceCall, calls: readonly ServiceCall[]): readonly ServiceCall[] => {
  const kinds = (of.call.each ?? []).filter(isEachOf).map((each) => kindOf(of, each))
  return calls.filter(({ kind }) => kinds.includes(kind))
}
