import { describe, expect, test } from 'vitest'
import { factsOf, folderOf, read } from '../reading.ts'
import { ADA, ADMINS, APP, APP_SP, directory, GLOBAL_ADMINISTRATOR, globalAdministrator, GRAPH_SP, groups, GUEST, id, IDENTITY } from './directory.ts'
import { member, page, placed, READ_ALL, servicePrincipals, TENANT, UNIT, users } from './directory.ts'

const graph = (operation: string, rows: readonly unknown[], subject?: string): Record<string, object> => ({
  [placed(operation, subject)]: page(rows),
})
const assignment = { id: 'RA-1', principalId: ADMINS, roleDefinitionId: GLOBAL_ADMINISTRATOR, directoryScopeId: '/' }

describe('directory roles', () => {
  test('are held by a principal, at the tenant, with the assignment as printed', async () => {
    const { entity, arrows } = await read(await folderOf(graph('role-assignments', [assignment])))
    expect(arrows).toEqual(expect.arrayContaining([`${ADMINS} HOLDS ra-1`, `ra-1 GIVES ${GLOBAL_ADMINISTRATOR}`, `ra-1 AT ${TENANT}`]))
    expect(entity('ra-1')).toMatchObject({ kind: 'EntraRoleAssignment', scope: TENANT })
    expect(JSON.parse(entity('ra-1')?.document ?? '')).toEqual(assignment)
  })
  test.each([
    [`/administrativeUnits/${UNIT.toUpperCase()}`, UNIT, 'AdministrativeUnit'],
    [`/${APP}`, APP, 'DirectoryObject'],
  ])('scoped to %s are there and nowhere else', async (directoryScopeId, place, kind) => {
    const { entity, arrows } = await read(await folderOf(graph('role-assignments', [{ ...assignment, directoryScopeId }])))
    expect(arrows.filter((arrow) => arrow.includes(' AT '))).toEqual([`ra-1 AT ${place}`])
    expect(entity(place)).toMatchObject({ kind, coverage: [] })
  })
  test('without a directory scope are refused: they may be of entitlement management', async () => {
    const { findings, edges } = await read(await folderOf(graph('role-assignments', [{ ...assignment, directoryScopeId: null, appScopeId: '/x' }])))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', message: expect.stringContaining('directoryScopeId') }])
    expect(edges.filter(({ kind }) => kind === 'HOLDS')).toEqual([])
  })
  test('whose definition is not there are named, once', async () => {
    const rows = [assignment, { ...assignment, id: 'RA-2', principalId: ADA }]
    const { findings, entity } = await read(await folderOf(graph('role-assignments', rows)))
    expect(findings).toMatchObject([{ code: 'ROLE_MISSING', entity: GLOBAL_ADMINISTRATOR, place: 'value[0]' }])
    expect(entity(GLOBAL_ADMINISTRATOR)).toMatchObject({ kind: 'EntraRole', coverage: [] })
    const known = await read(await folderOf({ ...graph('role-assignments', rows), ...graph('role-definitions', [globalAdministrator]) }))
    expect(known.findings).toEqual([])
  })
  test('held by somebody whom a directory that was listed whole does not have are named', async () => {
    const orphan = { ...assignment, principalId: id(77) }
    const { findings, entity } = await read(await folderOf({ ...directory, ...graph('role-assignments', [orphan]) }))
    expect(findings).toMatchObject([{ code: 'PRINCIPAL_MISSING', entity: id(77) }])
    expect(entity(id(77))).toMatchObject({ kind: 'DirectoryObject', coverage: [] })
    const partial = await read(await folderOf({ ...graph('users', users), ...graph('role-assignments', [orphan]) }))
    expect(partial.findings.map(({ code }) => code)).not.toContain('PRINCIPAL_MISSING')
  })
  test('over an administrative unit that the directory does not list are named', async () => {
    const rows = [{ ...assignment, directoryScopeId: `/administrativeUnits/${UNIT}` }]
    const { findings } = await read(
      await folderOf({
        ...graph('role-assignments', rows),
        ...graph('administrative-units', []),
        ...graph('role-definitions', [globalAdministrator]),
      }),
    )
    expect(findings).toMatchObject([{ code: 'SCOPE_MISSING', entity: UNIT }])
  })
})

