import type { EntityFact, SourceRecord } from '../../../domain/facts.ts'
import { canonicalId, parentOf, placeOf } from '../arm-id.ts'
import type { Resolve } from '../coverage.ts'
import { edge, known, natureOf, placeFact, ref } from '../facts.ts'
import type { AzureState } from '../state.ts'

/** Principals: only the directory states them. */
export function* principalStubs(state: AzureState): Generator<EntityFact> {
  for (const { id, kind, name, aliases = [], properties, tenant } of state.principals.values())
    yield {
      record: 'entity',
      label: 'Principal',
      kind,
      id,
      name: name ?? id,
      provider: 'entra',
      scope: tenant ?? null,
      properties: known({ nature: natureOf(kind), ...(aliases.length === 0 ? {} : { aliases }), ...properties }),
      document: null,
      coverage: [],
    }
}

/** Scopes and resources that are named, with what they lie in as far as ids tell, and roles that no listing holds. */
export function* placeStubs(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  const seen = new Map<string, { readonly printed: string; readonly coverages: Set<string> }>()
  for (const { printed, coverages } of state.places.values()) {
    let at: string | undefined = printed
    while (at !== undefined) {
      const id = canonicalId(at)
      const place = seen.get(id)
      if (place !== undefined) for (const coverage of coverages) place.coverages.add(coverage)
      else seen.set(id, { printed: at, coverages: new Set(coverages) })
      const parent: string | undefined = parentOf(id)
      at = parent === undefined ? undefined : at.slice(0, parent.length)
    }
  }
  for (const [id, { printed, coverages }] of seen) {
    const place = placeOf(printed)
    const isStated = state.stated.has(id) || (state.tree.groups.get(id) ?? state.tree.subscriptions.get(id)) !== undefined
    if (!isStated) yield placeFact(place, [])
    const parent = parentOf(id)
    if (parent === undefined || state.stated.has(id)) continue
    const above = placeOf(parent)
    yield edge('CONTAINS', ref(above.label, above.id), ref(place.label, id), [...new Set([...coverages].flatMap(resolve))].sort())
  }
  yield* roleStubs(state)
}

function* roleStubs(state: AzureState): Generator<EntityFact> {
  const named = new Map<string, string>()
  for (const { statement } of [...state.held.values()].flat()) {
    const { gives } = statement
    if (gives === undefined || state.held.has(gives.id)) continue
    const names = [gives.name ?? gives.id, named.get(gives.id) ?? gives.id].filter((name) => name !== gives.id).sort()
    named.set(gives.id, names[0] ?? gives.id)
  }
  for (const [id, name] of named)
    yield {
      record: 'entity',
      label: 'Role',
      kind: 'AzureRole',
      id,
      name,
      provider: 'azure',
      scope: null,
      properties: {},
      document: null,
      coverage: [],
    }
}
