import type { EntityFact } from '../../domain/facts.ts'
import {
  canonicalId,
  compileScope,
  type AzureCompiler,
  type CompiledAssignment,
  type CompiledDelegation,
  type CompiledDenyAssignment,
  type CompiledKeyVault,
  type CompiledLock,
  type CompiledRole,
} from '../../policy/azure/index.ts'
import type { ClassicAdministrator } from '../../policy/azure/types.ts'
import type { Graph } from '../graph.ts'
import { isGroup, principalKindOf } from './actors.ts'
import { documentOf, isObject, timeIn } from './documents.ts'

/**
 * The documents of the graph, compiled. INVARIANT: what is compiled is named by the id of its entity, so that reasons lead back to it.
 */
export interface AzureDocuments {
  readonly roles: readonly CompiledRole[]
  readonly assignments: readonly CompiledAssignment[]
  readonly denyAssignments: readonly CompiledDenyAssignment[]
  readonly locks: readonly CompiledLock[]
  readonly delegations: readonly CompiledDelegation[]
  readonly classicAdministrators: readonly ClassicAdministrator[]
  /** By canonical id. */
  readonly keyVaults: ReadonlyMap<string, CompiledKeyVault>
}

type RoleOf = (id: string) => CompiledRole | undefined

export function compileDocuments(graph: Graph, compiler: AzureCompiler, personOf: (email: string) => string | undefined): AzureDocuments {
  const roles = new Map<string, CompiledRole>()
  for (const entity of graph.entities) {
    if (entity.kind !== 'AzureRole' || entity.document === null) continue
    const role = compiler.role({ ...documentOf(entity), id: entity.id })
    roles.set(guidOf(entity.id), { ...role, id: guidOf(entity.id), name: role.name === role.id ? entity.name : role.name })
  }
  const roleOf: RoleOf = (id) => roles.get(id)
  const found = { assignments: [], denyAssignments: [], locks: [], delegations: [], classicAdministrators: [] } as Lists
  const keyVaults = new Map<string, CompiledKeyVault>()
  for (const [node, entity] of graph.entities.entries()) {
    if (entity.provider !== 'azure') continue
    if (isVault(entity)) keyVaults.set(canonicalId(entity.id), compileVault(entity, compiler))
    else addDocument(found, { graph, compiler, roleOf, personOf, node, entity })
  }
  return { roles: [...roles.values()], ...found, keyVaults }
}

interface Lists {
  readonly assignments: CompiledAssignment[]
  readonly denyAssignments: CompiledDenyAssignment[]
  readonly locks: CompiledLock[]
  readonly delegations: CompiledDelegation[]
  readonly classicAdministrators: ClassicAdministrator[]
}

interface Entry {
  readonly graph: Graph
  readonly compiler: AzureCompiler
  readonly roleOf: RoleOf
  readonly personOf: (email: string) => string | undefined
  readonly node: number
  readonly entity: EntityFact
}

function addDocument(found: Lists, entry: Entry): void {
  switch (entry.entity.kind) {
    case 'AzureRoleAssignment':
    case 'AzureRoleEligibility':
      found.assignments.push(compileAssignment(entry))
      break
    case 'LighthouseAuthorization':
      found.delegations.push(compileDelegation(entry))
      break
    case 'ClassicAdministrator':
      found.classicAdministrators.push(compileClassic(entry))
      break
    case 'AzureDenyAssignment':
      found.denyAssignments.push(compileDeny(entry))
      break
    case 'AzureResourceLock':
      found.locks.push(...compileLock(entry))
      break
    default:
  }
}

const guidOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase()

/** What the edges of a grant say, for rows that don't say it themselves. */
function edgesOf({ graph, node }: Entry): { readonly holder?: EntityFact; readonly role?: EntityFact; readonly place?: EntityFact } {
  const [holder] = graph.into('HOLDS', node)
  const [role] = graph.out('GIVES', node)
  const [place] = graph.out('AT', node)
  return {
    ...(holder === undefined ? {} : { holder: graph.entityAt(holder) }),
    ...(role === undefined ? {} : { role: graph.entityAt(role) }),
    ...(place === undefined ? {} : { place: graph.entityAt(place) }),
  }
}

