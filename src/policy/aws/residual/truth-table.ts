/** Truth tables of boolean functions over few atoms, as bitmaps over all assignments. */

export type Table = Uint32Array

const MIN_ATOMS = 5
const LOW_PATTERNS = [0xaaaa_aaaa, 0xcccc_cccc, 0xf0f0_f0f0, 0xff00_ff00, 0xffff_0000] as const

/** Words of a table over that many atoms. */
export function wordsFor(atoms: number): number {
  return 2 ** (Math.max(MIN_ATOMS, atoms) - MIN_ATOMS)
}

export function constant(value: boolean, words: number): Table {
  return new Uint32Array(words).fill(value ? 0xffff_ffff : 0)
}

/** The table of the atom itself. */
export function ofAtom(index: number, words: number): Table {
  const table = new Uint32Array(words)
  const low = LOW_PATTERNS[index]
  if (low !== undefined) return table.fill(low)
  return table.map((_, word) => ((word >>> (index - MIN_ATOMS)) & 1 ? 0xffff_ffff : 0))
}

export function both(a: Table, b: Table): Table {
  return a.map((word, i) => word & (b[i] ?? 0))
}

export function either(a: Table, b: Table): Table {
  return a.map((word, i) => word | (b[i] ?? 0))
}

export function complement(a: Table): Table {
  return a.map((word) => ~word)
}

/** They agree wherever `care` holds. */
export function isNever(a: Table, care: Table): boolean {
  return a.every((word, i) => (word & (care[i] ?? 0)) === 0)
}

export function isAlways(a: Table, care: Table): boolean {
  return a.every((word, i) => (~word & (care[i] ?? 0)) === 0)
}
