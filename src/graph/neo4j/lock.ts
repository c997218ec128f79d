import { PermiscopeError } from '../../domain/errors.ts'
import { statement } from '../statements.ts'
import { livenessOf, thisWriter, writerIn } from '../writer.ts'
import type { Server } from './connection.ts'
import { allRows, reading, writing } from './connection.ts'

/**
 * One writer at a time: the state node names it. Every statement that writes matches the name, so that a writer that was thought dead
 * and taken over from writes no more.
 */

export interface WriteLock {
  /** What statements match as `$writer`. */
  readonly writer: string
  release(): Promise<void>
}

const HEARTBEAT_MS = 5_000
/** After so long without a heartbeat a writer on another host counts as dead. */
const SILENCE_MS = 60_000

export async function acquireLock(server: Server): Promise<WriteLock> {
  const writer = JSON.stringify(thisWriter())
  const holder = await take(server, writer, null)
  if (holder !== writer && isGone(holder)) await take(server, writer, holder)
  const winner = holder === writer ? writer : await holderOf(server)
  if (winner !== writer) throw busy(server, winner)
  return heldLock(server, writer)
}

export function busy({ location }: Server, holder: string | null = null): PermiscopeError {
  const writer = writerIn(holder ?? '')
  const who = writer === null ? 'Another process' : `Process ${writer.pid} on ${writer.host}`
  return new PermiscopeError('STORE_BUSY', `${who} is writing to the store at ${location}`)
}

function heldLock(server: Server, writer: string): WriteLock {
  const heartbeat = setInterval(() => {
    // One that is missed matters only if many are; what is written then finds out.
    writing(server, (transaction) => allRows(transaction, statement('load/neo4j-keep-lock'), { writer })).catch(() => undefined)
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    writer,
    async release() {
      clearInterval(heartbeat)
      // A server that is gone keeps the lock until its silence is noticed; the error that counts is the one before.
      await writing(server, (transaction) => allRows(transaction, statement('load/neo4j-release-lock'), { writer })).catch(() => undefined)
    },
  }
}

/** @param dead the holder that is known to be dead @returns who holds the lock now */
async function take(server: Server, writer: string, dead: string | null): Promise<string | null> {
  const parameters = { writer, dead, silence: SILENCE_MS }
  const rows = await writing(server, (transaction) => allRows(transaction, statement('load/neo4j-take-lock'), parameters))
  return rows.length > 0 ? writer : holderOf(server)
}

async function holderOf(server: Server): Promise<string | null> {
  const [row] = await reading(server, (transaction) => allRows(transaction, statement('stream/neo4j-state')))
  return typeof row?.['writer'] === 'string' ? row['writer'] : null
}

function isGone(holder: string | null): boolean {
  const writer = writerIn(holder ?? '')
  return writer !== null && livenessOf(writer) === 'gone'
}
