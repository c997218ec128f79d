import { z } from 'zod'
import type { Origin } from '../../../domain/facts.ts'
import type { Mapped } from '../map/facts.ts'
import { date, name, struct, text } from '../schema.ts'
import { joined, NOTHING_MAPPED, type About, type Held } from './output.ts'
import { mapRows, mapWhole } from './rows.ts'

/** Shares, put together from what each output says of them. */

const shareArn = z.string().regex(/^arn:[^:]+:ram:[^:]*:\d{12}:resource-share\/.+$/, 'not the ARN of a resource share')
const someArn = z.string().startsWith('arn:')

const shareRow = struct({
  ResourceShareArn: shareArn,
  Name: text,
  Status: text,
  AllowExternalPrincipals: z.boolean().nullish(),
  FeatureSet: text,
  CreationTime: date,
  LastUpdatedTime: date,
})
const resourceRow = struct({ Arn: someArn, Type: text, ResourceShareArn: shareArn, Status: text })
const principalRow = struct({ Id: name, ResourceShareArn: shareArn })
const associationRow = struct({ ResourceShareArn: shareArn, AssociatedEntity: name, AssociationType: name, Status: text })
/** Which permission a share has, and in which version. */
const permissionRow = struct({ Arn: someArn, Version: text, ResourceType: text })
export type PermissionRow = z.output<typeof permissionRow>
const permissionWhole = struct({ Arn: someArn, Version: text, Permission: z.unknown() })

export interface Share {
  readonly arn: string
  readonly at: Origin
  /** Undefined: get-resource-shares did not tell of it. */
  said: z.output<typeof shareRow> | undefined
  /** By ARN; the type where it was told. */
  readonly resources: Map<string, string | undefined>
  readonly principals: Set<string>
  /** By ARN; undefined: not listed. */
  permissions: Map<string, PermissionRow> | undefined
}

export interface SharesRead {
  readonly shares: readonly Share[]
  /** Documents of permissions, by ARN and version. */
  readonly permissions: ReadonlyMap<string, ReadonlyMap<string, unknown>>
  /** Findings of rows that could not be read. */
  readonly broken: Mapped
}

/** Held outputs of an operation of ram. */
export type Outputs = (operation: string) => readonly Held[]

export function readShares(outputs: Outputs): SharesRead {
  const known = new Map<string, Share>()
  const share = (arn: string, at: Origin): Share => {
    const one = known.get(arn) ?? { arn, at, said: undefined, resources: new Map(), principals: new Set(), permissions: undefined }
    known.set(arn, one)
    return one
  }
  const listed = inOrder(outputs('list-resource-share-permissions'))
  for (const { about } of listed) share(about.subject, { file: about.file, place: about.place }).permissions ??= new Map()
  const broken = [
    rowsOf(outputs('get-resource-shares'), 'ResourceShares', shareRow, (row, at) => {
      share(row.ResourceShareArn, at).said = row
    }),
    rowsOf(outputs('list-resources'), 'Resources', resourceRow, (row, at) => {
      if (isThere(row.Status)) share(row.ResourceShareArn, at).resources.set(row.Arn, row.Type ?? undefined)
    }),
    rowsOf(outputs('list-principals'), 'Principals', principalRow, (row, at) => {
      share(row.ResourceShareArn, at).principals.add(row.Id)
    }),
    rowsOf(outputs('get-resource-share-associations'), 'ResourceShareAssociations', associationRow, (row, at) => {
      takeAssociation(row, share(row.ResourceShareArn, at))
    }),
    rowsOf(listed, 'Permissions', permissionRow, (row, at, { subject }) => {
      share(subject, at).permissions?.set(row.Arn, row)
    }),
  ]
  const documents = readPermissions(outputs('get-permission'))
  return { shares: [...known.values()], permissions: documents.permissions, broken: joined([...broken, documents.broken]) }
}

/** Where outputs contradict each other, the same one wins in any order. */
const inOrder = (held: readonly Held[]): readonly Held[] =>
  held
    .map((one) => ({ one, key: JSON.stringify(one.value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)

const rowsOf = <Row>(held: readonly Held[], list: string, schema: z.ZodType<Row>, take: (row: Row, at: Origin, about: About) => void): Mapped =>
  joined(
    inOrder(held).map(({ value, about }) =>
      mapRows(value, list, about, schema, (row, at) => {
        take(row, at, about)
        return NOTHING_MAPPED
      }),
    ),
  )

function readPermissions(held: readonly Held[]): Pick<SharesRead, 'permissions' | 'broken'> {
  const permissions = new Map<string, Map<string, unknown>>()
  const broken = inOrder(held).map(({ value, about }) =>
    mapWhole(
      value,
      about,
      permissionWhole,
      ({ Arn, Version, Permission }) => {
        permissions.set(Arn, (permissions.get(Arn) ?? new Map<string, unknown>()).set(Version ?? '', Permission))
        return NOTHING_MAPPED
      },
      'Permission',
    ),
  )
  return { permissions, broken: joined(broken) }
}

const isThere = (status: string | null | undefined): boolean => status !== 'UNAVAILABLE' && status !== 'PENDING'

function takeAssociation(row: z.output<typeof associationRow>, { resources, principals }: Share): void {
  if (row.Status !== undefined && row.Status !== null && row.Status !== 'ASSOCIATED') return
  if (row.AssociationType === 'RESOURCE' && !resources.has(row.AssociatedEntity)) resources.set(row.AssociatedEntity, undefined)
  if (row.AssociationType === 'PRINCIPAL') principals.add(row.AssociatedEntity)
}
