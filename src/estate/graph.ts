import type { EdgeFact, EntityFact, GraphFact } from '../domain/facts.ts'
import { FACT_EDGES, type FactEdge } from '../domain/vocabulary.ts'
import { type Adjacency, createEdgeList } from './adjacency.ts'

/** A snapshot's entities under dense numbers, and its edges as adjacency in both directions. */
export interface Graph {
  readonly entities: readonly EntityFact[]
  /** Number of an entity by its exact id; undefined where it is not in the snapshot. */
  numberOf(id: string): number | undefined
  entityAt(number: number): EntityFact
  /** Neighbours along an edge kind. */
  out(kind: FactEdge, node: number): Uint32Array
  into(kind: FactEdge, node: number): Uint32Array
  readonly edgeCount: number
}

export async function buildGraph(facts: AsyncIterable<GraphFact> | Iterable<GraphFact>): Promise<Graph> {
  const entities: EntityFact[] = []
  const edges: EdgeFact[] = []
  for await (const fact of facts) {
    if (fact.record === 'edge') edges.push(fact)
    else entities.push(fact)
  }
  // INVARIANT: numbers follow the ids, so that no answer depends on the order in which a store reads its facts back.
  entities.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const numbers = new Map(entities.map(({ id }, number) => [id, number]))
  const rows = compressEdges(entities.length, numbers, edges)
  return {
    entities,
    edgeCount: edges.length,
    numberOf: (id) => numbers.get(id),
    entityAt(number) {
      const entity = entities[number]
      if (entity === undefined) throw new RangeError(`no entity ${number}`)
      return entity
    },
    out: (kind, node) => rows(kind).out.of(node),
    into: (kind, node) => rows(kind).into.of(node),
  }
}

type Rows = (kind: FactEdge) => { readonly out: Adjacency; readonly into: Adjacency }

const NONE = new Uint32Array(0)
const NO_EDGES = { out: { of: () => NONE }, into: { of: () => NONE } }

function compressEdges(nodes: number, numbers: ReadonlyMap<string, number>, edges: readonly EdgeFact[]): Rows {
  const lists = new Map(FACT_EDGES.map((kind) => [kind, createEdgeList()]))
  for (const edge of edges) {
    const from = numbers.get(edge.from.id)
    const to = numbers.get(edge.to.id)
    if (from !== undefined && to !== undefined) lists.get(edge.kind)?.add(from, to)
  }
  const rows = new Map([...lists].map(([kind, list]) => [kind, list.compress(nodes)]))
  return (kind) => rows.get(kind) ?? NO_EDGES
}
