import type { SourceRecord } from '../../../domain/facts.ts'
import { lastSegment, managementGroupId, placeOf } from '../arm-id.ts'
import { soleTenant, type Resolve } from '../coverage.ts'
import { edge, known, placeFact, ref, tenantFact } from '../facts.ts'
import type { AzureState } from '../state.ts'

/** Tenants, management groups and subscriptions, one in another. */
export function* treeFacts(state: AzureState, resolve: Resolve): Generator<SourceRecord> {
  const { tree } = state
  const resolved = (coverages: Iterable<string>): readonly string[] => [...new Set([...coverages].flatMap(resolve))].sort()
  const tenants = new Map<string, Set<string>>()
  for (const nodes of [tree.groups, tree.subscriptions])
    for (const [id, node] of nodes) {
      const coverage = resolved(node.coverages)
      const tenant = node.tenant ?? soleTenant(state)
      const place = placeOf(id)
      yield placeFact({ ...place, name: node.name ?? place.name }, coverage, known({ state: node.state }), tenant)
      if (tenant === undefined || coverage.length === 0) continue
      tenants.set(tenant, new Set([...(tenants.get(tenant) ?? []), ...coverage]))
      if (id === managementGroupId(tenant)) yield edge('CONTAINS', ref('Scope', tenant), ref('Scope', id), coverage)
    }
  for (const [child, parents] of tree.parents)
    for (const [parent, coverages] of parents) yield edge('CONTAINS', ref('Scope', parent), ref('Scope', child), resolved(coverages))
  for (const [tenant, coverages] of tenants) yield tenantFact(tenant, [...coverages].sort(), tree.tenantNames.get(tenant))
}

/** The root's name is the tenant's id; everything else lies in something. */
export const isRootGroup = (state: AzureState, id: string): boolean => {
  const tenant = state.tree.groups.get(id)?.tenant ?? soleTenant(state)
  return tenant === lastSegment(id)
}
