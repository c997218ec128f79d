import type { ApiResponse } from '../api/execute.ts'
import type { SpokenError } from '../api/errors.ts'
import type { Query } from '../api/schema.generated.ts'
import { PermiscopeError } from '../domain/errors.ts'
import type { GraphStore } from '../graph/store.ts'
import type { CommonOptions } from './options.ts'

/** What answers GraphQL: the store of this machine, in process, or a running server. */
export interface Session {
  /** @throws PermiscopeError with the code of the first error */
  readonly ask: (document: string, variables: Readonly<Record<string, unknown>>) => Promise<Partial<Query>>
  readonly close: () => Promise<void>
}

/** How much of the store a verb needs before it can ask; loading an estate takes the longest. */
export type Needs = 'estate' | 'store' | 'nothing'

/** Everything heavy is imported where it is needed: a verb pays for no other's libraries. */
export async function openSession(options: CommonOptions, needs: Needs): Promise<Session> {
  if (options.server !== undefined) return remoteSession(options.server)
  return localSession(options, needs)
}

/** @param readOnly false where the verb writes */
export async function openOptionsStore(options: CommonOptions, readOnly: boolean): Promise<GraphStore> {
  const { openStore } = await import('../graph/index.ts')
  return openStore({ data: options.data, readOnly, ...(options.store !== undefined && { url: options.store }) })
}

async function localSession(options: CommonOptions, needs: Needs): Promise<Session> {
  const { inProcessApi } = await import('../api/execute.ts')
  const { requestContext } = await import('../api/context.ts')
  const { readCrownJewels } = await import('../operations/crown-jewels.ts')
  const store = needs === 'nothing' ? undefined : await openOptionsStore(options, true)
  const close = async (): Promise<void> => store?.close()
  try {
    const estate = store !== undefined && needs === 'estate' ? await (await import('../operations/follow.ts')).loadEstate(store) : undefined
    const sources = { estate: () => given(estate), store: () => given(store), crownJewels: readCrownJewels(process.env) }
    const execute = inProcessApi()
    return { ask: async (document, variables) => dataOf(await execute(document, variables, requestContext(sources))), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A verb that asks for more than it said it needs is a fault of its own. */
function given<T>(value: T | undefined): T {
  if (value === undefined) throw new PermiscopeError('INTERNAL', 'the verb asked for what it did not open')
  return value
}

function remoteSession(server: string): Session {
  return { ask: async (document, variables) => dataOf(await post(server, document, variables)), close: async () => undefined }
}

async function post(server: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<ApiResponse> {
  const url = endpoint(server)
  let response: Response
  try {
    response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) })
  } catch (error) {
    throw new PermiscopeError('STORE_UNAVAILABLE', `no server answers at ${url}`, {}, { cause: error })
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) throw new PermiscopeError('STORE_UNAVAILABLE', `${url} is not a Permiscope server`)
  return body
}

function endpoint(server: string): string {
  if (!URL.canParse(server)) throw new PermiscopeError('BAD_USAGE', `--server ${server} is not a URL`)
  return new URL('/graphql', server).href
}

function dataOf(response: ApiResponse): Partial<Query> {
  const [error] = response.errors ?? []
  if (error !== undefined) throw asPermiscopeError(error)
  return response.data ?? {}
}

function asPermiscopeError({ message, extensions }: SpokenError): PermiscopeError {
  return new PermiscopeError(extensions.code, message, extensions.details ?? {})
}
