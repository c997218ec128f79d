import { describe, expect, it } from 'vitest'
import { GRAPH_PERMISSIONS, renderDirectoryReason } from '../../../src/policy/entra/index.ts'
import { ADD_MEMBER, ADD_SECRET, ADD_SP_SECRET, ALICE, ask, ASSIGN_ROLE, assigned, BOB, directoryRole, RESET, type EntraQuestion } from './ask.ts'

const GLOBAL = '62e90394-69f5-4237-9190-012177145e10'
const HELPDESK = '729827e3-9c14-49f7-bb1b-9608f156bbb8'
const PASSWORD = '966707d0-3269-4727-9be2-8c3a10f19b9d'
const AUTHENTICATION = 'c4e39bd9-1100-46d3-8c65-fb160da0071f'
const USER = 'fe930be7-5e62-47db-91af-98c3a49a38b1'
const PRIVILEGED_AUTHENTICATION = '7be44c8a-adaf-4e2a-84d6-ab2649e08a13'
const PRIVILEGED_ROLE = 'e8611ab8-c189-46e8-94e1-60213ab1f814'
const GROUPS = 'fdd7a751-b60b-444a-984c-02652fe8fa1c'
const DIRECTORY_READERS = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
const REPORTS_READER = '4a5d8f65-41da-4de4-8968-e035b65339cf'
const UNIT = '55555555-0000-0000-0000-000000000001'
const OTHER_UNIT = '55555555-0000-0000-0000-000000000002'

const helpdesk = directoryRole(HELPDESK, RESET, 'microsoft.directory/users/invalidateAllRefreshTokens')
const groupsAdmin = directoryRole(GROUPS, ADD_MEMBER, 'microsoft.directory/groups/owners/update')
const roleAdmin = directoryRole(PRIVILEGED_ROLE, ASSIGN_ROLE, 'microsoft.directory/groupsAssignableToRoles/allProperties/update')
const appAdmin = directoryRole('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', ADD_SECRET, ADD_SP_SECRET)

function effect(question: EntraQuestion): string {
  return ask(question).effect
}

describe('R1: directory roles', () => {
  it.each([
    [{ directoryScopeId: '/' }, 'ALLOW'],
    [{ directoryScopeId: `/administrativeUnits/${UNIT}` }, 'ALLOW'],
    [{ directoryScopeId: `/administrativeUnits/${OTHER_UNIT}` }, 'DENY'],
    [{ directoryScopeId: `/${BOB.toUpperCase()}` }, 'ALLOW'],
    [{ directoryScopeId: `/${ALICE}` }, 'DENY'],
    [{ principalId: BOB }, 'DENY'],
  ])('assigned with %j: %s', (more, expected) => {
    expect(effect({ action: RESET, target: { administrativeUnits: [UNIT] }, roles: [helpdesk], assignments: [assigned(helpdesk, more)] })).toBe(
      expected,
    )
  })

  it.each([
    ['microsoft.directory/users/allProperties/allTasks', RESET, true],
    ['microsoft.directory/allEntities/allProperties/allTasks', RESET, true],
    ['MICROSOFT.DIRECTORY/USERS/PASSWORD/UPDATE', RESET, true],
    ['microsoft.directory/users/basic/update', RESET, false],
    ['microsoft.directory/groups/allProperties/allTasks', RESET, false],
    ['microsoft.directory/users/allProperties/read', 'microsoft.directory/users/standard/read', true],
    ['microsoft.directory/users/allProperties/read', RESET, false],
    ['microsoft.directory/users/allProperties/allTasks', 'microsoft.directory/users/delete', true],
    ['microsoft.office365.exchange/allEntities/allTasks', RESET, false],
  ])('%s covers %s: %s', (allowed, action, expected) => {
    const role = directoryRole(GLOBAL, allowed)
    expect(effect({ action, roles: [role], assignments: [assigned(role)] })).toBe(expected ? 'ALLOW' : 'DENY')
  })

  it('excluded operations are not granted', () => {
    const role = {
      id: 'r',
      templateId: GLOBAL,
      isBuiltIn: true,
      rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/allProperties/allTasks'], excludedResourceActions: [RESET] }],
    }
    expect(effect({ action: RESET, roles: [role], assignments: [assigned(role)] })).toBe('DENY')
  })

  it('conditions of a role limit what stands beside them', () => {
    const role = {
      id: 'r',
      isBuiltIn: true,
      rolePermissions: [
        { condition: '$SubjectIsOwner', allowedResourceActions: [ADD_SECRET] },
        { condition: '$Other', allowedResourceActions: ['microsoft.directory/applications/basic/update'] },
      ],
    }
    const held = { roles: [role], assignments: [assigned(role)], target: { id: 'app', kind: 'Application' as const } }
    expect(effect({ ...held, action: ADD_SECRET })).toBe('DENY')
    expect(effect({ ...held, action: ADD_SECRET, target: { ...held.target, owners: [ALICE] } })).toBe('ALLOW')
    expect(effect({ ...held, action: 'microsoft.directory/applications/basic/update' })).toBe('CONDITIONAL')
  })

  it('a definition that was not loaded leaves it open', () => {
    expect(ask({ action: RESET, assignments: [assigned(helpdesk)] })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'RoleNotLoaded' },
    })
  })

  it('eligible grants nothing, and is named', () => {
    const decision = ask({ action: RESET, roles: [helpdesk], eligible: [assigned(helpdesk)] })
    expect(decision).toMatchObject({
      effect: 'DENY',
      activatable: [`of-${HELPDESK}`],
      because: [{ code: 'ELIGIBLE_ONLY' }, { code: 'NO_DIRECTORY_ROLE' }],
    })
    expect(decision.because.map(renderDirectoryReason)[0]).toContain('only eligible')
  })

  it('holds within its window', () => {
    const bound = assigned(helpdesk, { startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-11-02T00:00:00Z' })
    const question = { action: RESET, roles: [helpdesk], assignments: [bound] }
    expect([effect({ ...question, now: '2026-11-01T12:00:00Z' }), effect({ ...question, now: '2026-11-03T00:00:00Z' }), effect(question)]).toEqual([
      'ALLOW',
      'DENY',
      'CONDITIONAL',
    ])
  })
})

