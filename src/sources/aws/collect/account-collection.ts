import { PermiscopeError } from '../../../domain/errors.ts'
import type { BundleFolder } from '../../bundle/bundle-folder.ts'
import type { Lanes } from '../../collect/lanes.ts'
import type { Failure, Outcomes } from '../../collect/outcomes.ts'
import type { Place } from '../../collect/place.ts'
import { printAsCli } from '../print-as-cli.ts'
import { ask, type Asking } from './ask.ts'
import type { Connections } from './connections.ts'
import { failureOf, isAboutToken, isServiceNotThere } from './failure.ts'
import { allDependentsOf, offspringOf, type BatchCounts } from './fan-out.ts'
import { placeOf } from './place.ts'
import type { ServiceCall } from './service.ts'
import { noteOf, newTask, type Task } from './task.ts'
import type { Tracker } from './tracker.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface AccountCollection {
  readonly account: string
  readonly home: string
  readonly regions: readonly string[]
  readonly calls: readonly ServiceCall[]
  readonly connections: Connections
  readonly folder: BundleFolder
  readonly outcomes: Outcomes
  readonly tracker: Tracker
  readonly lanes: Lanes
  readonly signal: AbortSignal
  readonly onAnswer: (place: string) => void
  /** All calls that follow from no other are known; none is made yet. */
  readonly onBegun?: () => Promise<void>
}

/**
 * Makes all calls for an account and those that follow from their answers. What a former run has written is not asked for again.
 * @throws what the signal was aborted with; BAD_USAGE where the folder can't be written. Everything that AWS does not answer is noted
 */
export async function collectAccount(collection: AccountCollection): Promise<void> {
  const first = collection.calls.flatMap((of) => firstTasks(of, collection.regions))
  const tasks = begun(collection, first)
  await collection.onBegun?.()
  await all(tasks.map((task) => collect(collection, task)))
}

function firstTasks(of: ServiceCall, regions: readonly string[]): readonly Task[] {
  const each = of.call.each ?? []
  const places = of.reach === 'GLOBAL' ? [undefined] : regions
  const values = each.flatMap((one) => ('value' in one ? one.from.map((value) => ({ [one.value]: value })) : []))
  const about = each.length === 0 ? [{}] : values
  return places.flatMap((region) => about.map((value) => newTask(of, region, value, { subjects: Object.keys(value) })))
}

const begun = ({ tracker, calls }: AccountCollection, tasks: readonly Task[]): readonly Task[] =>
  tasks.filter((task) => calls.includes(task.of) && tracker.begin(task))

async function collect(collection: AccountCollection, task: Task): Promise<void> {
  const lane = `${collection.account} ${task.region ?? ''} ${task.of.service.cli}`
  const found = await collection.lanes.run(lane, () => answer(collection, task))
  const offspring = begun(collection, found)
  collection.tracker.end(task)
  await all(offspring.map((each) => collect(collection, each)))
}

/** Waits for all, also where one fails. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  for (const settled of await Promise.allSettled(works)) if (settled.status === 'rejected') throw settled.reason
}

/** All pages of a call. @returns the calls that follow from them */
async function answer(collection: AccountCollection, task: Task): Promise<readonly Task[]> {
  const note = noteOf(collection.account, task)
  if (collection.outcomes.isAbsent(note)) return []
  const found: Task[] = []
  try {
    await pages(collection, task, found)
    collection.outcomes.answered(note)
  } catch (error) {
    collection.signal.throwIfAborted()
    // The folder's fault, not AWS's.
    if (error instanceof PermiscopeError) throw error
    if (error instanceof StaleToken) return answer(collection, { ...task, isFresh: true })
    await noteFailure(collection, task, error)
  }
  return found
}

async function pages(collection: AccountCollection, task: Task, found: Task[]): Promise<void> {
  const counts: BatchCounts = new Map()
  const asking: Asking = { ...collection, task }
  let token: string | undefined
  let isOfFormerRun = false
  for (let page = 1; page === 1 || token !== undefined; page += 1) {
    collection.signal.throwIfAborted()
    const place = placeOf(collection.account, task, page)
    const written = task.isFresh ? undefined : await collection.folder.read(place.path)
    const output = written ?? (await asked(asking, token, isOfFormerRun, page))
    if (written === undefined) await write(collection, task, place, output)
    if (place.note !== undefined) collection.outcomes.named(place.path, place.note)
    isOfFormerRun = written !== undefined
    found.push(...offspringOf(task, output, counts))
    collection.outcomes.counts.answers += 1
    collection.onAnswer(place.path)
    token = nextToken(task, output, token)
  }
}

/** The token of a page that a former run wrote may be good no longer: then the pages are asked for anew. */
class StaleToken extends Error {}

async function asked(asking: Asking, token: string | undefined, isOfFormerRun: boolean, page: number): Promise<object> {
  try {
    return await ask(asking, token)
  } catch (error) {
    if (!isOfFormerRun || token === undefined || !isAboutToken(failureOf(error))) throw error
    for (let written = page - 1; written > 0; written -= 1) await asking.folder.remove(placeOf(asking.account, asking.task, written).path)
    throw new StaleToken()
  }
}

async function write({ folder }: AccountCollection, task: Task, { path }: Place, output: object): Promise<void> {
  await folder.write(path, printAsCli(withoutSecrets(task.of.call, output), task.of.service.cli))
}

function nextToken({ of }: Task, output: object, before: string | undefined): string | undefined {
  if (of.call.pages === undefined) return undefined
  const token: unknown = new Map<string, unknown>(Object.entries(output)).get(of.call.pages[1])
  if (typeof token !== 'string' || token === '') return undefined
  if (token === before) throw new Error('AWS gave the same token again: the rest of the pages can not be asked for.')
  return token
}

async function noteFailure(collection: AccountCollection, task: Task, error: unknown): Promise<void> {
  const { outcomes, account, calls } = collection
  const note = noteOf(account, task)
  const failure = failureOf(error)
  // There is nothing to be known, and no gap.
  if (await isServiceNotThere(error)) return
  if (task.of.call.none?.includes(failure.code) === true) return outcomes.absent(note, failure.code)
  outcomes.missing(note, failure)
  for (const of of allDependentsOf(task.of.kind))
    if (calls.includes(of)) outcomes.missing(noteOf(account, { of, region: task.region, subject: undefined }), notAsked(task, failure))
}

const notAsked = ({ of }: Task, { code }: Failure): Failure => ({
  code: 'NotAsked',
  reason: `What to ask about is not known: ${of.kind} was answered ${code}.`,
})
