import { PermiscopeError } from '../../domain/errors.ts'
import type { CoverageFact, EntityFact, FindingFact, GraphFact } from '../../domain/facts.ts'
import { LABELS } from '../../domain/vocabulary.ts'
import { storedCompletely } from '../complete.ts'
import type { Row } from '../rows.ts'
import { textOf } from '../rows.ts'
import { newSnapshot } from '../snapshot-id.ts'
import type { StatementName, StatementParameters } from '../statements.ts'
import { statement } from '../statements.ts'
import type { GraphStore, SnapshotDraft, SnapshotInfo } from '../store.ts'
import { restoredRow, storableParameters } from '../text.ts'
import type { Server, Transaction } from './connection.ts'
import { allRows, reading, runAlone, streaming, writing } from './connection.ts'
import { loadEdges, loadEntities, loadFindings } from './load.ts'
import { acquireLock, busy } from './lock.ts'
import { readByIds, readFacts, readFindings } from './read.ts'

/** Snapshots side by side in one database: nodes carry the id of theirs, a state node names the one that is served. */
export class Neo4jStore implements GraphStore {
  readonly kind = 'neo4j'
  readonly location: string
  readonly #server: Server
  readonly #readOnly: boolean
  #hasSchema = false

  constructor(server: Server, readOnly: boolean) {
    this.location = server.location
    this.#server = server
    this.#readOnly = readOnly
  }

  snapshots(): Promise<readonly SnapshotInfo[]> {
    return reading(this.#server, async (transaction) => (await allRows(transaction, statement('stream/neo4j-snapshots'))).map(infoOf))
  }

  async current(): Promise<string | null> {
    const [row] = await reading(this.#server, (transaction) => allRows(transaction, statement('stream/neo4j-state')))
    return typeof row?.['current'] === 'string' ? row['current'] : null
  }

  publish(draft: SnapshotDraft): Promise<SnapshotInfo> {
    return this.#writing(async (writer, published) => {
      const { id, createdAt } = newSnapshot(published[0]?.createdAt)
      await this.#change('load/neo4j-begin-snapshot', { writer, snapshot: id, createdAt })
      try {
        const loading = { server: this.#server, writer, snapshot: id }
        const entities = await loadEntities(loading, draft.entities)
        const edges = await loadEdges(loading, draft.edges)
        await loadFindings(loading, draft.findings)
        const info: SnapshotInfo = { id, createdAt, coverage: draft.coverage, entities, edges, findings: draft.findings.length }
        const { coverage, findings } = info
        const counts = { entities, edges, findings }
        await this.#change('load/neo4j-publish-snapshot', { writer, snapshot: id, coverage: JSON.stringify(coverage), ...counts })
        return info
      } catch (error) {
        // What can't be removed now is removed by the next writer.
        await this.#removeUnpublished().catch(() => undefined)
        throw error
      }
    })
  }

  async *read(snapshot: string): AsyncGenerator<GraphFact> {
    const info = await this.#published(snapshot)
    const facts = streaming(this.#server, (transaction) => readFacts(transaction, snapshot))
    yield* storedCompletely(snapshot, info, facts)
  }

  findings(snapshot: string): Promise<readonly FindingFact[]> {
    return this.#ask(snapshot, (transaction) => readFindings(transaction, snapshot))
  }

  hydrate(snapshot: string, ids: readonly string[]): Promise<readonly EntityFact[]> {
    return this.#ask(snapshot, (transaction) => readByIds(transaction, snapshot, ids))
  }

  run<Name extends StatementName>(snapshot: string, name: Name, parameters?: StatementParameters<Name>): Promise<readonly Record<string, unknown>[]> {
    return this.#ask(snapshot, async (transaction) => {
      const rows = await allRows(transaction, statement(`read/${name}`), storableParameters({ ...parameters, snapshot }))
      return rows.map(restoredRow)
    })
  }

