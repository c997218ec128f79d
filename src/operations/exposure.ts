import type { Estate } from '../estate/estate.ts'
import type { Entity, Exposure } from './answers.ts'
import { engineOf } from './engines.ts'

/** Decided by the evaluator, as for any other question; not what the provider flags as public. Null where the provider's isn't decided. */
export function exposureOf(estate: Estate, resource: Entity): Exposure | null {
  return engineOf(resource)?.exposureOf(estate, resource) ?? null
}
