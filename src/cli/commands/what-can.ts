import type { Command } from 'commander'
import { EFFECTIVE_PERMISSIONS } from '../documents.ts'
import { sayCaveats } from '../messages.ts'
import type { CommonOptions, PageOptions } from '../options.ts'
import { levelOption, withCommonOptions, withPageOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import { askPages, hintAtMore } from '../pages.ts'
import { withSession } from '../with-session.ts'
import { permissionColumns } from '../views/access.ts'

interface Options extends CommonOptions, PageOptions {
  readonly principal: string
  readonly target?: string
  readonly level?: readonly string[]
}

export function addWhatCan(program: Command): void {
  const command = program
    .command('what-can')
    .description('what an identity can do, net of every deny, boundary and condition')
    .requiredOption('--principal <id>', 'an ARN, a user principal name or object id, or a known name')
    .option('--target <id>', 'only on this target')
    .addOption(levelOption())
  withServerOption(withCommonOptions(withPageOptions(command))).action(whatCan)
}

async function whatCan(options: Options): Promise<void> {
  const { principal, target, level: levels } = options
  await withSession(options, 'estate', async (session) => {
    const connection = await askPages(session, 'effectivePermissions', EFFECTIVE_PERMISSIONS, { principal, target, levels }, options)
    await print({ value: connection, rows: connection.nodes, columns: permissionColumns(options.output) }, options)
    hintAtMore(options, connection)
    sayCaveats(options, connection.caveats)
  })
}
