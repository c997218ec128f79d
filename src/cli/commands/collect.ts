import type { Command } from 'commander'
import { hint, say } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions } from '../options.ts'
import type { Column } from '../output/cells.ts'
import { print } from '../output/print.ts'

/** What `collect aws` needs of the source; main.ts brings it, since verbs know no source. */
export type CollectAws = (options: CollectAwsOptions) => Promise<CollectReport>

interface CollectAwsOptions {
  readonly out: string
  readonly profile?: string
  readonly region?: string
  readonly endpoint?: string
  readonly onProgress: (progress: { readonly file: string }) => void
}

interface CollectReport {
  readonly out: string
  readonly account: string | null
  readonly takenBy: string | null
  readonly files: readonly string[]
  readonly missing: readonly { readonly what: string; readonly reason: string }[]
}

interface Options extends CommonOptions {
  readonly out: string
  readonly profile?: string
  readonly region?: string
  readonly endpointUrl?: string
}

const columns: readonly Column<CollectReport>[] = [
  { title: 'Bundle', cell: ({ out }) => out },
  { title: 'Account', cell: ({ account }) => account ?? 'not known' },
  { title: 'Taken by', cell: ({ takenBy }) => takenBy ?? 'not known' },
  { title: 'Files', cell: ({ files }) => files.join(' ') },
  { title: 'Missing', cell: ({ missing }) => missing.map(({ what }) => what).join(' ') },
]

export function addCollect(program: Command, collectAws: CollectAws): void {
  const collect = program.command('collect').description('live from a cloud, read-only, into a bundle that ingest reads')
  const aws = collect
    .command('aws')
    .description('IAM of the account that the credentials belong to')
    .requiredOption('--out <dir>', 'folder for the bundle')
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--region <name>', 'region to sign for')
    .option('--endpoint-url <url>', "instead of AWS's own endpoints")
  withCommonOptions(aws).action((options: Options) => collectFromAws(options, collectAws))
}

async function collectFromAws(options: Options, collectAws: CollectAws): Promise<void> {
  const { out, profile, region, endpointUrl: endpoint } = options
  const report = await collectAws({
    out,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    onProgress: ({ file }) => {
      if (process.stderr.isTTY) hint(options, `wrote ${file}`)
    },
  })
  await print({ value: report, rows: [report], columns }, options)
  for (const { what, reason } of report.missing) say(`missing: ${what}: ${reason}`)
  hint(options, `now: permiscope ingest ${out}`)
}
