import type { Command } from 'commander'
import { CHECK_ACCESS } from '../documents.ts'
import { sayCaveats } from '../messages.ts'
import type { CommonOptions, ContextEntry } from '../options.ts'
import { contextEntry, withCommonOptions, withServerOption } from '../options.ts'
import { print } from '../output/print.ts'
import { answered } from '../pages.ts'
import { withSession } from '../with-session.ts'
import { decisionColumns, decisionText } from '../views/decision.ts'

interface Options extends CommonOptions {
  readonly principal: string
  readonly action: string
  readonly target: string
  readonly context?: readonly ContextEntry[]
  readonly account?: string
  readonly explain?: boolean
}

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('whether an identity, acting as itself, may do an action on a target, and why')
    .requiredOption('--principal <id>', 'an ARN, a user principal name or object id, or a known name')
    .requiredOption('--action <action>', 'as s3:GetObject or Microsoft.Storage/storageAccounts/read')
    .requiredOption('--target <id>', 'an ARN, an id of Azure Resource Manager or a known name; it need not be in the inventory')
    .option('--context <key=value...>', 'a context key of the request; again for more values, `key=` for known to be absent', contextEntry)
    .option('--account <id>', 'account of a target whose id names none, as of an S3 bucket')
    .option('--explain', 'with the whole evidence')
  withServerOption(withCommonOptions(command)).action(check)
}

async function check(options: Options): Promise<void> {
  const { principal, action, target, context, account, explain = false } = options
  await withSession(options, 'estate', async (session) => {
    const decision = answered((await session.ask(CHECK_ACCESS, { principal, action, target, context, account })).checkAccess)
    const text = (paint: Parameters<typeof decisionText>[2]): string => decisionText(decision, explain, paint)
    await print({ value: decision, rows: [decision], columns: decisionColumns, text }, options)
    sayCaveats(options, decision.caveats)
  })
}
