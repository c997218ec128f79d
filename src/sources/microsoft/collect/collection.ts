import { PermiscopeError } from '../../../domain/errors.ts'
import type { BundleFolder } from '../../bundle/bundle-folder.ts'
import type { Lanes } from '../../collect/lanes.ts'
import type { Failure, Outcomes } from '../../collect/outcomes.ts'
import { placeOfNote } from '../../collect/place.ts'
import { idOf, type About, type Askable, type Row } from './call.ts'
import { BrokenAnswer, failureOf, isAboutPage, isBroken } from './failure.ts'
import { noteOf, type Tracker } from './tracker.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface Collection {
  readonly tenant: string
  readonly calls: readonly Askable[]
  readonly folder: BundleFolder
  readonly outcomes: Outcomes
  readonly tracker: Tracker
  readonly lanes: Lanes
  readonly signal: AbortSignal
  /** Whether to ask about something that a call listed. */
  readonly isWanted: (listedBy: string, row: Row, about: About) => boolean
  readonly onAnswer: (place: string) => void
  /** All calls that follow from no other are known; none is made yet. */
  readonly onBegun: () => Promise<void>
}

interface Running extends Collection {
  /** One call whose answer can't be written stops the others. */
  readonly failed: AbortController
}

interface Task {
  readonly call: Askable
  readonly about: About
  /** What a former run wrote of it is out of date. */
  readonly isFresh: boolean
}

/**
 * Makes all calls and those that follow from their answers. What a former run has written is not asked for again.
 * @throws what the signal was aborted with; BAD_USAGE where the folder can't be written. Everything that is not answered is noted
 */
export async function collectCalls(collection: Collection): Promise<void> {
  const failed = new AbortController()
  const running: Running = { ...collection, failed, signal: AbortSignal.any([collection.signal, failed.signal]) }
  const first = collection.calls.filter(({ each }) => each === undefined).map((call) => ({ call, about: {}, isFresh: false }))
  const tasks = begun(running, first)
  await collection.onBegun()
  await all(tasks.map((task) => collect(running, task)))
}

const begun = ({ tracker }: Collection, tasks: readonly Task[]): readonly Task[] => tasks.filter(({ call, about }) => tracker.begin(call, about))

async function collect(collection: Running, task: Task): Promise<void> {
  const { lane } = task.call
  const found = await collection.lanes.run(lane === 'arm' ? `arm ${task.about.subscription ?? ''}` : lane, () => answer(collection, task))
  const offspring = begun(collection, found)
  collection.tracker.end(task.call, task.about)
  await all(offspring.map((each) => collect(collection, each)))
}

/** Waits for all, also where one fails. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  for (const settled of await Promise.allSettled(works)) if (settled.status === 'rejected') throw settled.reason
}

/** All pages of a call. @returns the calls that follow from them */
async function answer(collection: Running, task: Task): Promise<readonly Task[]> {
  const note = noteOf(collection.tenant, task.call, task.about)
  if (collection.outcomes.isAbsent(note)) return []
  const found: Task[] = []
  try {
    await pages(collection, task, found)
    collection.outcomes.answered(note)
  } catch (error) {
    collection.signal.throwIfAborted()
    // The folder's fault, not the provider's.
    if (error instanceof PermiscopeError) {
      collection.failed.abort(error)
      throw error
    }
    if (error instanceof StalePage) return answer(collection, { ...task, isFresh: true })
    await noteFailure(collection, task, error)
  }
  return found
}

async function pages(collection: Collection, task: Task, found: Task[]): Promise<void> {
  const note = noteOf(collection.tenant, task.call, task.about)
  let next: string | undefined
  let isOfFormerRun = false
  for (let page = 1; page === 1 || next !== undefined; page += 1) {
    collection.signal.throwIfAborted()
    const place = placeOfNote(note, task.call.next === undefined ? undefined : page)
    const written = task.isFresh ? undefined : await collection.folder.read(place.path)
    const body = written ?? (await asked(collection, task, { next, isOfFormerRun, page }))
    if (written === undefined) await collection.folder.write(place.path, `${JSON.stringify(body, null, 2)}\n`)
    if (place.note !== undefined) collection.outcomes.named(place.path, place.note)
    isOfFormerRun = written !== undefined
    found.push(...offspringOf(collection, task, body))
    collection.outcomes.counts.answers += 1
    collection.onAnswer(place.path)
    next = nextOf(task, body, next)
  }
}

