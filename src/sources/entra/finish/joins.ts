import type { SourceRecord } from '../../../domain/facts.ts'
import { edge, entity, natureOfKind, ref, type About } from '../facts.ts'
import { coverageOf, type Operation } from '../kinds.ts'
import { isRequiredOf, isRequiredOfAll, tenantRequirement, userRequirement, type MfaRules } from '../map/mfa.ts'
import { listKey, type Covered, type EntraState } from '../state.ts'
import { applicationOf, servicePrincipalOf } from './held.ts'

/** What only several listings together say. */

/** Members and owners whom no listing of their own states. */
export function* unlistedObjects(state: EntraState): Generator<SourceRecord> {
  const listedAlready = new Set(state.stated)
  for (const seen of state.seen.values()) {
    if (listedAlready.has(seen.id) && !isOnlyAnnotated(state, seen.id, seen.coverage)) continue
    state.stated.add(seen.id)
    yield seen
    if (seen.scope !== null) yield edge('CONTAINS', ref('Scope', seen.scope), ref('Principal', seen.id), seen.coverage[0] ?? '')
  }
}

/** A user's registered factors don't tell who the user is. */
const isOnlyAnnotated = ({ listed, covered }: EntraState, id: string, coverage: readonly string[]): boolean => {
  const of = covered.get(coverage[0] ?? '')
  return of?.operation === 'user-registration-details' && listed.get(listKey('users', of.tenant))?.has(id) !== true
}

/** A registration signs in as the service principal of the same application. */
export function* applicationsToServicePrincipals({ appIds }: EntraState): Generator<SourceRecord> {
  for (const [key, { applications, servicePrincipals }] of appIds) {
    const coverage = coverageOf('applications', key.split(' ')[0] ?? '')
    for (const application of applications)
      for (const servicePrincipal of servicePrincipals)
        yield edge('CAN_AUTHENTICATE_AS', ref('Principal', application), ref('Principal', servicePrincipal), coverage)
  }
}

const LISTINGS: Partial<Readonly<Record<Operation, { readonly kind: string; readonly property: 'membersListed' | 'ownersListed' }>>> = {
  'group-members': { kind: 'EntraGroup', property: 'membersListed' },
  'group-owners': { kind: 'EntraGroup', property: 'ownersListed' },
  'application-owners': { kind: 'EntraApplication', property: 'ownersListed' },
  'service-principal-owners': { kind: 'ServicePrincipal', property: 'ownersListed' },
}

/** Of which groups, applications and service principals all members or owners are known. */
export function* wholeListings(state: EntraState): Generator<SourceRecord> {
  for (const covered of state.covered.values()) {
    const said = LISTINGS[covered.operation]
    if (said === undefined) continue
    for (const [subject, page] of covered.pages) {
      if (!page.isWhole || page.isDamaged || state.broken.has(page.file) || (page.count ?? 0) > page.rows) continue
      const id = subjectId(state, covered, subject)
      const kind = said.kind === 'ServicePrincipal' && state.managedIdentities.has(id) ? 'ManagedIdentity' : said.kind
      const nature = state.stated.has(id) ? undefined : natureOfKind(kind)
      state.stated.add(id)
      yield entity({ label: 'Principal', kind, id, properties: { nature, [said.property]: true } }, { tenant: covered.tenant, coverage: covered.id })
    }
  }
}

/** What was asked about, by its own id. */
export function subjectId(state: EntraState, { operation, tenant }: Pick<Covered, 'operation' | 'tenant'>, subject: string): string {
  if (operation === 'application-owners' || operation === 'federated-credentials') return applicationOf(state, { tenant, subject })
  return operation === 'service-principal-owners' ? servicePrincipalOf(state, { tenant, subject }) : subject
}

/** Of whom a second factor is asked for. */
export function* mfaRequirements(state: EntraState): Generator<SourceRecord> {
  const tenants = new Set([...state.covered.values()].filter(isAboutMfa).map(({ tenant }) => tenant))
  for (const tenant of tenants) {
    const policies = state.covered.get(coverageOf('conditional-access-policies', tenant))
    const defaults = state.covered.get(coverageOf('security-defaults', tenant))
    const rules = rulesOf(state, tenant, policies)
    const coverage = policies?.id ?? defaults?.id ?? ''
    const about: About = { tenant, coverage, subject: '' }
    yield* tenantRequirement(about, isRequiredOfAll(rules))
    for (const user of state.listed.get(listKey('users', tenant))?.keys() ?? []) yield* userRequirement(user, about, isRequiredOf(user, rules))
  }
}

const isAboutMfa = ({ operation }: Covered): boolean => operation === 'conditional-access-policies' || operation === 'security-defaults'

function rulesOf({ held, broken }: EntraState, tenant: string, policies: Covered | undefined): MfaRules {
  const rows = (operation: Operation) =>
    held.filter((each) => each.operation === operation && each.about.tenant === tenant).map(({ row }) => row.fields)
  const flags = rows('security-defaults').map(({ isEnabled }) => isEnabled)
  const isWhole =
    policies !== undefined &&
    policies.complete &&
    [...policies.pages.values()].every((page) => page.isWhole) &&
    ![...policies.files].some((file) => broken.has(file))
  return {
    policies: rows('conditional-access-policies'),
    isWhole,
    securityDefaults: flags.includes(true) ? true : flags.includes(false) ? false : undefined,
  }
}

/** A directory is stated by all that is said of it. */
export function* tenantScopes({ covered }: EntraState): Generator<SourceRecord> {
  for (const { tenant, id, subscription } of covered.values())
    if (subscription === undefined) yield entity({ label: 'Scope', kind: 'EntraTenant', id: tenant }, { tenant, coverage: id })
}