describe('R2: administrative units', () => {
  const inUnit = [assigned(helpdesk, { directoryScopeId: `/administrativeUnits/${UNIT}` })]

  it('hold their direct members: a group’s members are not in its units', () => {
    expect(effect({ action: RESET, roles: [helpdesk], assignments: inUnit, target: { administrativeUnits: [] } })).toBe('DENY')
    const group = { id: 'g', kind: 'Group' as const, administrativeUnits: [UNIT] }
    expect(
      effect({
        action: ADD_MEMBER,
        roles: [groupsAdmin],
        assignments: [assigned(groupsAdmin, { directoryScopeId: `/administrativeUnits/${UNIT}` })],
        target: group,
      }),
    ).toBe('ALLOW')
  })

  it('whose members were not loaded leave it open', () => {
    const decision = ask({ action: RESET, roles: [helpdesk], assignments: inUnit, notKnown: ['administrativeUnits'] })
    expect(decision.conditions).toMatchObject({ operator: 'AdministrativeUnit', key: UNIT })
  })

  it('with restricted management are changed only by roles scoped to them, and not by owners', () => {
    const group = { id: 'g', kind: 'Group' as const, administrativeUnits: [UNIT, OTHER_UNIT], restrictedUnits: [UNIT], owners: [ALICE] }
    const held = (directoryScopeId: string): EntraQuestion => ({
      action: ADD_MEMBER,
      roles: [groupsAdmin],
      assignments: [assigned(groupsAdmin, { directoryScopeId })],
      target: group,
    })
    expect(effect(held('/'))).toBe('DENY')
    expect(effect(held(`/administrativeUnits/${OTHER_UNIT}`))).toBe('DENY')
    expect(effect(held(`/administrativeUnits/${UNIT}`))).toBe('ALLOW')
  })

  it('keep administrators out of reach of roles scoped to them', () => {
    const target = { administrativeUnits: [UNIT], roles: [DIRECTORY_READERS] }
    expect(effect({ action: RESET, roles: [helpdesk], assignments: inUnit, target })).toBe('DENY')
    expect(effect({ action: RESET, roles: [helpdesk], assignments: [assigned(helpdesk)], target })).toBe('ALLOW')
  })
})

