import type { EdgeFact, EntityFact, EntityRef, Origin, Properties, SourceRecord } from '../../../domain/facts.ts'
import type { FactEdge, Label, PropertyName } from '../../../domain/vocabulary.ts'
import type { OrganizationSaid } from '../organization/said.ts'
import type { NamedPrincipal } from '../principals.ts'
import type { UserSaid } from '../users-said.ts'

/** What a row says at once, and what of it can only be settled when everything was read. */
export interface Mapped {
  readonly records: readonly SourceRecord[]
  readonly open: readonly OpenEnd[]
}

/** `at` names the place for a finding. */
export type OpenEnd =
  /** A group is named without its path. */
  | { readonly open: 'membership'; readonly user: string; readonly account: string; readonly group: string; readonly at: Origin }
  /** A managed policy is attached; its document may never come. */
  | { readonly open: 'attachment'; readonly principal: string; readonly account: string; readonly policy: string; readonly at: Origin }
  | { readonly open: 'boundary'; readonly principal: string; readonly account: string; readonly policy: string; readonly at: Origin }
  /** A statement names somebody who may be stated elsewhere, or nowhere. */
  | { readonly open: 'holder'; readonly holder: NamedPrincipal; readonly grant: string; readonly coverage: string }
  /** What runs there has the credentials of a role, whose path the ARN may lack. */
  | { readonly open: 'runs-as'; readonly resource: string; readonly role: string; readonly coverage: string }
  /** Something is named that may be stated elsewhere, or nowhere. */
  | { readonly open: 'named'; readonly stub: EntityFact }
  /** Something about a user that may be named without its path. */
  | { readonly open: 'user'; readonly said: UserSaid }
  /** What counts only if no other output tells the policy of the resource. */
  | { readonly open: 'unless-said'; readonly id: string; readonly mapped: Mapped }
  /** A default version of a managed policy. */
  | { readonly open: 'policy'; readonly role: EntityFact; readonly account: string | null }
  /** A piece of what is known of an organisation. */
  | { readonly open: 'organization'; readonly said: OrganizationSaid }
  /** A date inside the export. */
  | { readonly open: 'date'; readonly account: string; readonly date: string }

export const iamCoverage = (account: string): string => `aws:iam:${account}`

export const ref = (label: Label, id: string): EntityRef => ({ label, id })

export const edge = (kind: FactEdge, from: EntityRef, to: EntityRef, coverage: readonly string[]): EdgeFact => ({
  record: 'edge',
  kind,
  from,
  to,
  coverage,
})

/** Leaves out what isn't known. */
export function properties(values: { readonly [P in PropertyName]?: Properties[P] | null | undefined }): Properties {
  const known: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== null) known[name] = value
  return known
}

interface Tag {
  readonly Key: string
  readonly Value?: string | null | undefined
}

/** `key=value`, sorted: their order means nothing and changes between calls. */
export const tagList = (tags: readonly Tag[] | null | undefined): readonly string[] | undefined =>
  tags?.map((tag) => `${tag.Key}=${tag.Value ?? ''}`).sort()
