import { PermiscopeError } from '../domain/errors.ts'
import { EmbeddedStore } from './embedded/embedded-store.ts'
import type { GraphStore } from './store.ts'

export interface StoreOptions {
  /** Folder of the embedded store; one that is not there yet is an empty store. */
  readonly data?: string
  /** `neo4j://`, `neo4j+s://`, `bolt://` or `bolt+s://`: a Neo4j server instead. Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD. */
  readonly url?: string
  /** Refuses `publish` and `prune`. */
  readonly readOnly?: boolean
}

/** @throws STORE_UNAVAILABLE where the server doesn't answer, BAD_USAGE where the options don't say which store */
export async function openStore({ data, url, readOnly = false }: StoreOptions): Promise<GraphStore> {
  if (url !== undefined) throw new PermiscopeError('BAD_USAGE', 'Neo4j comes next')
  if (data === undefined) throw new PermiscopeError('BAD_USAGE', 'Neither a folder nor a URL says where the store is')
  return new EmbeddedStore(data, readOnly)
}
