import type { Command } from 'commander'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions } from '../options.ts'
import { addCollectAzure, type CollectAzure } from './collect-azure.ts'
import { BUNDLE, COUNTS, list, whileCollecting, type Collected, type OnProgress } from './collecting.ts'

/** What `collect aws` needs of the source; main.ts brings it, since verbs know no source. */
export type CollectAws = (options: CollectAwsOptions) => Promise<CollectReport>

interface Selection {
  readonly profile?: string
  readonly region?: string
  readonly endpoint?: string
  readonly accounts?: readonly string[]
  readonly organization?: boolean
  readonly role?: string
  readonly regions?: readonly string[]
  readonly services?: readonly string[]
  readonly usage?: boolean
  readonly inventory?: boolean
}

interface CollectAwsOptions extends Selection {
  readonly out: string
  readonly onProgress: OnProgress
  readonly signal: AbortSignal
}

interface CollectReport extends Collected {
  readonly accounts: readonly string[]
}

interface Options extends CommonOptions, Omit<Selection, 'endpoint'> {
  readonly out: string
  readonly endpointUrl?: string
}

const columns = [BUNDLE, { title: 'Accounts', cell: ({ accounts }: CollectReport) => accounts.join(' ') }, ...COUNTS]

/** What the verbs need of sources. */
export interface Collectors {
  readonly collectAws: CollectAws
  readonly collectAzure: CollectAzure
}

export function addCollect(program: Command, { collectAws, collectAzure }: Collectors): void {
  const collect = program.command('collect').description('live from a cloud, read-only, into a bundle that ingest reads')
  const aws = collect
    .command('aws')
    .description('one account, several, or an organisation')
    .requiredOption('--out <dir>', 'folder for the bundle; an unfinished collection there is gone on with')
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--accounts <ids>', 'these accounts, joined by commas, instead of that of the credentials', list)
    .option('--organization', 'all accounts of the organisation')
    .option('--role <name>', 'role to assume in other accounts')
    .option('--regions <names>', 'these regions, joined by commas (default: all that an account has switched on)', regionList)
    .option('--services <names>', 'only these services, as the AWS CLI names them, joined by commas', list)
    .option('--usage', 'also which services and actions everybody last used (slow)')
    .option('--inventory', 'also what AWS Config and the tagging service know')
    .option('--region <name>', 'region to ask about what has none')
    .option('--endpoint-url <url>', "instead of AWS's own endpoints")
  withCommonOptions(aws).action((options: Options) =>
    whileCollecting(options, columns, (watching) => collectAws({ ...selected(options), ...watching })),
  )
  addCollectAzure(collect, collectAzure)
}

const regionList = (text: string): readonly string[] | undefined => (text.trim() === 'all' ? undefined : list(text))

function selected({ out, profile, region, endpointUrl: endpoint, accounts, organization, role, regions, services, usage, inventory }: Options) {
  return {
    out,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(accounts !== undefined && { accounts }),
    ...(organization !== undefined && { organization }),
    ...(role !== undefined && { role }),
    ...(regions !== undefined && { regions }),
    ...(services !== undefined && { services }),
    ...(usage !== undefined && { usage }),
    ...(inventory !== undefined && { inventory }),
  }
}
