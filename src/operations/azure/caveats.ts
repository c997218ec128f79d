import type { CoverageFact } from '../../domain/facts.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import { vaultIn, type AzureTarget } from '../../estate/azure/target.ts'
import type { Estate } from '../../estate/estate.ts'
import type { Caveat } from '../answers.ts'
import type { Subject } from './resolve.ts'

/** What was not loaded and bears on an answer, each once. @param actor left out: everybody */
export function caveatsFor(estate: Estate, subject: Subject | undefined, actor?: AzureActor): Caveat[] {
  return [
    ...truncated(estate, subject),
    ...(subject?.arm === undefined ? [] : listings(estate, subject.arm)),
    ...(subject?.arm === undefined ? [] : aboutTarget(estate, subject.arm)),
    ...(subject?.directory === undefined ? [] : directoryListings(estate, subject)),
    ...directoryNotLoaded(estate, actor),
    ...groupsNotExpanded(estate, subject, actor),
    ...brokenDocuments(estate),
  ]
}

/** A subscription, management group or tenant in the id of a coverage: `azure:locks/subscription:{GUID}`. */
const scopeIn = ({ id }: CoverageFact): string => id.slice(id.lastIndexOf(':') + 1)

const partOf = ({ id }: CoverageFact): string => (id.split(':')[1] ?? '').split('/')[0] ?? ''

const subscriptionIn = (id: string): string | undefined => /^\/subscriptions\/([^/]+)/.exec(id)?.[1]

/** Collections of AzureHound hold what these listings do, but for what AzureHound does not ask for. */
const IN_AZUREHOUND: ReadonlySet<string> = new Set(['role-assignments', 'management-groups'])

function isListed(estate: Estate, part: string, target: AzureTarget): boolean {
  const subscription = subscriptionIn(target.id)
  return estate.coverage.some((coverage) => {
    if (coverage.provider !== 'azure') return false
    const of = partOf(coverage)
    if (of !== part && !(of === 'azurehound' && IN_AZUREHOUND.has(part))) return false
    // Above subscriptions, any listing of the tenant tells.
    return subscription === undefined || !coverage.id.includes('/subscription:') || scopeIn(coverage) === subscription
  })
}

const LISTINGS: readonly (readonly [part: string, code: string, says: (where: string) => string])[] = [
  ['role-assignments', 'ROLE_ASSIGNMENTS_NOT_LOADED', (where) => `Role assignments of ${where} were not loaded: whoever holds one is missing.`],
  [
    'deny-assignments',
    'DENY_ASSIGNMENTS_NOT_LOADED',
    (where) => `Deny assignments of ${where} were not loaded: what they deny is not taken into account.`,
  ],
  ['locks', 'LOCKS_NOT_LOADED', (where) => `Locks of ${where} were not loaded: what they block is not taken into account.`],
  ['pim', 'ELIGIBILITY_NOT_LOADED', (where) => `Eligible assignments of ${where} were not loaded: what can be activated is missing.`],
]

function listings(estate: Estate, target: AzureTarget): Caveat[] {
  const subscription = subscriptionIn(target.id)
  const where = subscription === undefined ? target.id : `subscription ${subscription}`
  return LISTINGS.filter(([part]) => !isListed(estate, part, target)).map(([part, code, says]) => ({
    code,
    message: says(where),
    source: subscription === undefined ? `azure:${part}` : `azure:${part}/subscription:${subscription}`,
  }))
}

function aboutTarget(estate: Estate, target: AzureTarget): Caveat[] {
  const caveats: Caveat[] = []
  const { tree, index, documents } = estate.azure
  if (target.ancestors === undefined) {
    const message = `The management groups above ${target.id} were not ${tree.above(target.id).known.length > 0 ? 'all ' : ''}loaded: what is assigned at others may hold here.`
    caveats.push({ code: 'MANAGEMENT_GROUPS_NOT_LOADED', message, source: 'azure:management-groups' })
  }
  const vault = vaultIn(target.id)
  if (vault !== undefined && (target.keyVault === undefined || target.keyVault.mode === 'UNKNOWN')) {
    const message = `How ${vault} authorises the use of its data was not loaded: access policies may let in others.`
    caveats.push({ code: 'KEY_VAULT_NOT_LOADED', message, source: vault })
  }
  const missing = new Set(
    target.scopes.flatMap(({ at }) =>
      [...at.held.values()].flatMap(({ assignments }) => assignments.flatMap(({ role, roleId }) => (role === undefined ? [roleId] : []))),
    ),
  )
  for (const role of [...missing].toSorted().slice(0, NAMED)) {
    const id = `/providers/microsoft.authorization/roledefinitions/${role}`
    const name = estate.entity(id)?.name ?? role
    caveats.push({ code: 'ROLE_NOT_LOADED', message: `The definition of role ${name} was not loaded: what it grants is not known.`, source: id })
  }
  for (const { id } of index.unplaced)
    caveats.push({ code: 'DENY_UNREADABLE', message: `Where the deny assignment ${id} holds can’t be read.`, source: id })
  return documents.assignments.length === 0 && caveats.length === 0 ? [] : caveats
}

