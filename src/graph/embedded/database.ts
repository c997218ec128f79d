import { Connection, Database } from '@ladybugdb/core'
import type { QueryResult } from '@ladybugdb/core'
import { PermiscopeError } from '../../domain/errors.ts'
import type { Row } from '../rows.ts'
import type { PlainValue } from '../text.ts'

/** The only file that touches the binding's objects. */

export type Parameters = Readonly<Record<string, PlainValue>>

const MEBIBYTE = 2 ** 20
const POOL = { read: 256 * MEBIBYTE, write: 1024 * MEBIBYTE }
/** Address space that is set aside for each open file, not memory; the default of 8 TiB leaves room for few files. */
const LARGEST_FILE = 64 * 1024 * MEBIBYTE
/** Rows that are converted before other work of the process gets its turn. */
const ROWS_A_TURN = 1_000
const STATEMENT_TIMEOUT_MS = 120_000

export async function openDatabase(file: string, mode: 'read' | 'write'): Promise<Database> {
  // A checkpoint after each COPY would write every table anew, and leave half of the file unused; the writer makes one at the end.
  const database = new Database(file, POOL[mode], true, mode === 'read', LARGEST_FILE, false)
  await database.init()
  return database
}

export async function withConnection<Result>(database: Database, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = new Connection(database)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

export async function* streamingConnection<Item>(database: Database, work: (connection: Connection) => AsyncGenerator<Item>): AsyncGenerator<Item> {
  const connection = new Connection(database)
  try {
    yield* work(connection)
  } finally {
    await connection.close()
  }
}

/** Runs a statement of which nothing is to be read. */
export async function execute(connection: Connection, text: string): Promise<void> {
  onlyResult(await connection.query(text).catch(refuse)).close()
}

export async function allRows(connection: Connection, text: string, parameters: Parameters = {}): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const row of streamRows(connection, text, parameters)) rows.push(row)
  return rows
}

export async function* streamRows(connection: Connection, text: string, parameters: Parameters = {}): AsyncGenerator<Row> {
  connection.setQueryTimeout(STATEMENT_TIMEOUT_MS)
  const prepared = await connection.prepare(text)
  if (!prepared.isSuccess()) throw new PermiscopeError('INTERNAL', `The embedded store refused a statement: ${prepared.getErrorMessage()}`)
  const result = onlyResult(await connection.execute(prepared, { ...parameters }).catch(refuse))
  try {
    for (let count = 1; result.hasNext(); count++) {
      yield result.getNextSync() ?? {}
      if (count % ROWS_A_TURN === 0) await nextTurn()
    }
  } finally {
    result.close()
  }
}

/** The database's own message, which is the cause, can hold values of the data; its kind can't. */
function refuse(error: unknown): never {
  const kind = /^([A-Z][A-Za-z ]*) exception:/.exec(error instanceof Error ? error.message : '')?.[1] ?? 'unknown'
  throw new PermiscopeError('STORE_UNAVAILABLE', `The embedded store failed (${kind.toLowerCase()})`, {}, { cause: error })
}

function onlyResult(results: QueryResult | QueryResult[]): QueryResult {
  const result = Array.isArray(results) ? results[0] : results
  if (result === undefined) throw new PermiscopeError('STORE_UNAVAILABLE', 'The embedded store gave no result')
  return result
}

/** Lets other work of the process have its turn: what has arrived meanwhile is looked at. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
