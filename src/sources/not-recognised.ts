import type { ExportKind } from './source.ts'

/** How many kinds are named: those that nearly fit. */
const NAMED = 3

/**
 * What somebody can do about a file of which nothing is known. Hundreds of kinds are: only those that share a key with it are named.
 * @param keys top-level names of the value @param others how many more values of the file are unknown
 */
export function notRecognisedMessage(kinds: readonly ExportKind[], keys: readonly string[], others: number): string {
  if (keys.some((key) => key.toLowerCase() === 'statement')) return BARE_POLICY
  const near = nearest(kinds, keys).map(({ command, knownBy }) => `${command} (${knownBy})`)
  const count = others === 0 ? '' : ` So ${others === 1 ? 'is one more value' : `are ${others} more values`} of this file.`
  const close = near.length === 0 ? '' : ` It has keys of ${near.join('; ')}.`
  return `No export of a kind that is known.${count}${close} docs/exports.md lists the known ones; docs/bundle.md tells how to say what a file is.`
}

const BARE_POLICY =
  'A policy document by itself: nothing tells whose it is. Keep the whole output (without --query), or let its place, an envelope or a manifest tell (docs/bundle.md).'

function nearest(kinds: readonly ExportKind[], keys: readonly string[]): readonly ExportKind[] {
  const has = new Set(keys.map((key) => key.toLowerCase()))
  return kinds
    .map((kind) => ({ kind, share: shareOf(kind.knownBy, has) }))
    .filter(({ share }) => share > 0)
    .sort((one, other) => other.share - one.share || (one.kind.id < other.kind.id ? -1 : 1))
    .slice(0, NAMED)
    .map(({ kind }) => kind)
}

function shareOf(knownBy: string, has: ReadonlySet<string>): number {
  const keys = knownBy.split(', ')
  return keys.filter((key) => has.has(key.toLowerCase())).length / keys.length
}
