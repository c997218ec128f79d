import type { Connection, Database } from '@ladybugdb/core'
import { access } from 'node:fs/promises'
import { PermiscopeError } from '../../domain/errors.ts'
import { openDatabase, streamingConnection, withConnection } from './database.ts'
import { snapshotFile } from './files.ts'
import type { Catalog } from './schema.ts'
import { readCatalog } from './schema.ts'

/**
 * Files that are open for reading. One stays open while somebody reads it, also after another process has removed its name, and a few
 * for the next question; the rest are closed.
 */

const IDLE_KEPT = 2

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

  async close(): Promise<void> {
    const files = [...this.#files.keys()]
    await Promise.all(files.map((id) => this.#closeFile(id)))
  }

  #take(id: string): OpenFile {
    const file = this.#files.get(id) ?? { opened: this.#open(id), users: 0 }
    this.#files.delete(id)
    this.#files.set(id, file)
    file.users += 1
    return file
  }

  async #putBack(file: OpenFile): Promise<void> {
    file.users -= 1
    const idle = [...this.#files].filter(([, candidate]) => candidate.users === 0).map(([id]) => id)
    for (const id of idle.slice(0, Math.max(0, idle.length - IDLE_KEPT))) await this.#closeFile(id)
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

  async #closeFile(id: string): Promise<void> {
    const file = this.#files.get(id)
    this.#files.delete(id)
    const opened = await file?.opened.catch(() => undefined)
    await opened?.database.close()
  }
}
