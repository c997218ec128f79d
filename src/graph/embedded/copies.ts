import type { Connection } from '@ladybugdb/core'
import { PermiscopeError } from '../../domain/errors.ts'
import { execute, nextTurn } from './database.ts'

/** COPY statements, one after another, on the database's own threads, while the caller writes what is to be copied next. */
export interface Copies {
  /** Returns at once. */
  add(statement: string): Promise<void>
  /**
   * Returns when all were done.
   * @throws INTERNAL where an edge leads to nowhere, STORE_UNAVAILABLE
   */
  finish(): Promise<void>
}

export function createCopies(connection: Connection): Copies {
  let done: Promise<void> = Promise.resolve()
  return {
    add(statement) {
      done = done.then(() => copy(connection, statement))
      // It is awaited at the end; a failure until then is not one that nobody looks at.
      done.catch(() => undefined)
      // Who writes files one after another would never let the next statement begin.
      return nextTurn()
    },
    finish: () => done,
  }
}

async function copy(connection: Connection, text: string): Promise<void> {
  try {
    await execute(connection, text)
  } catch (error) {
    const missing = /Unable to find primary key value ([^]*?)\.$/.exec(messageOf(error))?.[1]
    throw missing === undefined ? error : new PermiscopeError('INTERNAL', `An edge names ${missing}, which no entity is`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
}
