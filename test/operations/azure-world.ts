import { compileEstate } from '../../src/estate/compile.ts'
import type { Estate } from '../../src/estate/estate.ts'
import type { CoverageFact, EdgeFact, EntityFact, GraphFact } from '../../src/domain/facts.ts'
import type { FactEdge, Provider } from '../../src/domain/vocabulary.ts'
import { NOW } from '../support/estate.ts'
import { entity, guidOf, TENANT } from './azure-facts.ts'

/** Estates of Azure from facts made by hand, as the sources make them: ids lower-cased, documents as printed. */

export const SUB = '/subscriptions/22222222-0000-4000-8000-000000000001'
export const RG = `${SUB}/resourcegroups/prod`
export const ACCOUNT = `${RG}/providers/microsoft.storage/storageaccounts/ledger`
export const VAULT = `${RG}/providers/microsoft.keyvault/vaults/safe`

export const group = (name: string): string => `/providers/microsoft.management/managementgroups/${name}`
export const roleId = (guid: string): string => `/providers/microsoft.authorization/roledefinitions/${guid}`

export interface RoleSpec {
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
  readonly dataActions?: readonly string[]
  readonly notDataActions?: readonly string[]
  readonly condition?: string
}

export interface AssignmentSpec {
  readonly who: string
  /** A role of the world, or a GUID that nobody loaded. */
  readonly role: string
  readonly at: string
  readonly condition?: string
  readonly type?: string
  readonly eligible?: boolean
  readonly from?: string
  readonly until?: string
}

export interface GroupSpec {
  readonly members?: readonly string[]
  /** True unless said otherwise. */
  readonly listed?: boolean
  readonly roleAssignable?: boolean
}

export interface AzureWorld {
  readonly users?: readonly string[]
  readonly blocked?: readonly string[]
  readonly identities?: Readonly<Record<string, string>>
  readonly groups?: Readonly<Record<string, GroupSpec>>
  /** Parent by management group; null: it is the tenant's root. */
  readonly managementGroups?: Readonly<Record<string, string | null>>
  /** Group in which the subscription lies; null: no tree was loaded. */
  readonly subscriptionIn?: string | null
  readonly resources?: readonly string[]
  readonly roles?: Readonly<Record<string, readonly RoleSpec[]>>
  readonly assignments?: readonly AssignmentSpec[]
  readonly denies?: readonly {
    readonly name: string
    readonly at: string
    readonly who: readonly string[]
    readonly except?: readonly string[]
    readonly blocks: readonly RoleSpec[]
    readonly onlyThere?: boolean
  }[]
  readonly locks?: readonly { readonly name: string; readonly at: string; readonly level: string }[]
  readonly vaults?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly delegations?: readonly { readonly who: string; readonly role: string; readonly at: string; readonly eligible?: boolean }[]
  readonly memberships?: readonly {
    readonly who: string
    readonly group: string
    readonly eligible: boolean
    readonly until?: string
    readonly from?: string
  }[]
  readonly coverage?: readonly string[]
  readonly truncated?: readonly string[]
  readonly more?: readonly GraphFact[]
}

const DIRECTORY = ['users', 'groups', 'members', 'service-principals', 'applications']
const EVERYTHING = [
  ...DIRECTORY.map((part) => `entra:${part}:${TENANT}`),
  ...['role-assignments', 'role-definitions', 'deny-assignments', 'locks', 'pim', 'resources'].map(
    (part) => `azure:${part}/subscription:${SUB.slice('/subscriptions/'.length)}`,
  ),
  `azure:management-groups:${TENANT}`,
]

export async function azureEstate(world: AzureWorld, now: () => Date = () => NOW): Promise<Estate> {
  return compileEstate({
    snapshot: 'test',
    createdAt: NOW.toISOString(),
    coverage: [
      ...(world.coverage ?? EVERYTHING).map((id) => coverageFact(id, true)),
      ...(world.truncated ?? []).map((id) => coverageFact(id, false)),
    ],
    findings: [],
    facts: factsOf(world),
    now,
  })
}

function coverageFact(id: string, complete: boolean): CoverageFact {
  const provider: Provider = id.startsWith('entra:') ? 'entra' : 'azure'
  return { record: 'coverage', id, provider, scope: id.slice(id.lastIndexOf(':') + 1), asOf: null, complete }
}

