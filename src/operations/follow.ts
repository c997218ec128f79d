import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { GraphStore } from '../graph/store.ts'

/** Keeps the estate of the served snapshot at hand and goes over to a new one when it is published. */
export interface Follower {
  /** The estate of the snapshot served now. @throws NO_SNAPSHOT */
  estate(): Estate
  close(): Promise<void>
}

/** Loads and compiles a snapshot (the current one unless named). @throws NO_SNAPSHOT */
export async function loadEstate(_store: GraphStore, _snapshot?: string): Promise<Estate> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}

/** @param intervalMs how often `store.current()` is asked @param onChange told of each swap, and of a snapshot that can't be loaded (the former one stays) */
export async function follow(
  _store: GraphStore,
  _options: { readonly intervalMs?: number; readonly onChange?: (event: { snapshot: string; error?: unknown }) => void } = {},
): Promise<Follower> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
