import type { CoverageFact, FindingFact } from '../../../domain/facts.ts'
import { fileFinding } from '../../finding.ts'
import { coverageOf, kindOf, operationNamed, type Operation } from '../kinds.ts'
import { listKey, type Covered, type EntraState, type Listed } from '../state.ts'
import { subjectId } from './joins.ts'

/**
 * What was listed, and whether all of it: every answer has its last page, could be read, and was asked for of everything that the listing
 * before it holds.
 */
export function* coverages(state: EntraState): Generator<CoverageFact | FindingFact> {
  const cut = cutAtHundred(state)
  const whole = new Map<string, boolean>()
  for (const covered of inOrder(state)) {
    const findings = [...gapsOf(covered), ...(cut.get(covered.id) ?? []), ...unasked(state, covered)]
    yield* findings
    const isBroken = [...covered.files].some((file) => state.broken.has(file))
    const parent = kindOf(covered.operation).askedOf
    const isParentWhole = parent === undefined || isOfAll(covered) || whole.get(listKey(operationNamed(parent), covered.tenant)) === true
    const complete = covered.complete && findings.length === 0 && !isBroken && isParentWhole
    whole.set(listKey(covered.operation, covered.tenant), complete)
    yield coverageFact(covered, complete)
  }
  yield* untoldMembers(state)
}

/** What others are asked of comes first. */
const inOrder = ({ covered }: EntraState): readonly Covered[] =>
  [...covered.values()].sort((one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1))

const rank = ({ operation }: Covered): number => (kindOf(operation).askedOf === undefined ? 0 : 1)

const isOfAll = ({ pages, isUnlicensed }: Covered): boolean => isUnlicensed || pages.get('')?.isOfAll === true

const coverageFact = ({ id, tenant, subscription, newest }: Covered, complete: boolean): CoverageFact => ({
  record: 'coverage',
  id,
  provider: subscription === undefined ? 'entra' : 'azure',
  scope: subscription ?? tenant,
  asOf: newest ?? null,
  complete,
})

function* gapsOf({ id, operation, pages }: Covered): Generator<FindingFact> {
  const { command } = kindOf(operation)
  for (const { file, place, isWhole, rows, count } of pages.values()) {
    if (!isWhole)
      yield fileFinding('EXPORT_TRUNCATED', file, place, `The answer to ${command} goes on after this page, and no last page is there.`, {
        coverage: id,
      })
    else if (count !== undefined && rows < count)
      yield fileFinding('EXPORT_TRUNCATED', file, place, `The answer to ${command} counts ${count} rows, and ${rows} are there.`, { coverage: id })
  }
}

const CUT_AT = 100
const CUTTING: ReadonlySet<Operation> = new Set(['users', 'groups', 'service-principals', 'applications'])

/** `az ad … list` without --all stops there, and says so on stderr alone. */
function cutAtHundred({ lists, covered }: EntraState): ReadonlyMap<string, readonly FindingFact[]> {
  const found = new Map<string, FindingFact[]>()
  for (const { operation, file, place, count, note } of lists.values()) {
    if (count !== CUT_AT || !CUTTING.has(operation) || note.complete === true) continue
    const message = `It holds exactly 100 rows, where ${kindOf(operation).command.replace(' --all', '')} stops without --all.`
    for (const { id } of [...covered.values()].filter((each) => each.operation === operation && each.files.has(file)))
      found.set(id, [...(found.get(id) ?? []), fileFinding('EXPORT_TRUNCATED', file, place, message, { coverage: id })])
  }
  return found
}

const NAMED = 5

/** Things of which it was not asked, where it was of others. */
function* unasked(state: EntraState, covered: Covered): Generator<FindingFact> {
  const { askedOf, command, needsLicence } = kindOf(covered.operation)
  if (askedOf === undefined || isOfAll(covered)) return
  const asked = new Set([...covered.pages.keys(), ...covered.gone].map((subject) => subjectId(state, covered, subject)))
  const untold = [...(state.listed.get(listKey(operationNamed(askedOf), covered.tenant)) ?? new Map<string, Listed>())]
    .filter(([id, { isBeyondPim }]) => !asked.has(id) && !(needsLicence === true && isBeyondPim))
    .map(([id]) => id)
    .sort()
  const [only] = untold
  if (only === undefined) return
  const file = [...covered.files].sort()[0] ?? ''
  const message = `${command} was not asked of ${namesOf(untold)}.`
  yield fileFinding('EXPORT_TRUNCATED', file, '', message, { entity: untold.length === 1 ? only : null, coverage: covered.id })
}

const namesOf = (ids: readonly string[]): string => `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''}`

/** Groups were listed and the members of none: what groups are granted then reaches nobody who is known. */
function* untoldMembers(state: EntraState): Generator<FindingFact> {
  for (const { operation, tenant, id, files } of state.covered.values()) {
    const groups = operation === 'groups' ? [...(state.listed.get(listKey('groups', tenant))?.keys() ?? [])].sort() : []
    if (groups.length === 0 || state.covered.has(coverageOf('group-members', tenant))) continue
    const message = `The members of these groups were not listed, so that what they are granted is missing from their members: ${namesOf(groups)}.`
    yield fileFinding('EXPORT_TRUNCATED', [...files].sort()[0] ?? '', '', message, { coverage: id })
  }
}
