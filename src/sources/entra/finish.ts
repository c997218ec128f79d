import type { SourceRecord } from '../../domain/facts.ts'
import { untoldFindings } from './accept.ts'
import { coverages } from './finish/coverages.ts'
import { settleHeld } from './finish/held.ts'
import { settleHomeless } from './finish/homeless.ts'
import { applicationsToServicePrincipals, mfaRequirements, tenantScopes, unlistedObjects, wholeListings } from './finish/joins.ts'
import { stubs } from './finish/stubs.ts'
import { coverageOf, operationNamed } from './kinds.ts'
import type { EntraState } from './state.ts'

/** What only all files together say. */
export function* finish(state: EntraState): Generator<SourceRecord> {
  yield* settleHomeless(state)
  yield* settleHeld(state)
  yield* untoldFindings(state)
  yield* unlistedObjects(state)
  yield* applicationsToServicePrincipals(state)
  yield* wholeListings(state)
  yield* mfaRequirements(state)
  const covered = [...coverages(state)]
  const whole = new Set(covered.flatMap((record) => (record.record === 'coverage' && record.complete ? [record.id] : [])))
  yield* stubs(state, (part, tenant) => whole.has(coverageOf(operationNamed(part), tenant)))
  yield* tenantScopes(state)
  yield* covered
}
