import type { Command } from 'commander'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions } from '../options.ts'
import { BUNDLE, COUNTS, list, whileCollecting, type Collected, type OnProgress } from './collecting.ts'

/** What `collect azure` needs of the sources; main.ts brings it, since verbs know no source. */
export type CollectAzure = (options: CollectAzureOptions) => Promise<CollectAzureReport>

interface Selection {
  readonly tenant?: string
  readonly subscriptions?: readonly string[]
}

interface CollectAzureOptions extends Selection {
  readonly out: string
  readonly endpoint?: string
  readonly graphEndpoint?: string
  readonly onProgress: OnProgress
  readonly signal: AbortSignal
}

interface CollectAzureReport extends Collected {
  readonly tenant: string
  readonly subscriptions: readonly string[]
}

interface Options extends CommonOptions, Selection {
  readonly out: string
  readonly endpointUrl?: string
  readonly graphEndpoint?: string
}

const columns = [
  BUNDLE,
  { title: 'Tenant', cell: ({ tenant }: CollectAzureReport) => tenant },
  { title: 'Subscriptions', cell: ({ subscriptions }: CollectAzureReport) => String(subscriptions.length) },
  ...COUNTS,
]

export function addCollectAzure(collect: Command, collectAzure: CollectAzure): void {
  const azure = collect
    .command('azure')
    .description('a tenant: its directory, management groups and subscriptions')
    .requiredOption('--out <dir>', 'folder for the bundle; an unfinished collection there is gone on with')
    .option('--tenant <guid>', 'the tenant, where the credentials are good for several')
    .option('--subscriptions <guids>', 'these subscriptions, joined by commas (default: all of the tenant that the caller is shown)', list)
    .option('--endpoint-url <url>', 'Azure Resource Manager of another cloud')
    .option('--graph-endpoint <url>', 'Microsoft Graph of another cloud')
  withCommonOptions(azure).action((options: Options) =>
    whileCollecting(options, columns, (watching) => collectAzure({ ...selected(options), ...watching })),
  )
}

function selected({ out, tenant, subscriptions, endpointUrl: endpoint, graphEndpoint }: Options) {
  return {
    out,
    ...(tenant !== undefined && { tenant }),
    ...(subscriptions !== undefined && { subscriptions }),
    ...(endpoint !== undefined && { endpoint }),
    ...(graphEndpoint !== undefined && { graphEndpoint }),
  }
}
