import type { Command } from 'commander'
import { PermiscopeError } from '../../domain/errors.ts'
import type { IngestReport } from '../../operations/answers.ts'
import { ingestWithProgress } from '../ingest-with-progress.ts'
import { hint } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import { wholeNumber, withCommonOptions } from '../options.ts'
import type { Column } from '../output/cells.ts'
import { print } from '../output/print.ts'
import { openOptionsStore } from '../session.ts'
import { coverageText } from '../views/coverage.ts'

interface Options extends CommonOptions {
  readonly replace?: boolean
  readonly keep?: number
}

const SOMETHING_REFUSED = 2

const columns: readonly Column<IngestReport>[] = [
  { title: 'Snapshot', cell: ({ snapshot }) => snapshot ?? '(none: nothing was loaded)' },
  { title: 'Entities', cell: ({ entities }) => String(entities) },
  { title: 'Edges', cell: ({ edges }) => String(edges) },
  { title: 'Refused', cell: ({ refused }) => String(refused) },
  { title: 'Warnings', cell: ({ findings, refused }) => String(findings.length - refused) },
  { title: 'Covers', cell: ({ coverage }) => coverageText(coverage) },
  { title: 'Carried over', cell: ({ carriedOver }) => coverageText(carriedOver) },
]

export function addIngest(program: Command): void {
  const command = program
    .command('ingest')
    .description('read exports and publish a new snapshot')
    .argument('<path...>', 'files, folders or .zip archives of exports; kinds are recognised by content')
    .option('--replace', 'start from nothing instead of keeping what these exports do not cover')
    .option('--keep <n>', 'how many snapshots to keep, the new one included', wholeNumber)
  withCommonOptions(command).action(ingest)
}

async function ingest(paths: readonly string[], options: Options): Promise<void> {
  if (options.keep === 0) throw new PermiscopeError('BAD_USAGE', '--keep is at least 1: the new snapshot is one')
  const store = await openOptionsStore(options, false)
  try {
    const report = await ingestWithProgress(store, paths, options)
    await print({ value: report, rows: [report], columns }, options)
    for (const removed of report.removedSnapshots) hint(options, `removed snapshot ${removed}`)
    if (report.refused > 0 || report.snapshot === null) process.exitCode = SOMETHING_REFUSED
  } finally {
    await store.close()
  }
}
