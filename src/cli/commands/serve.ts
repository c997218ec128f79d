import type { Command } from 'commander'
import { serveUntilStopped } from '../serve-until-stopped.ts'
import type { CommonOptions } from '../options.ts'
import { withCommonOptions, withListenOptions } from '../options.ts'
import { openOptionsStore } from '../session.ts'

interface Options extends CommonOptions {
  readonly port: number
  readonly host: string
}

export function addServe(program: Command): void {
  const command = program.command('serve').description('the GraphQL API with GraphiQL; goes over to new snapshots by itself')
  withCommonOptions(withListenOptions(command)).action(serve)
}

async function serve(options: Options): Promise<void> {
  await serveUntilStopped(await openOptionsStore(options, true), options, () => [])
}
