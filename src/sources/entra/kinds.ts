/**
 * What Microsoft Graph and `az ad` list of a directory. An answer about one thing (the members of a group) doesn't name it: its place, an
 * envelope or a manifest does. https://learn.microsoft.com/graph/api/overview
 */
export interface EntraKind {
  readonly operation: string
  /** In the coverage's id: `entra:members:{tenant}`. */
  readonly part: string
  readonly command: string
  /** Keys of a row by which it is recognised where nothing says what it is. */
  readonly knownBy: string
  /** The listing whose things it is asked of, one after another. */
  readonly askedOf?: string
  /** Rows name it themselves. */
  readonly namesSubject?: string
  /** Of a subscription, not of the directory. */
  readonly ofSubscription?: true
  /** Privileged Identity Management: without its licence there is nothing to list. */
  readonly needsLicence?: true
}

const graph = (path: string): string => `az rest --url https://graph.microsoft.com/v1.0/${path}`

export const ENTRA_KINDS = [
  { operation: 'users', part: 'users', command: 'az ad user list', knownBy: 'userPrincipalName, id' },
  { operation: 'groups', part: 'groups', command: 'az ad group list', knownBy: 'securityEnabled, groupTypes, id' },
  { operation: 'group-members', part: 'members', command: 'az ad group member list', knownBy: 'its place or a manifest', askedOf: 'groups' },
  { operation: 'group-owners', part: 'group-owners', command: 'az ad group owner list', knownBy: 'its place or a manifest', askedOf: 'groups' },
  { operation: 'service-principals', part: 'service-principals', command: 'az ad sp list --all', knownBy: 'servicePrincipalType, appId' },
  {
    operation: 'service-principal-owners',
    part: 'service-principal-owners',
    command: 'az ad sp owner list',
    knownBy: 'its place or a manifest',
    askedOf: 'service-principals',
  },
  { operation: 'applications', part: 'applications', command: 'az ad app list --all', knownBy: 'appId, identifierUris' },
  {
    operation: 'application-owners',
    part: 'application-owners',
    command: 'az ad app owner list',
    knownBy: 'its place or a manifest',
    askedOf: 'applications',
  },
  {
    operation: 'app-role-assignments',
    part: 'app-role-assignments',
    command: graph('servicePrincipals/{id}/appRoleAssignments'),
    knownBy: 'appRoleId, principalId, resourceId',
    askedOf: 'service-principals',
  },
  {
    operation: 'oauth2-permission-grants',
    part: 'oauth2-permission-grants',
    command: graph('oauth2PermissionGrants'),
    knownBy: 'clientId, consentType, scope',
  },
  {
    operation: 'federated-credentials',
    part: 'federated-credentials',
    command: 'az ad app federated-credential list',
    knownBy: 'its place or a manifest',
    askedOf: 'applications',
  },
  {
    operation: 'identity-federated-credentials',
    part: 'identity-federated-credentials',
    command: 'az identity federated-credential list',
    knownBy: 'issuer, audiences, id',
    ofSubscription: true,
  },
  {
    operation: 'role-definitions',
    part: 'role-definitions',
    command: graph('roleManagement/directory/roleDefinitions'),
    knownBy: 'rolePermissions, isBuiltIn',
  },
  {
    operation: 'role-assignments',
    part: 'role-assignments',
    command: graph('roleManagement/directory/roleAssignments'),
    knownBy: 'roleDefinitionId, principalId, directoryScopeId',
  },
  {
    operation: 'role-assignment-schedule-instances',
    part: 'role-assignment-schedule-instances',
    command: graph('roleManagement/directory/roleAssignmentScheduleInstances'),
    knownBy: 'roleDefinitionId, directoryScopeId, assignmentType',
    needsLicence: true,
  },
  {
    operation: 'role-eligibility-schedule-instances',
    part: 'role-eligibility-schedule-instances',
    command: graph('roleManagement/directory/roleEligibilityScheduleInstances'),
    knownBy: 'roleDefinitionId, directoryScopeId, roleEligibilityScheduleId',
    needsLicence: true,
  },
  { operation: 'directory-roles', part: 'directory-roles', command: graph('directoryRoles'), knownBy: 'roleTemplateId, id' },
  {
    operation: 'administrative-units',
    part: 'administrative-units',
    command: graph('directory/administrativeUnits'),
    knownBy: 'isMemberManagementRestricted, id',
  },
  {
    operation: 'administrative-unit-members',
    part: 'administrative-unit-members',
    command: graph('directory/administrativeUnits/{id}/members'),
    knownBy: 'its place or a manifest',
    askedOf: 'administrative-units',
  },
  {
    operation: 'scoped-role-members',
    part: 'scoped-role-members',
    command: graph('directory/administrativeUnits/{id}/scopedRoleMembers'),
    knownBy: 'administrativeUnitId, roleId, roleMemberInfo',
    namesSubject: 'administrativeUnitId',
    askedOf: 'administrative-units',
  },
  {
    operation: 'group-eligibility-schedule-instances',
    part: 'group-eligibility-schedule-instances',
    command: graph("identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '{id}'"),
    knownBy: 'accessId, groupId, eligibilityScheduleId',
    namesSubject: 'groupId',
    askedOf: 'groups',
    needsLicence: true,
  },
  {
    operation: 'group-assignment-schedule-instances',
    part: 'group-assignment-schedule-instances',
    command: graph("identityGovernance/privilegedAccess/group/assignmentScheduleInstances?$filter=groupId eq '{id}'"),
    knownBy: 'accessId, groupId, assignmentScheduleId',
    namesSubject: 'groupId',
    askedOf: 'groups',
    needsLicence: true,
  },
  {
    operation: 'user-registration-details',
    part: 'user-registration-details',
    command: graph('reports/authenticationMethods/userRegistrationDetails'),
    knownBy: 'isMfaRegistered, id',
  },
  {
    operation: 'conditional-access-policies',
    part: 'conditional-access-policies',
    command: graph('identity/conditionalAccess/policies'),
    knownBy: 'grantControls, conditions, state',
  },
  {
    operation: 'security-defaults',
    part: 'security-defaults',
    command: graph('policies/identitySecurityDefaultsEnforcementPolicy'),
    knownBy: '@odata.context',
  },
  { operation: 'organization', part: 'organization', command: graph('organization'), knownBy: 'verifiedDomains, id' },
] as const satisfies readonly EntraKind[]