describe('R3: role-assignable groups', () => {
  const group = { id: 'g', kind: 'Group' as const, isRoleAssignable: true }

  it('carry directory roles to their direct members', () => {
    const toGroup = { action: RESET, roles: [helpdesk], assignments: [assigned(helpdesk, { principalId: 'g' })] }
    expect(effect({ ...toGroup, principal: { roleAssignableGroups: ['G'] } })).toBe('ALLOW')
    expect(effect(toGroup)).toBe('DENY')
    expect(effect({ ...toGroup, principal: { uncertainGroups: ['g'] } })).toBe('CONDITIONAL')
  })

  it('are changed by Privileged Role Administrator and their owners, not by Groups Administrator', () => {
    expect(effect({ action: ADD_MEMBER, target: group, roles: [groupsAdmin], assignments: [assigned(groupsAdmin)] })).toBe('DENY')
    expect(effect({ action: ADD_MEMBER, target: group, roles: [roleAdmin], assignments: [assigned(roleAdmin)] })).toBe('ALLOW')
    expect(effect({ action: ADD_MEMBER, target: { ...group, owners: [ALICE] } })).toBe('ALLOW')
    expect(
      effect({ action: ADD_MEMBER, target: { ...group, isRoleAssignable: false }, roles: [groupsAdmin], assignments: [assigned(groupsAdmin)] }),
    ).toBe('ALLOW')
  })

  it('protect the passwords of their members', () => {
    const privileged = directoryRole(PRIVILEGED_AUTHENTICATION, RESET)
    const target = { isProtected: true }
    expect(effect({ action: RESET, target, roles: [helpdesk], assignments: [assigned(helpdesk)] })).toBe('DENY')
    expect(effect({ action: RESET, target, roles: [privileged], assignments: [assigned(privileged)] })).toBe('ALLOW')
  })

  it('of which it is not known whether they are leave it open', () => {
    const decision = ask({
      action: ADD_MEMBER,
      target: { id: 'g', kind: 'Group' },
      notKnown: ['isRoleAssignable'],
      roles: [groupsAdmin],
      assignments: [assigned(groupsAdmin)],
    })
    expect(decision).toMatchObject({ effect: 'CONDITIONAL', conditions: { not: { operator: 'RoleAssignable' } } })
  })
})

describe('R4: owners and administrators', () => {
  it('owners add credentials to applications and service principals, and members to groups', () => {
    const owned = { owners: [ALICE.toUpperCase()] }
    expect(effect({ action: ADD_SECRET, target: { id: 'app', kind: 'Application', ...owned } })).toBe('ALLOW')
    expect(effect({ action: ADD_SP_SECRET, target: { id: 'sp', kind: 'ServicePrincipal', ...owned } })).toBe('ALLOW')
    expect(effect({ action: ADD_MEMBER, target: { id: 'g', kind: 'Group', ...owned } })).toBe('ALLOW')
    expect(effect({ action: ADD_SECRET, target: { id: 'app', kind: 'Application', owners: [BOB] } })).toBe('DENY')
    expect(effect({ action: RESET, target: owned })).toBe('DENY')
  })

  it('owners that were not loaded leave it open', () => {
    expect(ask({ action: ADD_SECRET, target: { id: 'app', kind: 'Application' }, notKnown: ['owners'] })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'Owner' },
    })
  })

  it('Application Administrator adds credentials to any application', () => {
    expect(effect({ action: ADD_SECRET, target: { id: 'app', kind: 'Application' }, roles: [appAdmin], assignments: [assigned(appAdmin)] })).toBe(
      'ALLOW',
    )
    expect(
      effect({
        action: ADD_SECRET,
        target: { id: 'app', kind: 'Application' },
        roles: [appAdmin],
        assignments: [assigned(appAdmin, { directoryScopeId: '/other-app' })],
      }),
    ).toBe('DENY')
  })

  it('Privileged Role Administrator assigns any role', () => {
    expect(effect({ action: ASSIGN_ROLE, target: { id: 't', kind: 'Tenant' }, roles: [roleAdmin], assignments: [assigned(roleAdmin)] })).toBe('ALLOW')
    expect(effect({ action: ASSIGN_ROLE, target: { id: 't', kind: 'Tenant' }, roles: [helpdesk], assignments: [assigned(helpdesk)] })).toBe('DENY')
  })

  const WHO = [PASSWORD, HELPDESK, AUTHENTICATION, USER, PRIVILEGED_AUTHENTICATION, GLOBAL]
  it.each([
    ['nobody’s', [], 'yyyyyy'],
    ['Directory Readers', [DIRECTORY_READERS], 'yyyyyy'],
    ['Reports Reader', [REPORTS_READER], 'nyyyyy'],
    ['Password Administrator', [PASSWORD], 'yyyyyy'],
    ['Helpdesk Administrator', [HELPDESK], 'nynyyy'],
    ['Authentication Administrator', [AUTHENTICATION], 'nnynyy'],
    ['Groups Administrator', [GROUPS], 'nnnyyy'],
    ['User Administrator', [USER], 'nnnyyy'],
    ['Privileged Role Administrator', [PRIVILEGED_ROLE], 'nnnnyy'],
    ['Global Administrator', [GLOBAL], 'nnnnyy'],
    ['a custom role', ['custom-1'], 'nnnnyy'],
    ['Directory Readers and Global Administrator', [DIRECTORY_READERS, GLOBAL], 'nnnnyy'],
  ])('resets the password of a holder of %s', (_, roles, expected) => {
    const answers = WHO.map((templateId) => {
      const role = directoryRole(templateId, RESET)
      return effect({ action: RESET, target: { roles }, roles: [role], assignments: [assigned(role)] }) === 'ALLOW' ? 'y' : 'n'
    })
    expect(answers.join('')).toBe(expected)
  })

  it('is open where the roles of the user were not loaded', () => {
    expect(ask({ action: RESET, notKnown: ['roles'], roles: [helpdesk], assignments: [assigned(helpdesk)] })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { not: { operator: 'RolesOfTarget' } },
    })
  })

  it('what is not sensitive may be done to administrators too', () => {
    const role = directoryRole(USER, 'microsoft.directory/users/basic/update')
    expect(
      effect({ action: 'microsoft.directory/users/basic/update', target: { roles: [GLOBAL] }, roles: [role], assignments: [assigned(role)] }),
    ).toBe('ALLOW')
  })
})

