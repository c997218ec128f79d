/** Truth tables of boolean functions over few atoms, as bitmaps over all assignments. */

export type Table = Uint32Array

const MIN_ATOMS = 5
const LOW_PATTERNS = [0xaaaa_aaaa, 0xcccc_cccc, 0xf0f0_f0f0, 0xff00_ff00, 0xffff_0000] as const

/** Words of a table over that many atoms. */
export function wordsFor(atoms: number): number {
  return 2 ** (Math.max(MIN_ATOMS, atoms) - MIN_ATOMS)
}

export function constant(value: boolean, words: number): Table {
  const table = new Uint32Array(words)
  return value ? table.fill(0xffff_ffff) : table
}

const tablesOfAtoms: Table[][] = []

/** The table of the atom itself. Callers must not change it. */
export function ofAtom(index: number, words: number): Table {
  const ofSize = (tablesOfAtoms[words] ??= [])
  return (ofSize[index] ??= makeAtom(index, words))
}

function makeAtom(index: number, words: number): Table {
  const table = new Uint32Array(words)
  const low = LOW_PATTERNS[index]
  if (low !== undefined) return table.fill(low)
  return table.map((_, word) => ((word >>> (index - MIN_ATOMS)) & 1 ? 0xffff_ffff : 0))
}

export function both(a: Table, b: Table): Table {
  const table = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i += 1) table[i] = (a[i] ?? 0) & (b[i] ?? 0)
  return table
}

export function either(a: Table, b: Table): Table {
  const table = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i += 1) table[i] = (a[i] ?? 0) | (b[i] ?? 0)
  return table
}

export function complement(a: Table): Table {
  const table = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i += 1) table[i] = ~(a[i] ?? 0)
  return table
}

/** It holds nowhere where `care` does. */
export function isNever(a: Table, care: Table): boolean {
  for (let i = 0; i < a.length; i += 1) if (((a[i] ?? 0) & (care[i] ?? 0)) !== 0) return false
  return true
}

/** It holds wherever `care` does. */
export function isAlways(a: Table, care: Table): boolean {
  for (let i = 0; i < a.length; i += 1) if ((~(a[i] ?? 0) & (care[i] ?? 0)) !== 0) return false
  return true
}
