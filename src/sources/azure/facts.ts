import type { EdgeFact, EntityFact, EntityRef, Properties } from '../../domain/facts.ts'
import type { FactEdge, Label, Nature, PropertyName } from '../../domain/vocabulary.ts'
import type { ArmPlace } from './arm-id.ts'
import { subscriptionId, subscriptionOf } from './arm-id.ts'

export const ref = (label: Label, id: string): EntityRef => ({ label, id })

export const edge = (kind: FactEdge, from: EntityRef, to: EntityRef, coverage: readonly string[]): EdgeFact => ({
  record: 'edge',
  kind,
  from,
  to,
  coverage,
})

export type Said = { readonly [P in PropertyName]?: Properties[P] | null | undefined }

/** Leaves out what isn't known. */
export const known = (values: Said): Properties =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null))

/** A scope or resource of Azure. @param tenant of a subscription or management group, where it is known */
export const placeFact = (place: ArmPlace, coverage: readonly string[], properties: Properties = {}, tenant: string | null = null): EntityFact => ({
  record: 'entity',
  label: place.label,
  kind: place.kind,
  id: place.id,
  name: place.name,
  provider: 'azure',
  scope: scopeOf(place) ?? tenant,
  properties,
  document: null,
  coverage,
})

/** What lies in a subscription is of that subscription. */
function scopeOf({ id, kind }: ArmPlace): string | null {
  const subscription = subscriptionOf(id)
  return subscription === undefined || kind === 'Subscription' ? null : subscriptionId(subscription)
}

export const tenantFact = (tenant: string, coverage: readonly string[], name: string | undefined): EntityFact => ({
  record: 'entity',
  label: 'Scope',
  kind: 'EntraTenant',
  id: tenant,
  name: name ?? tenant,
  provider: 'entra',
  scope: null,
  properties: {},
  document: null,
  coverage,
})

const KINDS: Readonly<Record<string, string>> = {
  user: 'EntraUser',
  group: 'EntraGroup',
  foreigngroup: 'EntraGroup',
  serviceprincipal: 'ServicePrincipal',
  msi: 'ManagedIdentity',
  managedidentity: 'ManagedIdentity',
}

/** @param type as Azure says it of whom a grant names; of some it says nothing, or `Unknown` */
export const principalKind = (type: string | undefined): string => KINDS[(type ?? '').toLowerCase()] ?? 'DirectoryObject'

const NATURES: Readonly<Record<string, Nature>> = {
  EntraUser: 'HUMAN',
  EntraGroup: 'GROUP',
  ServicePrincipal: 'WORKLOAD',
  ManagedIdentity: 'WORKLOAD',
}

export const natureOf = (kind: string): Nature => NATURES[kind] ?? 'UNKNOWN'
