import type { CoverageFact, EntityFact } from '../../domain/facts.ts'
import { compileDirectoryRole, compileDirectoryRoleAssignment, decideDirectory, graphPermission } from '../../policy/entra/index.ts'
import type { EntraDecision, EntraPrincipal } from '../../policy/entra/index.ts'
import type { CompiledDirectoryRole, CompiledDirectoryRoleAssignment, EntraTargetKind } from '../../policy/entra/types.ts'
import type { Graph } from '../graph.ts'
import type { AzureActor } from './actors.ts'
import { documentOf, timeIn } from './documents.ts'
import type { Memberships } from './memberships.ts'
import { createTargetFacts } from './directory-target.ts'

/** Who may do what to the objects of a directory. */
export interface DirectoryEstate {
  /** By id of the role definition. */
  readonly roles: ReadonlyMap<string, CompiledDirectoryRole>
  /** Assignments of directory roles that a principal holds itself. */
  assignmentsOf(principal: string): readonly HeldDirectoryRole[]
  /** Application permissions that a principal holds itself. */
  permissionsOf(principal: string): readonly HeldPermission[]
  decide(actor: AzureActor, action: string, target: EntityFact): EntraDecision
  /** Everybody who may, surely or perhaps. */
  reach(action: string, target: EntityFact): readonly { readonly actor: AzureActor; readonly decision: EntraDecision }[]
}

export interface HeldDirectoryRole {
  readonly grant: EntityFact
  readonly compiled: CompiledDirectoryRoleAssignment
}

export interface HeldPermission {
  readonly grant: EntityFact
  /** As Microsoft Graph names it, else the id of the application's role. */
  readonly name: string
  readonly role: EntityFact | undefined
}

export interface DirectoryParts {
  readonly graph: Graph
  readonly memberships: Memberships
  readonly actors: ReadonlyMap<number, AzureActor>
  readonly coverage: readonly CoverageFact[]
  readonly now: () => Date
}

const TARGETS: Readonly<Record<string, EntraTargetKind>> = {
  EntraTenant: 'Tenant',
  EntraUser: 'User',
  EntraGroup: 'Group',
  EntraApplication: 'Application',
  ServicePrincipal: 'ServicePrincipal',
  ManagedIdentity: 'ServicePrincipal',
  AdministrativeUnit: 'AdministrativeUnit',
}

/** What an entity is as something that directory operations act on; undefined of all else. */
export const directoryKindOf = ({ kind }: EntityFact): EntraTargetKind | undefined => TARGETS[kind]

export const isDirectoryAction = (action: string): boolean => /^microsoft\.directory\//i.test(action.trim())

