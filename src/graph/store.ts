import type { CoverageFact, EdgeFact, EntityFact, FindingFact, GraphFact } from '../domain/facts.ts'
import type { StatementName, StatementParameters } from './statements.ts'

/**
 * A graph store keeps snapshots: load one, publish it at once, stream it back, fetch details by id, run a read-only statement.
 * Both stores pass test/conformance/ unchanged.
 */

export interface SnapshotInfo {
  /** Sortable: `20261125T074941123Z-1f3a`; later snapshots sort after earlier ones. */
  readonly id: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly coverage: readonly CoverageFact[]
  readonly entities: number
  readonly edges: number
  readonly findings: number
}

/** What a snapshot is to hold. `entities` and `edges` are iterated once each. Edges whose ends are not among the entities are an error of the caller. */
export interface SnapshotDraft {
  readonly coverage: readonly CoverageFact[]
  readonly entities: Iterable<EntityFact>
  readonly edges: Iterable<EdgeFact>
  readonly findings: readonly FindingFact[]
}

export interface GraphStore {
  /** `embedded` or `neo4j`; for messages only. */
  readonly kind: string
  /** For messages: a path, or a URL without credentials. */
  readonly location: string

  /** Published snapshots, newest first. A snapshot whose writing was killed is never among them. */
  snapshots(): Promise<readonly SnapshotInfo[]>
  /** Id of the snapshot that is served now, or null in an empty store. Cheap: it is polled. */
  current(): Promise<string | null>
  /**
   * Writes a snapshot and publishes it atomically: until it returns, `current` and readers see the former one.
   * @throws STORE_BUSY where another process is writing, STORE_UNAVAILABLE
   */
  publish(draft: SnapshotDraft): Promise<SnapshotInfo>
  /** Streams a snapshot back: all entities, then all edges, in no promised order. */
  read(snapshot: string): AsyncIterable<GraphFact>
  findings(snapshot: string): Promise<readonly FindingFact[]>
  /** The entities of these ids, in any order; unknown ids are left out. */
  hydrate(snapshot: string, ids: readonly string[]): Promise<readonly EntityFact[]>
  /** Runs one of cypher/read/*.cypher on a snapshot. Values come back as plain JSON values, integers as numbers. */
  run<Name extends StatementName>(
    snapshot: string,
    statement: Name,
    parameters?: StatementParameters<Name>,
  ): Promise<readonly Record<string, unknown>[]>
  /** Removes all published snapshots but the newest `keep` (at least 1), and the remains of killed writes. Returns the removed ids. */
  prune(keep: number): Promise<readonly string[]>
  close(): Promise<void>
}
