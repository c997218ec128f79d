import type { Command } from 'commander'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions, withListenOptions } from '../options.ts'
import { serveUntilStopped } from '../serve-until-stopped.ts'
import { openOptionsStore } from '../session.ts'

interface Options extends CommonOptions {
  readonly port: number
  readonly host: string
}

export function addStart(program: Command): void {
  const command = program
    .command('start')
    .description('load exports unless they are stored already, and serve; without a path what is stored, or the bundled demo')
    .argument('[path...]', 'files, folders or .zip archives of exports')
  withCommonOptions(withListenOptions(command)).action(start)
}

async function start(paths: readonly string[], options: Options): Promise<void> {
  const { loadForStart } = await import('../start/load.ts')
  const { exampleLines } = await import('../start/examples.ts')
  const store = await openOptionsStore(options, false)
  try {
    await loadForStart(store, paths, options)
  } catch (error) {
    await store.close()
    throw error
  }
  await serveUntilStopped(store, options, (estate) => (estate === undefined ? [] : exampleLines(estate, options)))
}
