/**
 * Permissions of Microsoft Graph that let who holds them change who has access, with the directory operations that they amount to. As application
 * permissions they hold without a user; as delegated ones only as far as the user may.
 * https://learn.microsoft.com/graph/permissions-reference
 */
export interface GraphPermission {
  /** Id of the application permission, for exports that don't name it. */
  readonly id: string
  readonly operations: readonly string[]
  /** It holds for users whatever roles they have. */
  readonly reachesAdministrators?: boolean
  readonly says: string
}

export const GRAPH_PERMISSIONS: Readonly<Record<string, GraphPermission>> = {
  'RoleManagement.ReadWrite.Directory': {
    id: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
    operations: [
      'microsoft.directory/roleAssignments/allProperties/allTasks',
      'microsoft.directory/roleDefinitions/allProperties/allTasks',
      'microsoft.directory/groupsAssignableToRoles/allProperties/update',
    ],
    says: 'Assigns any directory role to anybody, and changes role-assignable groups.',
  },
  'RoleAssignmentSchedule.ReadWrite.Directory': {
    id: 'dd199f4a-f148-40a4-a2ec-f0069cc799ec',
    operations: ['microsoft.directory/roleAssignments/allProperties/allTasks'],
    says: 'Assigns any directory role through Privileged Identity Management.',
  },
  'RoleEligibilitySchedule.ReadWrite.Directory': {
    id: 'fee28b28-e1f3-4841-818e-2704dc62245f',
    operations: ['microsoft.directory/roleAssignments/allProperties/allTasks'],
    says: 'Makes anybody eligible for any directory role.',
  },
  'AppRoleAssignment.ReadWrite.All': {
    id: '06b708a9-e830-4db3-a914-8e69da51d44f',
    operations: ['microsoft.directory/servicePrincipals/appRoleAssignedTo/update', 'microsoft.directory/servicePrincipals/appRoleAssignments/update'],
    says: 'Gives any application permission to any application, itself included.',
  },
  'DelegatedPermissionGrant.ReadWrite.All': {
    id: '8e8e4742-1d95-4f68-9d56-6ee75648c72a',
    operations: ['microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks'],
    says: 'Consents to delegated permissions for everybody.',
  },
  'Application.ReadWrite.All': {
    id: '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
    operations: ['microsoft.directory/applications/allProperties/allTasks', 'microsoft.directory/servicePrincipals/allProperties/allTasks'],
    says: 'Adds credentials and owners to any application.',
  },
  'Directory.ReadWrite.All': {
    id: '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
    operations: [
      'microsoft.directory/groups/allProperties/update',
      'microsoft.directory/groups/members/update',
      'microsoft.directory/groups/owners/update',
    ],
    says: 'Changes members and owners of groups, but of no role-assignable ones, and no role assignments.',
  },
  'Group.ReadWrite.All': {
    id: '62a82d76-70ea-41e2-9197-370581804d09',
    operations: ['microsoft.directory/groups/allProperties/allTasks'],
    says: 'Changes members and owners of groups, but of no role-assignable ones.',
  },
  'GroupMember.ReadWrite.All': {
    id: 'dbaae8cf-10b5-4b86-a4a1-f871c94c6695',
    operations: ['microsoft.directory/groups/members/update'],
    says: 'Changes members of groups, but of no role-assignable ones.',
  },
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': {
    id: '41202f2c-f7ab-45be-b001-85c9728b9d69',
    operations: [
      'microsoft.directory/groups/members/update',
      'microsoft.directory/groups/owners/update',
      'microsoft.directory/groupsAssignableToRoles/members/update',
      'microsoft.directory/groupsAssignableToRoles/owners/update',
    ],
    says: 'Makes anybody member or owner of a group that Privileged Identity Management manages, role-assignable ones included.',
  },
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': {
    id: '618b6020-bca8-4de6-99f6-ef445fa4d857',
    operations: [
      'microsoft.directory/groups/members/update',
      'microsoft.directory/groups/owners/update',
      'microsoft.directory/groupsAssignableToRoles/members/update',
      'microsoft.directory/groupsAssignableToRoles/owners/update',
    ],
    says: 'Makes anybody eligible as member or owner of a group, role-assignable ones included.',
  },
  'UserAuthenticationMethod.ReadWrite.All': {
    id: '50483e42-d915-4231-9639-7fdb7fd190e5',
    operations: ['microsoft.directory/users/authenticationMethods/allProperties/allTasks'],
    reachesAdministrators: true,
    says: 'Adds and changes sign-in methods of anybody, administrators included.',
  },
  'User-PasswordProfile.ReadWrite.All': {
    id: 'cc117bb9-00cf-4eb8-b580-ea2a878fe8f7',
    operations: ['microsoft.directory/users/password/update'],
    says: 'Resets passwords of users without roles.',
  },
}

const BY_NAME: ReadonlyMap<string, GraphPermission> = new Map(
  Object.entries(GRAPH_PERMISSIONS).flatMap(([name, permission]) => [
    [name.toLowerCase(), permission] as const,
    [permission.id, permission] as const,
  ]),
)

/** By its name or the id of the application permission, in any letter case. */
export function graphPermission(nameOrId: string): GraphPermission | undefined {
  return BY_NAME.get(nameOrId.toLowerCase())
}
