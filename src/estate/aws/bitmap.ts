/** Bitmaps over action ids, 32 to a word. */

export const hasBit = (bits: Uint32Array, at: number): boolean => (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1

export function bitsOf(bits: Uint32Array): number[] {
  const found: number[] = []
  bits.forEach((word, at) => {
    for (let rest = word; rest !== 0; rest &= rest - 1) found.push(at * 32 + 31 - Math.clz32(rest & -rest))
  })
  return found
}

export function bitmapOf(ids: readonly number[], size: number): Uint32Array {
  const bits = new Uint32Array(Math.ceil(size / 32))
  for (const id of ids) bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31))
  return bits
}

// Plain loops: these run thousands of times for one question, and callbacks would cost ten times as much.

export function both(a: Uint32Array, b: Uint32Array): Uint32Array {
  const result = new Uint32Array(a.length)
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) & (b[at] ?? 0)
  return result
}

export function without(a: Uint32Array, b: Uint32Array): Uint32Array {
  const result = new Uint32Array(a.length)
  for (let at = 0; at < a.length; at++) result[at] = (a[at] ?? 0) & ~(b[at] ?? 0)
  return result
}

/** Some id is in both. */
export function overlap(a: Uint32Array, b: Uint32Array): boolean {
  for (let at = 0; at < a.length; at++) if (((a[at] ?? 0) & (b[at] ?? 0)) !== 0) return true
  return false
}

/** Every id of `inner` is in `outer`. */
export function isWithin(inner: Uint32Array, outer: Uint32Array): boolean {
  for (let at = 0; at < inner.length; at++) if (((inner[at] ?? 0) & ~(outer[at] ?? 0)) !== 0) return false
  return true
}
