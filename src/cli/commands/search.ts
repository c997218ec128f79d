import type { Command } from 'commander'
import { SEARCH } from '../documents.ts'
import { sayCaveats } from '../messages.ts'
import type { CommonOptions, PageOptions } from '../options.ts'
import { withCommonOptions, withPageOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import { askPages, hintAtMore } from '../pages.ts'
import { withSession } from '../with-session.ts'
import { entityColumns } from '../views/entity.ts'

interface Options extends CommonOptions, PageOptions {
  readonly kind?: readonly string[]
}

export function addSearch(program: Command): void {
  const command = program
    .command('search')
    .description('entities by name, id or part of either')
    .argument('<text>')
    .option('--kind <kind...>', 'only these kinds, as AwsRole')
  withServerOption(withCommonOptions(withPageOptions(command))).action(search)
}

async function search(text: string, options: Options): Promise<void> {
  await withSession(options, 'estate', async (session) => {
    const connection = await askPages(session, 'search', SEARCH, { text, kinds: options.kind }, options)
    await print({ value: connection, rows: connection.nodes, columns: entityColumns }, options)
    hintAtMore(options, connection)
    sayCaveats(options, connection.caveats)
  })
}
