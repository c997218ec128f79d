import { and, not, or } from '../formula/formula.ts'
import { graphPermission } from './application-permissions.ts'
import { fact, type EntraFormula } from './leaves.ts'
import { covers, parseOperation, type DirectoryOperation } from './operations.ts'
import { mayActOn } from './sensitive.ts'
import type { CompiledDirectoryRole, CompiledDirectoryRoleAssignment, EntraRequest, EntraTarget, EntraTargetKind } from './types.ts'

/** Whether one assignment grants the operation on the target. */
export function assignmentGrants(assignment: CompiledDirectoryRoleAssignment, request: EntraRequest, asked: DirectoryOperation): EntraFormula {
  const isHolder = holds(assignment.principalId, request)
  if (isHolder === false) return false
  const granted = and(scopeHolds(assignment, request.target), roleGrants(assignment, request, asked))
  return granted === false ? false : and(and(isHolder, isOpen(assignment, request.now)), and(granted, mayActOn(assignment, request)))
}

function holds(id: string, { principal }: EntraRequest): EntraFormula {
  if (id === '') return false
  if (id === principal.id.toLowerCase() || principal.roleAssignableGroups.some((group) => group.toLowerCase() === id)) return true
  const { uncertainGroups = [] } = principal
  const isUncertain = uncertainGroups === 'ALL' || uncertainGroups.some((group) => group.toLowerCase() === id)
  return isUncertain ? fact('GroupMembership', id, undefined, [principal.id]) : false
}

/**
 * Units hold what is a member itself; units with restricted management keep other roles out.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/admin-units-restricted-management
 */
function scopeHolds({ scope }: CompiledDirectoryRoleAssignment, target: EntraTarget): EntraFormula {
  const restricted = target.restrictedUnits ?? []
  switch (scope.kind) {
    case 'TENANT':
      return restricted.length === 0
    case 'OBJECT':
      return restricted.length === 0 && scope.id === target.id.toLowerCase()
    case 'ADMINISTRATIVE_UNIT': {
      if (target.kind === 'Tenant') return false
      if (scope.id === target.id.toLowerCase()) return true
      if (restricted.length > 0) return restricted.some((unit) => unit.toLowerCase() === scope.id)
      if (target.administrativeUnits === undefined) return fact('AdministrativeUnit', scope.id, undefined, [target.id])
      return target.administrativeUnits.some((unit) => unit.toLowerCase() === scope.id)
    }
  }
}

function roleGrants(assignment: CompiledDirectoryRoleAssignment, request: EntraRequest, asked: DirectoryOperation): EntraFormula {
  const { role, roleId, id } = assignment
  if (role === undefined) return fact('RoleNotLoaded', roleId, id)
  return onGroups(asked, request.target, (operation) => operationGranted(role, operation, request))
}

function operationGranted(role: CompiledDirectoryRole, asked: DirectoryOperation, request: EntraRequest): EntraFormula {
  if (role.excluded.some((each) => covers(each, asked))) return false
  if (role.allowed.some((each) => covers(each, asked))) return true
  let any: EntraFormula = false
  for (const { condition, allowed } of role.conditional) {
    if (allowed.some((each) => covers(each, asked))) any = or(any, conditionHolds(condition, request))
  }
  return any
}

/** The two conditions that Microsoft documents for roles; others are not known. */
function conditionHolds(condition: string, { principal, target }: EntraRequest): EntraFormula {
  switch (condition.trim().toLowerCase()) {
    case '$resourceisself':
      return target.id.toLowerCase() === principal.id.toLowerCase()
    case '$subjectisowner':
      return ownerOf(target, principal.id)
    default:
      return fact('RoleCondition', condition)
  }
}

/** Of a role-assignable group the operations have another name, which few roles hold. */
function onGroups(asked: DirectoryOperation, target: EntraTarget, granted: (operation: DirectoryOperation) => EntraFormula): EntraFormula {
  if (target.kind !== 'Group' || asked.entity !== 'groups' || asked.task === 'read') return granted(asked)
  const isProtected = target.isRoleAssignable ?? fact('RoleAssignable', target.id)
  return or(and(isProtected, granted({ ...asked, entity: 'groupsassignabletoroles' })), and(not(isProtected), granted(asked)))
}

function isOpen({ startsAt, endsAt, id }: CompiledDirectoryRoleAssignment, now: number | undefined): EntraFormula {
  if (startsAt === undefined && endsAt === undefined) return true
  if (now === undefined) return fact('WindowOpen', id)
  return (startsAt === undefined || startsAt <= now) && (endsAt === undefined || now < endsAt)
}

/** What owners may do to what they own, as `entity/properties/task` is asked. */
const OWNERS_MAY: Readonly<Partial<Record<EntraTargetKind, readonly string[]>>> = {
  Group: [
    'microsoft.directory/groups/allProperties/update',
    'microsoft.directory/groups/members/update',
    'microsoft.directory/groups/owners/update',
    'microsoft.directory/groups/delete',
  ],
  Application: ['microsoft.directory/applications/allProperties/update', 'microsoft.directory/applications/delete'],
  ServicePrincipal: ['microsoft.directory/servicePrincipals/allProperties/update', 'microsoft.directory/servicePrincipals/delete'],
}

/** https://learn.microsoft.com/entra/fundamentals/users-default-permissions#object-ownership */
export function ownerGrants({ principal, target }: EntraRequest, asked: DirectoryOperation): EntraFormula {
  const operations = OWNERS_MAY[target.kind] ?? []
  if ((target.restrictedUnits ?? []).length > 0 || !operations.some((each) => covers(parseOperation(each), asked))) return false
  return ownerOf(target, principal.id)
}

function ownerOf(target: EntraTarget, id: string): EntraFormula {
  if (target.owners === undefined) return fact('Owner', target.id, undefined, [id])
  return target.owners.some((owner) => owner.toLowerCase() === id.toLowerCase())
}

/** What a permission of Microsoft Graph amounts to; undefined of those that aren't known to change access. */
export function permissionGrants(name: string, { target }: EntraRequest, asked: DirectoryOperation, isSensitive: boolean): EntraFormula | undefined {
  const permission = graphPermission(name)
  if (permission === undefined) return undefined
  const operations = permission.operations.map(parseOperation)
  const granted = onGroups(asked, target, (operation) => operations.some((each) => covers(each, operation)))
  if (!isSensitive || permission.reachesAdministrators === true) return granted
  return and(granted, hasNoRole(target))
}

/** Users without any role, nor the protection that comes with role-assignable groups. */
function hasNoRole(target: EntraTarget): EntraFormula {
  const none = target.roles === undefined ? not(fact('RolesOfTarget', target.id)) : target.roles.length === 0
  const free = target.isProtected === undefined ? not(fact('ProtectedTarget', target.id)) : !target.isProtected
  return and(none, free)
}