export function factsOf(world: AzureWorld): readonly GraphFact[] {
  const facts = new Map<string, EntityFact>()
  const edges: EdgeFact[] = []
  const put = (fact: EntityFact): void => {
    const known = facts.get(fact.id)
    if (known === undefined || known.coverage.length === 0) facts.set(fact.id, fact)
  }
  const join = (kind: FactEdge, from: EntityFact, to: EntityFact): void => {
    edges.push({ record: 'edge', kind, from: { label: from.label, id: from.id }, to: { label: to.label, id: to.id }, coverage: ['x'] })
  }
  const get = (id: string): EntityFact => {
    const known = facts.get(id)
    if (known === undefined) throw new Error(`the world has no ${id}`)
    return known
  }
  addPlaces(world, put, join, get)
  addDirectory(world, put, join, get)
  const place = (at: string): EntityFact => {
    const id = at.length > 1 ? at.toLowerCase().replace(/\/$/, '') : at
    if (!facts.has(id)) put(placeFact(id, []))
    return get(id)
  }
  const who = (name: string): EntityFact => {
    const id = idOf(name)
    if (!facts.has(id)) put(entity('DirectoryObject', id, name, { coverage: [], scope: null }))
    return get(id)
  }
  for (const [name, blocks] of Object.entries(world.roles ?? {})) {
    const document = {
      id: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/${guidOf(name)}`,
      name: guidOf(name),
      roleName: name,
      permissions: blocks.map(block),
    }
    put(entity('AzureRole', roleId(guidOf(name)), name, { document }))
  }
  const role = (name: string): EntityFact => {
    const id = roleId(world.roles?.[name] === undefined ? name : guidOf(name))
    if (!facts.has(id)) put(entity('AzureRole', id, name, { coverage: [] }))
    return get(id)
  }
  for (const [index, spec] of (world.assignments ?? []).entries()) {
    const at = place(spec.at)
    const holder = who(spec.who)
    const given = role(spec.role)
    const id = `${spec.at === '/' ? '' : at.id}/providers/microsoft.authorization/roleassignments/a${index}`
    const document = {
      id,
      scope: spec.at,
      principalId: holder.id,
      roleDefinitionId: `${SUB}${given.id}`.toUpperCase(),
      ...(spec.type === undefined ? {} : { principalType: spec.type }),
      ...(spec.condition === undefined ? {} : { condition: spec.condition, conditionVersion: '2.0' }),
      ...(spec.from === undefined ? {} : { startDateTime: spec.from }),
      ...(spec.until === undefined ? {} : { endDateTime: spec.until }),
    }
    const grant = entity(spec.eligible === true ? 'AzureRoleEligibility' : 'AzureRoleAssignment', id, given.name, { document })
    put(grant)
    join('HOLDS', holder, grant)
    join('GIVES', grant, given)
    join('AT', grant, at)
  }
  for (const deny of world.denies ?? []) {
    const at = place(deny.at)
    const id = `${at.id}/providers/microsoft.authorization/denyassignments/${deny.name}`
    const reference = (name: string): object => ({
      id: name === '*' ? '00000000-0000-0000-0000-000000000000' : idOf(name),
      type: name === '*' ? 'SystemDefined' : '',
    })
    const document = {
      id,
      properties: {
        denyAssignmentName: deny.name,
        scope: deny.at,
        permissions: deny.blocks.map(block),
        principals: deny.who.map(reference),
        excludePrincipals: (deny.except ?? []).map(reference),
        doNotApplyToChildScopes: deny.onlyThere === true,
      },
    }
    const guardrail = entity('AzureDenyAssignment', id, deny.name, { document })
    put(guardrail)
    join('LIMITS', guardrail, at)
  }
  for (const lock of world.locks ?? []) {
    const at = place(lock.at)
    const id = `${at.id}/providers/microsoft.authorization/locks/${lock.name}`
    const guardrail = entity('AzureResourceLock', id, lock.name, { document: { id, name: lock.name, level: lock.level } })
    put(guardrail)
    join('LIMITS', guardrail, at)
  }
  for (const { who: name, role: given, at, eligible } of world.delegations ?? []) {
    const holder = who(name)
    const id = `${at}/providers/microsoft.managedservices/registrationassignments/r#${holder.id}/${role(given).id.slice(-36)}`
    const document = { principalId: holder.id, roleDefinitionId: role(given).id, ...(eligible === true ? { justInTimeAccessPolicy: {} } : {}) }
    const grant = entity('LighthouseAuthorization', id, 'managed', { document })
    put(grant)
    join('HOLDS', holder, grant)
    join('GIVES', grant, role(given))
    join('AT', grant, place(at))
  }
  for (const spec of world.memberships ?? []) {
    const properties = {
      accessId: 'member',
      ...(spec.from === undefined ? {} : { validFrom: spec.from }),
      ...(spec.until === undefined ? {} : { validUntil: spec.until }),
    }
    const id = `pim-${spec.who}-${spec.group}-${String(spec.eligible)}`
    const grant = entity(spec.eligible ? 'GroupEligibility' : 'GroupAssignment', id, id, { properties })
    put(grant)
    join('HOLDS', who(spec.who), grant)
    join('AT', grant, get(idOf(spec.group)))
  }
  const more = world.more ?? []
  for (const fact of more) if (fact.record === 'entity') put(fact)
  return [...facts.values(), ...edges, ...more.filter((fact) => fact.record === 'edge')]
}

type Put = (fact: EntityFact) => void
type Join = (kind: FactEdge, from: EntityFact, to: EntityFact) => void
type Get = (id: string) => EntityFact

function addPlaces(world: AzureWorld, put: Put, join: Join, get: Get): void {
  put(entity('EntraTenant', TENANT, 'Acme', {}))
  const parents = world.managementGroups ?? {}
  for (const name of new Set([...Object.keys(parents), ...Object.values(parents)].filter((each) => each !== null))) put(placeFact(group(name), ['x']))
  for (const [child, parent] of Object.entries(parents)) join('CONTAINS', get(parent === null ? TENANT : group(parent)), get(group(child)))
  put(placeFact(SUB, ['x']))
  const { subscriptionIn } = world
  if (subscriptionIn !== undefined && subscriptionIn !== null) join('CONTAINS', get(group(subscriptionIn)), get(SUB))
  for (const id of [RG, ...(world.resources ?? [ACCOUNT])]) put(placeFact(id, ['x']))
  for (const [id, properties] of Object.entries(world.vaults ?? {})) put({ ...placeFact(id, ['x']), document: JSON.stringify({ id, properties }) })
}

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^\/$/, 'AzureRoot'],
  [/managementgroups\/[^/]+$/, 'ManagementGroup'],
  [/^\/subscriptions\/[^/]+$/, 'Subscription'],
  [/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/, 'ResourceGroup'],
  [/microsoft.keyvault\/vaults\/[^/]+$/, 'Microsoft.KeyVault/vaults'],
  [/storageaccounts\/[^/]+$/, 'Microsoft.Storage/storageAccounts'],
]

