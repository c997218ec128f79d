import type { Command } from 'commander'
import { hint, say } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions } from '../options.ts'
import type { Column } from '../output/cells.ts'
import { print } from '../output/print.ts'

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
  readonly onProgress: (progress: Counts & { readonly file: string }) => void
  readonly signal: AbortSignal
}

interface Counts {
  readonly answers: number
  readonly absent: number
  readonly missing: number
}

interface CollectReport extends Counts {
  readonly out: string
  readonly accounts: readonly string[]
  readonly takenBy: string
  readonly missed: readonly Missed[]
}

interface Missed {
  readonly kind: string
  readonly account?: string | undefined
  readonly region?: string | undefined
  readonly subject?: string | undefined
  readonly code: string
  readonly reason: string
}

interface Options extends CommonOptions, Omit<Selection, 'endpoint'> {
  readonly out: string
  readonly endpointUrl?: string
}

const columns: readonly Column<CollectReport>[] = [
  { title: 'Bundle', cell: ({ out }) => out },
  { title: 'Accounts', cell: ({ accounts }) => accounts.join(' ') },
  { title: 'Taken by', cell: ({ takenBy }) => takenBy },
  { title: 'Answers', cell: ({ answers }) => String(answers) },
  { title: 'There is none', cell: ({ absent }) => String(absent) },
  { title: 'Missing', cell: ({ missing }) => String(missing) },
]

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export function addCollect(program: Command, collectAws: CollectAws): void {
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
  withCommonOptions(aws).action((options: Options) => collectFromAws(options, collectAws))
}

const regionList = (text: string): readonly string[] | undefined => (text.trim() === 'all' ? undefined : list(text))

const INTERRUPTED = 130

async function collectFromAws(options: Options, collectAws: CollectAws): Promise<void> {
  const stopped = stopOnInterrupt()
  try {
    await report(await collectAws({ ...selected(options), onProgress: progressOf(options), signal: stopped }), options)
  } catch (error) {
    if (!stopped.aborted) throw error
    say(`stopped: the same command goes on where it was (${options.out})`)
    process.exitCode = INTERRUPTED
  }
}

/** The first Ctrl-C ends it in good order, the second at once. */
function stopOnInterrupt(): AbortSignal {
  const abort = new AbortController()
  process.removeAllListeners('SIGINT')
  process.once('SIGINT', () => {
    process.once('SIGINT', () => process.exit(INTERRUPTED))
    say('stopping: what was asked is waited for')
    abort.abort()
  })
  return abort.signal
}

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

const MILLISECONDS_BETWEEN = { terminal: 200, file: 10_000 }

/** A line that is written over on a terminal; in a log, one now and then. */
function progressOf(options: Options): (progress: Counts & { readonly file: string }) => void {
  const isTerminal = process.stderr.isTTY
  let last = Date.now()
  return ({ answers, absent, missing, file }) => {
    if (options.quiet === true || Date.now() - last < (isTerminal ? MILLISECONDS_BETWEEN.terminal : MILLISECONDS_BETWEEN.file)) return
    last = Date.now()
    const text = `${answers} answers, ${absent} times none, ${missing} missing; ${file}`
    if (isTerminal) process.stderr.write(`\r\u001B[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    else hint(options, text)
  }
}

const MISSING_SHOWN = 20

async function report(collected: CollectReport, options: Options): Promise<void> {
  if (process.stderr.isTTY && options.quiet !== true) process.stderr.write('\r\u001B[K')
  await print({ value: collected, rows: [collected], columns }, options)
  for (const { kind, account = '', region = '', subject = '', code, reason } of collected.missed.slice(0, MISSING_SHOWN))
    say(`missing: ${[kind, account, region, subject].filter((part) => part !== '').join(' ')}: ${code}: ${reason}`)
  if (collected.missed.length > MISSING_SHOWN)
    say(`${collected.missed.length - MISSING_SHOWN} more are missing: permiscope-manifest.json has them all`)
  hint(options, `now: permiscope ingest ${options.out}`)
}
