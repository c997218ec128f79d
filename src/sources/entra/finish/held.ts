import type { SourceRecord } from '../../../domain/facts.ts'
import { belonging, owns } from '../map/listings.ts'
import { assignmentInstance, assignmentOfInstance, roleAssignment, scopedMemberSaid, scopedRoleMember } from '../map/directory-roles.ts'
import { applicationCredential, identityCredential } from '../map/federated-credentials.ts'
import { NOTHING, type About, type Mapped } from '../facts.ts'
import { textIn } from '../row.ts'
import { keep, listKey, type EntraState, type HeldRow } from '../state.ts'

/** Rows that name what they are about by another id, or that another listing says more of. */
export function* settleHeld(state: EntraState): Generator<SourceRecord> {
  const known: Known = { windowed: windowedAssignments(state), unitRoles: assignmentsAtUnits(state) }
  for (const held of state.held) {
    const mapped = settle(state, held, known)
    keep(state, mapped)
    for (const record of mapped.records) {
      const isRefused = record.record === 'finding' && record.severity === 'refused'
      const covered = isRefused ? state.covered.get(held.about.coverage) : undefined
      if (covered !== undefined) covered.complete = false
      yield record
    }
  }
}

interface Known {
  /** Assignments of which an instance tells from when until when they hold. */
  readonly windowed: ReadonlySet<string>
  /** `{tenant} {principal} {unit}` of role assignments. */
  readonly unitRoles: ReadonlySet<string>
}

function settle(state: EntraState, { operation, row, about }: HeldRow, { windowed, unitRoles }: Known): Mapped {
  switch (operation) {
    case 'role-assignments':
      return roleAssignment(row, about, windowed.has(textIn(row.fields, 'id')?.toLowerCase() ?? ''))
    case 'role-assignment-schedule-instances':
      return assignmentInstance(row, about)
    case 'scoped-role-members':
      return scopedMember(state, { operation, row, about }, unitRoles)
    case 'application-owners':
      return belonging(row, about, { whose: applicationOf(state, about), relate: owns })
    case 'service-principal-owners':
      return belonging(row, about, { whose: servicePrincipalOf(state, about), relate: owns })
    case 'federated-credentials':
      return applicationCredential(row, about, applicationOf(state, about))
    case 'identity-federated-credentials':
      return identityCredential(row, about, (armId) => state.identities.get(armId))
    default:
      // Of policies only all together tell something.
      return NOTHING
  }
}

const windowedAssignments = ({ held }: EntraState): ReadonlySet<string> =>
  new Set(held.flatMap(({ operation, row }) => (operation === 'role-assignment-schedule-instances' ? (assignmentOfInstance(row.fields) ?? []) : [])))

const UNIT = /^\/administrativeunits\/(.+)$/

const assignmentsAtUnits = ({ held }: EntraState): ReadonlySet<string> =>
  new Set(
    held.flatMap(({ operation, row, about }) => {
      const unit = UNIT.exec(textIn(row.fields, 'directoryScopeId')?.toLowerCase() ?? '')?.[1]
      return operation !== 'role-assignments' || unit === undefined ? [] : [atUnit(about, textIn(row.fields, 'principalId') ?? '', unit)]
    }),
  )

const atUnit = ({ tenant }: About, principal: string, unit: string): string => `${tenant} ${principal.toLowerCase()} ${unit}`

/** By an id of a role that nothing explains, it says no more than the assignments that are there. */
function scopedMember(state: EntraState, { row, about }: HeldRow, unitRoles: ReadonlySet<string>): Mapped {
  const said = scopedMemberSaid(row.fields, about)
  const isExplained = said === undefined || state.directoryRoles.has(said.roleId)
  if (!isExplained && unitRoles.has(atUnit(about, said.member, said.unit))) return NOTHING
  return scopedRoleMember(row, about, (id) => state.directoryRoles.get(id))
}

/** Commands take an application's own id or its client id. */
export const applicationOf = ({ listed, appIds }: EntraState, { tenant, subject }: Pick<About, 'tenant' | 'subject'>): string =>
  listed.get(listKey('applications', tenant))?.has(subject) === true
    ? subject
    : (firstOf(appIds.get(`${tenant} ${subject}`)?.applications) ?? subject)

export const servicePrincipalOf = ({ listed, appIds }: EntraState, { tenant, subject }: Pick<About, 'tenant' | 'subject'>): string =>
  listed.get(listKey('service-principals', tenant))?.has(subject) === true
    ? subject
    : (firstOf(appIds.get(`${tenant} ${subject}`)?.servicePrincipals) ?? subject)

const firstOf = (ids: ReadonlySet<string> = new Set()): string | undefined => [...ids].sort()[0]