export type Operation = (typeof ENTRA_KINDS)[number]['operation']

const BY_OPERATION: ReadonlyMap<string, EntraKind & { readonly operation: Operation }> = new Map(ENTRA_KINDS.map((kind) => [kind.operation, kind]))

/** @param kind as bundles spell it: `entra/graph/users` */
export const operationOf = (kind: string | undefined): Operation | undefined =>
  kind?.startsWith('entra/graph/') === true ? BY_OPERATION.get(kind.slice('entra/graph/'.length))?.operation : undefined

/** @throws RangeError where there is none of that name */
export function operationNamed(name: string): Operation {
  const kind = BY_OPERATION.get(name)
  if (kind === undefined) throw new RangeError(`no operation ${name}`)
  return kind.operation
}

export const kindOf = (operation: Operation): EntraKind => {
  const kind = BY_OPERATION.get(operation)
  if (kind === undefined) throw new RangeError(`no kind ${operation}`)
  return kind
}

/** @param place the tenant, or the subscription where the listing is of one */
export function coverageOf(operation: Operation, place: string): string {
  const { part, ofSubscription } = kindOf(operation)
  return ofSubscription === true ? `azure:${part}/subscription:${place}` : `entra:${part}:${place}`
}

/** As bundles spell it. */
export const kindIdOf = (operation: string): string => `entra/graph/${operation}`

/** In the place of the directory's GUID, where nothing tells it. */
export const UNKNOWN_TENANT = 'unknown-tenant'
