import type { SourceRecord } from '../../../domain/facts.ts'
import { edge, entity, joined, listed, named, NOTHING, ref, type About, type EntitySaid, type Mapped, type Within } from '../facts.ts'
import { rowsIn, textIn, type Fields, type Row } from '../row.ts'
import { applicationSaid, groupSaid, principalSaid, ruleOf, servicePrincipalSaid, userSaid } from './principal.ts'
import { idOf, wrong } from './wrong.ts'

/** Listings of a whole directory: each row states one thing of it. */

type Say = (id: string, fields: Fields, tenant: string) => EntitySaid

const stating =
  (say: Say) =>
  (row: Row, about: About): Mapped => {
    const id = idOf(row.fields)
    return id === undefined ? wrong(row, about, 'id') : { records: listed({ ...say(id, row.fields, about.tenant), at: row.at }, about) }
  }

export const user = stating(userSaid)

export const group = (row: Row, about: About): Mapped => joined([stating(groupSaid)(row, about), expanded(row)])

export const application = stating(applicationSaid)

/** With the permissions that it offers: to applications (roles) and on behalf of users (scopes). */
export function servicePrincipal(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  if (id === undefined) return wrong(row, about, 'id')
  const roles = [
    ...rowsIn(row.fields, 'appRoles').flatMap((role) => roleSaid(`${id}/${textIn(role, 'id')?.toLowerCase() ?? ''}`, role)),
    ...rowsIn(row.fields, 'oauth2PermissionScopes').flatMap((scope) => roleSaid(`${id}#${textIn(scope, 'value') ?? ''}`, scope)),
  ]
  const stated = stating(servicePrincipalSaid)(row, about)
  return { records: [...stated.records, ...roles.flatMap((role) => listed({ ...role, at: row.at }, about))] }
}

function roleSaid(id: string, fields: Fields): readonly EntitySaid[] {
  if (/[/#]$/.test(id)) return []
  const name = textIn(fields, 'value') ?? textIn(fields, 'displayName')
  const description = textIn(fields, 'displayName') ?? textIn(fields, 'adminConsentDisplayName')
  return [{ label: 'Role', kind: 'AppRole', id, name, properties: { description }, document: fields }]
}

/** $expand shows no more than 20, and not always where the rest is. https://learn.microsoft.com/graph/query-parameters#expand */
const EXPANDED_AT_MOST = 20

function expanded(row: Row): Mapped {
  const subject = idOf(row.fields) ?? ''
  const lists = [
    ['members', 'group-members'],
    ['owners', 'group-owners'],
  ] as const
  const within = lists.flatMap(([key, operation]): readonly Within[] => {
    if (!Array.isArray(row.fields[key])) return []
    const rows = rowsIn(row.fields, key).map((fields, index) => ({
      fields,
      printed: fields,
      at: { ...row.at, place: `${row.at.place}${row.at.place === '' ? '' : '.'}${key}[${index}]` },
    }))
    return [{ operation, subject, rows, isWhole: rows.length < EXPANDED_AT_MOST && !(`${key}@odata.nextLink` in row.fields) }]
  })
  return { ...NOTHING, within }
}

/** A directory as it speaks of itself. */
export function organization(row: Row, about: About): Mapped {
  const domains = rowsIn(row.fields, 'verifiedDomains').flatMap((domain) => textIn(domain, 'name') ?? [])
  const said: EntitySaid = {
    label: 'Scope',
    kind: 'EntraTenant',
    id: about.tenant,
    name: textIn(row.fields, 'displayName'),
    properties: { aliases: domains.length === 0 ? undefined : domains.sort() },
    at: row.at,
  }
  return { records: [entity(said, about)] }
}

export function administrativeUnit(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  if (id === undefined) return wrong(row, about, 'id')
  const said: EntitySaid = {
    label: 'Scope',
    kind: 'AdministrativeUnit',
    id,
    name: textIn(row.fields, 'displayName'),
    properties: {
      description: textIn(row.fields, 'description'),
      // Null where it was never set.
      restrictedManagement: RESTRICTED in row.fields ? row.fields[RESTRICTED] === true : undefined,
      membershipRule: ruleOf(row.fields, textIn(row.fields, 'membershipType')?.toLowerCase() === 'dynamic'),
    },
    at: row.at,
  }
  return { records: listed(said, about) }
}

const RESTRICTED = 'isMemberManagementRestricted'

/** A built-in role has one id in every directory, that of its template. */
export function roleDefinition(row: Row, about: About): Mapped {
  const id = roleIdOf(row.fields)
  if (id === undefined) return wrong(row, about, 'id')
  const isBuiltIn = row.fields['isBuiltIn'] === true
  const said: EntitySaid = {
    label: 'Role',
    kind: 'EntraRole',
    id,
    name: textIn(row.fields, 'displayName'),
    properties: { description: textIn(row.fields, 'description'), providerManaged: isBuiltIn ? true : undefined },
    document: row.printed,
    at: row.at,
  }
  return { records: listed(said, about) }
}

const roleIdOf = (fields: Fields): string | undefined =>
  (fields['isBuiltIn'] === true ? textIn(fields, 'templateId')?.toLowerCase() : undefined) ?? idOf(fields)

/** A role of which somebody made use here; its id is the directory's own, its template's the one that everybody names it by. */
export function directoryRole(row: Row, about: About): Mapped {
  const id = textIn(row.fields, 'roleTemplateId')?.toLowerCase()
  if (id === undefined) return wrong(row, about, 'roleTemplateId')
  return {
    records: listed({ label: 'Role', kind: 'EntraRole', id, name: textIn(row.fields, 'displayName'), properties: { providerManaged: true } }, about),
  }
}

/** Members or owners of a group, owners of applications, members of administrative units. */
export interface Belonging {
  /** Whose it is: group, application, service principal or administrative unit. */
  readonly whose: string
  readonly relate: (member: string, whose: string, coverage: string) => SourceRecord
}

export function belonging(row: Row, about: About, { whose, relate }: Belonging): Mapped {
  const said = principalSaid(row.fields, about.tenant)
  const id = said?.id ?? idOf(row.fields)
  if (id === undefined) return wrong(row, about, 'id')
  if (said !== undefined) return seenAs(said, row, about, relate(id, whose, about.coverage))
  // Only devices and contacts have a type that isn't known; an object without a type may be anybody.
  return textIn(row.fields, '@odata.type') === undefined ? seenUntyped(id, row, about, relate(id, whose, about.coverage)) : NOTHING
}

const seenAs = (said: EntitySaid, row: Row, about: About, relation: SourceRecord): Mapped => ({
  records: [relation],
  seen: [entity({ ...said, at: row.at }, about)],
})

const seenUntyped = (id: string, row: Row, about: About, relation: SourceRecord): Mapped => ({
  records: [relation],
  named: [named(id, about, row.at, {})],
})

export const memberOf = (member: string, whole: string, coverage: string): SourceRecord =>
  edge('MEMBER_OF', ref('Principal', member), ref('Principal', whole), coverage)

export const owns = (owner: string, owned: string, coverage: string): SourceRecord =>
  edge('OWNS', ref('Principal', owner), ref('Principal', owned), coverage)

export const withinUnit = (member: string, unit: string, coverage: string): SourceRecord =>
  edge('CONTAINS', ref('Scope', unit), ref('Principal', member), coverage)
