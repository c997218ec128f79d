import type { Meaning, Meanings } from './simplify.ts'

/** Meanings of leaves that are facts of their own: equal ids are one fact, and no facts exclude each other. */
export function factMeanings<Leaf>(idOf: (leaf: Leaf) => string): Meanings<Leaf> {
  const indexes = new Map<string, number>()
  return {
    meaningOf: (leaf): Meaning => {
      const id = idOf(leaf)
      const known = indexes.get(id) ?? indexes.size
      indexes.set(id, known)
      return { atom: known }
    },
    size: () => indexes.size,
    impossible: () => [],
  }
}
