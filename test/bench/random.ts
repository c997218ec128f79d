/** Seeded random numbers: the same seed gives the same world on every machine. */
export interface Random {
  /** 0 to less than 1. */
  next(): number
  /** 0 to less than `limit`, a whole number. */
  below(limit: number): number
  chance(probability: number): boolean
  /** @throws RangeError where there is none */
  pick<Item>(items: readonly Item[]): Item
  /** `count` of them, each at most once, in order. */
  some<Item>(items: readonly Item[], count: number): readonly Item[]
  /** A rank from 0 to less than `limit` whose frequency falls as 1/rank: most ask for the few popular ones. */
  rank(limit: number): number
  /** Independent numbers for a part of the world, so that parts can be made in any order. */
  derive(name: string): Random
}

export function createRandom(seed: string): Random {
  let state = hash(seed)
  const next = (): number => {
    // Marsaglia's Weyl sequence, mixed: 32 bits are enough for a benchmark.
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('Nothing to pick from')
      return item
    },
    some(items, count) {
      const start = below(items.length)
      return Array.from({ length: Math.min(count, items.length) }, (_, step) => items[(start + step) % items.length]).filter(
        (item) => item !== undefined,
      )
    },
    rank: (limit) => Math.min(limit, Math.floor(limit ** next())) - 1,
    derive: (name) => createRandom(`${seed}/${name}`),
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  return value
}
