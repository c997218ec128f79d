import { PermiscopeError } from '../../domain/errors.ts'
import type { Counts, Missing } from '../collect/outcomes.ts'
import { checkBundleFolder, openBundleFolder, type BundleFolder } from '../bundle/bundle-folder.ts'
import { identify, openAccess, withoutSession, type Access, type Caller } from './collect/access.ts'
import { SERVICES } from './collect/calls/index.ts'
import { collectAccounts, type Selection } from './collect/collection.ts'
import { failureOf } from './collect/failure.ts'
import { printAsCli } from './print-as-cli.ts'

export interface CollectAwsOptions extends Selection {
  /** Folder for the bundle; made if it isn't there. */
  readonly out: string
  /** Profile of the AWS configuration; else the SDK's usual chain of credentials. */
  readonly profile?: string
  /** Region that is asked about what has none. */
  readonly region?: string
  /** Instead of AWS's own, for tests and proxies. */
  readonly endpoint?: string
  readonly onProgress?: (progress: CollectProgress) => void
  readonly signal?: AbortSignal
}

export interface CollectProgress extends Readonly<Counts> {
  /** The file that was written, or was there. */
  readonly file: string
}

export interface CollectReport extends Readonly<Counts> {
  readonly out: string
  readonly accounts: readonly string[]
  readonly takenBy: string
  readonly missed: readonly Missing[]
}

const TOOL = 'permiscope collect aws'

/**
 * Reads what AWS says of one account or many and writes it as the AWS CLI prints it, with a manifest: what was taken when and by whom, what
 * AWS says does not exist, and what could not be had and why. Calls nothing that changes anything. docs/collect-aws.md has the calls.
 * @throws COLLECT_FAILED where AWS does not say who the caller is; BAD_USAGE where `out` holds other files or can't be written, or the
 *   options don't fit together; what `signal` was aborted with, and then the same collection can be taken up again
 */
export async function collectAws(options: CollectAwsOptions): Promise<CollectReport> {
  checkSelection(options)
  await checkBundleFolder(options.out)
  const access = await openAccess(options)
  try {
    const caller = await identified(access, options.signal)
    const folder = await openBundleFolder(options.out, purposeOf(caller, options), new Date().toISOString())
    await keepIdentity(folder, caller)
    const { accounts, outcomes } = await collectAccounts({ access, caller, folder, tool: TOOL, ...options })
    return { out: options.out, accounts, takenBy: caller.arn, ...outcomes.counts, missed: outcomes.tell().missing }
  } finally {
    await access.own.close()
  }
}

/** What a former collection must have been asked for to be taken up again. */
function purposeOf({ account, arn }: Caller, { accounts, organization, role, regions, services, usage, inventory }: Selection) {
  const which = { account, accounts: accounts ?? null, organization: organization ?? false, role: role ?? null, regions: regions ?? null }
  const what = { services: services ?? null, usage: usage ?? false, inventory: inventory ?? false }
  return { tool: TOOL, takenBy: withoutSession(arn), options: { ...which, ...what } }
}

function checkSelection({ accounts, organization, role, regions, services }: Selection): void {
  const strange = accounts?.find((account) => !/^\d{12}$/.test(account)) ?? regions?.find((region) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region))
  if (strange !== undefined) throw new PermiscopeError('BAD_USAGE', `${strange} is no account or region: accounts have 12 digits.`)
  const unknown = services?.find((name) => !SERVICES.some(({ cli }) => cli === name))
  if (unknown !== undefined)
    throw new PermiscopeError('BAD_USAGE', `${unknown} is none of the services that are asked: ${SERVICES.map(({ cli }) => cli).join(', ')}.`)
  if (organization === true && role === undefined)
    throw new PermiscopeError('BAD_USAGE', '--organization needs --role NAME: the role that is assumed in each account.')
}

async function identified(access: Access, signal: AbortSignal | undefined): Promise<Caller> {
  try {
    return await identify(access, signal ?? new AbortController().signal)
  } catch (error) {
    signal?.throwIfAborted()
    const { code, reason } = failureOf(error)
    throw new PermiscopeError('COLLECT_FAILED', `AWS does not say whose credentials these are. ${code}: ${reason}`.trim(), {}, { cause: error })
  }
}

/** It was asked before there was a folder. */
async function keepIdentity(folder: BundleFolder, { account, answer }: Caller): Promise<void> {
  await folder.write(`${account}/global/sts/get-caller-identity.json`, printAsCli(answer, 'sts'))
}
