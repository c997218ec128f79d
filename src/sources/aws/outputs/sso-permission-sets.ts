import { z } from 'zod'
import type { EntityFact, Origin, SourceRecord } from '../../../domain/facts.ts'
import { lastSegment } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText } from '../document.ts'
import { edge, properties, ref, type Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, NOTHING_MAPPED, type About, type Held } from './output.ts'
import { mapRows, mapWhole, under } from './rows.ts'

/** Permission sets, of which each output tells a part. */

export interface PermissionSets {
  /** By ARN. */
  readonly byArn: ReadonlyMap<string, PermissionSet>
  /** Findings of rows that could not be read. */
  readonly broken: Mapped
}

/** What is undefined was not told. */
export interface PermissionSet {
  readonly name?: string
  readonly description?: string
  readonly createdAt?: string
  readonly maxSessionSeconds?: number
  readonly managed?: readonly string[]
  readonly customerManaged?: readonly string[]
  readonly boundary?: string
  readonly inline?: { readonly document: string; readonly at: Origin }
  readonly at: Origin
}

/** Held outputs of an operation of sso-admin. */
export type Outputs = (operation: string) => readonly Held[]

const arn = z.string().regex(/^arn:[^:]+:sso:::permissionSet\/[^/]+\/ps-.+$/, 'not the ARN of a permission set')
const described = struct({ PermissionSetArn: arn, Name: name, Description: text, CreatedDate: date, SessionDuration: text })
const managedRow = struct({ Arn: z.string().startsWith('arn:') })
const customerRow = struct({ Name: name, Path: text })
const inline = struct({ InlinePolicy: z.unknown() })
const boundary = struct({ ManagedPolicyArn: text, CustomerManagedPolicyReference: customerRow.nullish() })

export function readPermissionSets(outputs: Outputs): PermissionSets {
  const byArn = new Map<string, PermissionSet>()
  const add = (id: string, said: PermissionSet): Mapped => {
    byArn.set(id, { ...byArn.get(id), ...said })
    return NOTHING_MAPPED
  }
  const { managed, customer, ...rest } = readers(add)
  const broken = [
    ...sorted(outputs('list-permission-sets')).map(rest.listed),
    ...sorted(outputs('describe-permission-set')).map(rest.described),
    ...sorted(outputs('get-inline-policy-for-permission-set')).map(rest.inline),
    ...sorted(outputs('get-permissions-boundary-for-permission-set')).map(rest.boundary),
    ...bySubject(outputs('list-managed-policies-in-permission-set')).map(managed),
    ...bySubject(outputs('list-customer-managed-policy-references-in-permission-set')).map(customer),
  ]
  return { byArn, broken: joined(broken) }
}

