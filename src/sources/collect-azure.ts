import { PermiscopeError } from '../domain/errors.ts'
import { armCalls } from './azure/collect.ts'
import { checkBundleFolder, openBundleFolder, type BundleFolder } from './bundle/bundle-folder.ts'
import type { Manifest } from './bundle/manifest.ts'
import { createLanes } from './collect/lanes.ts'
import { openOutcomes, type Counts, type Missing, type Outcomes } from './collect/outcomes.ts'
import { graphCalls } from './entra/collect.ts'
import { callerOf, defaultCredential, kept, type Caller, type Credential } from './microsoft/collect/caller.ts'
import { collectCalls, type Collection } from './microsoft/collect/collection.ts'
import { failureOf } from './microsoft/collect/failure.ts'
import { openRest, type Rest } from './microsoft/collect/rest.ts'
import { openTracker, type Tracker } from './microsoft/collect/tracker.ts'

export interface CollectAzureOptions {
  /** Folder for the bundle; made if it isn't there. */
  readonly out: string
  /** GUID of the directory; left out: that of the credentials. */
  readonly tenant?: string
  /** GUIDs; left out: all of the tenant that the caller is shown. */
  readonly subscriptions?: readonly string[]
  /** Address of Azure Resource Manager: of another cloud, or for tests and proxies. */
  readonly endpoint?: string
  /** Address of Microsoft Graph, likewise. */
  readonly graphEndpoint?: string
  /** Left out: where Azure's own tools look for them. */
  readonly credential?: Credential
  readonly onProgress?: (progress: Readonly<Counts> & { readonly file: string }) => void
  readonly signal?: AbortSignal
}

export interface CollectAzureReport extends Readonly<Counts> {
  readonly out: string
  readonly tenant: string
  /** Those that were asked about. */
  readonly subscriptions: readonly string[]
  readonly takenBy: string
  readonly missed: readonly Missing[]
}

const TOOL = 'permiscope collect azure'
const ARM = 'https://management.azure.com'
const GRAPH = 'https://graph.microsoft.com'
const CALLS_AT_ONCE = 32
/** To Azure about one subscription, to Resource Graph, to Microsoft Graph. */
const CALLS_OF_A_LANE = 8

interface Running {
  readonly tenant: string
  readonly caller: Caller
  readonly folder: BundleFolder
  readonly outcomes: Outcomes
  readonly tracker: Tracker
}

/**
 * Reads what Azure and Entra say of a tenant and writes it as they print it, with a manifest: what was taken when and by whom, and what could not be
 * had and why. Calls nothing that changes anything. docs/collect-azure.md has the calls.
 * @throws COLLECT_FAILED where there are no credentials or they are of another tenant; BAD_USAGE where `out` holds other files or can't be written, or an
 *   option is none; what `signal` was aborted with, and then the same collection can be taken up again
 */
