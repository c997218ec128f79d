import type { Command } from 'commander'
import { WHO_CAN_REACH } from '../documents.ts'
import { sayCaveats } from '../messages.ts'
import type { CommonOptions, PageOptions } from '../options.ts'
import { certaintyOption, levelOption, viaOption, withCommonOptions, withPageOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import { askPages, hintAtMore } from '../pages.ts'
import { withSession } from '../with-session.ts'
import { reachColumns } from '../views/access.ts'

interface Options extends CommonOptions, PageOptions {
  readonly target: string
  readonly action?: readonly string[]
  readonly level?: readonly string[]
  readonly certainty?: readonly string[]
  readonly via?: readonly string[]
  readonly account?: string
}

export function addWhoCan(program: Command): void {
  const command = program
    .command('who-can')
    .description('who can reach a target, and by what')
    .requiredOption('--target <id>', 'an ARN, an id of Azure Resource Manager or a known name; it need not be in the inventory')
    .option('--action <action...>', 'only these actions, wildcards allowed')
    .addOption(levelOption())
    .addOption(certaintyOption())
    .addOption(viaOption())
    .option('--account <id>', 'account of a target whose id names none, as of an S3 bucket')
  withServerOption(withCommonOptions(withPageOptions(command))).action(whoCan)
}

async function whoCan(options: Options): Promise<void> {
  const { target, action: actions, level: levels, certainty, via, account } = options
  await withSession(options, 'estate', async (session) => {
    const variables = { target, actions, levels, certainty, via, account }
    const connection = await askPages(session, 'whoCanReach', WHO_CAN_REACH, variables, options)
    await print({ value: connection, rows: connection.nodes, columns: reachColumns(options.output) }, options)
    hintAtMore(options, connection)
    sayCaveats(options, connection.caveats)
  })
}
