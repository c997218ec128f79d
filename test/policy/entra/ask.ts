import {
  compileDirectoryRole,
  compileDirectoryRoleAssignment,
  decideDirectory,
  type EntraDecision,
  type EntraPrincipal,
  type EntraTarget,
} from '../../../src/policy/entra/index.ts'

export const ALICE = 'aaaaaaaa-0000-0000-0000-000000000001'
export const BOB = 'bbbbbbbb-0000-0000-0000-000000000001'
export const RESET = 'microsoft.directory/users/password/update'
export const ADD_MEMBER = 'microsoft.directory/groups/members/update'
export const ADD_SECRET = 'microsoft.directory/applications/credentials/update'
export const ADD_SP_SECRET = 'microsoft.directory/servicePrincipals/credentials/update'
export const ASSIGN_ROLE = 'microsoft.directory/roleAssignments/allProperties/allTasks'

export interface EntraQuestion {
  readonly principal?: Partial<EntraPrincipal>
  readonly action: string
  readonly target?: Partial<EntraTarget>
  /** Fields of the target that are not known. */
  readonly notKnown?: readonly (keyof EntraTarget)[]
  readonly roles?: readonly object[]
  readonly assignments?: readonly object[]
  readonly eligible?: readonly object[]
  readonly applicationPermissions?: readonly string[]
  readonly delegatedScopes?: readonly string[]
  readonly now?: string
}

/** A definition as Microsoft Graph prints it. */
export function directoryRole(
  templateId: string,
  ...allowedResourceActions: readonly string[]
): { readonly id: string; readonly templateId: string } {
  const rolePermissions = [{ allowedResourceActions }]
  const definition = { id: templateId, templateId, displayName: `role ${templateId.slice(0, 4)}`, isBuiltIn: true, rolePermissions }
  return definition
}

export function assigned(role: { readonly id: string }, more: object = {}): object {
  return { id: `of-${role.id}`, principalId: ALICE, roleDefinitionId: role.id.toUpperCase(), directoryScopeId: '/', ...more }
}

/** A user of whom all is known and who has no role, unless said otherwise. */
export function ask(question: EntraQuestion): EntraDecision {
  const roles = new Map((question.roles ?? []).map(compileDirectoryRole).map((role) => [role.id, role]))
  const roleOf = (id: string): ReturnType<typeof roles.get> => roles.get(id)
  const { applicationPermissions, delegatedScopes, now } = question
  return decideDirectory({
    principal: { id: ALICE, kind: 'User', roleAssignableGroups: [], ...question.principal },
    action: question.action,
    target: targetOf(question),
    policies: {
      roleAssignments: [
        ...(question.assignments ?? []).map((document) => compileDirectoryRoleAssignment(document, roleOf)),
        ...(question.eligible ?? []).map((document) => compileDirectoryRoleAssignment(document, roleOf, true)),
      ],
      ...(applicationPermissions === undefined ? {} : { applicationPermissions }),
      ...(delegatedScopes === undefined ? {} : { delegatedScopes }),
    },
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  })
}

function targetOf({ target = {}, notKnown = [] }: EntraQuestion): EntraTarget {
  const all: EntraTarget = {
    id: BOB,
    kind: 'User',
    administrativeUnits: [],
    roles: [],
    isProtected: false,
    owners: [],
    isRoleAssignable: false,
    ...target,
  }
  const known = Object.entries(all).filter(([field]) => !notKnown.some((each) => each === field))
  return { id: all.id, kind: all.kind, ...Object.fromEntries(known) }
}
