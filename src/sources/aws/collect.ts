import { GetAccountAuthorizationDetailsCommand, IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { PermiscopeError } from '../../domain/errors.ts'
import { checkBundleFolder, openBundleFolder, type BundleFolder } from '../bundle/bundle-folder.ts'
import { printAsCli } from './print-as-cli.ts'

export interface CollectAwsOptions {
  /** Folder for the bundle; made if it isn't there. */
  readonly out: string
  /** Profile of the AWS configuration; else the SDK's usual chain of credentials. */
  readonly profile?: string
  readonly region?: string
  /** Instead of AWS's own, for tests and proxies. */
  readonly endpoint?: string
  readonly onProgress?: (progress: CollectProgress) => void
  readonly signal?: AbortSignal
}

export interface CollectProgress {
  /** Kind of the file that was written. */
  readonly kind: string
  readonly file: string
}

export interface CollectReport {
  readonly out: string
  /** Null where the caller's identity could not be asked. */
  readonly account: string | null
  readonly takenBy: string | null
  readonly files: readonly string[]
  readonly missing: readonly Missing[]
}

export interface Missing {
  readonly what: string
  readonly reason: string
}

/** One call, or a series of pages, and the files that it writes. */
interface Part {
  readonly kind: string
  readonly collect: (part: PartContext) => Promise<void>
}

interface PartContext {
  readonly clients: Clients
  readonly signal: AbortSignal | undefined
  readonly write: (file: string, output: object) => Promise<void>
  readonly identify: (account: string, arn: string) => void
}

interface Clients {
  readonly iam: IAMClient
  readonly sts: STSClient
}

/** The identity comes first, since the other files are of its account. */
const PARTS: readonly Part[] = [
  { kind: 'aws/caller-identity', collect: collectCallerIdentity },
  { kind: 'aws/account-aliases', collect: collectAliases },
  { kind: 'aws/account-authorization-details', collect: collectAuthorizationDetails },
]

/**
 * Reads what IAM says of an account and writes it as `aws iam …` prints it, with a manifest: what was taken when and by whom, and what
 * could not be and why. Calls nothing that changes anything. docs/collect-aws.md has the permissions that it needs.
 * @throws COLLECT_FAILED where no call succeeded; BAD_USAGE where `out` holds other files or can't be written; what `signal` was aborted with
 */
export async function collectAws(options: CollectAwsOptions): Promise<CollectReport> {
  await checkBundleFolder(options.out)
  const clients = await openClients(options)
  try {
    return await collectParts(options, clients, new Date().toISOString())
  } finally {
    clients.iam.destroy()
    clients.sts.destroy()
  }
}

async function collectParts(options: CollectAwsOptions, clients: Clients, takenAt: string): Promise<CollectReport> {
  const files: string[] = []
  const missing: Missing[] = []
  let caller: { readonly account: string; readonly takenBy: string } | undefined
  let folder: BundleFolder | undefined
  for (const part of PARTS) {
    const write = async (file: string, output: object): Promise<void> => {
      // Only now, so that a collection to which nobody answers leaves the former one as it is.
      folder ??= await openBundleFolder(options.out, { tool: 'permiscope collect aws', takenAt, missing: [...UNFINISHED] })
      await folder.write(file, printAsCli(output), { kind: part.kind, account: caller?.account, takenAt })
      files.push(file)
      options.onProgress?.({ kind: part.kind, file })
    }
    try {
      await part.collect({ clients, signal: options.signal, write, identify: (account, takenBy) => void (caller = { account, takenBy }) })
    } catch (error) {
      options.signal?.throwIfAborted()
      // The folder's fault, not AWS's.
      if (error instanceof PermiscopeError) throw error
      missing.push({ what: part.kind, reason: reasonOf(error) })
    }
  }
  if (folder === undefined) throw new PermiscopeError('COLLECT_FAILED', `AWS answered no call. ${missing[0]?.reason ?? ''}`.trim(), { missing })
  await folder.describe({ ...caller, missing })
  return { out: options.out, account: caller?.account ?? null, takenBy: caller?.takenBy ?? null, files, missing }
}

/** What the manifest says until the collection has come to its end. */
const UNFINISHED: readonly Missing[] = PARTS.map(({ kind }) => ({ what: kind, reason: 'The collection did not finish.' }))

/** Names the kind of the error; AWS's messages name who asked for what, and hold no secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'An unknown error.'
  return `${error.name}: ${error.message || 'no message'}`.slice(0, 500)
}

async function openClients(options: CollectAwsOptions): Promise<Clients> {
  const settings = {
    credentials: fromNodeProviderChain(options.profile === undefined ? {} : { profile: options.profile }),
    maxAttempts: 6,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  }
  const region = options.region ?? (await configuredRegion(settings)) ?? 'us-east-1'
  return { iam: new IAMClient({ ...settings, region }), sts: new STSClient({ ...settings, region }) }
}

/** IAM is one for all regions of a partition, but the SDK wants one named: that of the environment or profile tells the partition. */
async function configuredRegion(settings: object): Promise<string | undefined> {
  const probe = new STSClient(settings)
  try {
    return await probe.config.region()
  } catch {
    return undefined
  } finally {
    probe.destroy()
  }
}

async function collectCallerIdentity({ clients, signal, write, identify }: PartContext): Promise<void> {
  const { UserId, Account, Arn } = await clients.sts.send(new GetCallerIdentityCommand({}), abortable(signal))
  if (Account !== undefined && Arn !== undefined) identify(Account, Arn)
  await write('caller-identity.json', { UserId, Account, Arn })
}

async function collectAliases({ clients, signal, write }: PartContext): Promise<void> {
  const { AccountAliases } = await clients.iam.send(new ListAccountAliasesCommand({}), abortable(signal))
  await write('account-aliases.json', { AccountAliases: AccountAliases ?? [] })
}

/** Page by page, so that an account of any size needs little memory; each page says whether another follows. */
async function collectAuthorizationDetails({ clients, signal, write }: PartContext): Promise<void> {
  let marker: string | undefined
  for (let page = 1; page === 1 || marker !== undefined; page += 1) {
    const command = new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000, ...(marker === undefined ? {} : { Marker: marker }) })
    const { $metadata: _metadata, ...output } = await clients.iam.send(command, abortable(signal))
    await write(`account-authorization-details-${String(page).padStart(4, '0')}.json`, output)
    marker = output.IsTruncated === true ? output.Marker : undefined
  }
}

const abortable = (signal: AbortSignal | undefined): { abortSignal?: AbortSignal } => (signal === undefined ? {} : { abortSignal: signal })