const NAMED = 20

/** https://learn.microsoft.com/graph/api/resources/users */
function directoryNotLoaded(estate: Estate, actor: AzureActor | undefined): Caveat[] {
  const parts = new Set(estate.coverage.filter(({ provider }) => provider === 'entra').map(partOf))
  if (parts.size === 0 && !estate.coverage.some((coverage) => partOf(coverage) === 'azurehound')) {
    const message = 'No directory was loaded: who the principals are, and who is in their groups, is not known.'
    return [{ code: 'DIRECTORY_NOT_LOADED', message, source: 'entra:users' }]
  }
  if (actor === undefined || actor.isKnown) return []
  const message = `${actor.entity.name} is in no directory export: it may not exist any more, and its groups are not known.`
  return [{ code: 'PRINCIPAL_NOT_LOADED', message, source: actor.entity.id }]
}

function groupsNotExpanded({ azure, graph }: Estate, subject: Subject | undefined, actor: AzureActor | undefined): Caveat[] {
  const groups = namedGroups()
  return groups.slice(0, NAMED).map((id) => {
    const node = graph.numberOf(id)
    const name = node === undefined ? id : graph.entityAt(node).name
    return { code: 'GROUP_NOT_EXPANDED', message: `Not all members of ${name} were loaded: who is in it may have access by it.`, source: id }
  })

  function namedGroups(): readonly string[] {
    const bearing = subject?.arm === undefined ? undefined : azure.bearing(subject.arm)
    if (actor !== undefined) {
      const mine = new Set(azure.groupsOf(actor))
      return azure.uncertainGroups(actor, bearing).filter((id) => !mine.has(id) && (bearing !== undefined || azure.index.scopesOf(id).length > 0))
    }
    if (bearing === undefined) return []
    return [...azure.memberships.open]
      .map((node) => graph.entityAt(node))
      .filter(({ id, kind }) => kind === 'EntraGroup' && bearing.holders.has(id))
      .map(({ id }) => id)
  }
}

const OF_DIRECTORY: readonly (readonly [part: string, code: string, message: string])[] = [
  ['role-assignments', 'DIRECTORY_ROLES_NOT_LOADED', 'Assignments of directory roles were not loaded: whoever holds one is missing.'],
  ['administrative-units', 'ADMINISTRATIVE_UNITS_NOT_LOADED', 'Administrative units were not loaded: which objects they limit is not known.'],
  ['app-role-assignments', 'APP_PERMISSIONS_NOT_LOADED', 'Permissions of applications were not loaded: those that hold one are missing.'],
]

function directoryListings({ coverage }: Estate, { directory }: Subject): Caveat[] {
  const parts = new Set(coverage.filter(({ provider }) => provider === 'entra').map(partOf))
  return OF_DIRECTORY.filter(([part]) => !parts.has(part)).map(([part, code, message]) => ({
    code,
    message,
    source: `entra:${part}:${directory?.scope ?? directory?.id ?? ''}`,
  }))
}

/** Listings of other subscriptions have no bearing on a target. */
function truncated({ coverage }: Estate, subject: Subject | undefined): Caveat[] {
  const subscription = subject?.arm === undefined ? undefined : subscriptionIn(subject.arm.id)
  return coverage
    .filter(({ provider, complete }) => !complete && (provider === 'azure' || provider === 'entra'))
    .filter((each) => subscription === undefined || !each.id.includes('/subscription:') || scopeIn(each) === subscription)
    .map(({ id }) => ({
      code: 'EXPORT_TRUNCATED',
      message: `The export behind ${id} is cut short: principals and grants may be missing.`,
      source: id,
    }))
}

function brokenDocuments({ findings }: Estate): Caveat[] {
  return findings
    .filter(({ code, coverage }) => code === 'POLICY_INVALID' && (coverage?.startsWith('azure:') === true || coverage?.startsWith('entra:') === true))
    .slice(0, NAMED)
    .map(({ code, message, entity, file }) => ({ code, message, source: entity ?? file }))
}
