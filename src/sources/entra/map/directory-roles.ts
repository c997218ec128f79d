import type { EntityRef, SourceRecord } from '../../../domain/facts.ts'
import { edge, entity, named, ref, stub, type About, type Mapped, type Named } from '../facts.ts'
import { fieldsOf, dateIn, textIn, type Fields, type Row } from '../row.ts'
import { idOf, wrong } from './wrong.ts'

/** Directory roles that somebody holds, now or once it is activated. */

interface GrantSaid {
  readonly id: string
  readonly kind: 'EntraRoleAssignment' | 'EntraRoleEligibility'
  readonly principalId: string
  readonly roleId: string
  /** As printed: `/`, `/administrativeUnits/{id}`, `/{object id}`. */
  readonly scope: string
}

/** @param isWindowed an instance of the same assignment tells from when until when it holds */
export function roleAssignment(row: Row, about: About, isWindowed: boolean): Mapped {
  const id = idOf(row.fields)
  const said = id === undefined ? undefined : grantSaid(row.fields, id, 'EntraRoleAssignment')
  return said === undefined ? notAGrant(row, about) : grant(said, row, about, isWindowed ? undefined : row.printed)
}

/** Active: a plain assignment is there too, which it names unless it comes through a group. */
export function assignmentInstance(row: Row, about: About): Mapped {
  const id = assignmentOfInstance(row.fields) ?? idOf(row.fields)
  const said = id === undefined ? undefined : grantSaid(row.fields, id, 'EntraRoleAssignment')
  return said === undefined ? notAGrant(row, about) : grant(said, row, about, row.printed)
}

export const assignmentOfInstance = (fields: Fields): string | undefined =>
  textIn(fields, 'memberType')?.toLowerCase() === 'direct' ? textIn(fields, 'roleAssignmentOriginId')?.toLowerCase() : undefined

export function eligibilityInstance(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  const said = id === undefined ? undefined : grantSaid(row.fields, id, 'EntraRoleEligibility')
  return said === undefined ? notAGrant(row, about) : grant(said, row, about, row.printed)
}

const notAGrant = (row: Row, about: About): Mapped =>
  wrong(row, about, ...['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'].filter((key) => textIn(row.fields, key) === undefined))

function grantSaid(fields: Fields, id: string, kind: GrantSaid['kind']): GrantSaid | undefined {
  const principalId = textIn(fields, 'principalId')?.toLowerCase()
  const roleId = textIn(fields, 'roleDefinitionId')?.toLowerCase()
  const scope = textIn(fields, 'directoryScopeId')?.toLowerCase()
  return principalId === undefined || roleId === undefined || scope === undefined ? undefined : { id, kind, principalId, roleId, scope }
}

function grant({ id, kind, principalId, roleId, scope }: GrantSaid, row: Row, about: About, document: unknown): Mapped {
  const { coverage } = about
  const properties = { validFrom: dateIn(row.fields, 'startDateTime'), validUntil: dateIn(row.fields, 'endDateTime') }
  const held = ref('Grant', id)
  const place = placeOf(scope, row, about, id)
  const holder = fieldsOf(row.fields['principal'])
  return {
    records: [
      entity({ label: 'Grant', kind, id, properties, document, at: row.at }, about),
      edge('HOLDS', ref('Principal', principalId), held, coverage),
      edge('GIVES', held, ref('Role', roleId), coverage),
      edge('AT', held, place.ref, coverage),
    ],
    named: [
      named(principalId, about, row.at, { type: textIn(holder, '@odata.type'), name: textIn(holder, 'displayName'), grant: id }),
      namedRole(roleId, textIn(fieldsOf(row.fields['roleDefinition']), 'displayName'), row, about, id),
      ...place.named,
    ],
  }
}

const namedRole = (roleId: string, name: string | undefined, { at }: Row, about: About, grantId: string): Named => ({
  stub: stub({ label: 'Role', kind: 'EntraRole', id: roleId, name }, about.tenant),
  at,
  coverage: about.coverage,
  grant: grantId,
})

const UNIT = '/administrativeunits/'

function placeOf(scope: string, row: Row, about: About, grantId: string): { readonly ref: EntityRef; readonly named: readonly Named[] } {
  if (scope === '/') return { ref: ref('Scope', about.tenant), named: [] }
  if (scope.startsWith(UNIT)) {
    const id = scope.slice(UNIT.length)
    return { ref: ref('Scope', id), named: [namedUnit(id, row, about, grantId)] }
  }
  const id = scope.replace(/^\//, '')
  return { ref: ref('Principal', id), named: [named(id, about, row.at, { grant: grantId })] }
}

const namedUnit = (id: string, { at }: Row, about: About, grantId: string): Named => ({
  stub: stub({ label: 'Scope', kind: 'AdministrativeUnit', id }, about.tenant),
  at,
  coverage: about.coverage,
  grant: grantId,
})

/**
 * Who holds a role over an administrative unit, as the unit tells it. The same assignments come with all others under other ids.
 * @param roleOf template of a directory role
 */
export function scopedRoleMember(row: Row, about: About, roleOf: (id: string) => string | undefined): Mapped {
  const said = scopedMemberSaid(row.fields, about)
  if (said === undefined)
    return wrong(row, about, ...['id', 'roleId', 'administrativeUnitId', 'roleMemberInfo'].filter((key) => !(key in row.fields)))
  const { id, roleId, unit, member, memberName } = said
  const role = roleOf(roleId) ?? roleId
  const held = ref('Grant', id)
  const records: readonly SourceRecord[] = [
    entity({ label: 'Grant', kind: 'EntraRoleAssignment', id, document: asAssignment(said, role, row.printed), at: row.at }, about),
    edge('HOLDS', ref('Principal', member), held, about.coverage),
    edge('GIVES', held, ref('Role', role), about.coverage),
    edge('AT', held, ref('Scope', unit), about.coverage),
  ]
  return {
    records,
    named: [
      named(member, about, row.at, { name: memberName, grant: id }),
      namedRole(role, undefined, row, about, id),
      namedUnit(unit, row, about, id),
    ],
  }
}

export interface ScopedMember {
  readonly id: string
  readonly roleId: string
  readonly unit: string
  readonly member: string
  readonly memberName: string | undefined
}

export function scopedMemberSaid(fields: Fields, { subject }: Pick<About, 'subject'>): ScopedMember | undefined {
  const id = idOf(fields)
  const roleId = textIn(fields, 'roleId')?.toLowerCase()
  const unit = textIn(fields, 'administrativeUnitId')?.toLowerCase() ?? subject
  const info = fieldsOf(fields['roleMemberInfo'])
  const member = idOf(info)
  if (id === undefined || roleId === undefined || unit === '' || member === undefined) return undefined
  return { id, roleId, unit, member, memberName: textIn(info, 'displayName') }
}

/** With the members of a role assignment beside what was printed, so that it is read as one. */
const asAssignment = ({ unit, member }: ScopedMember, role: string, printed: unknown): object => ({
  ...fieldsOf(printed),
  principalId: member,
  roleDefinitionId: role,
  directoryScopeId: `/administrativeUnits/${unit}`,
})
