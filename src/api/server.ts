import type { FastifyInstance } from 'fastify'
import fastify from 'fastify'
import type { ExecutionResult } from 'graphql'
import mercurius from 'mercurius'
import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { GraphStore } from '../graph/store.ts'
import type { CrownJewels } from '../operations/crown-jewels.ts'
import { readCrownJewels } from '../operations/crown-jewels.ts'
import type { Follower } from '../operations/follow.ts'
import { follow } from '../operations/follow.ts'
import { bindAddress, serverUrl } from './bind-address.ts'
import { requestContext } from './context.ts'
import { rootCause, spokenError, statusOf } from './errors.ts'
import { serveGraphiql } from './graphiql.ts'
import { LIMITS } from './limits.ts'
import { logFault } from './log-fault.ts'
import { checkQueryCost } from './query-cost.ts'
import { guardRequests } from './request-guard.ts'
import { apiSchema } from './schema.ts'
import { addSecurityHeaders } from './security-headers.ts'

export interface ServeOptions {
  readonly store: GraphStore
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told of each change to another snapshot, and of one that can't be loaded. */
  readonly onChange?: (event: { readonly snapshot: string; readonly error?: unknown }) => void
}

export interface RunningServer {
  readonly url: string
  /** The estate that is served now; undefined as long as nothing has been ingested. */
  readonly served: () => Estate | undefined
  /** Answers what was asked, then stops. The store stays open. */
  readonly close: () => Promise<void>
}

/** Serves the API and GraphiQL from a store, and goes over to new snapshots by itself. @throws BAD_USAGE for an address that is not loopback */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const host = bindAddress(options.host, options.environment)
  const crownJewels = readCrownJewels(options.environment)
  const follower = await follow(options.store, options.onChange && { onChange: options.onChange })
  const app = await apiServer({ store: options.store, follower, crownJewels })
  try {
    await app.listen({ host, port: options.port })
  } catch (error) {
    await follower.close()
    throw error
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const close = async (): Promise<void> => {
    await app.close()
    await follower.close()
  }
  return { url: serverUrl(host, port), served: () => served(follower), close }
}

interface ServedParts {
  readonly store: GraphStore
  readonly follower: Follower
  readonly crownJewels: CrownJewels
}

async function apiServer(parts: ServedParts): Promise<FastifyInstance> {
  const app = fastify({
    // Messages of errors may quote what people sent or stored; logFault writes what is safe to keep.
    logger: false,
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    handlerTimeout: LIMITS.requestMs,
    forceCloseConnections: 'idle',
  })
  app.setErrorHandler(async (error, _request, reply) => {
    logFault(rootCause(error))
    const spoken = spokenError(error)
    return reply.code(statusOf([spoken])).send({ data: null, errors: [spoken] })
  })
  guardRequests(app)
  addSecurityHeaders(app)
  app.get('/healthz', async () => health(parts.follower))
  app.get('/', (_request, reply) => reply.redirect('/graphiql'))
  serveGraphiql(app)
  await serveGraphql(app, parts)
  return app
}

function served(follower: Follower): Estate | undefined {
  try {
    return follower.estate()
  } catch (error) {
    if (error instanceof PermiscopeError && error.code === 'NO_SNAPSHOT') return undefined
    throw error
  }
}

/** Alive is one thing, able to answer about an estate another. */
function health(follower: Follower): { readonly status: 'ok'; readonly ready: boolean; readonly snapshot: string | null } {
  const snapshot = served(follower)?.snapshot ?? null
  return { status: 'ok', ready: snapshot !== null, snapshot }
}

async function serveGraphql(app: FastifyInstance, { store, follower, crownJewels }: ServedParts): Promise<void> {
  const sources = { estate: () => follower.estate(), store: () => store, crownJewels, timeLimitMs: LIMITS.requestMs }
  await app.register(mercurius, {
    schema: apiSchema(),
    context: () => requestContext(sources),
    jit: 1,
    graphiql: false,
    queryDepth: LIMITS.queryDepth,
    errorFormatter: formatErrors,
  })
  app.graphql.addHook('preExecution', async (schema, document, _context, variables) => checkQueryCost(schema, document, variables ?? {}))
}

function formatErrors(execution: ExecutionResult) {
  const errors = (execution.errors ?? []).flatMap(unwrapped)
  for (const error of errors) logFault(rootCause(error))
  const spoken = errors.map(spokenError)
  const data = execution.data ?? null
  return { statusCode: data === null ? statusOf(spoken) : 200, response: { data, errors: spoken } }
}

/** Mercurius packs the faults of a query into one error. */
function unwrapped(error: unknown): readonly unknown[] {
  const cause = rootCause(error)
  if (cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors) && cause.errors.length > 0) return cause.errors
  return [error]
}
