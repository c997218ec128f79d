import type { Command } from 'commander'
import { SNAPSHOTS } from '../documents.ts'
import { hint } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import { wholeNumber, withCommonOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import { answered } from '../pages.ts'
import { openOptionsStore } from '../session.ts'
import { snapshotColumns } from '../views/snapshot.ts'
import { withSession } from '../with-session.ts'

interface PruneOptions extends CommonOptions {
  readonly keep: number
}

export function addSnapshots(program: Command): void {
  const snapshots = program.command('snapshots').description('published snapshots')
  const list = snapshots.command('list', { isDefault: true }).description('list them, newest first')
  withServerOption(withCommonOptions(list)).action(listSnapshots)
  const prune = snapshots.command('prune').description('remove the oldest').requiredOption('--keep <n>', 'how many to keep, at least 1', wholeNumber)
  withCommonOptions(prune).action(pruneSnapshots)
}

async function listSnapshots(options: CommonOptions): Promise<void> {
  await withSession(options, 'store', async (session) => {
    const snapshots = answered((await session.ask(SNAPSHOTS, {})).snapshots)
    await print({ value: snapshots, rows: snapshots, columns: snapshotColumns }, options)
    if (snapshots.length === 0) hint(options, 'nothing has been ingested yet')
  })
}

async function pruneSnapshots(options: PruneOptions): Promise<void> {
  const store = await openOptionsStore(options, false)
  try {
    const removed = await store.prune(options.keep)
    await print({ value: removed, rows: removed, columns: [{ title: 'Removed', cell: (id) => id }] }, options)
    if (removed.length === 0) hint(options, 'nothing to remove')
  } finally {
    await store.close()
  }
}
