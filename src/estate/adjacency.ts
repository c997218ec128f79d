/** Directed edges between interned ids, as compressed rows: constant-time neighbours, no object per edge. */
export interface Adjacency {
  /** Neighbours of a node, ascending. A view: don't change it. */
  of(node: number): Uint32Array
}

const NONE = new Uint32Array(0)

/** Collects edges and compresses them in both directions. Duplicates are kept once. */
export function createEdgeList(): {
  add(from: number, to: number): void
  compress(nodes: number): { readonly out: Adjacency; readonly into: Adjacency }
} {
  const from: number[] = []
  const to: number[] = []
  return {
    add(a, b) {
      from.push(a)
      to.push(b)
    },
    compress: (nodes) => ({ out: compressRows(nodes, from, to), into: compressRows(nodes, to, from) }),
  }
}

function compressRows(nodes: number, rows: readonly number[], columns: readonly number[]): Adjacency {
  const offsets = new Uint32Array(nodes + 1)
  for (const row of rows) offsets[row + 1] = (offsets[row + 1] ?? 0) + 1
  for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const next = offsets.slice()
  const values = new Uint32Array(rows.length)
  rows.forEach((row, at) => {
    values[next[row] ?? 0] = columns[at] ?? 0
    next[row] = (next[row] ?? 0) + 1
  })
  return {
    of(node) {
      const start = offsets[node] ?? 0
      const end = offsets[node + 1] ?? start
      if (start === end) return NONE
      return unique(values.subarray(start, end).sort())
    },
  }
}

function unique(sorted: Uint32Array): Uint32Array {
  let repeated = false
  for (let at = 1; at < sorted.length && !repeated; at++) repeated = sorted[at] === sorted[at - 1]
  return repeated ? Uint32Array.from(new Set(sorted)) : sorted
}

/** All that is reachable from a node, the node itself left out; cycles are harmless. */
export function closure(edges: Adjacency, start: number): number[] {
  const seen = new Set<number>([start])
  const found: number[] = []
  const queue = [start]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const neighbour of edges.of(node)) {
      if (seen.has(neighbour)) continue
      seen.add(neighbour)
      found.push(neighbour)
      queue.push(neighbour)
    }
  }
  return found
}