function placeFact(id: string, coverage: readonly string[]): EntityFact {
  const [, kind] = FORMS.find(([form]) => form.test(id)) ?? [/./, 'Microsoft.Other/things']
  return entity(kind, id, id.split('/').at(-1) ?? id, { coverage })
}

function addDirectory(world: AzureWorld, put: Put, join: Join, get: Get): void {
  for (const name of world.users ?? []) {
    const properties = { aliases: [`${name}@acme.test`], nature: 'HUMAN', ...(world.blocked?.includes(name) === true ? { state: 'BLOCKED' } : {}) }
    put(entity('EntraUser', idOf(name), name, { properties }))
  }
  for (const [name, arm] of Object.entries(world.identities ?? {})) {
    put(
      entity('ManagedIdentity', idOf(name), name, {
        properties: { aliases: [arm], appId: guidOf(`app-${name}`), nature: 'WORKLOAD' },
      }),
    )
  }
  for (const [name, { listed = true, roleAssignable }] of Object.entries(world.groups ?? {})) {
    const properties = { nature: 'GROUP', ...(listed ? { membersListed: true } : {}), ...(roleAssignable === undefined ? {} : { roleAssignable }) }
    put(entity('EntraGroup', idOf(name), name, { properties }))
  }
  for (const [name, { members = [] }] of Object.entries(world.groups ?? {}))
    for (const member of members) join('MEMBER_OF', get(idOf(member)), get(idOf(name)))
}

const idOf = (name: string): string => (/^[0-9a-f]{8}-/.test(name) ? name : guidOf(name))

const block = ({ actions = [], notActions = [], dataActions = [], notDataActions = [], condition }: RoleSpec): object => ({
  actions,
  notActions,
  dataActions,
  notDataActions,
  ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' }),
})
