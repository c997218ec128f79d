import type { Call, EachOf, Row } from '../../microsoft/collect/call.ts'

/** What is asked of Microsoft Graph. https://learn.microsoft.com/graph/api/overview */

const kind = (operation: string): string => `entra/graph/${operation}`

const LISTED = { list: 'value', next: '@odata.nextLink', lane: 'graph' } as const

/** Gone since it was listed. */
const GONE = ['Request_ResourceNotFound', 'ResourceNotFound']

/** Privileged Identity Management is part of a licence that not every tenant has. */
const NO_LICENCE = ['AadPremiumLicenseRequired']

const eachOf = (listing: string, unless: (row: Row) => boolean = () => false): readonly EachOf[] => [
  {
    of: kind(listing),
    about: (row) => {
      const subject = row['id']
      return typeof subject === 'string' && subject !== '' && !unless(row) ? { subject } : undefined
    },
  },
]

/** Privileged Identity Management takes no groups whose members are told by a rule or come from elsewhere. */
const isBeyondPim = (group: Row): boolean =>
  group['onPremisesSyncEnabled'] === true || (Array.isArray(group['groupTypes']) && group['groupTypes'].includes('DynamicMembership'))

const PAGE = { $top: '999' }
/** Who they are, the other listings tell. */
const WHO = { $select: 'id', ...PAGE }

