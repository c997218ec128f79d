import { printable } from './output/table.ts'
import type { CommonOptions } from './options.ts'

/** What people must know beside an answer: caveats, findings, errors. `--quiet` doesn't silence it. */
export function say(text: string): void {
  process.stderr.write(`${printable(text)}\n`)
}

/** What is only convenient to know. */
export function hint(options: Pick<CommonOptions, 'quiet'>, text: string): void {
  if (options.quiet !== true) say(text)
}

export interface SpokenCaveat {
  readonly message: string
}

/** Caveats are part of the value that `json` prints; everywhere else they are said beside it. */
export function sayCaveats(options: CommonOptions, caveats: readonly SpokenCaveat[]): void {
  if (options.output === 'json') return
  for (const { message } of caveats) say(`note: ${message}`)
}
