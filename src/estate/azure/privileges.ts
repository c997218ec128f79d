import type { ConditionLeaf, Expression } from '../../domain/decision.ts'
import type { EntityFact } from '../../domain/facts.ts'
import { blockNames } from '../../policy/azure/index.ts'
import { GLOBAL_ADMINISTRATOR } from '../../policy/entra/role-templates.ts'
import { isActing, type AzureActor } from './actors.ts'
import type { AzureEstate } from './azure-estate.ts'
import { type DirectoryEstate, tenantOf } from './directory.ts'
import { isManagementGroup } from './scope-tree.ts'

/**
 * Who administers a subscription, a management group, the root or a directory: may do everything there, or may grant anything there to anybody. Not who
 * administers only a resource group, nor who can only become so.
 */
export interface AzurePrivileges {
  /** One line for each reason, for people; empty: not privileged. */
  of(principal: string): readonly string[]
}

export function createAzurePrivileges(azure: AzureEstate, directory: DirectoryEstate): AzurePrivileges {
  const cache = new Map<string, readonly string[]>()
  let minute = 0
  return {
    of(principal) {
      // What is activated ends while an estate is served.
      const now = Math.floor(azure.now().getTime() / 60_000)
      if (now !== minute) cache.clear()
      minute = now
      const known = cache.get(principal)
      if (known !== undefined) return known
      const actor = azure.actorOf(principal)
      const found = actor === undefined || !isActing(actor.entity) || actor.isBlocked ? [] : privilegesOf(azure, directory, actor)
      cache.set(principal, found)
      return found
    },
  }
}

function privilegesOf(azure: AzureEstate, directory: DirectoryEstate, actor: AzureActor): string[] {
  const mine = [actor.entity.id.toLowerCase(), ...azure.groupsOf(actor)]
  const scopes = mine.flatMap((id) => azure.index.scopesOf(id).filter((scope) => isAdministrative(scope) && isNamedAt(azure, id, scope)))
  return [
    ...new Set(
      scopes
        .toSorted()
        .flatMap((scope) => overScope(azure, actor, scope))
        .concat(overDirectory(azure, directory, actor)),
    ),
  ]
}

const isAdministrative = (scope: string): boolean => scope === '/' || isManagementGroup(scope) || /^\/subscriptions\/[^/]+$/.test(scope)

const ASSIGN = 'Microsoft.Authorization/roleAssignments/write'

/** Cheap superset: whoever may do everything may assign roles too. */
function isNamedAt({ index }: AzureEstate, principal: string, scope: string): boolean {
  const { assignments = [], delegations = [] } = index.at(scope)?.held.get(principal) ?? {}
  const action = ASSIGN.toLowerCase()
  return [...assignments, ...delegations].some(({ role, isEligible }) => {
    const isNamed = role === undefined || role.isUnreadable || role.permissions.some((block) => blockNames(block, action, false))
    return isNamed && !isEligible
  })
}

function overScope(azure: AzureEstate, actor: AzureActor, scope: string): string[] {
  const target = azure.target(scope)
  const name = scope === '/' ? 'the root of all management groups' : target.entity.name === scope ? scope : `${target.entity.name} (${scope})`
  const grants = clauseFor(azure.decide(actor, ASSIGN, target))
  if (grants === undefined) return []
  const everything = clauseFor(azure.decide(actor, '*', target, { isDataAction: false }))
  return [everything === undefined ? `may grant any role in ${name} to anybody${grants}` : `may do every action in ${name}${everything}`]
}

/** '' where it surely is, a clause where only circumstances of the call stand in between, undefined where it is not. */
function clauseFor(decision: { readonly effect: string; readonly conditions?: Expression; readonly parts?: readonly unknown[] }): string | undefined {
  if (decision.effect === 'ALLOW') return ''
  if (decision.effect === 'DENY' || decision.parts !== undefined || decision.conditions === undefined) return undefined
  const leaves = leavesOf(decision.conditions)
  if (!leaves.every(isCircumstance)) return undefined
  return leaves.every(({ operator }) => operator === 'PrincipalNotLoaded')
    ? ', if it exists: no directory export has it'
    : ', on conditions of the call'
}

/** Where and when a call comes from, and who the caller is; not what it grants to whom. */
const isCircumstance = ({ key, operator }: ConditionLeaf): boolean => operator === 'PrincipalNotLoaded' || /^@(environment|principal)\[/i.test(key)

function leavesOf(expression: Expression): readonly ConditionLeaf[] {
  if ('and' in expression) return expression.and.flatMap(leavesOf)
  if ('or' in expression) return expression.or.flatMap(leavesOf)
  return 'not' in expression ? leavesOf(expression.not) : [expression]
}

/** https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference#privileged-role-administrator */
const PRIVILEGED_ROLE_ADMINISTRATOR = 'e8611ab8-c189-46e8-94e1-60213ab1f814'
const ADMINISTRATORS: ReadonlyMap<string, string> = new Map([
  [GLOBAL_ADMINISTRATOR, 'Global Administrator'],
  [PRIVILEGED_ROLE_ADMINISTRATOR, 'Privileged Role Administrator'],
])
const ASSIGN_ANY = 'microsoft.directory/roleAssignments/allProperties/allTasks'

function overDirectory(azure: AzureEstate, directory: DirectoryEstate, actor: AzureActor): string[] {
  const now = azure.now().getTime()
  const groups = azure.memberships.directGroupsOf(actor.node, now).map((node) => azure.graph.entityAt(node).id)
  const held = [actor.entity.id, ...groups].flatMap((id) => directory.assignmentsOf(id))
  const byRole = held.flatMap(({ grant, compiled }): string[] => {
    const { isEligible, scope, startsAt, endsAt, role, roleId } = compiled
    const isActive = !isEligible && (startsAt === undefined || startsAt <= now) && (endsAt === undefined || now < endsAt)
    const name = ADMINISTRATORS.get(role?.templateId ?? roleId)
    return isActive && scope.kind === 'TENANT' && name !== undefined ? [`is ${name} of tenant ${grant.scope ?? actor.tenant ?? ''}`] : []
  })
  if (byRole.length > 0) return byRole
  const tenant = tenantEntity(azure, actor)
  if (tenant === undefined || (held.length === 0 && directory.permissionsOf(actor.entity.id).length === 0)) return []
  const mayAssign = directory.decide(actor, ASSIGN_ANY, tenant).effect === 'ALLOW'
  return mayAssign ? [`may give any directory role of tenant ${tenant.id} to anybody`] : []
}

function tenantEntity({ graph }: AzureEstate, { entity }: AzureActor): EntityFact | undefined {
  const node = graph.numberOf(tenantOf(entity) ?? '')
  return node === undefined ? undefined : graph.entityAt(node)
}
