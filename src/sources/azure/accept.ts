import type { SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { FileNote } from '../source.ts'
import { coverageOf, touch } from './coverage.ts'
import { kindOf, operationOf, partOf, type Operation, type Part } from './kinds.ts'
import type { Accept, Listing } from './listing.ts'
import { acceptActivation, acceptAssignment, acceptEligibility } from './map/assignment.ts'
import { acceptHound, houndRowOf, isOfAzure } from './map/azurehound.ts'
import { acceptClassic } from './map/classic.ts'
import { acceptDeny, acceptLock } from './map/guardrail.ts'
import { acceptRegistrationAssignment, acceptRegistrationDefinition } from './map/lighthouse.ts'
import { acceptResource, acceptResourceGroup } from './map/resource.ts'
import { acceptRole } from './map/role.ts'
import { acceptManagementGroup, acceptSubscription } from './map/tree.ts'
import { recognise } from './recognise.ts'
import { isFields, rowOf } from './row.ts'
import type { AzureState } from './state.ts'

const ACCEPT: Readonly<Record<Operation, Accept>> = {
  'role-assignments': acceptAssignment,
  'role-definitions': acceptRole,
  'deny-assignments': acceptDeny,
  'role-eligibility-schedule-instances': acceptEligibility,
  'role-assignment-schedule-instances': acceptActivation,
  'management-groups': acceptManagementGroup,
  subscriptions: acceptSubscription,
  'resource-groups': acceptResourceGroup,
  resources: acceptResource,
  identities: acceptResource,
  vaults: acceptResource,
  locks: acceptLock,
  'registration-assignments': acceptRegistrationAssignment,
  'registration-definitions': acceptRegistrationDefinition,
  'classic-administrators': acceptClassic,
}

/** Where a row stands. */
export interface Standing {
  readonly file: string
  readonly place: string
  readonly note: FileNote
  readonly isList: boolean
  readonly noteCoverage: (coverage: string) => void
}

/** @returns undefined where the row is none of Azure */
export function acceptRow(state: AzureState, value: unknown, standing: Standing): readonly SourceRecord[] | undefined {
  const { file, place, note } = standing
  if (note.kind !== undefined && isSpelledOut(note.kind) && operationOf(note.kind) === undefined) return undefined
  const hound = houndRowOf(value)
  if (hound !== undefined) return isOfAzure(hound) ? acceptHound(state, hound, { file, place }, listing(standing, 'azurehound')) : undefined
  const noted = operationOf(note.kind)
  if (!isFields(value)) return noted === undefined ? undefined : notARow(state, noted, standing)
  const row = rowOf(value, { file, place })
  const operation = noted ?? recognise(row)
  return operation === undefined ? undefined : ACCEPT[operation](state, row, listing(standing, partOf(operation)))
}

/** A kind as `provider/service/operation`; others are words for people. */
const isSpelledOut = (kind: string): boolean => kind.split('/').length === 3

const listing = ({ file, note, isList, noteCoverage }: Standing, part: Part): Listing => ({ file, note, part, isList, noteCoverage })

function notARow(state: AzureState, operation: Operation, { file, place, note }: Standing): readonly SourceRecord[] {
  const covered = touch(state, coverageOf(partOf(operation), '/', note, undefined), file, note)
  covered.complete = false
  return [fileFinding('WRONG_SHAPE', file, place, `A row of ${kindOf(operation).command} that is no object.`)]
}