describe('privileged identity management of roles', () => {
  const active = {
    id: 'RASI-1',
    principalId: ADMINS,
    roleDefinitionId: GLOBAL_ADMINISTRATOR,
    directoryScopeId: '/',
    startDateTime: '2026-11-01T08:00:00Z',
    endDateTime: '2026-11-01T16:00:00Z',
    memberType: 'Direct',
    assignmentType: 'Activated',
    roleAssignmentOriginId: 'RA-1',
  }
  test('an eligible role is a grant of its own kind with its window', async () => {
    const eligible = { ...active, id: 'REI-1', roleEligibilityScheduleId: 's', assignmentType: undefined, roleAssignmentOriginId: undefined }
    const { entity } = await read(await folderOf(graph('role-eligibility-schedule-instances', [eligible])))
    expect(entity('rei-1')).toMatchObject({ kind: 'EntraRoleEligibility', properties: { validUntil: '2026-11-01T16:00:00.000Z' } })
  })
  test.each([
    ['beside the plain assignment', { ...graph('role-assignments', [assignment]), ...graph('role-assignment-schedule-instances', [active]) }],
    ['alone', graph('role-assignment-schedule-instances', [active])],
  ])('an active role is one assignment that ends with its window: %s', async (_what, files) => {
    const { entities } = await read(await folderOf(files))
    const grants = entities.filter(({ kind }) => kind === 'EntraRoleAssignment')
    expect(new Set(grants.map((grant) => grant.id))).toEqual(new Set(['ra-1']))
    const documents = grants.flatMap(({ document }) => (document === null ? [] : [JSON.parse(document)]))
    expect(documents).toEqual([active])
    expect(grants.some(({ properties }) => properties.validUntil === '2026-11-01T16:00:00.000Z')).toBe(true)
  })
  test('one that comes through a group does not limit the assignment of the group', async () => {
    const { entities } = await read(
      await folderOf({
        ...graph('role-assignments', [assignment]),
        ...graph('role-assignment-schedule-instances', [{ ...active, principalId: ADA, memberType: 'Group' }]),
      }),
    )
    const plain = entities.find((entity) => entity.id === 'ra-1')
    expect(plain?.document).not.toBeNull()
    expect(plain?.properties).not.toHaveProperty('validUntil')
    expect(entities.some((entity) => entity.id === 'rasi-1')).toBe(true)
  })
})

describe('privileged identity management for groups', () => {
  const row = {
    id: 'PG-1',
    groupId: ADMINS,
    principalId: ADA,
    accessId: 'member',
    memberType: 'direct',
    startDateTime: '2026-11-01T08:00:00Z',
    endDateTime: null,
  }
  test('who is eligible is no member', async () => {
    const { entity, arrows } = await read(
      await folderOf(graph('group-eligibility-schedule-instances', [{ ...row, eligibilityScheduleId: 'x' }], ADMINS)),
    )
    expect(entity('pg-1')).toMatchObject({ kind: 'GroupEligibility', properties: { accessId: 'member', validFrom: '2026-11-01T08:00:00.000Z' } })
    expect(arrows).toEqual(expect.arrayContaining([`${ADA} HOLDS pg-1`, `pg-1 AT ${ADMINS}`]))
    expect(arrows.filter((arrow) => arrow.includes('MEMBER_OF'))).toEqual([])
  })
  test.each([
    ['member', 'MEMBER_OF'],
    ['owner', 'OWNS'],
  ])('an active %s is one', async (accessId, edge) => {
    const active = { ...row, accessId, assignmentType: 'activated', assignmentScheduleId: 'x' }
    const { entity, arrows } = await read(await folderOf(graph('group-assignment-schedule-instances', [active], ADMINS)))
    expect(entity('pg-1')?.kind).toBe('GroupAssignment')
    expect(arrows.filter((arrow) => /MEMBER_OF|OWNS/.test(arrow))).toEqual([`${ADA} ${edge} ${ADMINS}`])
  })
  test('is complete where it was asked of all groups that it takes: not of dynamic ones', async () => {
    const files = { ...graph('groups', groups), ...graph('group-eligibility-schedule-instances', [], ADMINS) }
    expect((await read(await folderOf(files))).coverages).toContainEqual(
      expect.objectContaining({ id: `entra:group-eligibility-schedule-instances:${TENANT}`, complete: true }),
    )
  })
})

