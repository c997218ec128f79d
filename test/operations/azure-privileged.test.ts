import { describe, expect, it } from 'vitest'
import type { GraphFact } from '../../src/domain/facts.ts'
import { entity, guidOf, TENANT } from './azure-facts.ts'
import { azureEstate, type AzureWorld, group, RG, SUB } from './azure-world.ts'

const RBAC_ADMINISTRATOR = 'RBAC Administrator'
const LIMITED =
  "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7})"
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

const WORLD: AzureWorld = {
  managementGroups: { root: null, mid: 'root' },
  subscriptionIn: 'mid',
  users: ['alice', 'bob'],
  groups: { admins: { members: ['alice'], roleAssignable: true }, nested: { members: ['admins'], roleAssignable: true } },
  roles: {
    Owner: [{ actions: ['*'] }],
    Contributor: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] }],
    [RBAC_ADMINISTRATOR]: [
      { actions: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/delete', '*/read'] },
    ],
  },
}

async function reasons(more: Partial<AzureWorld>, who = 'alice'): Promise<readonly string[]> {
  return (await azureEstate({ ...WORLD, ...more })).privilegedBecause(guidOf(who))
}

describe('privileged in Azure', () => {
  it.each([
    ['an owner of a subscription', { who: 'alice', role: 'Owner', at: SUB }, [`may do every action in ${SUB.slice(15)} (${SUB})`]],
    ['an owner of a management group', { who: 'alice', role: 'Owner', at: group('mid') }, [`may do every action in mid (${group('mid')})`]],
    [
      'who may assign roles at the root',
      { who: 'alice', role: RBAC_ADMINISTRATOR, at: '/' },
      ['may grant any role in the root of all management groups to anybody'],
    ],
    ['a member of a group that owns', { who: 'nested', role: 'Owner', at: SUB }, [`may do every action in ${SUB.slice(15)} (${SUB})`]],
    ['not: an owner of a resource group', { who: 'alice', role: 'Owner', at: RG }, []],
    ['not: a contributor', { who: 'alice', role: 'Contributor', at: SUB }, []],
    ['not: who may assign but one role', { who: 'alice', role: RBAC_ADMINISTRATOR, at: SUB, condition: LIMITED }, []],
    ['not: who is only eligible', { who: 'alice', role: 'Owner', at: SUB, eligible: true }, []],
    ['not: whose assignment has ended', { who: 'alice', role: 'Owner', at: SUB, until: '2026-01-01T00:00:00Z' }, []],
  ])('is %s', async (_, assignment, expected) => {
    expect(await reasons({ assignments: [assignment] })).toEqual(expected)
  })

  it('is not who is denied it, nor whose account is blocked', async () => {
    const assignments = [{ who: 'alice', role: 'Owner', at: SUB }]
    expect(await reasons({ assignments, denies: [{ name: 'all', at: SUB, who: ['*'], blocks: [{ actions: ['*'] }] }] })).toEqual([])
    expect(await reasons({ assignments, blocked: ['alice'] })).toEqual([])
  })

  it('is a principal that no directory export has, if it exists', async () => {
    expect(await reasons({ assignments: [{ who: 'gone', role: 'Owner', at: SUB }] }, 'gone')).toEqual([
      `may do every action in ${SUB.slice(15)} (${SUB}), if it exists: no directory export has it`,
    ])
  })
})

describe('privileged in Entra', () => {
  const role = entity('EntraRole', GLOBAL_ADMINISTRATOR, 'Global Administrator', {
    document: {
      id: GLOBAL_ADMINISTRATOR,
      displayName: 'Global Administrator',
      isBuiltIn: true,
      rolePermissions: [{ allowedResourceActions: ['microsoft.directory/allEntities/allProperties/allTasks'] }],
    },
  })

  function assigned(who: string, at: string, kind = 'EntraRoleAssignment'): readonly GraphFact[] {
    const grant = entity(kind, `assignment-${who}`, 'Global Administrator', { document: { principalId: guidOf(who), roleDefinitionId: role.id } })
    const edge = (
      type: 'HOLDS' | 'GIVES' | 'AT',
      from: string,
      to: string,
      ends: readonly ['Principal' | 'Grant', 'Grant' | 'Role' | 'Scope'],
    ): GraphFact => ({
      record: 'edge',
      kind: type,
      from: { label: ends[0], id: from },
      to: { label: ends[1], id: to },
      coverage: ['x'],
    })
    return [
      role,
      grant,
      edge('HOLDS', guidOf(who), grant.id, ['Principal', 'Grant']),
      edge('GIVES', grant.id, role.id, ['Grant', 'Role']),
      edge('AT', grant.id, at, ['Grant', 'Scope']),
    ]
  }
  const expected = [`is Global Administrator of tenant ${TENANT}`]

  it('is a Global Administrator, itself or by a group of its own', async () => {
    expect(await reasons({ more: assigned('bob', TENANT) }, 'bob')).toEqual(expected)
    expect(await reasons({ more: assigned('admins', TENANT) })).toEqual(expected)
  })

  it('is not who is in such a group only through another, holds it for a unit, or is only eligible', async () => {
    expect(await reasons({ more: assigned('nested', TENANT) })).toEqual([])
    const unit = entity('AdministrativeUnit', guidOf('unit'), 'Unit')
    expect(await reasons({ more: [unit, ...assigned('bob', unit.id)] }, 'bob')).toEqual([])
    expect(await reasons({ more: assigned('bob', TENANT, 'EntraRoleEligibility') }, 'bob')).toEqual([])
  })
})
