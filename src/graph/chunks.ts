/** Facts come in any order and are written in bulk by table; this gathers them. */

export interface ChunkRules<Fact> {
  readonly tableOf: (fact: Fact) => string
  /** How large a fact is, in characters, as far as that matters. */
  readonly charactersOf: (fact: Fact) => number
  readonly rows: number
  readonly characters: number
  readonly write: (table: string, facts: readonly Fact[]) => Promise<void>
}

interface Chunk<Fact> {
  readonly facts: Fact[]
  characters: number
}

/** @returns how many facts there were */
export async function writeInChunks<Fact>(
  facts: Iterable<Fact>,
  { tableOf, charactersOf, rows, characters, write }: ChunkRules<Fact>,
): Promise<number> {
  const chunks = new Map<string, Chunk<Fact>>()
  let count = 0
  for (const fact of facts) {
    count += 1
    const table = tableOf(fact)
    const chunk = chunks.get(table) ?? { facts: [], characters: 0 }
    chunk.facts.push(fact)
    chunk.characters += charactersOf(fact)
    chunks.set(table, chunk)
    if (chunk.facts.length < rows && chunk.characters < characters) continue
    chunks.delete(table)
    await write(table, chunk.facts)
  }
  for (const [table, chunk] of chunks) await write(table, chunk.facts)
  return count
}
