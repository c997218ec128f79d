import { PermiscopeError } from '../../../domain/errors.ts'
import type { BundleFolder } from '../../bundle/bundle-folder.ts'
import { createLanes } from '../../collect/lanes.ts'
import { openOutcomes, type Counts, type Outcomes } from '../../collect/outcomes.ts'
import type { Access, Caller } from './access.ts'
import { collectAccount, type AccountCollection } from './account-collection.ts'
import { accountsOfOrganization, regionsOfAccount } from './accounts.ts'
import { CALLS } from './calls/index.ts'
import type { Connections } from './connections.ts'
import { failureOf } from './failure.ts'
import { manifestOf } from './manifest-of.ts'
import type { ServiceCall } from './service.ts'
import { openTracker, type Tracker } from './tracker.ts'

/** What is collected. */
export interface Selection {
  /** Other accounts; left out: the caller's own. */
  readonly accounts?: readonly string[]
  /** All accounts of the caller's organisation. */
  readonly organization?: boolean
  /** Name of the role that is assumed in other accounts, with its path. */
  readonly role?: string
  /** Left out: those that each account has switched on. */
  readonly regions?: readonly string[]
  /** Only these services, as the CLI names them. */
  readonly services?: readonly string[]
  /** Also which services and actions each user, group and role last used. */
  readonly usage?: boolean
  /** Also what AWS Config and the tagging service know of. */
  readonly inventory?: boolean
}

interface Collection extends Selection {
  readonly access: Access
  readonly caller: Caller
  readonly folder: BundleFolder
  readonly tool: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Counts & { readonly file: string }) => void
}

const CALLS_AT_ONCE = 64
/** To one service in one region of one account. */
const CALLS_OF_A_SERVICE = 8
const ACCOUNTS_AT_ONCE = 4

interface Running extends Collection {
  readonly outcomes: Outcomes
  readonly lanes: ReturnType<typeof createLanes>
  readonly stop: AbortSignal
  /** By account; those of which nothing was asked yet have none. */
  readonly trackers: Map<string, Tracker | undefined>
  readonly save: () => Promise<void>
}

/** @throws as collectAws */
export async function collectAccounts(collection: Collection): Promise<{ readonly accounts: readonly string[]; readonly outcomes: Outcomes }> {
  const outcomes = openOutcomes(collection.folder)
  const trackers: Running['trackers'] = new Map()
  const failed = new AbortController()
  const manifest = (isComplete: boolean) => manifestOf({ ...collection, outcomes, trackers, isComplete })
  const running: Running = {
    ...collection,
    outcomes,
    trackers,
    lanes: createLanes(CALLS_OF_A_SERVICE, CALLS_AT_ONCE),
    stop: collection.signal === undefined ? failed.signal : AbortSignal.any([collection.signal, failed.signal]),
    save: () => collection.folder.describe(manifest(false)),
  }
  try {
    await running.save()
    const accounts = await selected(running)
    for (const account of accounts) trackers.set(account, undefined)
    const lanes = createLanes(ACCOUNTS_AT_ONCE, ACCOUNTS_AT_ONCE)
    await everyone(accounts, failed, (account) => lanes.run('', () => collectOne(running, account)))
    await collection.folder.finish(manifest(true))
    return { accounts: [...trackers.keys()], outcomes }
  } catch (error) {
    // What it was stopped by is said, not that the manifest could not be written either.
    await running.save().catch(() => undefined)
    throw error
  }
}

/** The caller's own account is among them for what it alone can say of the organisation. */
async function selected(running: Running): Promise<readonly string[]> {
  const { accounts, organization, caller, role } = running
  const others = organization === true ? await accountsOfOrganization(looking(running, caller.account, running.access.own)) : (accounts ?? [])
  if (role === undefined && others.some((account) => account !== caller.account))
    throw new PermiscopeError('BAD_USAGE', 'Other accounts need --role NAME: the role that is assumed in each of them.')
  return [...new Set([caller.account, ...others])]
}

/** One that fails stops the others; they are waited for. */
async function everyone(accounts: readonly string[], failed: AbortController, work: (account: string) => Promise<void>): Promise<void> {
  const all = accounts.map((account) =>
    work(account).catch((error: unknown) => {
      failed.abort(error)
      throw error
    }),
  )
  for (const settled of await Promise.allSettled(all)) if (settled.status === 'rejected') throw settled.reason
}

async function collectOne(running: Running, account: string): Promise<void> {
  running.stop.throwIfAborted()
  const isOwn = account === running.caller.account
  const connections = isOwn ? running.access.own : await assumed(running, account)
  if (connections === undefined) return
  try {
    const common = looking(running, account, connections)
    const regions = running.regions ?? (await regionsOf(running, common))
    const calls = CALLS.filter((call) => isWanted(running, call, isOwn))
    const tracker = openTracker(account, calls, regions)
    running.trackers.set(account, tracker)
    await collectAccount({ ...common, regions, calls, tracker, onBegun: running.save })
    await running.save()
  } finally {
    if (!isOwn) await connections.close()
  }
}

async function assumed({ access, role, outcomes, trackers, stop }: Running, account: string): Promise<Connections | undefined> {
  try {
    return await access.as(account, role ?? '')
  } catch (error) {
    stop.throwIfAborted()
    outcomes.missing({ kind: 'aws/sts/assume-role', account }, failureOf(error))
    trackers.delete(account)
    return undefined
  }
}

/** Where AWS does not tell the regions, that it doesn't is noted; the caller's own is asked. */
async function regionsOf(running: Running, common: ReturnType<typeof looking>): Promise<readonly string[]> {
  const regions = await regionsOfAccount(common)
  return regions.length > 0 ? regions : [running.access.home]
}

function looking(running: Running, account: string, connections: Connections): Omit<AccountCollection, 'regions' | 'calls' | 'tracker'> {
  const { folder, outcomes, lanes, stop, access, onProgress } = running
  const onAnswer = (file: string): void => onProgress?.({ ...outcomes.counts, file })
  return { account, home: access.home, connections, folder, outcomes, lanes, signal: stop, onAnswer }
}

/** Organisation-wide calls are made once; where other accounts were asked for, the caller's own is asked nothing else. */
function isWanted({ accounts, caller, services, usage, inventory }: Running, { service, call }: ServiceCall, isOwn: boolean): boolean {
  if (services?.includes(service.cli) === false) return false
  if (service.organization) return isOwn
  if (call.optIn !== undefined) return call.optIn === 'usage' ? usage === true : inventory === true
  return !isOwn || accounts === undefined || accounts.includes(caller.account)
}