describe('permissions of applications', () => {
  const given = { id: 'ARA-1', principalId: APP_SP, principalType: 'ServicePrincipal', resourceId: GRAPH_SP, appRoleId: READ_ALL }
  test('are held by the client, give a role of the API, and are at the API', async () => {
    const { arrows, findings } = await read(
      await folderOf({ ...graph('service-principals', servicePrincipals), [placed('app-role-assignments')]: page([given]) }),
    )
    expect(arrows).toEqual(expect.arrayContaining([`${APP_SP} HOLDS ara-1`, `ara-1 GIVES ${GRAPH_SP}/${READ_ALL}`, `ara-1 AT ${GRAPH_SP}`]))
    expect(findings).toEqual([])
  })
  test('that nothing defines are named; to be let in without a role needs no definition', async () => {
    const without = { ...given, id: 'ARA-2', appRoleId: '00000000-0000-0000-0000-000000000000' }
    const { findings, entity } = await read(await folderOf({ [placed('app-role-assignments')]: page([given, without]) }))
    expect(findings).toMatchObject([{ code: 'ROLE_MISSING', entity: `${GRAPH_SP}/${READ_ALL}` }])
    expect(entity(`${GRAPH_SP}/00000000-0000-0000-0000-000000000000`)?.name).toBe('Default access')
  })
  test('asked of some service principals alone are not all of them', async () => {
    const files = { ...graph('service-principals', servicePrincipals), ...graph('app-role-assignments', [given], GRAPH_SP) }
    const { findings, coverages } = await read(await folderOf(files))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining(IDENTITY) }])
    expect(coverages).toContainEqual(expect.objectContaining({ id: `entra:app-role-assignments:${TENANT}`, complete: false }))
  })
  test('delegated ones give each scope, for whom the document says', async () => {
    const grant = { id: 'OG-1', clientId: APP_SP, consentType: 'Principal', principalId: ADA, resourceId: GRAPH_SP, scope: ' User.Read  Mail.Send ' }
    const { arrows, entity, findings } = await read(await folderOf({ 'grants.json': page([grant]), ...graph('users', users) }))
    expect(arrows).toEqual(
      expect.arrayContaining([`${APP_SP} HOLDS og-1`, `og-1 GIVES ${GRAPH_SP}#User.Read`, `og-1 GIVES ${GRAPH_SP}#Mail.Send`, `og-1 AT ${GRAPH_SP}`]),
    )
    expect(JSON.parse(entity('og-1')?.document ?? '')).toEqual(grant)
    expect(findings).toEqual([])
  })
})

describe('administrative units', () => {
  const unit = { id: UNIT, displayName: 'Branch', isMemberManagementRestricted: true }
  test('contain their members themselves, and say whether their management is restricted', async () => {
    const files = {
      ...graph('administrative-units', [unit]),
      ...graph('administrative-unit-members', [member('user', ADA), member('group', ADMINS)], UNIT),
    }
    const { arrows, entity } = await read(await folderOf(files))
    expect(arrows).toEqual(expect.arrayContaining([`${TENANT} CONTAINS ${UNIT}`, `${UNIT} CONTAINS ${ADA}`, `${UNIT} CONTAINS ${ADMINS}`]))
    expect(entity(UNIT)).toMatchObject({ kind: 'AdministrativeUnit', name: 'Branch', properties: { restrictedManagement: true } })
  })
  const scoped = { id: 'SRM-1', roleId: id(61), administrativeUnitId: UNIT, roleMemberInfo: { id: ADA, displayName: 'Ada' } }
  test('have scoped role members, whose role the directory names by an id of its own', async () => {
    const roles = [{ id: id(61), roleTemplateId: GLOBAL_ADMINISTRATOR, displayName: 'Global Administrator' }]
    const { arrows, entity } = await read(await folderOf({ ...graph('scoped-role-members', [scoped], UNIT), ...graph('directory-roles', roles) }))
    expect(arrows).toEqual(expect.arrayContaining([`${ADA} HOLDS srm-1`, `srm-1 GIVES ${GLOBAL_ADMINISTRATOR}`, `srm-1 AT ${UNIT}`]))
    expect(JSON.parse(entity('srm-1')?.document ?? '')).toMatchObject({ principalId: ADA, directoryScopeId: `/administrativeUnits/${UNIT}` })
  })
  test('have none where a role assignment says the same and better', async () => {
    const better = { ...assignment, principalId: ADA, directoryScopeId: `/administrativeUnits/${UNIT}` }
    const { entity } = await read(await folderOf({ ...graph('scoped-role-members', [scoped], UNIT), ...graph('role-assignments', [better]) }))
    expect([entity('srm-1'), entity('ra-1')]).toEqual([undefined, expect.anything()])
  })
})