function compileAssignment(entry: Entry): CompiledAssignment {
  const { entity, compiler, roleOf } = entry
  const { holder, role, place } = edgesOf(entry)
  const row = { principalId: holder?.id, roleDefinitionId: role?.id, scope: place?.id, ...documentOf(entity), id: entity.id }
  const { startsAt, endsAt, ...compiled } = compiler.assignment(row, roleOf, entity.kind === 'AzureRoleEligibility')
  const from = startsAt ?? timeIn(entity.properties.validFrom)
  const until = endsAt ?? timeIn(entity.properties.validUntil)
  return {
    ...compiled,
    id: entity.id,
    principal: { ...compiled.principal, mayHaveMembers: mayHaveMembers(holder, compiled.principal.mayHaveMembers) },
    ...(from === undefined ? {} : { startsAt: from }),
    ...(until === undefined ? {} : { endsAt: until }),
  }
}

/** The directory knows better than a row that does not tell. */
function mayHaveMembers(holder: EntityFact | undefined, otherwise: boolean): boolean {
  if (holder === undefined) return otherwise
  return isGroup(holder) || (principalKindOf(holder) === undefined && otherwise)
}

/** Authorizations that are only eligible say how they are activated. */
function compileDelegation(entry: Entry): CompiledDelegation {
  const { entity, compiler, roleOf } = entry
  const { holder, role, place } = edgesOf(entry)
  const document = documentOf(entity)
  const isEligible = entity.properties.state === 'ELIGIBLE' || isObject(document['justInTimeAccessPolicy'])
  const row = { principalId: holder?.id, roleDefinitionId: role?.id, ...document }
  return compiler.delegation(row, entity.id, place?.id ?? scopeInId(entity.id), roleOf, isEligible)
}

const scopeInId = (id: string): string => /^(.*?)\/providers\/microsoft\.managedservices\//.exec(id)?.[1] ?? '/unknown scope'

/** Classic administrators are known by e-mail. */
function compileClassic(entry: Entry): ClassicAdministrator {
  const { entity, personOf } = entry
  const { holder, place } = edgesOf(entry)
  const principalId = holder?.id ?? personOf(entity.properties.email ?? entity.name) ?? ''
  return { id: entity.id, principalId: principalId.toLowerCase(), scope: compileScope(place?.id ?? entity.scope ?? '/unknown scope') }
}

function compileDeny(entry: Entry): CompiledDenyAssignment {
  const { entity, compiler } = entry
  return { ...compiler.denyAssignment({ scope: limited(entry), ...documentOf(entity), id: entity.id }), id: entity.id }
}

function compileLock(entry: Entry): readonly CompiledLock[] {
  const { entity, compiler } = entry
  const lock = compiler.lock({ scope: limited(entry), ...documentOf(entity), id: entity.id })
  return lock === undefined ? [] : [{ ...lock, id: entity.id }]
}

/** What a guardrail is attached to; undefined where its document or id must tell. */
function limited({ graph, node }: Entry): string | undefined {
  const [place] = graph.out('LIMITS', node)
  return place === undefined ? undefined : graph.entityAt(place).id
}

const isVault = ({ kind }: EntityFact): boolean => kind.toLowerCase() === 'microsoft.keyvault/vaults'

/** Access policies are grants of the graph: they are named as those are. */
function compileVault(entity: EntityFact, compiler: AzureCompiler): CompiledKeyVault {
  const vault = compiler.keyVault({ ...documentOf(entity), id: entity.id })
  return {
    ...vault,
    accessPolicies: vault.accessPolicies.map((policy) => ({
      ...policy,
      id: `${vault.id}#accesspolicies/${policy.principalId}${policy.applicationId === undefined ? '' : `/${policy.applicationId}`}`,
    })),
  }
}
