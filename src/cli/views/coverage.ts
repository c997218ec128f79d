/** How many are spelled out: beyond, an account and its regions would fill the screen. */
const SHOWN = 4

/** Coverages in few words: all of them where they are few, else how many of which account or organisation. The JSON output has them all. */
export function coverageText(ids: readonly string[]): string {
  if (ids.length <= SHOWN) return ids.join(' ')
  const byScope = Map.groupBy(ids, (id) => id.slice(id.lastIndexOf(':') + 1))
  const scopes = [...byScope].map(
    ([scope, parts]) => `${scope} (${parts.length === 1 ? (parts[0] ?? '').split(':').slice(0, 2).join(':') : `${parts.length} parts`})`,
  )
  return scopes.length <= SHOWN ? scopes.join(' ') : `${scopes.slice(0, SHOWN).join(' ')} and ${scopes.length - SHOWN} more`
}
