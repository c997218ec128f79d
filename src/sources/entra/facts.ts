import type { EdgeFact, EntityFact, EntityRef, Origin, Properties, SourceRecord } from '../../domain/facts.ts'
import type { FactEdge, Label, Nature, PropertyName } from '../../domain/vocabulary.ts'
import type { Operation } from './kinds.ts'
import type { Row } from './row.ts'

/** What a row says at once, and whom it names that may be stated elsewhere or nowhere. */
export interface Mapped {
  readonly records: readonly SourceRecord[]
  readonly named?: readonly Named[]
  /** Things of a directory that a listing of others shows, so that they are stated where no listing of theirs does. */
  readonly seen?: readonly EntityFact[]
  /** Listings within a row: members that were expanded with their group. */
  readonly within?: readonly Within[]
}

export interface Named {
  readonly stub: EntityFact
  readonly at: Origin
  readonly coverage: string
  /** The grant that names it. */
  readonly grant?: string
}

export interface Within {
  readonly operation: Operation
  readonly subject: string
  readonly rows: readonly Row[]
  readonly isWhole: boolean
}

export interface About {
  readonly tenant: string
  /** Lower-cased; '' where the answer is about the whole directory. */
  readonly subject: string
  /** Id of the coverage that the facts belong to. */
  readonly coverage: string
}

export const NOTHING: Mapped = { records: [] }

export const joined = (parts: readonly Mapped[]): Mapped => ({
  records: parts.flatMap(({ records }) => records),
  named: parts.flatMap(({ named = [] }) => named),
  seen: parts.flatMap(({ seen = [] }) => seen),
  within: parts.flatMap(({ within = [] }) => within),
})

export const ref = (label: Label, id: string): EntityRef => ({ label, id })

export const edge = (kind: FactEdge, from: EntityRef, to: EntityRef, coverage: string): EdgeFact => ({
  record: 'edge',
  kind,
  from,
  to,
  coverage: [coverage],
})

export type Said = { readonly [P in PropertyName]?: Properties[P] | null | undefined }

/** Leaves out what isn't known. */
const known = (values: Said): Properties => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null))

export interface EntitySaid {
  readonly label: Label
  readonly kind: string
  readonly id: string
  /** Left out: this listing doesn't tell it. */
  readonly name?: string | undefined
  readonly properties?: Said
  /** As printed. */
  readonly document?: unknown
  readonly at?: Origin
}

export const entity = (said: EntitySaid, { tenant, coverage }: Pick<About, 'tenant' | 'coverage'>): EntityFact => ({
  record: 'entity',
  label: said.label,
  kind: said.kind,
  id: said.id,
  name: said.name ?? said.id,
  provider: 'entra',
  scope: said.kind === 'EntraTenant' ? null : tenant,
  properties: known(said.properties ?? {}),
  document: said.document === undefined ? null : JSON.stringify(said.document),
  ...(said.at === undefined ? {} : { origin: said.at }),
  coverage: [coverage],
})

/** An entity in its directory. */
export const listed = (said: EntitySaid, about: About): readonly SourceRecord[] => [
  entity(said, about),
  edge('CONTAINS', ref('Scope', about.tenant), ref(said.label, said.id), about.coverage),
]

const NATURES: Readonly<Record<string, Nature>> = {
  EntraUser: 'HUMAN',
  EntraGroup: 'GROUP',
  EntraApplication: 'WORKLOAD',
  ServicePrincipal: 'WORKLOAD',
  ManagedIdentity: 'WORKLOAD',
  DirectoryObject: 'UNKNOWN',
}

/** @returns undefined for what is no principal: a role, a scope */
export const natureOfKind = (kind: string): Nature | undefined => NATURES[kind]

/** Something that is named and may be stated elsewhere, or nowhere: whether it is of another directory isn't known. */
export function stub(said: Omit<EntitySaid, 'document' | 'at'>, tenant: string | null): EntityFact {
  const properties = known({ nature: natureOfKind(said.kind), ...said.properties })
  return {
    record: 'entity',
    label: said.label,
    kind: said.kind,
    id: said.id,
    name: said.name ?? said.id,
    provider: 'entra',
    scope: tenant,
    properties,
    document: null,
    coverage: [],
  }
}

const PRINCIPAL_TYPES: Readonly<Record<string, string>> = {
  user: 'EntraUser',
  group: 'EntraGroup',
  serviceprincipal: 'ServicePrincipal',
  application: 'EntraApplication',
}

/** @param type `User`, `#microsoft.graph.user`; what it is of is not known where nothing tells */
export const kindOfType = (type: string | undefined): string =>
  PRINCIPAL_TYPES[(type ?? '').replace(/^#?microsoft\.graph\./i, '').toLowerCase()] ?? 'DirectoryObject'

/** The principal that a grant, a membership or a scope names. */
export const named = (
  id: string,
  about: About,
  at: Origin,
  said: { type?: string | undefined; name?: string | undefined; grant?: string },
): Named => ({
  stub: stub({ label: 'Principal', kind: kindOfType(said.type), id, name: said.name }, about.tenant),
  at,
  coverage: about.coverage,
  ...(said.grant === undefined ? {} : { grant: said.grant }),
})
