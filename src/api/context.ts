import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { GraphStore } from '../graph/store.ts'
import type { CrownJewels } from '../operations/crown-jewels.ts'

/** What a document is executed against. */
export interface ApiContext {
  /** The same estate throughout one request, whatever is published meanwhile. @throws NO_SNAPSHOT, LIMIT_EXCEEDED */
  readonly estate: () => Estate
  /** @throws STORE_UNAVAILABLE where there is none */
  readonly store: () => GraphStore
  /** Tags that mark crown jewels. */
  readonly crownJewels: CrownJewels
  /** @throws LIMIT_EXCEEDED past the deadline */
  readonly stillInTime: () => void
}

export interface ContextSources {
  readonly estate: () => Estate
  readonly store: () => GraphStore
  readonly crownJewels: CrownJewels
  /** How long one request may take in all; without end unless given. */
  readonly timeLimitMs?: number
}

/** The context of one request. */
export function requestContext(sources: ContextSources): ApiContext {
  const { timeLimitMs = Infinity } = sources
  const started = performance.now()
  let pinned: Estate | undefined
  // Operations are synchronous and short; a request is long by asking many things, so the clock is read before each.
  const stillInTime = (): void => {
    if (performance.now() - started > timeLimitMs) throw new PermiscopeError('LIMIT_EXCEEDED', `the request took longer than ${timeLimitMs} ms`)
  }
  const estate = (): Estate => {
    stillInTime()
    pinned ??= sources.estate()
    return pinned
  }
  return { estate, store: sources.store, crownJewels: sources.crownJewels, stillInTime }
}
