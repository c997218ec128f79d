import type { Estate } from '../estate/estate.ts'
import type { Entity, Exposure } from './answers.ts'
import { engineOf } from './engines.ts'

/** Decided by the evaluator, as for any other question; not what the provider flags as public. */
export function exposureOf(estate: Estate, resource: Entity): Exposure {
  return engineOf(resource)?.exposureOf(estate, resource) ?? NOT_EXPOSED
}

const NOT_EXPOSED: Exposure = { public: null, accounts: [], publicActions: [], internet: [] }