  prune(keep: number): Promise<readonly string[]> {
    return this.#writing(async (writer, published) => {
      const removed = published.slice(Math.max(1, keep)).map(({ id }) => id)
      if (removed.length === 0) return []
      await this.#change('load/neo4j-withdraw-snapshots', { writer, snapshots: removed })
      for (const id of removed) await this.#remove(id)
      return removed
    })
  }

  close(): Promise<void> {
    return this.#server.driver.close()
  }

  /** Runs `work` as the only writer, with the remains of killed ones cleared away. */
  async #writing<Result>(work: (writer: string, published: readonly SnapshotInfo[]) => Promise<Result>): Promise<Result> {
    if (this.#readOnly) throw new PermiscopeError('STORE_UNAVAILABLE', `The store at ${this.location} was opened for reading only`)
    if (!this.#hasSchema) await createSchema(this.#server)
    this.#hasSchema = true
    const lock = await acquireLock(this.#server)
    try {
      await this.#removeUnpublished()
      return await work(lock.writer, await this.snapshots())
    } finally {
      await lock.release()
    }
  }

  /** Runs a statement that does its work, and gives a row, only while the lock is held. */
  async #change(name: Parameters<typeof statement>[0], parameters: Row): Promise<void> {
    const rows = await writing(this.#server, (transaction) => allRows(transaction, statement(name), parameters))
    if (rows.length === 0) throw busy(this.#server)
  }

  /**
   * INVARIANT: asks the server what is unpublished. Where the connection broke while the pointer was switched, only the server knows whether
   * it was, and what is published must stay.
   */
  async #removeUnpublished(): Promise<void> {
    const leftovers = await reading(this.#server, (transaction) => allRows(transaction, statement('stream/neo4j-unpublished')))
    for (const row of leftovers) await this.#remove(textOf(row, 'id'))
  }

  /** The node that names the snapshot goes last: until then it is a leftover that the next writer finds. */
  async #remove(snapshot: string): Promise<void> {
    await runAlone(this.#server, statement('load/neo4j-delete-nodes'), { snapshot })
    await runAlone(this.#server, statement('load/neo4j-delete-findings'), { snapshot })
    await runAlone(this.#server, statement('load/neo4j-delete-snapshot'), { snapshot })
  }

  async #ask<Result>(snapshot: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    await this.#published(snapshot)
    return reading(this.#server, work)
  }

  async #published(snapshot: string): Promise<SnapshotInfo> {
    const [row] = await reading(this.#server, (transaction) => allRows(transaction, statement('stream/neo4j-snapshot'), { snapshot }))
    if (row === undefined) throw new PermiscopeError('NOT_FOUND', `There is no snapshot ${snapshot} in the store at ${this.location}`)
    return infoOf(row)
  }
}

async function createSchema(server: Server): Promise<void> {
  await createConstraint(server, 'schema/neo4j-entity-key', 'permiscope_entity')
  await createConstraint(server, 'schema/neo4j-state-key', 'permiscope_state')
  await createConstraint(server, 'schema/neo4j-snapshot-key', 'permiscope_snapshot')
  await runAlone(server, statement('schema/neo4j-finding-index'))
  for (const label of LABELS) await runAlone(server, statement('schema/neo4j-label-index', { LABEL: label }))
  await runAlone(server, 'CALL db.awaitIndexes(120)')
}

/** A constraint is made in two steps, its index first: a writer that was killed in between has left an index that stands in the way. */
async function createConstraint(server: Server, name: ConstraintStatement, index: string): Promise<void> {
  try {
    await runAlone(server, statement(name))
  } catch (error) {
    if (!(error instanceof PermiscopeError) || !isIndexInTheWay(error.details['reason'])) throw error
    await runAlone(server, statement('schema/neo4j-drop-index', { INDEX: index }))
    await runAlone(server, statement(name))
  }
}

type ConstraintStatement = 'schema/neo4j-entity-key' | 'schema/neo4j-state-key' | 'schema/neo4j-snapshot-key'

const isIndexInTheWay = (code: unknown): boolean =>
  code === 'Neo.ClientError.Schema.IndexWithNameAlreadyExists' || code === 'Neo.ClientError.Schema.IndexAlreadyExists'

function infoOf(row: Row): SnapshotInfo {
  const coverage: readonly CoverageFact[] = JSON.parse(textOf(row, 'coverage'))
  return {
    id: textOf(row, 'id'),
    createdAt: textOf(row, 'createdAt'),
    coverage,
    entities: Number(row['entities']),
    edges: Number(row['edges']),
    findings: Number(row['findings']),
  }
}
