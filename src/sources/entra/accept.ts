import type { SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import { NOTHING, type About, type Mapped, type Within } from './facts.ts'
import { coverageOf, kindOf, UNKNOWN_TENANT, type Operation } from './kinds.ts'
import { appRoleAssignment, delegatedGrant } from './map/app-permissions.ts'
import { eligibilityInstance } from './map/directory-roles.ts'
import { groupAssignment, groupEligibility } from './map/group-access.ts'
import { administrativeUnit, application, belonging, directoryRole, group, memberOf, organization, owns } from './map/listings.ts'
import { roleDefinition, servicePrincipal, user, withinUnit, type Belonging } from './map/listings.ts'
import { registrationDetails } from './map/mfa.ts'
import { textIn, type Row } from './row.ts'
import { keep, noteListed, noteTenant, type Answer, type Covered, type EntraState, type Page } from './state.ts'

/** What rows of a listing say at once. Those of other kinds wait until all is read. */
const MAPPERS: Partial<Readonly<Record<Operation, (row: Row, about: About) => Mapped>>> = {
  users: user,
  groups: group,
  'service-principals': servicePrincipal,
  applications: application,
  'app-role-assignments': appRoleAssignment,
  'oauth2-permission-grants': delegatedGrant,
  'role-definitions': roleDefinition,
  'role-eligibility-schedule-instances': eligibilityInstance,
  'directory-roles': directoryRole,
  'administrative-units': administrativeUnit,
  'group-eligibility-schedule-instances': groupEligibility,
  'group-assignment-schedule-instances': groupAssignment,
  'user-registration-details': registrationDetails,
  organization,
}

/** Members of something that the answer doesn't name. */
const BELONGING: Partial<Readonly<Record<Operation, Belonging['relate']>>> = {
  'group-members': memberOf,
  'group-owners': owns,
  'administrative-unit-members': withinUnit,
}

/** What the command names may be an application's id. */
const BY_APPLICATION: ReadonlySet<Operation> = new Set(['application-owners', 'service-principal-owners', 'federated-credentials'])

const needsSubject = (operation: Operation): boolean => BELONGING[operation] !== undefined || BY_APPLICATION.has(operation)

/** Maps an answer, or keeps it until something tells whose it is. */
export function acceptAnswer(state: EntraState, answer: Answer): readonly SourceRecord[] {
  const { operation, note, rows } = answer
  if (kindOf(operation).ofSubscription === true) return rowsBySubscription(state, answer)
  const tenant = note.tenant?.toLowerCase() ?? (operation === 'organization' ? textIn(rows[0]?.fields ?? {}, 'id')?.toLowerCase() : undefined)
  if (tenant !== undefined) return mapAnswer(state, answer, tenant)
  state.homeless.push(answer)
  return []
}

function rowsBySubscription(state: EntraState, answer: Answer): readonly SourceRecord[] {
  const placed = answer.note.subscription?.toLowerCase()
  const bySubscription = new Map<string, Row[]>(placed === undefined ? [] : [[placed, []]])
  for (const row of answer.rows) {
    const own = /^\/subscriptions\/([^/]+)\//i.exec(textIn(row.fields, 'id') ?? '')?.[1]?.toLowerCase()
    const subscription = placed ?? own ?? UNKNOWN_TENANT
    bySubscription.set(subscription, [...(bySubscription.get(subscription) ?? []), row])
  }
  const tenant = answer.note.tenant?.toLowerCase() ?? UNKNOWN_TENANT
  return [...bySubscription].flatMap(([subscription, rows]) => mapAnswer(state, { ...answer, rows }, tenant, subscription))
}

export function mapAnswer(state: EntraState, answer: Answer, tenant: string, subscription?: string): readonly SourceRecord[] {
  const { operation, note, rows, file, place } = answer
  if (tenant !== UNKNOWN_TENANT) noteTenant(state, file, tenant)
  const covered = coveredOf(state, operation, tenant, subscription)
  covered.files.add(file)
  if (note.takenAt !== undefined && (covered.newest ?? '') < note.takenAt) covered.newest = note.takenAt
  if (note.complete === false) covered.complete = false
  const subject = note.subject?.toLowerCase()
  if (subject === undefined && needsSubject(operation)) {
    covered.complete = false
    state.untold.set(file, { file, place, what: kindOf(operation).command })
    return []
  }
  if (subject !== undefined || answer.isOfAll || rows.length === 0 || kindOf(operation).namesSubject === undefined)
    notePage(covered, subject ?? '', answer, rows.length)
  return rows.flatMap((row) => mapRow(state, row, answer, { tenant, subject: subject ?? '', coverage: covered.id }, covered))
}

function mapRow(state: EntraState, row: Row, answer: Answer, about: About, covered: Covered): readonly SourceRecord[] {
  const { operation } = answer
  const subject = about.subject !== '' ? about.subject : namedSubject(operation, row)
  if (about.subject === '' && subject !== '') notePage(covered, subject, answer, 1)
  noteListed(state, operation, row, about.tenant)
  const mapped = mapRowOf(state, operation, row, about)
  keep(state, mapped)
  if (mapped.records.some((record) => record.record === 'finding' && record.severity === 'refused')) {
    covered.complete = false
    const page = covered.pages.get(subject)
    if (page !== undefined) page.isDamaged = true
  }
  return [...mapped.records, ...(mapped.within ?? []).flatMap((within) => mapWithin(state, within, answer, about))]
}

function namedSubject(operation: Operation, row: Row): string {
  const { namesSubject } = kindOf(operation)
  return namesSubject === undefined ? '' : (textIn(row.fields, namesSubject)?.toLowerCase() ?? '')
}

function mapRowOf(state: EntraState, operation: Operation, row: Row, about: About): Mapped {
  const map = MAPPERS[operation]
  if (map !== undefined) return map(row, about)
  const relate = BELONGING[operation]
  if (relate !== undefined) return belonging(row, about, { whose: about.subject, relate })
  state.held.push({ operation, row, about })
  return NOTHING
}

function mapWithin(state: EntraState, within: Within, { note, file, place }: Answer, { tenant }: About): readonly SourceRecord[] {
  const { operation, subject, rows, isWhole } = within
  const about = { note: { ...note, kind: undefined, subject }, file, place, count: undefined, isOfAll: false }
  return mapAnswer(state, { operation, rows, isWhole, ...about }, tenant)
}

export function coveredOf(state: EntraState, operation: Operation, tenant: string, subscription?: string): Covered {
  const id = coverageOf(operation, subscription ?? tenant)
  const known = state.covered.get(id)
  if (known !== undefined) return known
  const covered: Covered = {
    id,
    operation,
    tenant,
    subscription,
    pages: new Map(),
    files: new Set(),
    gone: new Set(),
    newest: undefined,
    complete: true,
    isUnlicensed: false,
  }
  state.covered.set(id, covered)
  return covered
}

function notePage(covered: Covered, subject: string, { file, place, isWhole, isOfAll, count, note }: Answer, rows: number): void {
  const known: Page = covered.pages.get(subject) ?? { isWhole: false, isDamaged: false, isOfAll: false, rows: 0, count: undefined, file, place }
  known.isWhole ||= isWhole
  known.isOfAll ||= isOfAll
  known.isDamaged ||= note.complete === false
  known.rows += rows
  if (count !== undefined) known.count = Math.max(known.count ?? 0, count)
  covered.pages.set(subject, known)
}

/** An answer that nothing describes, said once for a file. */
export function* untoldFindings(state: EntraState): Generator<SourceRecord> {
  for (const { file, place, what } of state.untold.values()) {
    const message = `Nothing tells whose these are: an answer to ${what} doesn't name what was asked about; its place, an envelope or a manifest must (docs/bundle.md).`
    yield fileFinding('WRONG_SHAPE', file, place, message)
  }
}
