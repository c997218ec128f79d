import type { Estate } from '../estate/estate.ts'
import type { GraphStore } from '../graph/store.ts'
import { PermiscopeError } from '../domain/errors.ts'
import { hint, say } from './messages.ts'
import type { CommonOptions } from './options.ts'

interface ListenOptions extends CommonOptions {
  readonly port: number
  readonly host: string
}

const CLOSING_MS = 10_000

/**
 * Serves until a signal comes, answers what is under way, closes the store.
 * @param greeting what to say once it listens
 */
export async function serveUntilStopped(
  store: GraphStore,
  options: ListenOptions,
  greeting: (estate: Estate | undefined) => readonly string[],
): Promise<void> {
  const { startServer } = await import('../api/server.ts')
  const { default: closeWithGrace } = await import('close-with-grace')
  const { host, port } = options
  const onChange = ({ snapshot, error }: { readonly snapshot: string; readonly error?: unknown }): void => {
    if (error === undefined) hint(options, `serving snapshot ${snapshot}`)
    else say(`snapshot ${snapshot} can't be loaded, the former one is served on: ${error instanceof Error ? error.message : 'unknown error'}`)
  }
  const server = await startServer({ store, host, port, environment: process.env, onChange }).catch(async (error: unknown) => {
    await store.close()
    throw asListenError(error, options)
  })
  // Ctrl-C is how a server is meant to end: no failure.
  process.removeAllListeners('SIGINT')
  closeWithGrace({ delay: CLOSING_MS }, async () => {
    await server.close()
    await store.close()
  })
  for (const line of [`Permiscope is at ${server.url} (GraphQL at /graphql, GraphiQL at /graphiql); Ctrl-C ends it`, ...greeting(server.served())]) {
    process.stderr.write(`${line}\n`)
  }
  if (options.output === 'json' || options.output === 'ndjson') process.stdout.write(`${JSON.stringify({ url: server.url })}\n`)
}

function asListenError(error: unknown, { host, port }: ListenOptions): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new PermiscopeError('BAD_USAGE', `port ${port} is taken: choose another with --port`, {}, { cause: error })
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
    return new PermiscopeError('BAD_USAGE', `can't listen on ${host} port ${port}: ${code}`, {}, { cause: error })
  return error
}
