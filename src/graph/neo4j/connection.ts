import neo4j from 'neo4j-driver'
import type { BookmarkManager, Driver, ManagedTransaction, Session } from 'neo4j-driver'
import { PermiscopeError } from '../../domain/errors.ts'
import type { Row } from '../rows.ts'

/** The only file that touches the driver's objects. */

export interface Server {
  readonly driver: Driver
  readonly database: string | undefined
  /** Without credentials, for messages. */
  readonly location: string
  /** Lets a session see what another one of this process wrote, on clusters too. */
  readonly bookmarks: BookmarkManager
}

export type Parameters = Readonly<Record<string, unknown>>
export type Transaction = Pick<ManagedTransaction, 'run'>

const CONNECT_MS = 10_000
const STATEMENT_MS = 120_000
const ROWS_A_FETCH = 2_000

/** @throws BAD_USAGE where credentials are missing, STORE_UNAVAILABLE where the server doesn't answer or refuses them */
export async function connect(url: string, environment: NodeJS.ProcessEnv): Promise<Server> {
  const location = locationOf(url)
  const { NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database } = environment
  if (username === undefined || password === undefined) {
    throw new PermiscopeError('BAD_USAGE', `Set NEO4J_USERNAME and NEO4J_PASSWORD in the environment to use ${location}`)
  }
  const settings = {
    disableLosslessIntegers: true,
    connectionTimeout: CONNECT_MS,
    connectionAcquisitionTimeout: 2 * CONNECT_MS,
    userAgent: 'permiscope',
  }
  const driver = neo4j.driver(location, neo4j.auth.basic(username, password), settings)
  const server: Server = { driver, database: database === '' ? undefined : database, location, bookmarks: neo4j.bookmarkManager() }
  try {
    // Tried once: what is mistyped should not be waited for as what is restarting.
    await plainly(server, () => driver.verifyConnectivity(server.database === undefined ? {} : { database: server.database }))
    return server
  } catch (error) {
    await driver.close()
    throw error
  }
}

/** Credentials in a URL end up in shell histories and logs; they are refused, and not repeated. */
function locationOf(url: string): string {
  if (!URL.canParse(url))
    throw new PermiscopeError('BAD_USAGE', 'The URL of the store can not be read: bolt://HOST:7687 or neo4j+s://HOST is expected')
  const { protocol, host, username, password } = new URL(url)
  if (username !== '' || password !== '') {
    throw new PermiscopeError(
      'BAD_USAGE',
      'Credentials in the URL of the store are not taken: set NEO4J_USERNAME and NEO4J_PASSWORD in the environment',
    )
  }
  return `${protocol}//${host}`
}

/** Runs `work` in one read transaction, once more where the server says that it may succeed then. */
export function reading<Result>(server: Server, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return inSession(server, 'READ', (session) => session.executeRead(work, { timeout: STATEMENT_MS }))
}

export function writing<Result>(server: Server, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return inSession(server, 'WRITE', (session) => session.executeWrite(work, { timeout: STATEMENT_MS }))
}

/** Runs a statement that makes its own transactions (`CALL {} IN TRANSACTIONS`), or changes the schema. */
export async function runAlone(server: Server, text: string, parameters: Parameters = {}): Promise<void> {
  await inSession(server, 'WRITE', (session) => session.run(text, parameters))
}

/** One read transaction whose results are streamed, so it can't be tried again. */
export async function* streaming<Item>(server: Server, work: (transaction: Transaction) => AsyncGenerator<Item>): AsyncGenerator<Item> {
  const session = openSession(server, 'READ')
  try {
    const transaction = session.beginTransaction()
    yield* work(await transaction)
    await (await transaction).commit()
  } catch (error) {
    throw plainError(server, error)
  } finally {
    await session.close()
  }
}

export async function* rowsOf(transaction: Transaction, text: string, parameters: Parameters): AsyncGenerator<Row> {
  for await (const record of transaction.run(text, parameters)) yield record.toObject()
}

export async function allRows(transaction: Transaction, text: string, parameters: Parameters = {}): Promise<readonly Row[]> {
  return (await transaction.run(text, parameters)).records.map((record) => record.toObject())
}

async function inSession<Result>(server: Server, mode: 'READ' | 'WRITE', work: (session: Session) => Promise<Result>): Promise<Result> {
  const session = openSession(server, mode)
  try {
    return await plainly(server, () => work(session))
  } finally {
    await session.close()
  }
}

function openSession({ driver, database, bookmarks }: Server, defaultAccessMode: 'READ' | 'WRITE'): Session {
  return driver.session({ defaultAccessMode, bookmarkManager: bookmarks, fetchSize: ROWS_A_FETCH, ...(database === undefined ? {} : { database }) })
}

async function plainly<Result>(server: Server, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw plainError(server, error)
  }
}

const MESSAGES: Readonly<Record<string, string>> = {
  ServiceUnavailable: 'does not answer',
  SessionExpired: 'ended the connection',
  'Neo.ClientError.Security.Unauthorized': 'refuses the credentials in NEO4J_USERNAME and NEO4J_PASSWORD',
  'Neo.ClientError.Security.AuthenticationRateLimit': 'has seen too many wrong credentials and takes none for some seconds',
  'Neo.ClientError.Security.CredentialsExpired': 'wants the first password to be changed before it is used',
  'Neo.ClientError.Security.Forbidden': 'does not allow this user to do what is needed',
  'Neo.ClientError.Database.DatabaseNotFound': 'has no database of the name in NEO4J_DATABASE',
  'Neo.ClientError.Statement.AccessMode': 'allows no writing here',
}

/** The driver's own message can hold values of the data; its code can't. */
function plainError({ location }: Server, error: unknown): unknown {
  if (!neo4jError(error)) return error
  if (error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed')
    return new PermiscopeError('INTERNAL', 'Two entities have the same id', {}, { cause: error })
  const what = MESSAGES[error.code] ?? `failed with ${error.code}`
  return new PermiscopeError('STORE_UNAVAILABLE', `The Neo4j server at ${location} ${what}`, { reason: error.code }, { cause: error })
}

function neo4jError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && error.name === 'Neo4jError' && 'code' in error && typeof error.code === 'string'
}
