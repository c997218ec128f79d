import { Command } from 'commander'
import { addCheck } from './commands/check.ts'
import { addCollect, type Collectors } from './commands/collect.ts'
import { addIngest } from './commands/ingest.ts'
import { addSearch } from './commands/search.ts'
import { addServe } from './commands/serve.ts'
import { addShow } from './commands/show.ts'
import { addSimulate } from './commands/simulate.ts'
import { addSnapshots } from './commands/snapshots.ts'
import { addStart } from './commands/start.ts'
import { addWhatCan } from './commands/what-can.ts'
import { addWhoCan } from './commands/who-can.ts'
import { version } from './version.ts'

const VERBS = [addStart, addIngest, addServe, addWhoCan, addWhatCan, addCheck, addSearch, addShow, addSimulate, addSnapshots]

const EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 3 an asserted policy is violated, 130 interrupted.'

/** @param collectors what verbs need of sources, which they don't know themselves */
export function program(collectors: Collectors): Command {
  const permiscope = new Command('permiscope')
    .description('Who can reach what in a cloud estate, and why')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .addHelpText('after', `\n${EXIT_CODES}`)
  for (const add of VERBS) add(permiscope)
  addCollect(permiscope, collectors)
  return permiscope
}
