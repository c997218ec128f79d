import { describe, expect, it } from 'vitest'
import { mayElevateAccess } from '../../../src/policy/entra/index.ts'
import { ALICE, ask, assign, GROUP, MACHINE, role, SUBSCRIPTION } from './ask.ts'
import { builtIn, builtInRoles, type BuiltInRole } from './built-in-roles.ts'

const isThere = builtInRoles.length > 0
const WRITE_ASSIGNMENT = 'Microsoft.Authorization/roleAssignments/write'
const ROLE_ID = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]'
const UAA = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'

/** Names of the built-in roles that give that effect for an action. */
function holding(action: string, effect: string, isDataAction = false): readonly string[] {
  const gives = (given: BuiltInRole): boolean =>
    ask({ action, isDataAction, target: GROUP, roles: [given], assignments: [assign(given, SUBSCRIPTION)] }).effect === effect
  return builtInRoles
    .filter(gives)
    .map((given) => given.roleName)
    .sort()
}

describe('E1: elevated access', () => {
  it('is what a Global Administrator may take', () => {
    expect(mayElevateAccess([{ roleTemplateId: '62e90394-69f5-4237-9190-012177145e10', directoryScopeId: '/' }])).toBe(true)
    expect(mayElevateAccess([{ roleTemplateId: '62e90394-69f5-4237-9190-012177145e10', directoryScopeId: '/administrativeUnits/x' }])).toBe(false)
    expect(mayElevateAccess([{ roleTemplateId: 'e8611ab8-c189-46e8-94e1-60213ab1f814', directoryScopeId: '/' }])).toBe(false)
  })

  it('gives User Access Administrator at the root, which holds everywhere below and is no other right', () => {
    const uaa = { name: UAA, permissions: [{ actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'] }] }
    const elevated = {
      roles: [uaa],
      assignments: [assign(uaa, '/', { id: '/providers/Microsoft.Authorization/roleAssignments/x', scope: undefined })],
    }
    expect(ask({ ...elevated, action: WRITE_ASSIGNMENT, target: MACHINE }).effect).toBe('ALLOW')
    expect(ask({ ...elevated, action: 'Microsoft.Compute/virtualMachines/write', target: MACHINE }).effect).toBe('DENY')
  })
})

describe.skipIf(!isThere)('E2: built-in roles that can give roles', () => {
  it('roleAssignments/write without a condition: three', () => {
    expect(holding(WRITE_ASSIGNMENT, 'ALLOW')).toEqual(['Owner', 'Role Based Access Control Administrator', 'User Access Administrator'])
  })

  it('P7: 25 more with a condition', () => {
    expect(holding(WRITE_ASSIGNMENT, 'CONDITIONAL')).toHaveLength(25)
  })

  it('roleDefinitions/write: two', () => {
    expect(holding('Microsoft.Authorization/roleDefinitions/write', 'ALLOW')).toEqual(['Owner', 'User Access Administrator'])
  })

  it('Contributor may do neither, by its notActions', () => {
    const contributor = builtIn('Contributor')
    const question = { target: GROUP, roles: [contributor], assignments: [assign(contributor, GROUP)] }
    for (const action of [WRITE_ASSIGNMENT, 'Microsoft.Authorization/roleAssignments/delete', 'Microsoft.Authorization/roleDefinitions/write']) {
      expect(ask({ ...question, action }).effect, action).toBe('DENY')
    }
    expect(ask({ ...question, action: 'Microsoft.Authorization/roleAssignments/read' }).effect).toBe('ALLOW')
  })

  it('P7: 29 roles have a condition, 318 dataActions, 44 notActions, 27 notDataActions', () => {
    const some = (is: (block: BuiltInRole['permissions'][number]) => boolean): number =>
      builtInRoles.filter((given) => given.permissions.some(is)).length
    expect([
      some((block) => block.condition !== null),
      some((block) => block.dataActions.length > 0),
      some((block) => block.notActions.length > 0),
      some((block) => block.notDataActions.length > 0),
    ]).toEqual([29, 318, 44, 27])
  })

  it('P5: reads that yield the keys of a workspace', () => {
    const holders = holding('Microsoft.OperationalInsights/workspaces/sharedKeys/read', 'ALLOW')
    expect(holders).toContain('Reader')
    expect(holders).not.toContain('Log Analytics Reader')
  })

  it('listKeys of storage accounts: 24', () => {
    const holders = holding('Microsoft.Storage/storageAccounts/listKeys/action', 'ALLOW')
    expect(holders).toHaveLength(24)
    expect(holders).toEqual(
      expect.arrayContaining([
        'Reader and Data Access',
        'Storage Account Contributor',
        'Virtual Machine Contributor',
        'Log Analytics Contributor',
        'Logic App Contributor',
        'DevTest Labs User',
      ]),
    )
  })

  it('P3: Owner holds no data action on blobs', () => {
    expect(holding('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', 'ALLOW', true)).not.toContain('Owner')
  })

  it('L1: locks can be deleted by 10', () => {
    expect(holding('Microsoft.Authorization/locks/delete', 'ALLOW')).toHaveLength(10)
  })
})

describe('E3: classic administrators', () => {
  it('are retired: they grant nothing and are named', () => {
    const classic = [{ id: 'NA(classic admins)', principalId: ALICE, scope: SUBSCRIPTION }]
    expect(ask({ action: 'Microsoft.Compute/virtualMachines/read', target: MACHINE, classic })).toMatchObject({
      effect: 'DENY',
      because: [{ layer: 'CLASSIC_ADMINISTRATOR', code: 'CLASSIC_IS_RETIRED' }, { code: 'NO_ROLE' }],
    })
  })
})

describe('E4: custom roles', () => {
  it('assignableScopes limit where a role can be assigned, not what it grants', () => {
    const custom = { ...role({ actions: ['*/read'] }), roleType: 'CustomRole', assignableScopes: ['/subscriptions/elsewhere'] }
    expect(
      ask({ action: 'Microsoft.Compute/virtualMachines/read', target: MACHINE, roles: [custom], assignments: [assign(custom, GROUP)] }).effect,
    ).toBe('ALLOW')
  })

  it('editing one is an action on each of its assignable scopes', () => {
    const editor = role({ actions: ['Microsoft.Authorization/roleDefinitions/write'] })
    const held = { action: 'Microsoft.Authorization/roleDefinitions/write', roles: [editor], assignments: [assign(editor, SUBSCRIPTION)] }
    expect(ask({ ...held, target: SUBSCRIPTION }).effect).toBe('ALLOW')
    expect(ask({ ...held, target: '/subscriptions/22222222-2222-2222-2222-222222222222' }).effect).toBe('DENY')
  })
})

describe('E5: Lighthouse', () => {
  const contributor = { ...role({ actions: ['*'], dataActions: ['*'] }), roleType: 'BuiltInRole' }
  const uaa = { name: UAA, roleType: 'BuiltInRole', permissions: [{ actions: ['*/read', 'Microsoft.Authorization/*'] }] }
  const owner = { name: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', roleType: 'BuiltInRole', permissions: [{ actions: ['*'] }] }
  const custom = { ...role({ actions: ['*'] }), roleType: 'CustomRole' }

  function effect(
    given: { readonly name: string },
    action: string,
    more: object = {},
    context: Readonly<Record<string, readonly string[]>> = {},
  ): string {
    const authorization = { principalId: 'partner', roleDefinitionId: given.name, ...more }
    return ask({
      action,
      target: MACHINE,
      principal: { id: 'PARTNER' },
      roles: [contributor, uaa, owner, custom],
      delegations: [{ scope: SUBSCRIPTION, authorization }],
      context,
    }).effect
  }

  it('gives built-in roles on what is delegated', () => {
    expect(effect(contributor, 'Microsoft.Compute/virtualMachines/write')).toBe('ALLOW')
  })

  it('gives neither Owner, custom roles nor data actions', () => {
    expect(effect(owner, 'Microsoft.Compute/virtualMachines/write')).toBe('DENY')
    expect(effect(custom, 'Microsoft.Compute/virtualMachines/write')).toBe('DENY')
    expect(effect(contributor, 'Microsoft.Compute/virtualMachines/login/action')).toBe('DENY')
  })

  it('User Access Administrator only gives listed roles to managed identities', () => {
    const more = { delegatedRoleDefinitionIds: [contributor.name] }
    const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]'
    expect(effect(uaa, WRITE_ASSIGNMENT, more, { [ROLE_ID]: [contributor.name], [type]: ['ManagedIdentity'] })).toBe('ALLOW')
    expect(effect(uaa, WRITE_ASSIGNMENT, more, { [ROLE_ID]: [contributor.name], [type]: ['User'] })).toBe('DENY')
    expect(effect(uaa, WRITE_ASSIGNMENT, more, { [ROLE_ID]: [owner.name], [type]: ['ManagedIdentity'] })).toBe('DENY')
    expect(effect(uaa, WRITE_ASSIGNMENT, more)).toBe('CONDITIONAL')
    expect(effect(uaa, WRITE_ASSIGNMENT)).toBe('DENY')
    expect(effect(uaa, 'Microsoft.Compute/virtualMachines/read', more)).toBe('DENY')
    expect(effect(uaa, 'Microsoft.Authorization/roleAssignments/delete', more)).toBe('DENY')
  })

  it('an eligible authorization grants nothing, and is named', () => {
    const compilerQuestion = {
      action: 'Microsoft.Compute/virtualMachines/write',
      target: MACHINE,
      principal: { id: 'partner' },
      roles: [contributor],
    }
    const authorization = { principalId: 'partner', roleDefinitionId: contributor.name }
    expect(ask({ ...compilerQuestion, delegations: [{ scope: SUBSCRIPTION, authorization, isEligible: true }] })).toMatchObject({
      effect: 'DENY',
      activatable: ['delegation 0'],
    })
  })
})

describe.skipIf(!isThere)('E6: who controls what runs as an identity', () => {
  it('runCommand on virtual machines', () => {
    const named = holding('Microsoft.Compute/virtualMachines/runCommand/action', 'ALLOW')
    expect(named).toEqual(expect.arrayContaining(['Owner', 'Contributor', 'Virtual Machine Contributor', 'Avere Contributor']))
    expect(named).not.toContain('Reader')
  })

  it('federated credentials of managed identities', () => {
    const named = holding('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write', 'ALLOW')
    expect(named).toEqual(expect.arrayContaining(['Owner', 'Contributor', 'Managed Identity Contributor']))
    expect(named).not.toContain('Managed Identity Operator')
  })

  it('P8: Managed Identity Operator assigns identities by the longer name', () => {
    expect(holding('Microsoft.ManagedIdentity/userAssignedIdentities/x/assign/action', 'ALLOW')).toContain('Managed Identity Operator')
    expect(holding('Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', 'ALLOW')).not.toContain('Managed Identity Operator')
  })
})

describe.skipIf(!isThere)('C6: constrained delegation', () => {
  const admin = isThere ? builtIn('Role Based Access Control Administrator') : role()
  const [r1, r2, other] = ['11111111-0000-0000-0000-000000000001', '11111111-0000-0000-0000-000000000002', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635']
  const limit = (op: string, verb: string, source: string): string =>
    `(!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'}) OR (@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ${op} {${r1}, ${r2}}))`

  function effect(condition: string, context: Readonly<Record<string, readonly string[]>> = {}, action = WRITE_ASSIGNMENT): string {
    return ask({ action, target: GROUP, roles: [admin], assignments: [assign(admin, GROUP, { condition })], context }).effect
  }

  it('only the listed roles can be given', () => {
    const condition = limit('ForAnyOfAnyValues:GuidEquals', 'write', 'Request')
    expect([r1, r2, other].map((id) => effect(condition, { [ROLE_ID]: [id] }))).toEqual(['ALLOW', 'ALLOW', 'DENY'])
    expect(effect(condition)).toBe('CONDITIONAL')
  })

  it('write is free where only delete is limited', () => {
    expect(effect(limit('ForAnyOfAnyValues:GuidEquals', 'delete', 'Resource'))).toBe('ALLOW')
    expect(effect(limit('ForAnyOfAnyValues:GuidEquals', 'delete', 'Resource'), {}, 'Microsoft.Authorization/roleAssignments/delete')).toBe(
      'CONDITIONAL',
    )
  })

  it('‘all roles but’ needs ForAnyOfAllValues', () => {
    const spelled = (op: string): readonly string[] => [r1, other].map((id) => effect(limit(op, 'write', 'Request'), { [ROLE_ID]: [id] }))
    expect(spelled('ForAnyOfAllValues:GuidNotEquals')).toEqual(['DENY', 'ALLOW'])
    expect(spelled('ForAnyOfAnyValues:GuidNotEquals')).toEqual(['ALLOW', 'ALLOW'])
  })

  it('a managed identity is a service principal', () => {
    const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]'
    const condition = `${type} StringEqualsIgnoreCase 'ServicePrincipal'`
    expect(effect(condition, { [type]: ['ManagedIdentity'] })).toBe('ALLOW')
    expect(effect(condition, { [type]: ['User'] })).toBe('DENY')
  })
})
