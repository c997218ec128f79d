import type { SourceRecord } from '../../domain/facts.ts'
import { coverageFacts, resolver, soleTenant, type Resolve } from './coverage.ts'
import { findingsOf } from './finish/findings.ts'
import { delegationFacts, heldFacts, identityFacts, windowFacts } from './finish/held.ts'
import { principalStubs, placeStubs } from './finish/stubs.ts'
import { treeFacts } from './finish/tree.ts'
import type { AzureState } from './state.ts'

/** What only everything together says: which listings speak for what, what is only named, and what is missing. */
export function* finish(state: AzureState): Generator<SourceRecord> {
  const tenant = soleTenant(state)
  if (tenant === undefined) for (const coverage of state.covered.keys()) noteTenant(state, coverage)
  const resolve: Resolve = resolver(state)
  yield* delegationFacts(state, resolve)
  yield* treeFacts(state, resolve)
  yield* heldFacts(state, resolve)
  yield* windowFacts(state, resolve)
  yield* identityFacts(state)
  yield* principalStubs(state)
  yield* placeStubs(state, resolve)
  const coverages = [...coverageFacts(state, resolve)]
  yield* findingsOf(state, resolve, coverages)
  yield* coverages
}

/** A listing of a tenant names it. */
function noteTenant(state: AzureState, coverage: string): void {
  const tenant = /^azure:[^:]+\/tenant:(.+)$/.exec(coverage)?.[1] ?? /^azure:(?:management-groups|subscriptions):(.+)$/.exec(coverage)?.[1]
  if (tenant !== undefined) state.tenants.add(tenant)
}
