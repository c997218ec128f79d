import type { CoverageFact, EntityFact, FindingFact, Origin, Properties, SourceRecord } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import { isAccountId } from '../arn.ts'
import { edge, properties, ref } from '../map/facts.ts'
import { gapsIn, untoldDelegations } from './gaps.ts'
import { isDisabled, listed, pictureOf, policiesOfType, targetsIn, unplacedUnits, untoldTargets, type OrganizationPicture } from './picture.ts'
import { GUARDRAIL_TYPES, guardrailTypes, type GuardrailType, type OrganizationSaid } from './said.ts'

export interface OrganizationAccount {
  readonly name: string | undefined
  readonly parent: string | null
  readonly properties: Properties
  readonly coverage: string
}

export interface OrganizationFacts {
  readonly records: readonly SourceRecord[]
  /** What organisations say of accounts, whose scopes are made from all that speak of them. */
  readonly accounts: ReadonlyMap<string, OrganizationAccount>
}

/** How whole the answers of an account are, and when they were taken. */
export interface Asked {
  readonly complete: boolean
  readonly asOf: string | undefined
}

const organizationCoverage = (id: string): string => `aws:organizations:${id}`

/** @param asked what was read of each account's answers */
export function organizationFacts(said: readonly OrganizationSaid[], asked: ReadonlyMap<string, Asked>): OrganizationFacts {
  const { byOrganization, strays } = sorted(said)
  const accounts = new Map<string, OrganizationAccount>()
  const records: SourceRecord[] = [...Map.groupBy(strays, ({ at }) => at.file).values()].flatMap((ofFile) => ofFile.slice(0, 1).map(strayFinding))
  for (const [id, pieces] of byOrganization) {
    const picture = pictureOf(id, pieces)
    records.push(...(targetsIn(picture).length === 0 ? mentioned(picture) : factsOf(picture, asked)))
    noteAccounts(picture, accounts)
  }
  return { records, accounts }
}

/** Pieces that don't name their organisation are of the only one that their account's other answers name. */
function sorted(said: readonly OrganizationSaid[]) {
  const named = new Map<string, Set<string>>()
  for (const { asked, organization } of said) if (organization !== undefined) named.set(asked, (named.get(asked) ?? new Set()).add(organization))
  const only = (asked: string): string | undefined => {
    const [first, second] = named.get(asked) ?? []
    return second === undefined ? first : undefined
  }
  const settled = said.map((one) => ({ ...one, organization: one.organization ?? only(one.asked) }))
  const byOrganization = new Map<string, OrganizationSaid[]>()
  for (const one of settled) {
    if (one.organization === undefined) continue
    const pieces = byOrganization.get(one.organization)
    if (pieces === undefined) byOrganization.set(one.organization, [one])
    else pieces.push(one)
  }
  return { byOrganization, strays: settled.filter(({ organization }) => organization === undefined) }
}

const strayFinding = ({ at, asked }: OrganizationSaid): FindingFact =>
  findingAt(
    'WRONG_SHAPE',
    at,
    `Nothing that account ${asked} was told names the organisation that this is of: describe-organization or list-roots does.`,
    {
      coverage: organizationCoverage(asked),
    },
  )

/** An account knows its organisation, but nothing of what is in it: that replaces nothing that others said. */
const mentioned = (picture: OrganizationPicture): readonly SourceRecord[] =>
  [...picture.asked].map((asked) => scopeEntity(picture.id, 'AwsOrganization', picture.id, null, organizationCoverage(asked)))

function scopeEntity(id: string, kind: string, name: string, scope: string | null, coverage: string): EntityFact {
  return { record: 'entity', label: 'Scope', kind, id, name, provider: 'aws', scope, properties: {}, document: null, coverage: [coverage] }
}

function factsOf(picture: OrganizationPicture, asked: ReadonlyMap<string, Asked>): readonly SourceRecord[] {
  const coverage = organizationCoverage(picture.id)
  const gaps = gapsIn(picture, coverage)
  const answers = [...picture.asked].flatMap((account) => asked.get(account) ?? [])
  const joined = [...picture.accounts.values()].flatMap((account) => account.joined ?? [])
  const times = [...answers.flatMap(({ asOf }) => asOf ?? []), ...picture.times]
  const covered: CoverageFact = {
    record: 'coverage',
    id: coverage,
    provider: 'aws',
    scope: picture.id,
    asOf: (times.length > 0 ? times : joined).sort().at(-1) ?? null,
    complete: gaps.length === 0 && !picture.isBroken && answers.every(({ complete }) => complete),
  }
  return [
    ...scopesOf(picture, coverage),
    ...guardrailTypes.flatMap((type) => guardrailsOf(picture, type, coverage)),
    ...gaps,
    ...untoldDelegations(picture, coverage),
    covered,
  ]
}

