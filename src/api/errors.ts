import { GraphQLError } from 'graphql'
import type { ErrorCode } from '../domain/errors.ts'
import { ERRORS, PermiscopeError } from '../domain/errors.ts'

/** An error as it leaves the API. */
export interface SpokenError {
  readonly message: string
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: ErrorCode; readonly details?: Readonly<Record<string, unknown>> }
}

/** Says what users may know of an error. Of a fault of Permiscope that is only that it is one. */
export function spokenError(error: unknown): SpokenError {
  const cause = rootCause(error)
  const { locations, path } = error instanceof GraphQLError ? error : {}
  const place = { ...(locations && { locations }), ...(path && { path }) }
  const code = errorCode(cause)
  if (code === 'INTERNAL') return { message: ERRORS.INTERNAL.title, ...place, extensions: { code } }
  const message = cause instanceof Error ? cause.message : ERRORS[code].title
  const details = cause instanceof PermiscopeError && Object.keys(cause.details).length > 0 ? { details: cause.details } : {}
  return { message, ...place, extensions: { code, ...details } }
}

/** The thrown error itself: GraphQL and mercurius wrap it, at times twice. */
export function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof GraphQLError && cause.originalError instanceof Error) cause = cause.originalError
  return cause
}

const LIMIT_CODES = new Set(['MER_ERR_GQL_QUERY_DEPTH', 'FST_ERR_CTP_BODY_TOO_LARGE', 'FST_ERR_HANDLER_TIMEOUT'])

/** Of others' errors: a query that doesn't parse or fit the schema is a GraphQLError without a cause; mercurius and fastify have codes of their own. */
function errorCode(cause: unknown): ErrorCode {
  if (cause instanceof PermiscopeError) return cause.code
  if (cause instanceof GraphQLError) return 'BAD_USAGE'
  const { code, statusCode } = (cause ?? {}) as { readonly code?: unknown; readonly statusCode?: unknown }
  if (typeof code === 'string' && LIMIT_CODES.has(code)) return 'LIMIT_EXCEEDED'
  if (typeof code === 'string' && code.startsWith('MER_ERR_GQL_')) return 'BAD_USAGE'
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? 'BAD_USAGE' : 'INTERNAL'
}

/** The HTTP status of a response without data. */
export function statusOf(errors: readonly SpokenError[]): number {
  const [first] = errors
  return first === undefined ? 200 : ERRORS[first.extensions.code].status
}
