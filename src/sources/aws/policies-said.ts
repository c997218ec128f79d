import type { SourceRecord } from '../../domain/facts.ts'
import { keepOpen, type OpenEnds } from './open-ends.ts'

/**
 * Policies of resources that inventories tell, which may be hours old: they count only where nothing else that was read tells the policy.
 */
export function* policiesSaid(ends: OpenEnds): Generator<SourceRecord> {
  for (const { id, mapped } of ends.unlessSaid) {
    if (ends.policySaid.has(id)) continue
    yield* mapped.records
    for (const open of mapped.open) keepOpen(ends, open)
  }
}
