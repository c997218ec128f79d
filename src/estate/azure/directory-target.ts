import type { CoverageFact, EntityFact } from '../../domain/facts.ts'
import type { EntraTarget } from '../../policy/entra/index.ts'
import type { EntraTargetKind } from '../../policy/entra/types.ts'
import type { Graph } from '../graph.ts'
import type { AzureActor } from './actors.ts'
import type { HeldDirectoryRole } from './directory.ts'
import type { Memberships } from './memberships.ts'

export interface TargetFactsParts {
  readonly graph: Graph
  readonly memberships: Memberships
  readonly coverage: readonly CoverageFact[]
  readonly now: () => Date
  readonly assignmentsOf: (principal: string) => readonly HeldDirectoryRole[]
}

export type TargetFacts = (actor: AzureActor, target: EntityFact, kind: EntraTargetKind) => EntraTarget

/** What the evaluator wants to know of what is acted on; what was not listed is left out. */
export function createTargetFacts(parts: TargetFactsParts): TargetFacts {
  const { graph, coverage } = parts
  const isListed = (part: string, tenant: string | null): boolean =>
    tenant !== null && coverage.some(({ id, complete }) => complete && id === `entra:${part}:${tenant}`)
  return (actor, target, kind) => {
    const node = graph.numberOf(target.id)
    if (node === undefined || kind === 'Tenant') return { id: target.id, kind, administrativeUnits: [], owners: [] }
    const units = [...graph.into('CONTAINS', node)].map((each) => graph.entityAt(each)).filter((each) => each.kind === 'AdministrativeUnit')
    const areUnitsListed = isListed('administrative-unit-members', target.scope) || !hasUnits(graph)
    const owners = ownersOf(graph, node, actor, target)
    const roles = kind === 'User' && areRolesListed(isListed, target.scope) ? rolesOf(parts, node) : undefined
    const isProtected = kind === 'User' ? protectionOf(parts, node, units, isListed('members', target.scope)) : undefined
    const { roleAssignable } = target.properties
    return {
      id: target.id,
      kind,
      ...(areUnitsListed ? { administrativeUnits: units.map(({ id }) => id) } : {}),
      restrictedUnits: units.filter(({ properties }) => properties.restrictedManagement === true).map(({ id }) => id),
      ...(owners === undefined ? {} : { owners }),
      ...(roleAssignable === undefined ? {} : { isRoleAssignable: roleAssignable }),
      ...(roles === undefined ? {} : { roles }),
      ...(isProtected === undefined ? {} : { isProtected }),
    }
  }
}

const unitsIn = new WeakMap<Graph, boolean>()

function hasUnits(graph: Graph): boolean {
  const known = unitsIn.get(graph) ?? graph.entities.some(({ kind }) => kind === 'AdministrativeUnit')
  unitsIn.set(graph, known)
  return known
}

/** Whoever is known to own it does, though there may be others. */
function ownersOf(graph: Graph, node: number, actor: AzureActor, { properties, kind }: EntityFact): readonly string[] | undefined {
  const owners = [...graph.into('OWNS', node)].map((owner) => graph.entityAt(owner).id)
  const hasNone = kind === 'EntraUser' || kind === 'AdministrativeUnit'
  return hasNone || properties.ownersListed === true || owners.includes(actor.entity.id) ? owners : undefined
}

/** Active and eligible assignments both protect who holds them. */
const areRolesListed = (isListed: (part: string, tenant: string | null) => boolean, tenant: string | null): boolean =>
  isListed('role-assignments', tenant) && isListed('members', tenant)

function rolesOf({ graph, memberships, now, assignmentsOf }: TargetFactsParts, node: number): readonly string[] {
  const groups = memberships.directGroupsOf(node, now().getTime())
  return [node, ...groups].flatMap((each) =>
    assignmentsOf(graph.entityAt(each).id).map(({ compiled }) => compiled.role?.templateId ?? compiled.roleId),
  )
}

/** A member or owner of a role-assignable group is; so is who holds a role scoped to a unit with restricted management. */
function protectionOf(
  { graph, memberships, now, assignmentsOf }: TargetFactsParts,
  node: number,
  units: readonly EntityFact[],
  areMembersListed: boolean,
): boolean | undefined {
  const groups = [...memberships.directGroupsOf(node, now().getTime()), ...graph.out('OWNS', node)].map((each) => graph.entityAt(each))
  if (groups.some(({ properties }) => properties.roleAssignable === true)) return true
  const restricted = new Set(units.filter(({ properties }) => properties.restrictedManagement === true).map(({ id }) => id))
  const holdsRestricted = assignmentsOf(graph.entityAt(node).id).some(
    ({ compiled }) => compiled.scope.kind === 'ADMINISTRATIVE_UNIT' && restricted.has(compiled.scope.id),
  )
  if (holdsRestricted) return true
  const isUntold = groups.some(({ kind, properties }) => kind === 'EntraGroup' && properties.roleAssignable === undefined)
  return areMembersListed && !isUntold ? false : undefined
}
