import type { FindingFact, Origin } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import { isDisabled, listed, policiesOfType, targetsIn, untoldTargets, type OrganizationPicture } from './picture.ts'
import { guardrailTypes } from './said.ts'

/** What an organisation's export lacks: findings, at most a few for each sort of gap. */
export function gapsIn(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  return [
    ...unplaced(picture, coverage),
    ...noAccounts(picture, coverage),
    ...withoutPolicies(picture, coverage),
    ...withoutContent(picture, coverage),
  ]
}

/** Beyond so many, one finding speaks for all. */
const MOST = 20

interface Gap {
  readonly id: string
  readonly at: Origin
  readonly message: string
}

function findingsFor(gaps: readonly Gap[], together: string, picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  const truncated = (at: Origin, message: string, entity: string): FindingFact => findingAt('EXPORT_TRUNCATED', at, message, { entity, coverage })
  if (gaps.length <= MOST) return gaps.map(({ at, message, id }) => truncated(at, message, id))
  return [truncated(picture.at, `${together} (${gaps.length}, as ${gaps[0]?.id ?? ''}).`, picture.id)]
}

function unplaced(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  const gaps = [...picture.units, ...picture.accounts].flatMap(([id, { at }]): Gap[] => {
    const parent = picture.parents.get(id)
    const message = `Nothing tells where in the organisation ${id} is: policies attached above it are not taken into account.`
    return parent === undefined ? [{ id, at, message }] : []
  })
  return findingsFor(gaps, 'Nothing tells where in the organisation many units and accounts are', picture, coverage)
}

function noAccounts(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  if (picture.accounts.size > 0) return []
  return [findingAt('EXPORT_TRUNCATED', picture.at, `No account of the organisation ${picture.id} was listed.`, { entity: picture.id, coverage })]
}

/** What is attached to a root, a unit or an account is told by itself, or by all policies with all their targets. */
function withoutPolicies(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  const untold = guardrailTypes.map((type) => ({ type, targets: new Set(untoldTargets(picture, type)) }))
  const gaps = targetsIn(picture).flatMap((id): Gap[] => {
    const types = untold.filter(({ targets }) => targets.has(id)).map(({ type }) => type.toLowerCase().replaceAll('_', ' '))
    const at = (picture.roots.get(id) ?? picture.units.get(id) ?? picture.accounts.get(id))?.at ?? picture.at
    const message = `The policies of ${id} are not all in the export (${types.join(', ')}): what they take away is not known.`
    return types.length === 0 ? [] : [{ id, at, message }]
  })
  return findingsFor(gaps, 'Which policies are attached to many roots, units and accounts is not in the export', picture, coverage)
}

function withoutContent(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  return guardrailTypes
    .filter((type) => !isDisabled(picture, type))
    .flatMap((type) => policiesOfType(picture, type))
    .filter((key) => !picture.contents.has(key))
    .map((key) => {
      const { arn = key, at = picture.at } = picture.policies.get(key) ?? {}
      const [target = picture.id] = [...picture.attachments]
        .filter(([, policies]) => policies.has(key))
        .map(([id]) => id)
        .sort()
      const message = `The policy ${arn} has no content here: what it takes away is not known.`
      return findingAt('POLICY_MISSING', at, message, { entity: target, coverage })
    })
}

/** Not a gap of the organisation's own: no answer depends on it. */
export function untoldDelegations(picture: OrganizationPicture, coverage: string): readonly FindingFact[] {
  return [...picture.delegates]
    .filter(([account]) => !picture.listings.has(listed.services(account)) && !picture.delegatedServices.has(account))
    .map(([account, at]) =>
      findingAt('EXPORT_TRUNCATED', at, `Which services account ${account} administers for its organisation was not listed.`, {
        entity: account,
        coverage,
      }),
    )
}
