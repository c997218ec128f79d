import type { Connection, Database } from '@ladybugdb/core'
import { access } from 'node:fs/promises'
import { PermiscopeError } from '../../domain/errors.ts'
import { openDatabase, streamingConnection, withConnection } from './database.ts'
import { snapshotFile } from './files.ts'
import type { Catalog } from './schema.ts'
import { readCatalog } from './schema.ts'

/**
 * Files that are open for reading. One stays open while somebody reads it, also after another process has removed its name, and one
 * for the next question; the rest are closed.
 */

const IDLE_KEPT = 1

interface Opened {
  readonly database: Database
  readonly catalog: Catalog
}

interface OpenFile {
  readonly opened: Promise<Opened>
  users: number
}

export class OpenSnapshots {
  readonly #data: string
  /** In the order of last use. */
  readonly #files = new Map<string, OpenFile>()

  constructor(data: string) {
    this.#data = data
  }

  async use<Result>(id: string, work: (connection: Connection, catalog: Catalog) => Promise<Result>): Promise<Result> {
    const file = this.#take(id)
    try {
      const { database, catalog } = await file.opened
      return await withConnection(database, (connection) => work(connection, catalog))
    } finally {
      await this.#putBack(file)
    }
  }

  async *stream<Item>(id: string, work: (connection: Connection, catalog: Catalog) => AsyncGenerator<Item>): AsyncGenerator<Item> {
    const file = this.#take(id)
    try {
      const { database, catalog } = await file.opened
      yield* streamingConnection(database, (connection) => work(connection, catalog))
    } finally {
      await this.#putBack(file)
    }
  }

  isOpen(id: string): boolean {
    return this.#files.has(id)
  }

  close(): Promise<void> {
    return closeAll([...this.#files.keys()].map((id) => this.#forget(id)))
  }

  #take(id: string): OpenFile {
    const file = this.#files.get(id) ?? { opened: this.#open(id), users: 0 }
    this.#files.delete(id)
    this.#files.set(id, file)
    file.users += 1
    return file
  }

  #putBack(file: OpenFile): Promise<void> {
    file.users -= 1
    const idle = [...this.#files].filter(([, candidate]) => candidate.users === 0).map(([id]) => id)
    // All are forgotten at once, before anything is waited for: nobody can take one that is about to be closed.
    return closeAll(idle.slice(0, Math.max(0, idle.length - IDLE_KEPT)).map((id) => this.#forget(id)))
  }

  async #open(id: string): Promise<Opened> {
    const path = snapshotFile(this.#data, id)
    try {
      await access(path)
      const database = await openDatabase(path, 'read')
      return { database, catalog: await withConnection(database, readCatalog) }
    } catch (error) {
      this.#files.delete(id)
      throw new PermiscopeError('STORE_UNAVAILABLE', `Snapshot ${id} can't be read from ${path}`, { snapshot: id }, { cause: error })
    }
  }

  #forget(id: string): OpenFile | undefined {
    const file = this.#files.get(id)
    this.#files.delete(id)
    return file
  }
}

async function closeAll(files: readonly (OpenFile | undefined)[]): Promise<void> {
  for (const file of files) {
    const opened = await file?.opened.catch(() => undefined)
    await opened?.database.close()
  }
}
