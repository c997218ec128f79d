import { hint, say } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import type { Column } from '../output/cells.ts'
import { print } from '../output/print.ts'

/** What all collections tell of themselves. */
export interface Collected extends Counts {
  readonly out: string
  readonly takenBy: string
  readonly missed: readonly Missed[]
}

interface Counts {
  readonly answers: number
  readonly absent: number
  readonly missing: number
}

interface Missed {
  readonly kind: string
  readonly account?: string | undefined
  readonly region?: string | undefined
  readonly tenant?: string | undefined
  readonly subscription?: string | undefined
  readonly subject?: string | undefined
  readonly code: string
  readonly reason: string
}

export type OnProgress = (progress: Counts & { readonly file: string }) => void

type Options = CommonOptions & { readonly out: string }

export const BUNDLE: Column<Collected> = { title: 'Bundle', cell: ({ out }) => out }

export const COUNTS: readonly Column<Collected>[] = [
  { title: 'Taken by', cell: ({ takenBy }) => takenBy },
  { title: 'Answers', cell: ({ answers }) => String(answers) },
  { title: 'There is none', cell: ({ absent }) => String(absent) },
  { title: 'Missing', cell: ({ missing }) => String(missing) },
]

export const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const INTERRUPTED = 130
const MILLISECONDS_TO_CLOSE = 1000

interface Watching {
  readonly onProgress: OnProgress
  readonly signal: AbortSignal
}

/** Shows how far a collection is, ends it in good order on Ctrl-C, and says what came of it. */
export async function whileCollecting<Report extends Collected>(
  options: Options,
  columns: readonly Column<Report>[],
  collect: (watching: Watching) => Promise<Report>,
): Promise<void> {
  const signal = stopOnInterrupt()
  try {
    await report(await collect({ onProgress: progressOf(options), signal }), columns, options)
  } catch (error) {
    if (!signal.aborted) throw error
    say(`stopped: the same command goes on where it was (${options.out})`)
    process.exitCode = INTERRUPTED
  } finally {
    // A connection that was given up in the middle of an answer would keep the process until the other side ends it.
    setTimeout(() => process.exit(), MILLISECONDS_TO_CLOSE).unref()
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

const MILLISECONDS_BETWEEN = { terminal: 200, file: 10_000 }

/** A line that is written over on a terminal; in a log, one now and then. */
function progressOf(options: Options): OnProgress {
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

async function report<Report extends Collected>(collected: Report, columns: readonly Column<Report>[], options: Options): Promise<void> {
  if (process.stderr.isTTY && options.quiet !== true) process.stderr.write('\r\u001B[K')
  await print({ value: collected, rows: [collected], columns }, options)
  for (const { kind, account, region, tenant, subscription, subject, code, reason } of collected.missed.slice(0, MISSING_SHOWN)) {
    const about = [kind, account, region, subscription ?? tenant, subject].filter((part) => part !== undefined)
    say(`missing: ${about.join(' ')}: ${code}: ${reason}`)
  }
  if (collected.missed.length > MISSING_SHOWN)
    say(`${collected.missed.length - MISSING_SHOWN} more are missing: permiscope-manifest.json has them all`)
  hint(options, `now: permiscope ingest ${options.out}`)
}