export const GRAPH_CALLS: readonly Call[] = [
  {
    kind: kind('organization'),
    path: '/v1.0/organization',
    ...LISTED,
    needs: ['Organization.Read.All'],
    gains: 'the tenant and its domains',
  },
  {
    kind: kind('users'),
    path: '/v1.0/users',
    query: {
      $select:
        'id,displayName,userPrincipalName,mail,accountEnabled,userType,externalUserState,creationType,identities,createdDateTime,onPremisesSyncEnabled',
      ...PAGE,
    },
    ...LISTED,
    needs: ['User.Read.All'],
    gains: 'users, guests, whether they are blocked',
  },
  {
    kind: kind('groups'),
    path: '/v1.0/groups',
    query: {
      $select:
        'id,displayName,description,mail,mailEnabled,securityEnabled,groupTypes,isAssignableToRole,membershipRule,membershipRuleProcessingState,visibility,onPremisesSyncEnabled,createdDateTime',
      ...PAGE,
    },
    ...LISTED,
    needs: ['GroupMember.Read.All', 'Group.Read.All'],
    gains: 'groups, with the rules of dynamic ones',
  },
  {
    kind: kind('group-members'),
    path: '/v1.0/groups/{subject}/members',
    query: WHO,
    each: eachOf('groups'),
    none: GONE,
    ...LISTED,
    needs: ['GroupMember.Read.All'],
    gains: 'their direct members',
  },
  {
    kind: kind('group-owners'),
    path: '/v1.0/groups/{subject}/owners',
    query: WHO,
    each: eachOf('groups'),
    none: GONE,
    ...LISTED,
    needs: ['GroupMember.Read.All'],
    gains: 'their owners',
  },
  {
    kind: kind('group-eligibility-schedule-instances'),
    path: '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    query: { $filter: "groupId eq '{subject}'" },
    each: eachOf('groups', isBeyondPim),
    none: [...GONE, ...NO_LICENCE],
    ...LISTED,
    needs: ['PrivilegedEligibilitySchedule.Read.AzureADGroup'],
    gains: 'who can become a member or owner for a time (PIM for groups)',
  },
  {
    kind: kind('group-assignment-schedule-instances'),
    path: '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances',
    query: { $filter: "groupId eq '{subject}'" },
    each: eachOf('groups', isBeyondPim),
    none: [...GONE, ...NO_LICENCE],
    ...LISTED,
    needs: ['PrivilegedAssignmentSchedule.Read.AzureADGroup'],
    gains: 'who is it for a time now',
  },
  {
    kind: kind('service-principals'),
    path: '/v1.0/servicePrincipals',
    query: {
      $select:
        'id,appId,displayName,appDisplayName,description,servicePrincipalType,accountEnabled,appOwnerOrganizationId,alternativeNames,servicePrincipalNames,appRoleAssignmentRequired,appRoles,oauth2PermissionScopes,keyCredentials,passwordCredentials,signInAudience,tags',
      ...PAGE,
    },
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'service principals and managed identities, the permissions that APIs offer; ids and dates of credentials, never their values',
  },
  {
    kind: kind('service-principal-owners'),
    path: '/v1.0/servicePrincipals/{subject}/owners',
    query: WHO,
    each: eachOf('service-principals'),
    none: GONE,
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'their owners',
  },
  {
    kind: kind('app-role-assignments'),
    path: '/v1.0/servicePrincipals/{subject}/appRoleAssignedTo',
    query: PAGE,
    each: eachOf('service-principals'),
    none: GONE,
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'who was given which of their permissions',
  },
  {
    kind: kind('oauth2-permission-grants'),
    path: '/v1.0/oauth2PermissionGrants',
    query: PAGE,
    ...LISTED,
    needs: ['DelegatedPermissionGrant.Read.All', 'Directory.Read.All'],
    gains: 'what applications may do on behalf of users',
  },
  {
    kind: kind('applications'),
    path: '/v1.0/applications',
    query: {
      $select:
        'id,appId,displayName,description,identifierUris,signInAudience,publisherDomain,createdDateTime,appRoles,requiredResourceAccess,keyCredentials,passwordCredentials',
      ...PAGE,
    },
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'applications; ids and dates of credentials, never their values',
  },
  {
    kind: kind('application-owners'),
    path: '/v1.0/applications/{subject}/owners',
    query: WHO,
    each: eachOf('applications'),
    none: GONE,
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'their owners',
  },
  {
    kind: kind('federated-credentials'),
    path: '/v1.0/applications/{subject}/federatedIdentityCredentials',
    each: eachOf('applications'),
    none: GONE,
    ...LISTED,
    needs: ['Application.Read.All'],
    gains: 'who from outside can become them (workload identity federation)',
  },
  {
    kind: kind('role-definitions'),
    path: '/v1.0/roleManagement/directory/roleDefinitions',
    ...LISTED,
    needs: ['RoleManagement.Read.Directory'],
    gains: 'directory roles',
  },
  {
    kind: kind('role-assignments'),
    path: '/v1.0/roleManagement/directory/roleAssignments',
    ...LISTED,
    needs: ['RoleManagement.Read.Directory'],
    gains: 'who has which of them, for the tenant, a unit or one object',
  },
  {
    kind: kind('role-assignment-schedule-instances'),
    path: '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances',
    none: NO_LICENCE,
    ...LISTED,
    needs: ['RoleAssignmentSchedule.Read.Directory'],
    gains: 'which assignments were activated, or hold for a time',
  },
  {
    kind: kind('role-eligibility-schedule-instances'),
    path: '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances',
    none: NO_LICENCE,
    ...LISTED,
    needs: ['RoleEligibilitySchedule.Read.Directory'],
    gains: 'who can activate which (Privileged Identity Management)',
  },
  {
    kind: kind('directory-roles'),
    path: '/v1.0/directoryRoles',
    ...LISTED,
    needs: ['RoleManagement.Read.Directory'],
    gains: "the directory's own ids of roles, by which units name them",
  },
  {
    kind: kind('administrative-units'),
    path: '/v1.0/directory/administrativeUnits',
    query: PAGE,
    ...LISTED,
    needs: ['AdministrativeUnit.Read.All'],
    gains: 'administrative units',
  },
  {
    kind: kind('administrative-unit-members'),
    path: '/v1.0/directory/administrativeUnits/{subject}/members',
    query: WHO,
    each: eachOf('administrative-units'),
    none: GONE,
    ...LISTED,
    needs: ['AdministrativeUnit.Read.All'],
    gains: 'what lies in them',
  },
  {
    kind: kind('scoped-role-members'),
    path: '/v1.0/directory/administrativeUnits/{subject}/scopedRoleMembers',
    each: eachOf('administrative-units'),
    none: GONE,
    ...LISTED,
    needs: ['RoleManagement.Read.Directory'],
    gains: 'who has a role for one of them alone',
  },
  {
    kind: kind('user-registration-details'),
    path: '/v1.0/reports/authenticationMethods/userRegistrationDetails',
    ...LISTED,
    needs: ['AuditLog.Read.All'],
    gains: 'who has registered for multifactor authentication',
  },
  {
    kind: kind('conditional-access-policies'),
    path: '/v1.0/identity/conditionalAccess/policies',
    ...LISTED,
    needs: ['Policy.Read.All'],
    gains: 'of whom multifactor authentication is required',
  },
  {
    kind: kind('security-defaults'),
    path: '/v1.0/policies/identitySecurityDefaultsEnforcementPolicy',
    lane: 'graph',
    needs: ['Policy.Read.All'],
    gains: 'whether it is required of all',
  },
]
