import type { Connection } from '@ladybugdb/core'
import { chmod, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PermiscopeError } from '../../domain/errors.ts'
import type { EntityFact, FindingFact, GraphFact } from '../../domain/facts.ts'
import { storedCompletely } from '../complete.ts'
import { newSnapshot } from '../snapshot-id.ts'
import type { StatementName, StatementParameters } from '../statements.ts'
import { statement } from '../statements.ts'
import type { GraphStore, SnapshotDraft, SnapshotInfo } from '../store.ts'
import { restoredRow, storableParameters } from '../text.ts'
import { allRows, execute, openDatabase, withConnection } from './database.ts'
import { flush, makeFolder, removeLeftovers, snapshotFile, snapshotsFolder, stagingFolder, storeFault } from './files.ts'
import { loadFacts } from './load.ts'
import type { WriteLock } from './lock.ts'
import { acquireLock } from './lock.ts'
import { OpenSnapshots } from './open-snapshots.ts'
import { Pointer, writePointer } from './pointer.ts'
import { readByIds, readFacts, readFindings } from './read.ts'
import type { Catalog } from './schema.ts'
import { createSchema } from './schema.ts'

/** One LadybugDB file a snapshot in a folder; see files.ts. */
export class EmbeddedStore implements GraphStore {
  readonly kind = 'embedded'
  readonly location: string
  readonly #readOnly: boolean
  readonly #pointer: Pointer
  readonly #open: OpenSnapshots

  constructor(data: string, readOnly: boolean) {
    this.location = data
    this.#readOnly = readOnly
    this.#pointer = new Pointer(data)
    this.#open = new OpenSnapshots(data)
  }

  snapshots(): Promise<readonly SnapshotInfo[]> {
    return this.#pointer.read()
  }

  async current(): Promise<string | null> {
    return (await this.#pointer.read())[0]?.id ?? null
  }

  publish(draft: SnapshotDraft): Promise<SnapshotInfo> {
    return this.#writing(async (lock, published) => {
      const { id, createdAt } = newSnapshot(published[0]?.createdAt)
      const counts = await this.#write(id, draft)
      const info: SnapshotInfo = { id, createdAt, coverage: draft.coverage, ...counts, findings: draft.findings.length }
      await lock.verify()
      await writePointer(this.location, [info, ...published])
      return info
    })
  }

  async *read(snapshot: string): AsyncGenerator<GraphFact> {
    const info = await this.#info(snapshot)
    yield* storedCompletely(snapshot, info, this.#open.stream(snapshot, readFacts))
  }

  async findings(snapshot: string): Promise<readonly FindingFact[]> {
    return this.#ask(snapshot, readFindings)
  }

  async hydrate(snapshot: string, ids: readonly string[]): Promise<readonly EntityFact[]> {
    return this.#ask(snapshot, (connection, catalog) => readByIds(connection, catalog, ids))
  }

  run<Name extends StatementName>(snapshot: string, name: Name, parameters?: StatementParameters<Name>): Promise<readonly Record<string, unknown>[]> {
    return this.#ask(snapshot, async (connection) => {
      const rows = await allRows(connection, statement(`read/${name}`), storableParameters({ ...parameters, snapshot }))
      return rows.map(restoredRow)
    })
  }

  prune(keep: number): Promise<readonly string[]> {
    return this.#writing(async (lock, published) => {
      const kept = published.slice(0, Math.max(1, keep))
      const removed = published.slice(kept.length)
      if (removed.length > 0) {
        await lock.verify()
        // First the pointer: a snapshot that is listed has its file.
        await writePointer(this.location, kept)
      }
      await removeLeftovers(
        this.location,
        kept.map(({ id }) => id),
      )
      return removed.map(({ id }) => id)
    })
  }

  close(): Promise<void> {
    return this.#open.close()
  }

  /** Runs `work` as the only writer, with the remains of killed ones cleared away. */
  async #writing<Result>(work: (lock: WriteLock, published: readonly SnapshotInfo[]) => Promise<Result>): Promise<Result> {
    if (this.#readOnly) throw new PermiscopeError('STORE_UNAVAILABLE', `The store in ${this.location} was opened for reading only`)
    try {
      await makeFolder(snapshotsFolder(this.location))
      const lock = await acquireLock(this.location)
      try {
        const published = await this.#pointer.read()
        await removeLeftovers(
          this.location,
          published.map(({ id }) => id),
        )
        return await work(lock, published)
      } finally {
        await lock.release()
      }
    } catch (error) {
      throw storeFault(this.location, error)
    }
  }

  async #write(id: string, draft: SnapshotDraft): Promise<{ readonly entities: number; readonly edges: number }> {
    const staging = stagingFolder(this.location, id)
    const file = join(staging, 'graph.lbug')
    try {
      await makeFolder(staging)
      const counts = await fill(file, id, staging, draft)
      await chmod(file, 0o600)
      await flush(file)
      await rename(file, snapshotFile(this.location, id))
      await flush(dirname(staging))
      return counts
    } finally {
      await rm(staging, { recursive: true, force: true })
    }
  }

  async #ask<Result>(snapshot: string, work: (connection: Connection, catalog: Catalog) => Promise<Result>): Promise<Result> {
    await this.#info(snapshot)
    return this.#open.use(snapshot, work)
  }

  /** A snapshot that was pruned can be read on while it is open; it is then checked against nothing. */
  async #info(snapshot: string): Promise<SnapshotInfo | null> {
    const info = (await this.#pointer.read()).find(({ id }) => id === snapshot)
    if (info === undefined && !this.#open.isOpen(snapshot))
      throw new PermiscopeError('NOT_FOUND', `There is no snapshot ${snapshot} in ${this.location}`)
    return info ?? null
  }
}

async function fill(file: string, id: string, staging: string, draft: SnapshotDraft): Promise<{ readonly entities: number; readonly edges: number }> {
  const database = await openDatabase(file, 'write')
  try {
    return await withConnection(database, async (connection) => {
      await createSchema(connection, id)
      const counts = await loadFacts(connection, staging, draft)
      await execute(connection, 'CHECKPOINT')
      return counts
    })
  } finally {
    await database.close()
  }
}