/** The address of the next page that a former run wrote may be good no longer: then the pages are asked for anew. */
class StalePage extends Error {}

interface At {
  readonly next: string | undefined
  readonly isOfFormerRun: boolean
  readonly page: number
}

async function asked(collection: Collection, task: Task, { next, isOfFormerRun, page }: At): Promise<unknown> {
  const { tenant, signal, folder } = collection
  try {
    return withoutSecrets(await askWhole(task, next, signal))
  } catch (error) {
    if (!isOfFormerRun || next === undefined || !isAboutPage(error)) throw error
    for (let written = page - 1; written > 0; written -= 1) await folder.remove(placeOfNote(noteOf(tenant, task.call, task.about), written).path)
    throw new StalePage()
  }
}

const BROKEN_ANSWERS = 3

async function askWhole({ call, about }: Task, next: string | undefined, signal: AbortSignal): Promise<object> {
  for (let broken = 1; ; broken += 1) {
    try {
      const body = await call.ask(about, next, signal)
      if (call.list !== undefined && rowsIn(body, call.list) === undefined) throw new BrokenAnswer(`The answer has no list "${call.list}".`)
      return body
    } catch (error) {
      if (broken === BROKEN_ANSWERS || !isBroken(error) || signal.aborted) throw error
    }
  }
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get(name) : undefined

function rowsIn(body: unknown, list: string): readonly unknown[] | undefined {
  const rows = memberOf(body, list)
  return Array.isArray(rows) ? rows : undefined
}

function nextOf({ call }: Task, body: unknown, before: string | undefined): string | undefined {
  if (call.next === undefined) return undefined
  const next = memberOf(body, call.next)
  if (typeof next !== 'string' || next === '') return undefined
  if (next === before) throw new Error('The same page was said to be the next one again: the rest can not be asked for.')
  return next
}

/** The calls that a page of an answer leads to. */
function offspringOf({ calls, isWanted }: Collection, { call: listing, about: listed }: Task, body: unknown): readonly Task[] {
  const rows = (listing.list === undefined ? [] : (rowsIn(body, listing.list) ?? [])).filter(isRow)
  return calls.flatMap((call) => {
    const each = call.each?.find(({ of }) => of === idOf(listing))
    if (each === undefined) return []
    return rows.flatMap((row): readonly Task[] => {
      const about = each.about(row, listed)
      return about === undefined || !isWanted(idOf(listing), row, about) ? [] : [{ call, about, isFresh: false }]
    })
  })
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

async function noteFailure({ outcomes, tenant, calls }: Collection, { call, about }: Task, error: unknown): Promise<void> {
  const note = noteOf(tenant, call, about)
  const failure = failureOf(error)
  if (call.none?.includes(failure.code) === true) return outcomes.absent(note, failure.code)
  outcomes.missing(note, failure)
  const { subject: _subject, ...where } = about
  for (const dependent of dependentsOf(call, calls)) outcomes.missing(noteOf(tenant, dependent, where), notAsked(call, failure))
}

function dependentsOf(listing: Askable, calls: readonly Askable[]): readonly Askable[] {
  const direct = calls.filter(({ each }) => each?.some(({ of }) => of === idOf(listing)) === true)
  return [...new Set([...direct, ...direct.flatMap((call) => dependentsOf(call, calls))])]
}

const notAsked = ({ kind }: Askable, { code }: Failure): Failure => ({
  code: 'NotAsked',
  reason: `What to ask about is not known: ${kind} was answered ${code}.`,
})
