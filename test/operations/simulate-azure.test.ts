import { describe, expect, it } from 'vitest'
import { PermiscopeError } from '../../src/domain/errors.ts'
import { simulate } from '../../src/operations/simulate.ts'

const SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111'
const ACCOUNT = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acct`
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
const reader = { name: READER, roleName: 'Reader', roleType: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] }
const document = {
  principal: { id: 'alice', groups: ['g1'] },
  action: 'Microsoft.Storage/storageAccounts/read',
  resource: { id: ACCOUNT, ancestors: ['root'] },
  roleDefinitions: [reader],
  roleAssignments: [
    {
      principalId: 'G1',
      principalType: 'Group',
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
      scope: SUBSCRIPTION,
    },
  ],
}

function effect(changes: Readonly<Record<string, unknown>>): string {
  return simulate({ ...document, ...changes }).effect
}

function refusal(changes: Readonly<Record<string, unknown>>): unknown {
  try {
    simulate({ ...document, ...changes })
  } catch (error) {
    if (error instanceof PermiscopeError) return { code: error.code, path: error.details['path'] }
    throw error
  }
  return 'accepted'
}

describe('simulate of Azure', () => {
  it('answers with the role and the assignment, named by its place', () => {
    expect(simulate(document)).toEqual({
      effect: 'ALLOW',
      because: [
        {
          layer: 'ROLE_ASSIGNMENT',
          kind: 'ALLOW',
          code: 'ROLE_GRANTS',
          policy: 'roleAssignments[0]',
          statement: 'Reader permissions[0]',
          message: 'Reader permissions[0] grants it through roleAssignments[0].',
        },
      ],
      conditions: [],
      caveats: [],
      evidence: [],
    })
  })

  it('takes documents nested under properties, in lists of REST', () => {
    const { principalId, roleDefinitionId, scope } = document.roleAssignments[0] ?? {}
    const nested = { value: [{ id: 'a', type: 'Microsoft.Authorization/roleAssignments', properties: { principalId, roleDefinitionId, scope } }] }
    const definition = {
      id: `/providers/x/roleDefinitions/${READER}`,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: { roleName: 'Reader', type: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] },
    }
    expect(effect({ roleAssignments: nested, roleDefinitions: definition })).toBe('ALLOW')
  })

  it('knows groups in groups', () => {
    expect(effect({ principal: 'alice' })).toBe('DENY')
    expect(effect({ principal: 'alice', memberOf: { Alice: ['g2'], g2: ['g1'], g1: ['g2'] } })).toBe('ALLOW')
  })

  it('names what is only eligible', () => {
    const eligible = { roleAssignments: [], eligibleAssignments: document.roleAssignments }
    expect(simulate({ ...document, ...eligible }).because.map(({ code }) => code)).toEqual(['ELIGIBLE_ONLY', 'NO_ROLE'])
    const typed = [{ ...document.roleAssignments[0], type: 'Microsoft.Authorization/roleEligibilityScheduleInstances' }]
    expect(effect({ roleAssignments: typed })).toBe('DENY')
  })

  it('compares windows with the time given, else with the clock', () => {
    const expired = [{ ...document.roleAssignments[0], endDateTime: '2020-01-01T00:00:00Z' }]
    expect(effect({ roleAssignments: expired })).toBe('DENY')
    expect(effect({ roleAssignments: expired, context: { '@Environment[UtcNow]': '2019-01-01T00:00:00Z' } })).toBe('ALLOW')
  })

  it('heeds deny assignments and locks', () => {
    const principals = [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }]
    expect(effect({ denyAssignments: [{ scope: SUBSCRIPTION, permissions: [{ actions: ['*/read'] }], principals }] })).toBe('DENY')
    const owner = { ...reader, permissions: [{ actions: ['*'] }] }
    const locks = [{ id: `${ACCOUNT}/providers/Microsoft.Authorization/locks/l`, properties: { level: 'CanNotDelete' } }]
    expect(effect({ roleDefinitions: [owner], action: 'Microsoft.Storage/storageAccounts/delete', locks })).toBe('DENY')
  })

  it('shows what a condition leaves open, and takes attributes in context or with the principal', () => {
    const condition = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Team] StringEquals 'blue'"
    const roleAssignments = [{ ...document.roleAssignments[0], condition }]
    expect(simulate({ ...document, roleAssignments }).conditions).toEqual([
      '@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Work_Team] is blue (StringEquals)',
    ])
    expect(effect({ roleAssignments, principal: { ...document.principal, attributes: { Work_Team: ['blue'] } } })).toBe('ALLOW')
    expect(effect({ roleAssignments, context: { '@principal[microsoft.directory/customSecurityAttributes/id:work_team]': [] } })).toBe('DENY')
    expect(effect({ roleAssignments, unknownContext: false })).toBe('DENY')
    expect(effect({ roleAssignments, unknownContext: ['@Principal[*'] })).toBe('CONDITIONAL')
  })

  it('reports a condition that can’t be parsed, and is CONDITIONAL', () => {
    const roleAssignments = [{ ...document.roleAssignments[0], condition: '@Resource[x] Is 1' }]
    expect(simulate({ ...document, roleAssignments })).toMatchObject({
      effect: 'CONDITIONAL',
      findings: [{ policy: 'roleAssignments[0]', place: 'condition, character 14' }],
    })
  })

  it('assumes Azure RBAC of a vault of which nothing is said, and says so', () => {
    const secretsUser = { ...reader, permissions: [{ dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] }] }
    const vault = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv`
    const question = { ...document, roleDefinitions: [secretsUser], action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', resource: vault }
    expect(simulate(question)).toMatchObject({ effect: 'ALLOW', caveats: [{ code: 'ASSUMED_VAULT_RBAC' }] })
    expect(simulate({ ...question, keyVault: { enableRbacAuthorization: false, accessPolicies: [] } })).toMatchObject({ effect: 'DENY', caveats: [] })
    const own = { properties: { accessPolicies: [{ objectId: 'alice', permissions: { secrets: ['all'] } }] } }
    expect(simulate({ ...question, roleAssignments: [], keyVault: own }).effect).toBe('ALLOW')
  })

  it('takes Lighthouse and classic administrators', () => {
    const delegations = [{ scope: SUBSCRIPTION, authorizations: [{ principalId: 'partner', roleDefinitionId: READER }] }]
    expect(effect({ principal: 'partner', roleAssignments: [], delegations })).toBe('ALLOW')
    const classicAdministrators = [{ principalId: 'alice', scope: SUBSCRIPTION }]
    expect(simulate({ ...document, roleAssignments: [], classicAdministrators }).because.map(({ code }) => code)).toContain('CLASSIC_IS_RETIRED')
  })

  it.each([
    [{ principal: undefined }, 'principal'],
    [{ principal: { groups: [] } }, 'principal.id'],
    [{ principal: { id: 'x', kind: 'Robot' } }, 'principal.kind'],
    [{ action: '' }, 'action'],
    [{ resource: undefined }, 'resource'],
    [{ resource: { id: 'acct' } }, 'resource.id'],
    [{ roleAssignments: 'none' }, 'roleAssignments'],
    [{ roleAssignments: [1] }, 'roleAssignments[0]'],
    [{ context: [] }, 'context'],
    [{ context: { '@Request[x]': {} } }, 'context.@Request[x]'],
    [{ memberOf: { a: 'b' } }, 'memberOf.a'],
  ])('refuses %j', (changes, path) => {
    expect(refusal(changes)).toEqual({ code: 'BAD_INPUT', path })
  })

  it('says which fields it ignored', () => {
    expect(simulate({ ...document, roleAssignment: [] }).caveats).toMatchObject([{ code: 'FIELD_IGNORED', source: 'roleAssignment' }])
  })
})
