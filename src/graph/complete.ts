import { PermiscopeError } from '../domain/errors.ts'
import type { GraphFact } from '../domain/facts.ts'
import type { SnapshotInfo } from './store.ts'

/**
 * Passes facts on and counts them. A picture with a hole answers "no access" where there is some, so one that ends short is refused.
 * @param info null where it is not known how many there must be
 * @throws STORE_UNAVAILABLE
 */
export async function* storedCompletely(snapshot: string, info: SnapshotInfo | null, facts: AsyncIterable<GraphFact>): AsyncGenerator<GraphFact> {
  const counts = { entity: 0, edge: 0 }
  for await (const fact of facts) {
    counts[fact.record] += 1
    yield fact
  }
  if (info === null || (counts.entity === info.entities && counts.edge === info.edges)) return
  const found = `${counts.entity} entities and ${counts.edge} edges`
  throw new PermiscopeError('STORE_UNAVAILABLE', `Snapshot ${snapshot} is not whole: ${found} of ${info.entities} and ${info.edges} were found`, {
    snapshot,
  })
}