export async function collectAzure(options: CollectAzureOptions): Promise<CollectAzureReport> {
  checkOptions(options)
  await checkBundleFolder(options.out)
  const { endpoint = ARM, graphEndpoint = GRAPH } = options
  const credential = kept(options.credential ?? (await defaultCredential(options.tenant)))
  const arm = openRest(endpoint, ARM, credential)
  const graph = openRest(graphEndpoint, GRAPH, credential)
  const caller = await identified(arm, options.signal)
  const tenant = tenantOf(caller, options.tenant)
  const folder = await openBundleFolder(options.out, purposeOf(caller, tenant, options), new Date().toISOString())
  return collectTenant(options, { tenant, caller, folder }, [...armCalls(arm), ...graphCalls(graph)])
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function checkOptions({ tenant, subscriptions = [] }: CollectAzureOptions): void {
  const strange = [...(tenant === undefined ? [] : [tenant]), ...subscriptions].find((id) => !GUID.test(id))
  if (strange !== undefined) throw new PermiscopeError('BAD_USAGE', `${strange} is no tenant or subscription: both are named by their GUID.`)
}

async function identified({ credential, scope }: Rest, signal = new AbortController().signal): Promise<Caller> {
  try {
    return await callerOf(credential, scope, signal)
  } catch (error) {
    signal.throwIfAborted()
    const { code, reason } = failureOf(error)
    throw new PermiscopeError(
      'COLLECT_FAILED',
      `Azure gives no token: sign in with az login, or see docs/collect-azure.md. ${code}: ${reason}`.trim(),
      {},
      { cause: error },
    )
  }
}

function tenantOf(caller: Caller, named: string | undefined): string {
  const tenant = named?.toLowerCase() ?? caller.tenant
  if (tenant === undefined) throw new PermiscopeError('BAD_USAGE', 'The credentials do not say of which tenant they are: name it with --tenant GUID.')
  if (caller.tenant !== undefined && caller.tenant !== tenant)
    throw new PermiscopeError('COLLECT_FAILED', `The credentials are of tenant ${caller.tenant}, not of ${tenant}.`)
  return tenant
}

/** What a former collection must have been asked for to be taken up again. */
const purposeOf = ({ name }: Caller, tenant: string, { subscriptions }: CollectAzureOptions) => ({
  tool: TOOL,
  takenBy: name,
  options: { tenant, subscriptions: subscriptions?.map((id) => id.toLowerCase()).sort() ?? null },
})

async function collectTenant(
  { out, subscriptions, signal, onProgress }: CollectAzureOptions,
  { tenant, caller, folder }: Pick<Running, 'tenant' | 'caller' | 'folder'>,
  calls: Collection['calls'],
): Promise<CollectAzureReport> {
  const outcomes = openOutcomes(folder)
  const running: Running = { tenant, caller, folder, outcomes, tracker: openTracker(tenant, calls) }
  const selection = selectionOf(tenant, subscriptions)
  const save = (): Promise<void> => folder.describe(manifestOf(running, false))
  try {
    await collectCalls({
      ...running,
      calls,
      lanes: createLanes(CALLS_OF_A_LANE, CALLS_AT_ONCE),
      signal: signal ?? new AbortController().signal,
      isWanted: selection.isWanted,
      onAnswer: (file) => onProgress?.({ ...outcomes.counts, file }),
      onBegun: save,
    })
    for (const subscription of selection.notShown())
      outcomes.missing({ kind: LIST, tenant, subscription }, { code: 'NotShown', reason: 'The caller is not shown this subscription.' })
    await folder.finish(manifestOf(running, true))
    return { out, tenant, subscriptions: selection.asked(), takenBy: caller.name, ...outcomes.counts, missed: outcomes.tell().missing }
  } catch (error) {
    // What it was stopped by is said, not that the manifest could not be written either.
    await save().catch(() => undefined)
    throw error
  }
}

const LIST = 'azure/arm/subscriptions'

/** Subscriptions that other tenants have delegated to this one are asked about where they are named. */
function selectionOf(tenant: string, named: readonly string[] | undefined) {
  const wanted = named === undefined ? undefined : new Set(named.map((id) => id.toLowerCase()))
  const asked = new Set<string>()
  const isWanted: Collection['isWanted'] = (listedBy, row, { subscription }) => {
    if (listedBy !== LIST || subscription === undefined) return true
    const of = row['tenantId']
    const is = wanted === undefined ? typeof of !== 'string' || of.toLowerCase() === tenant : wanted.has(subscription)
    if (is) asked.add(subscription)
    return is
  }
  return { isWanted, asked: () => [...asked].sort(), notShown: () => [...(wanted ?? [])].filter((id) => !asked.has(id)).sort() }
}

/** What the manifest says of a collection: until it has come to its end, that the rest is missing. */
function manifestOf({ tenant, caller, folder, outcomes, tracker }: Running, isComplete: boolean): Manifest {
  const { absent, missing, files } = outcomes.tell()
  const unfinished = isComplete ? [] : tracker.unfinished()
  return {
    permiscopeManifest: 1,
    tool: TOOL,
    takenAt: folder.begun,
    takenBy: caller.name,
    tenant,
    complete: isComplete,
    files,
    missing: [...missing, ...unfinished.map((note) => ({ ...note, code: 'NotCollected', reason: 'The collection did not come to its end.' }))],
    absent: [...absent],
  }
}
