import { PermiscopeError } from '../domain/errors.ts'
import type { GraphStore } from '../graph/store.ts'
import type { ReadOptions } from '../sources/source.ts'
import type { IngestReport } from './answers.ts'

export interface IngestOptions extends ReadOptions {
  /** Start from nothing instead of carrying over what other coverages said. */
  readonly replace?: boolean
  /** How many snapshots to keep, the new one included; all unless given. */
  readonly keep?: number
}

/**
 * Reads exports and publishes a new snapshot. What the exports cover replaces what was known of it; everything else is carried over.
 * Publishes nothing where nothing was loaded. Bad data is in `findings`; `refused` counts those that were not loaded.
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export async function ingest(_store: GraphStore, _paths: readonly string[], _options: IngestOptions = {}): Promise<IngestReport> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
