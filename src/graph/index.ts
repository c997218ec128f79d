import { PermiscopeError } from '../domain/errors.ts'
import { EmbeddedStore } from './embedded/embedded-store.ts'
import { connect } from './neo4j/connection.ts'
import { Neo4jStore } from './neo4j/neo4j-store.ts'
import type { GraphStore } from './store.ts'

export interface StoreOptions {
  /** Folder of the embedded store; one that is not there yet is an empty store. */
  readonly data?: string
  /**
   * `neo4j://`, `neo4j+s://`, `bolt://` or `bolt+s://`: a Neo4j server instead. Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD, the
   * database's name, unless it is the user's own, from NEO4J_DATABASE.
   */
  readonly url?: string
  /** Refuses `publish` and `prune`. */
  readonly readOnly?: boolean
}

/** @throws BAD_USAGE where the options don't say which store, STORE_UNAVAILABLE where the server doesn't answer */
export async function openStore({ data, url, readOnly = false }: StoreOptions): Promise<GraphStore> {
  if (url !== undefined) return openServer(url, readOnly)
  if (data === undefined) throw new PermiscopeError('BAD_USAGE', 'Neither a folder nor a URL says where the store is')
  return new EmbeddedStore(data, readOnly)
}

async function openServer(url: string, readOnly: boolean): Promise<GraphStore> {
  if (!/^(?:neo4j|bolt)(?:\+s)?:\/\//.test(url)) {
    throw new PermiscopeError('BAD_USAGE', 'The URL of a store starts with neo4j://, neo4j+s://, bolt:// or bolt+s://')
  }
  return new Neo4jStore(await connect(url, process.env), readOnly)
}
