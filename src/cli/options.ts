import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { DEFAULT_HOST, DEFAULT_PORT } from '../api/bind-address.ts'
import { ACCESS_LEVELS, CERTAINTIES, REACH_VIA } from '../domain/vocabulary.ts'

const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** Options of every verb. */
export interface CommonOptions {
  readonly data: string
  readonly store?: string
  readonly server?: string
  readonly output: OutputFormat
  readonly quiet?: boolean
  readonly color: boolean
}

export interface PageOptions {
  readonly first?: number
  readonly after?: string
  readonly all?: boolean
}

/**
 * Where the store is and how answers are printed: every verb takes these.
 * @param ownDefault how the verb prints unless told, where that is not always a table
 */
export function withCommonOptions(command: Command, ownDefault?: string): Command {
  const output = new Option('--output <format>', ownDefault === undefined ? 'how to print' : `how to print (default: ${ownDefault})`).choices(
    OUTPUT_FORMATS,
  )
  return withStoreOptions(command)
    .addOption(ownDefault === undefined ? output.default('table') : output)
    .addOption(new Option('--quiet', 'no progress and no hints on stderr'))
    .addOption(new Option('--no-color', 'no colours (also: NO_COLOR)'))
}

function withStoreOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <dir>', 'folder of the embedded store').env('PERMISCOPE_DATA').default('.permiscope'))
    .addOption(new Option('--store <url>', 'another store: neo4j://HOST, with NEO4J_USERNAME and NEO4J_PASSWORD').env('PERMISCOPE_STORE'))
}

/** For verbs that ask: a running server may answer instead of the store. */
export function withServerOption(command: Command): Command {
  return command.addOption(new Option('--server <url>', 'ask this running server instead of the store').env('PERMISCOPE_SERVER'))
}

export function withPageOptions(command: Command): Command {
  return command
    .addOption(new Option('--first <n>', 'rows of a page, at most 500').argParser(wholeNumber))
    .addOption(new Option('--after <cursor>', 'the page behind this cursor'))
    .addOption(new Option('--all', 'all pages').conflicts('after'))
}

export const levelOption = (): Option => new Option('--level <level...>', 'only these access levels').argParser(oneOf(ACCESS_LEVELS))
export const certaintyOption = (): Option => new Option('--certainty <certainty...>', 'only these').argParser(oneOf(CERTAINTIES))
export const viaOption = (): Option => new Option('--via <way...>', 'only these ways').argParser(oneOf(REACH_VIA))

/** Words of the vocabulary in any letter case, also several joined by commas. */
function oneOf<Word extends string>(words: readonly Word[]) {
  return (text: string, before: readonly Word[] | undefined): readonly Word[] => {
    const given = text.split(',').map((part) => words.find((word) => word === part.trim().toUpperCase().replaceAll('-', '_')))
    if (given.some((word) => word === undefined)) throw new InvalidArgumentError(`Allowed are ${words.join(', ')}.`)
    return [...(before ?? []), ...given.filter((word) => word !== undefined)]
  }
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a whole number.')
  return Number(text)
}

export interface ContextEntry {
  readonly key: string
  readonly values: readonly string[]
}

/** `key=value`; a key given again gets one more value; `key=` says that the key is absent. */
export function contextEntry(text: string, before: readonly ContextEntry[] | undefined): readonly ContextEntry[] {
  const split = text.indexOf('=')
  if (split < 1) throw new InvalidArgumentError('Write key=value.')
  const key = text.slice(0, split)
  const value = text.slice(split + 1)
  const entries = before ?? []
  const known = entries.find((entry) => entry.key === key)
  const values = [...(known?.values ?? []), ...(value === '' ? [] : [value])]
  return [...entries.filter((entry) => entry !== known), { key, values }]
}

/** Where a server listens. */
export function withListenOptions(command: Command): Command {
  return command
    .addOption(new Option('--port <n>', '0 for any free one').env('PERMISCOPE_PORT').default(DEFAULT_PORT).argParser(wholeNumber))
    .addOption(new Option('--host <address>', 'loopback only: there is no authentication yet').env('PERMISCOPE_HOST').default(DEFAULT_HOST))
}