describe('second factors', () => {
  const policy = (whom: object, more: object = {}): object => ({
    id: id(71),
    displayName: 'MFA',
    state: 'enabled',
    conditions: {
      clientAppTypes: ['all'],
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [] },
      users: { includeUsers: ['All'], excludeUsers: [], excludeGroups: [], excludeRoles: [], ...whom },
      platforms: null,
      locations: null,
      signInRiskLevels: [],
    },
    grantControls: { operator: 'OR', builtInControls: ['mfa'], customAuthenticationFactors: [], termsOfUse: [] },
    ...more,
  })
  const required = async (policies: readonly object[], more: Record<string, object> = {}): Promise<readonly (boolean | undefined)[]> => {
    const { entities } = await read(await folderOf({ ...graph('users', users), ...graph('conditional-access-policies', policies), ...more }))
    return [TENANT, ADA, GUEST].map(
      (of) => entities.filter((entity) => entity.id === of).find(({ properties }) => properties.mfaRequired !== undefined)?.properties.mfaRequired,
    )
  }
  const defaults = (isEnabled: boolean): Record<string, object> => ({
    [placed('security-defaults')]: { id: '00', displayName: 'Security Defaults', isEnabled },
  })

  test('that somebody registered are a fact of the user, who is stated by it where no list of users is there', async () => {
    const details = { id: ADA, userPrincipalName: 'ada@acme.example', userDisplayName: 'Ada', userType: 'member', isMfaRegistered: true }
    const alone = await read(await folderOf(graph('user-registration-details', [details])))
    expect(alone.entities.filter((entity) => entity.id === ADA).map(({ name }) => name)).toContain('Ada')
    const both = await read(await folderOf({ ...graph('user-registration-details', [details]), ...graph('users', users) }))
    const said = both.entities.filter((entity) => entity.id === ADA)
    expect(said.map(({ properties }) => properties.mfaRegistered).filter((registered) => registered !== undefined)).toEqual([true])
    expect(said.map(({ name }) => name).filter((name) => name !== ADA)).toEqual(['Ada'])
  })
  test('are required of everybody where a policy asks all users, in all applications, without exception', async () => {
    expect(await required([policy({})])).toEqual([true, true, true])
  })
  test('are not known of those whom a policy leaves out', async () => {
    expect(await required([policy({ excludeUsers: [GUEST] })])).toEqual([undefined, true, undefined])
    expect(await required([policy({ excludeGroups: [ADMINS] })])).toEqual([undefined, undefined, undefined])
  })
  test.each([
    ['only reports', { state: 'enabledForReportingButNotEnforced' }],
    ['is content with a compliant device', { grantControls: { operator: 'OR', builtInControls: ['mfa', 'compliantDevice'] } }],
    [
      'does not hold everywhere',
      {
        conditions: {
          ...(policy({}) as { conditions: object }).conditions,
          locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
        },
      },
    ],
    [
      'is about some applications',
      { conditions: { ...(policy({}) as { conditions: object }).conditions, applications: { includeApplications: ['Office365'] } } },
    ],
  ])('are not required by a policy that %s', async (_what, more) => {
    expect(await required([policy({}, more)])).toEqual([undefined, undefined, undefined])
  })
  test('are required by security defaults; of nobody where these are off and no policy asks', async () => {
    expect(await required([], defaults(true))).toEqual([true, true, true])
    expect(await required([], defaults(false))).toEqual([false, false, false])
    expect(await required([])).toEqual([undefined, undefined, undefined])
  })
})

test('the same files twice say the same as once', async () => {
  const twice = { ...directory, ...Object.fromEntries(Object.entries(directory).map(([name, content]) => [`copy/${name}`, content])) }
  expect(factsOf(await read(await folderOf(twice)))).toEqual(factsOf(await read(await folderOf(directory))))
})
