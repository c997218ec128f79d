import type { EntityFact } from '../../domain/facts.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import { directoryKindOf, type HeldDirectoryRole } from '../../estate/azure/directory.ts'
import type { Estate } from '../../estate/estate.ts'
import { GRAPH_PERMISSIONS, graphPermission } from '../../policy/entra/index.ts'
import { SENSITIVE_OPERATIONS } from '../../policy/entra/who-may-act-on-whom.ts'
import { compileActionPattern, matchesAny } from '../../policy/microsoft/action-pattern.ts'
import { operationsIn } from './directory-actions.ts'
import type { RowCollector } from './rows.ts'
import { conditionsOf } from './wording.ts'

/** What directory roles, application permissions and ownership let an actor do in its directory, at the grain at which it was granted. */
export function addDirectoryRows(estate: Estate, actor: AzureActor, collector: RowCollector): void {
  const { azure, directory, graph } = estate
  const groups = actor.node === -1 ? [] : azure.memberships.directGroupsOf(actor.node, azure.now().getTime()).map((node) => graph.entityAt(node).id)
  for (const held of [actor.entity.id, ...groups, ...azure.uncertainGroups(actor)].flatMap((id) => directory.assignmentsOf(id)))
    addRole(estate, actor, held, collector)
  for (const { grant, name, role } of directory.permissionsOf(actor.entity.id)) {
    const resource = role === undefined ? undefined : estate.entity(role.id.slice(0, Math.max(0, role.id.lastIndexOf('/'))))
    const because = [{ layer: 'APP_PERMISSION', kind: 'ALLOW', code: 'APPLICATION_PERMISSION', policy: name }] as const
    const entity = resource ?? role ?? grant
    collector.add(role?.name ?? name, { subject: { entity }, decision: { effect: actor.isBlocked ? 'DENY' : 'ALLOW', because }, conditions: [] })
    addOperations(estate, actor, tenantOf(estate, actor), graphPermission(name)?.operations ?? [], collector)
  }
  for (const node of actor.node === -1 ? [] : graph.out('OWNS', actor.node)) addOwned(estate, actor, graph.entityAt(node), collector)
}

function addRole(estate: Estate, actor: AzureActor, { grant, compiled }: HeldDirectoryRole, collector: RowCollector): void {
  const place = estate.placesOf(grant.id)[0] ?? tenantOf(estate, actor)
  const role = estate.roleOf(grant.id)
  if (compiled.isEligible) return
  const named = role === undefined ? [] : operationsIn(role)
  addOperations(estate, actor, place, named.length > 0 ? named : ['microsoft.directory/*'], collector)
}

function addOperations(
  estate: Estate,
  actor: AzureActor,
  place: EntityFact | undefined,
  operations: readonly string[],
  collector: RowCollector,
): void {
  if (place === undefined || directoryKindOf(place) === undefined) return
  for (const operation of operations) {
    const decision = estate.directory.decide(actor, operation, place)
    const conditions = [...conditionsOf(decision), ...limitsOf(estate, place, operation)]
    collector.add(operation, { subject: { entity: place, directory: place }, decision, conditions })
  }
}

const SENSITIVE = SENSITIVE_OPERATIONS.map(compileActionPattern)

/** What is asked of each object by itself, where a role is held for many. */
function limitsOf(estate: Estate, { kind, id }: EntityFact, operation: string): readonly string[] {
  const lower = operation.toLowerCase()
  if (kind !== 'EntraTenant' && kind !== 'AdministrativeUnit') return []
  const restricted =
    kind === 'EntraTenant' && !lower.endsWith('read') && mayHaveRestrictedUnits(estate, id)
      ? ['not in administrative units with restricted management']
      : []
  if (matchesAny(SENSITIVE, lower)) return [...restricted, 'only users whose own roles and groups let it']
  return lower.startsWith('microsoft.directory/groups/') && !lower.endsWith('read')
    ? [...restricted, 'only groups that are not role-assignable']
    : restricted
}

/** Units that were all listed, and none of them restricted, limit nobody. */
function mayHaveRestrictedUnits(estate: Estate, tenant: string): boolean {
  const known = restrictions.get(estate) ?? {
    units: [...estate.entities()].filter(({ kind, properties }) => kind === 'AdministrativeUnit' && properties.restrictedManagement === true),
  }
  restrictions.set(estate, known)
  const areListed = estate.coverage.some(({ id, complete }) => complete && id === `entra:administrative-units:${tenant}`)
  return !areListed || known.units.some(({ scope }) => scope === null || scope === tenant)
}

const restrictions = new WeakMap<Estate, { readonly units: readonly EntityFact[] }>()

/** https://learn.microsoft.com/entra/fundamentals/users-default-permissions#object-ownership */
const OWNERS_DO: Readonly<Record<string, readonly string[]>> = {
  EntraGroup: ['groups/members/update', 'groups/owners/update', 'groups/delete'],
  EntraApplication: ['applications/credentials/update', 'applications/owners/update', 'applications/delete'],
  ServicePrincipal: ['servicePrincipals/credentials/update', 'servicePrincipals/owners/update', 'servicePrincipals/delete'],
}

function addOwned(estate: Estate, actor: AzureActor, owned: EntityFact, collector: RowCollector): void {
  for (const operation of OWNERS_DO[owned.kind] ?? []) {
    const action = `microsoft.directory/${operation}`
    const decision = estate.directory.decide(actor, action, owned)
    collector.add(action, { subject: { entity: owned, directory: owned }, decision, conditions: conditionsOf(decision) })
  }
}

function tenantOf(estate: Estate, { tenant }: AzureActor): EntityFact | undefined {
  return tenant === null ? undefined : estate.entity(tenant)
}

/** Names of application permissions that change who has access. */
export const isGrantingPermission = (name: string): boolean => Object.hasOwn(GRAPH_PERMISSIONS, name)