/** Where outputs contradict each other, the same one wins in any order. */
const sorted = (held: readonly Held[]): readonly Held[] =>
  held
    .map((one) => ({ one, key: JSON.stringify(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)

/** Pages of one list. */
const bySubject = (held: readonly Held[]): readonly (readonly Held[])[] => [...Map.groupBy(sorted(held), ({ about }) => about.subject).values()]

const originOf = ({ file, place }: About): Origin => ({ file, place })

function readers(add: (id: string, said: PermissionSet) => Mapped) {
  const listOf = <Row>(pages: readonly Held[], list: string, schema: z.ZodType<Row>, wordOf: (row: Row) => string) => {
    const words = new Set<string>()
    const broken = pages.map(({ value, about }) =>
      mapRows(value, list, about, schema, (row) => {
        words.add(wordOf(row))
        return NOTHING_MAPPED
      }),
    )
    return { words: [...words].sort(), broken: joined(broken), first: pages[0]?.about }
  }
  return {
    listed: ({ value, about }: Held) => mapRows(value, 'PermissionSets', about, arn, (id, at) => add(id, { at })),
    described: ({ value, about }: Held) =>
      mapWhole(value, about, described, (row, at) => add(row.PermissionSetArn, describe(row, at)), 'PermissionSet'),
    inline: ({ value, about }: Held) =>
      mapWhole(value, about, inline, ({ InlinePolicy }) => {
        const document = documentText(InlinePolicy)
        const at = { file: about.file, place: under(about.place, 'InlinePolicy') }
        return add(about.subject, { at, ...(document === null || document.trim() === '' ? {} : { inline: { document, at } }) })
      }),
    boundary: ({ value, about }: Held) =>
      mapWhole(
        value,
        about,
        boundary.nullish(),
        (row, at) => {
          const limit = row?.ManagedPolicyArn ?? (row?.CustomerManagedPolicyReference ? pathName(row.CustomerManagedPolicyReference) : undefined)
          return add(about.subject, { at, ...(limit === undefined ? {} : { boundary: limit }) })
        },
        'PermissionsBoundary',
      ),
    managed: (pages: readonly Held[]) => {
      const { words, broken, first } = listOf(pages, 'AttachedManagedPolicies', managedRow, (row) => row.Arn)
      if (first !== undefined) add(first.subject, { at: originOf(first), managed: words })
      return broken
    },
    customer: (pages: readonly Held[]) => {
      const { words, broken, first } = listOf(pages, 'CustomerManagedPolicyReferences', customerRow, pathName)
      if (first !== undefined) add(first.subject, { at: originOf(first), customerManaged: words })
      return broken
    },
  }
}

const pathName = ({ Path, Name }: z.output<typeof customerRow>): string => `${Path ?? '/'}${Name}`

function describe(row: z.output<typeof described>, at: Origin): PermissionSet {
  const createdAt = toIsoDate(row.CreatedDate)
  const seconds = secondsOf(row.SessionDuration ?? '')
  return {
    at,
    name: row.Name,
    ...(row.Description === undefined || row.Description === null || row.Description === '' ? {} : { description: row.Description }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(seconds === undefined ? {} : { maxSessionSeconds: seconds }),
  }
}

/** ISO 8601, of hours and less: `PT8H`, `PT1H30M`. */
function secondsOf(duration: string): number | undefined {
  const groups = /^PT(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?$/.exec(duration)?.groups
  if (groups === undefined) return undefined
  return Number(groups['hours'] ?? 0) * 3600 + Number(groups['minutes'] ?? 0) * 60 + Number(groups['seconds'] ?? 0)
}

interface Instance {
  readonly InstanceArn: string
  readonly IdentityStoreId: string
}

/** Permission sets lie in the identity store of their instance. */
export function permissionSetFacts({ byArn }: PermissionSets, instances: readonly Instance[], about: About): Mapped {
  const stores = new Map(instances.map(({ InstanceArn, IdentityStoreId }) => [lastSegment(InstanceArn), IdentityStoreId]))
  const records = [...byArn].flatMap(([id, said]): readonly SourceRecord[] => {
    const store = stores.get(id.split('/')[1] ?? '')
    const entity = permissionSet(id, said, store ?? null, about)
    return store === undefined ? [entity] : [entity, edge('CONTAINS', ref('Scope', store), ref('Role', id), [about.coverage])]
  })
  return { records, open: [] }
}

const permissionSet = (id: string, said: PermissionSet, store: string | null, about: About): EntityFact => ({
  record: 'entity',
  label: 'Role',
  kind: 'AwsPermissionSet',
  id,
  name: said.name ?? id,
  provider: 'aws',
  scope: store,
  properties: properties({
    description: said.description,
    createdAt: said.createdAt,
    maxSessionSeconds: said.maxSessionSeconds,
    managedPolicies: said.managed,
    customerManagedPolicies: said.customerManaged,
    permissionsBoundary: said.boundary,
  }),
  document: said.inline?.document ?? null,
  origin: said.inline?.at ?? said.at,
  coverage: [about.coverage],
})