export function compileDirectory(parts: DirectoryParts): DirectoryEstate {
  const { graph, memberships, now } = parts
  const roles = compileRoles(graph)
  const assignments = new Map<string, HeldDirectoryRole[]>()
  const permissions = new Map<string, HeldPermission[]>()
  for (const [node, grant] of graph.entities.entries()) {
    const held =
      grant.kind === 'EntraRoleAssignment' || grant.kind === 'EntraRoleEligibility' ? compileAssignment(graph, node, grant, roles) : undefined
    if (held !== undefined) push(assignments, held.compiled.principalId, held)
    if (grant.kind === 'AppRoleAssignment')
      for (const holder of graph.into('HOLDS', node)) push(permissions, graph.entityAt(holder).id, permissionOf(graph, node, grant))
  }
  const factsOf = createTargetFacts({ ...parts, assignmentsOf: (id) => assignments.get(id) ?? [] })
  const open = new Set([...memberships.open].map((node) => graph.entityAt(node).id.toLowerCase()))

  const decide = (actor: AzureActor, action: string, target: EntityFact): EntraDecision => {
    const groups =
      actor.node === -1 ? [] : memberships.directGroupsOf(actor.node, now().getTime()).map((node) => graph.entityAt(node).id.toLowerCase())
    const uncertain = [...assignments.keys()].filter((id) => open.has(id) && id !== actor.entity.id && !groups.includes(id))
    const held = [actor.entity.id.toLowerCase(), ...groups, ...uncertain].flatMap((id) => assignments.get(id) ?? [])
    const isHere = ({ grant }: { readonly grant: EntityFact }): boolean =>
      grant.scope === null || target.scope === null || grant.scope === tenantOf(target)
    const permitted = permissions.get(actor.entity.id)?.filter(isHere) ?? []
    return decideDirectory({
      principal: principalFor(actor, groups, uncertain),
      action,
      target: factsOf(actor, target, directoryKindOf(target) ?? 'Tenant'),
      policies: { roleAssignments: held.filter(isHere).map(({ compiled }) => compiled), applicationPermissions: permitted.map(({ name }) => name) },
      now: now().getTime(),
    })
  }
  return {
    roles,
    assignmentsOf: (principal) => assignments.get(principal.toLowerCase()) ?? [],
    permissionsOf: (principal) => permissions.get(principal) ?? [],
    decide,
    reach(action, target) {
      const found = []
      for (const actor of candidates(parts, target, { assignments, permissions, open })) {
        const decision = decide(actor, action, target)
        if (decision.effect !== 'DENY') found.push({ actor, decision })
      }
      return found
    },
  }
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

export const tenantOf = ({ kind, id, scope }: EntityFact): string | null => (kind === 'EntraTenant' ? id : scope)

function compileRoles(graph: Graph): ReadonlyMap<string, CompiledDirectoryRole> {
  const found = new Map<string, CompiledDirectoryRole>()
  for (const entity of graph.entities) {
    if (entity.kind !== 'EntraRole' || entity.document === null) continue
    const role = compileDirectoryRole({ ...documentOf(entity), id: entity.id })
    // A row of activated roles names them and tells nothing of what they grant.
    if (role.allowed.length + role.excluded.length + role.conditional.length > 0) found.set(entity.id.toLowerCase(), role)
  }
  return found
}

function compileAssignment(
  graph: Graph,
  node: number,
  grant: EntityFact,
  roles: ReadonlyMap<string, CompiledDirectoryRole>,
): HeldDirectoryRole | undefined {
  const [holder] = graph.into('HOLDS', node)
  const [role] = graph.out('GIVES', node)
  const [place] = graph.out('AT', node)
  if (holder === undefined) return undefined
  const at = place === undefined ? undefined : graph.entityAt(place)
  const row = {
    ...documentOf(grant),
    principalId: graph.entityAt(holder).id,
    ...(role === undefined ? {} : { roleDefinitionId: graph.entityAt(role).id }),
    ...(at === undefined ? {} : { directoryScopeId: directoryScopeOf(at) }),
  }
  const { startsAt, endsAt, ...compiled } = compileDirectoryRoleAssignment(row, (id) => roles.get(id), grant.kind === 'EntraRoleEligibility')
  const from = startsAt ?? timeIn(grant.properties.validFrom)
  const until = endsAt ?? timeIn(grant.properties.validUntil)
  return {
    grant,
    compiled: { ...compiled, id: grant.id, ...(from === undefined ? {} : { startsAt: from }), ...(until === undefined ? {} : { endsAt: until }) },
  }
}

function directoryScopeOf({ kind, id }: EntityFact): string {
  if (kind === 'EntraTenant') return '/'
  return kind === 'AdministrativeUnit' ? `/administrativeUnits/${id}` : `/${id}`
}

const MICROSOFT_GRAPH = '00000003-0000-0000-c000-000000000000'

function permissionOf(graph: Graph, node: number, grant: EntityFact): HeldPermission {
  const [given] = graph.out('GIVES', node)
  const role = given === undefined ? undefined : graph.entityAt(given)
  const id = role?.id.slice(role.id.lastIndexOf('/') + 1) ?? ''
  const isNamed = role !== undefined && graphPermission(role.name)?.id === graphPermission(id)?.id && graphPermission(id) !== undefined
  const resource = graph.numberOf(role?.id.slice(0, Math.max(0, role.id.lastIndexOf('/'))) ?? '')
  const isOfGraph = resource !== undefined && graph.entityAt(resource).properties.appId === MICROSOFT_GRAPH
  return { grant, role, name: role !== undefined && (isNamed || isOfGraph) ? role.name : id }
}

function principalFor(actor: AzureActor, groups: readonly string[], uncertainGroups: readonly string[]): EntraPrincipal {
  const { entity } = actor
  return {
    id: entity.id,
    kind:
      entity.kind === 'EntraGroup' ? 'Group' : entity.kind === 'ServicePrincipal' || entity.kind === 'ManagedIdentity' ? 'ServicePrincipal' : 'User',
    roleAssignableGroups: groups,
    uncertainGroups,
    ...(actor.isBlocked ? { accountEnabled: false } : {}),
  }
}

interface Holdings {
  readonly assignments: ReadonlyMap<string, readonly HeldDirectoryRole[]>
  readonly permissions: ReadonlyMap<string, readonly HeldPermission[]>
  readonly open: ReadonlySet<string>
}

function candidates(
  { graph, memberships, actors }: DirectoryParts,
  target: EntityFact,
  { assignments, permissions, open }: Holdings,
): Iterable<AzureActor> {
  const holders = [...assignments.keys()]
  if (holders.some((id) => open.has(id)) || mayHaveUnlistedOwners(target)) return actors.values()
  const node = graph.numberOf(target.id)
  const owners = node === undefined ? [] : [...graph.into('OWNS', node)]
  const named = [...holders, ...permissions.keys(), target.id].flatMap((id) => graph.numberOf(id) ?? [])
  const found = new Set([...named, ...named.flatMap((each) => memberships.membersOf(each)), ...owners])
  return [...found].flatMap((each) => actors.get(each) ?? [])
}

const OWNABLE: ReadonlySet<string> = new Set(['EntraGroup', 'EntraApplication', 'ServicePrincipal', 'ManagedIdentity'])

const mayHaveUnlistedOwners = ({ kind, properties }: EntityFact): boolean => OWNABLE.has(kind) && properties.ownersListed !== true
