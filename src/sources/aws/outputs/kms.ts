import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import type { Mapped } from '../map/facts.ts'
import { upperFirstKeys, date, name, struct, text } from '../schema.ts'
import { knownByArn } from './known-by-arn.ts'
import { joined, type About, type Held, type OutputKind, type OutputPart } from './output.ts'
import { arnIn, grant, resource, tagsOf } from './records.ts'
import { policyOutput } from './resource-policy.ts'
import { mapRows, mapWhole, memberOf } from './rows.ts'

/** Keys: https://docs.aws.amazon.com/cli/latest/reference/kms/ */

const GONE = ['NotFoundException']

/** @param key its id or ARN */
const keyArn = (about: About, key: string): string => (key.startsWith('arn:') ? key : arnIn(about, 'kms', `key/${key}`))

const keyRow = struct({ KeyArn: name })
const keyMetadata = struct({
  Arn: name,
  CreationDate: date,
  Description: text,
  KeyState: text,
  KeyManager: text,
})

const describeKey: OutputKind = {
  id: 'aws/kms/describe-key',
  ...knownByArn('kms', 'KeyMetadata', 'Arn'),
  gone: GONE,
  map: (value, about) =>
    mapWhole(
      value,
      about,
      keyMetadata,
      (row) => {
        const isOfAws = row.KeyManager === undefined || row.KeyManager === null ? undefined : row.KeyManager === 'AWS'
        const description = row.Description === '' ? undefined : row.Description
        const properties = { state: row.KeyState, keyManager: row.KeyManager, providerManaged: isOfAws, description }
        return resource({ id: row.Arn, properties: { ...properties, createdAt: toIsoDate(row.CreationDate) } }, about)
      },
      'KeyMetadata',
    ),
}

const grantRow = struct({
  KeyId: name,
  GrantId: name,
  Name: text,
  CreationDate: date,
  GranteePrincipal: text,
  GranteeServicePrincipal: text,
  RetiringPrincipal: text,
  RetiringServicePrincipal: text,
})

const listGrants: OutputKind = {
  id: 'aws/kms/list-grants',
  gone: GONE,
  ...knownByArn('kms', 'Grants', 'KeyId'),
  is: (value) => [value['Grants']].flat().some((row) => memberOf(row, 'GrantId') !== undefined),
  needsRegion: true,
  map: (value, about) =>
    mapRows(value, 'Grants', about, grantRow, (row, origin, index) => {
      const key = keyArn(about, row.KeyId)
      const principals = [row.GranteePrincipal, row.GranteeServicePrincipal, row.RetiringPrincipal, row.RetiringServicePrincipal]
      const said = { id: `${key}#grant/${row.GrantId}`, kind: 'AwsKmsGrant', name: row.Name || row.GrantId, at: key, origin } as const
      const createdAt = toIsoDate(row.CreationDate)
      const document = JSON.stringify(asPrinted([memberOf(value, 'Grants')].flat()[index]))
      return joined([
        resource({ id: key }, about),
        grant(
          {
            ...said,
            document,
            principals: principals.filter((id) => typeof id === 'string'),
            properties: createdAt === undefined ? {} : { createdAt },
          },
          about,
        ),
      ])
    }),
}

/** With keys as the CLI writes them; the keys of an encryption context are people's own. */
function asPrinted(row: unknown): unknown {
  const printed = upperFirstKeys(row)
  const constraints = upperFirstKeys(memberOf(printed, 'Constraints'))
  return constraints === undefined ? printed : Object.assign({}, printed, { Constraints: constraints })
}

const aliasRow = struct({ AliasName: name, AliasArn: text, TargetKeyId: text })

/** A key's aliases may be told by several pages. Names that AWS keeps for keys to come have no key. */
function aliases(held: readonly Held[], region: About): Mapped {
  const byKey = new Map<string, Set<string>>()
  const read = held.map(({ value, about }) =>
    mapRows(value, 'Aliases', about, aliasRow, ({ AliasName, AliasArn, TargetKeyId }) => {
      if (typeof TargetKeyId !== 'string' || TargetKeyId === '') return { records: [], open: [] }
      const key = typeof AliasArn === 'string' ? AliasArn.replace(/:alias\/.*$/s, `:key/${TargetKeyId}`) : keyArn(about, TargetKeyId)
      byKey.set(key, (byKey.get(key) ?? new Set()).add(AliasName))
      return { records: [], open: [] }
    }),
  )
  return joined([...read, ...[...byKey].map(([id, names]) => resource({ id, properties: { aliases: [...names].sort() } }, region))])
}

export const kms: OutputPart = {
  part: 'kms',
  regional: true,
  kinds: [
    {
      id: 'aws/kms/list-keys',
      ...knownByArn('kms', 'Keys', 'KeyArn'),
      map: (value, about) => mapRows(value, 'Keys', about, keyRow, ({ KeyArn }) => resource({ id: KeyArn }, about)),
    },
    describeKey,
    policyOutput({
      id: 'aws/kms/get-key-policy',
      member: 'Policy',
      knownBy: ['Policy', 'PolicyName'],
      gone: GONE,
      needsSubject: true,
      needsRegion: true,
      resourceOf: (about) => ({ id: keyArn(about, about.subject) }),
    }),
    listGrants,
    { id: 'aws/kms/list-aliases', ...knownByArn(/^arn:[^:]+:kms:[^:]+:\d{12}:alias\//, 'Aliases', 'AliasArn'), held: true },
    {
      id: 'aws/kms/list-resource-tags',
      gone: GONE,
      needsSubject: true,
      needsRegion: true,
      map: (value, about) =>
        mapWhole(
          value,
          about,
          z.array(z.unknown()),
          (tags) => resource({ id: keyArn(about, about.subject), properties: { tags: tagsOf(tags) } }, about),
          'Tags',
        ),
    },
  ],
  assemble: (of, about) => aliases(of('aws/kms/list-aliases'), about),
}