describe('R5: permissions of applications', () => {
  const sp = { principal: { id: 'sp', kind: 'ServicePrincipal' as const } }

  it.each([
    ['RoleManagement.ReadWrite.Directory', ASSIGN_ROLE, { id: 't', kind: 'Tenant' as const }, 'ALLOW'],
    ['9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', ASSIGN_ROLE, { id: 't', kind: 'Tenant' as const }, 'ALLOW'],
    ['Directory.ReadWrite.All', ASSIGN_ROLE, { id: 't', kind: 'Tenant' as const }, 'DENY'],
    ['Application.ReadWrite.All', ADD_SECRET, { id: 'a', kind: 'Application' as const }, 'ALLOW'],
    [
      'AppRoleAssignment.ReadWrite.All',
      'microsoft.directory/servicePrincipals/appRoleAssignedTo/update',
      { id: 'a', kind: 'ServicePrincipal' as const },
      'ALLOW',
    ],
    ['Group.ReadWrite.All', ADD_MEMBER, { id: 'g', kind: 'Group' as const }, 'ALLOW'],
    ['Group.ReadWrite.All', ADD_MEMBER, { id: 'g', kind: 'Group' as const, isRoleAssignable: true }, 'DENY'],
    ['Directory.ReadWrite.All', ADD_MEMBER, { id: 'g', kind: 'Group' as const, isRoleAssignable: true }, 'DENY'],
    ['RoleManagement.ReadWrite.Directory', ADD_MEMBER, { id: 'g', kind: 'Group' as const, isRoleAssignable: true }, 'ALLOW'],
    ['PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup', ADD_MEMBER, { id: 'g', kind: 'Group' as const, isRoleAssignable: true }, 'ALLOW'],
    ['UserAuthenticationMethod.ReadWrite.All', 'microsoft.directory/users/authenticationMethods/create', { roles: [GLOBAL] }, 'ALLOW'],
    ['User-PasswordProfile.ReadWrite.All', RESET, { roles: [GLOBAL] }, 'DENY'],
    ['User-PasswordProfile.ReadWrite.All', RESET, {}, 'ALLOW'],
    ['User.Read.All', RESET, {}, 'DENY'],
  ])('%s and %s on %j: %s', (name, action, target, expected) => {
    expect(effect({ ...sp, action, target, applicationPermissions: [name] })).toBe(expected)
  })

  it('say what they amount to, each with its id', () => {
    const ids = Object.values(GRAPH_PERMISSIONS).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { says, operations } of Object.values(GRAPH_PERMISSIONS)) expect([says.length > 10, operations.length > 0]).toEqual([true, true])
  })

  it('delegated ones give what both the user and the scope have', () => {
    const owner = { target: { id: 'g', kind: 'Group' as const, owners: [ALICE] }, action: ADD_MEMBER }
    expect(effect({ ...owner, delegatedScopes: ['Group.ReadWrite.All', 'openid'] })).toBe('ALLOW')
    expect(ask({ ...owner, delegatedScopes: ['User.Read'] })).toMatchObject({ effect: 'DENY', because: [{ code: 'BEYOND_DELEGATION' }] })
    expect(effect({ ...owner, delegatedScopes: ['Some.Unknown.Scope'] })).toBe('CONDITIONAL')
    expect(effect({ action: ADD_MEMBER, target: { id: 'g', kind: 'Group' }, delegatedScopes: ['Group.ReadWrite.All'] })).toBe('DENY')
  })
})

it('R8: a blocked account can do nothing', () => {
  expect(ask({ action: RESET, principal: { accountEnabled: false }, roles: [helpdesk], assignments: [assigned(helpdesk)] })).toMatchObject({
    effect: 'DENY',
    because: [{ code: 'ACCOUNT_BLOCKED' }],
  })
})