function scopesOf(picture: OrganizationPicture, coverage: string): readonly SourceRecord[] {
  const { id, roots, units, accounts, parents } = picture
  const inside = (parent: string, child: string): SourceRecord => edge('CONTAINS', ref('Scope', parent), ref('Scope', child), [coverage])
  return [
    scopeEntity(id, 'AwsOrganization', id, null, coverage),
    ...[...roots].flatMap(([root, { name }]) => [scopeEntity(root, 'AwsOrganizationalUnit', name ?? root, id, coverage), inside(id, root)]),
    ...[...units].map(([unit, { name }]) => scopeEntity(unit, 'AwsOrganizationalUnit', name ?? unit, parents.get(unit) ?? null, coverage)),
    ...[...units.keys(), ...accounts.keys()].flatMap((child) => {
      const parent = parents.get(child)
      return parent === undefined ? [] : [inside(parent, child)]
    }),
  ]
}

function guardrailsOf(picture: OrganizationPicture, type: GuardrailType, coverage: string): readonly SourceRecord[] {
  const keys = policiesOfType(picture, type)
  if (keys.length === 0 || isDisabled(picture, type)) return []
  const inUse = new Set(keys)
  const limits = [...picture.attachments].flatMap(([target, policies]) =>
    [...policies]
      .filter((policy) => inUse.has(policy))
      .map((policy) => edge('LIMITS', ref('Guardrail', arnOf(picture, policy)), ref('Scope', target), [coverage])),
  )
  return [...keys.flatMap((key) => guardrail(picture, key, type, coverage)), ...limits, ...untoldGuardrail(picture, type, coverage)]
}

const arnOf = (picture: OrganizationPicture, policy: string): string => picture.policies.get(policy)?.arn ?? policy

function guardrail(picture: OrganizationPicture, key: string, type: GuardrailType, coverage: string): readonly SourceRecord[] {
  const policy = picture.policies.get(key)
  if (policy === undefined) return []
  const values = properties({
    uniqueId: key,
    description: policy.description === '' ? undefined : policy.description,
    ...(policy.providerManaged === true ? { providerManaged: true } : {}),
  })
  const said = { id: policy.arn, type, name: policy.name ?? key, values }
  const contents: readonly (readonly [string | null, Origin])[] = [...(picture.contents.get(key) ?? [])]
  const versions = contents.length > 0 ? contents : [[null, policy.at] as const]
  return [
    ...versions.map(([document, origin]) => ({ ...guardrailEntity(picture, said, coverage), document, origin })),
    edge('CONTAINS', ref('Scope', picture.id), ref('Guardrail', policy.arn), [coverage]),
  ]
}

interface GuardrailSaid {
  readonly id: string
  readonly type: GuardrailType
  readonly name: string
  readonly values: Properties
}

const guardrailEntity = (picture: OrganizationPicture, { id, type, name, values }: GuardrailSaid, coverage: string): EntityFact => ({
  record: 'entity',
  label: 'Guardrail',
  kind: GUARDRAIL_TYPES[type],
  id,
  name,
  provider: 'aws',
  scope: picture.id,
  properties: values,
  document: null,
  coverage: [coverage],
})

/** Stands for policies that may be attached there or above, where nobody told which ones are: answers about what lies below are not certain. */
function untoldGuardrail(picture: OrganizationPicture, type: GuardrailType, coverage: string): readonly SourceRecord[] {
  const untold = new Set([...untoldTargets(picture, type), ...unplacedUnits(picture)])
  if (untold.size === 0) return []
  const words = type.toLowerCase().replaceAll('_', ' ')
  const id = `${picture.id}#${type.toLowerCase()}/not-loaded`
  const said = { id, type, name: `${words} that was not loaded`, values: { description: 'What is attached here was not listed.' } }
  return [
    guardrailEntity(picture, said, coverage),
    edge('CONTAINS', ref('Scope', picture.id), ref('Guardrail', id), [coverage]),
    ...[...untold].map((target) => edge('LIMITS', ref('Guardrail', id), ref('Scope', target), [coverage])),
  ]
}

/** Where organisations disagree about an account, the same one wins in any order. */
function noteAccounts(picture: OrganizationPicture, all: Map<string, OrganizationAccount>): void {
  const coverage = organizationCoverage(picture.id)
  for (const [id, { name, email, state }] of picture.accounts) {
    const services = picture.delegatedServices.get(id)
    const isTold = services !== undefined || picture.listings.has(listed.services(id))
    const account: OrganizationAccount = {
      name,
      parent: picture.parents.get(id) ?? null,
      properties: properties({
        email,
        state,
        managementAccount: picture.managementAccount === undefined ? undefined : id === picture.managementAccount,
        delegatedAdministratorFor: isTold ? [...(services ?? [])].sort() : undefined,
      }),
      coverage,
    }
    const other = all.get(id)
    if (isAccountId(id) && (other === undefined || JSON.stringify(account) < JSON.stringify(other))) all.set(id, account)
  }
}
