import { beforeAll, describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { estateOf } from '../support/estate.ts'
import { guidOf, TENANT } from './azure-facts.ts'

/** Files as `az` prints them, read by the sources and asked about by the operations. */

const SUBSCRIPTION = '22222222-0000-4000-8000-000000000001'
const SUB = `/subscriptions/${SUBSCRIPTION}`
const ACCOUNT = `${SUB}/resourceGroups/Prod/providers/Microsoft.Storage/storageAccounts/ledger`
const VAULT = `${SUB}/resourceGroups/Prod/providers/Microsoft.KeyVault/vaults/safe`
const READ = 'Microsoft.Storage/storageAccounts/read'

const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

function definition(name: string, roleName: string, actions: readonly string[]): object {
  const permissions = [{ actions, notActions: [], dataActions: [], notDataActions: [], condition: null, conditionVersion: null }]
  const type = 'Microsoft.Authorization/roleDefinitions'
  return {
    assignableScopes: ['/'],
    description: '',
    id: `${SUB}/providers/${type}/${name}`,
    name,
    permissions,
    roleName,
    roleType: 'BuiltInRole',
    type,
  }
}

function assignment(who: string, principalType: string, role: string, scope: string): object {
  const name = guidOf(`${who} ${role} ${scope}`)
  const type = 'Microsoft.Authorization/roleAssignments'
  return {
    condition: null,
    conditionVersion: null,
    createdOn: '2025-01-01T00:00:00+00:00',
    id: `${scope}/providers/${type}/${name}`,
    name,
    principalId: guidOf(who),
    principalName: who,
    principalType,
    roleDefinitionId: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    roleDefinitionName: role === OWNER ? 'Owner' : 'Reader',
    scope,
    type,
  }
}

const FILES = {
  'roles.json': [definition(OWNER, 'Owner', ['*']), definition(READER, 'Reader', ['*/read'])],
  'assignments.json': [
    assignment('alice', 'User', OWNER, SUB),
    assignment('team', 'Group', READER, `/providers/Microsoft.Management/managementGroups/prod`),
    assignment('job', 'ServicePrincipal', READER, `${SUB}/resourceGroups/prod`),
  ],
  'subscriptions.json': [
    { id: SUBSCRIPTION, name: 'Production', tenantId: TENANT, state: 'Enabled', isDefault: true, user: { name: 'x', type: 'user' } },
  ],
  'tree.json': {
    id: `/providers/Microsoft.Management/managementGroups/${TENANT}`,
    name: TENANT,
    displayName: 'Root',
    tenantId: TENANT,
    type: 'Microsoft.Management/managementGroups',
    details: { parent: null },
    children: [
      {
        id: '/providers/Microsoft.Management/managementGroups/prod',
        name: 'prod',
        displayName: 'Production',
        type: 'Microsoft.Management/managementGroups',
        children: [{ id: SUB, name: SUBSCRIPTION, displayName: 'Production', type: '/subscriptions', children: null }],
      },
    ],
  },
  'locks.json': [
    {
      id: `${SUB}/resourceGroups/prod/providers/Microsoft.Authorization/locks/keep`,
      level: 'CanNotDelete',
      name: 'keep',
      notes: '',
      type: 'Microsoft.Authorization/locks',
    },
  ],
  'vault.json': {
    id: VAULT,
    name: 'safe',
    type: 'Microsoft.KeyVault/vaults',
    location: 'westeurope',
    properties: {
      tenantId: TENANT,
      vaultUri: 'https://safe.vault.azure.net/',
      enableRbacAuthorization: false,
      accessPolicies: [{ tenantId: TENANT, objectId: guidOf('job'), permissions: { secrets: ['get'], keys: [], certificates: [] } }],
    },
  },
}

let estate: Estate
beforeAll(async () => {
  estate = await estateOf(FILES)
})

describe('what az prints of Azure', () => {
  it('answers who can reach what, at most on the condition that principals of no directory exist', () => {
    const rows = whoCanReach(estate, { target: ACCOUNT, actions: [READ] }).edges.map(({ node }) => `${node.principal.name} ${node.certainty}`)
    expect(rows).toEqual(expect.arrayContaining(['alice CONDITIONAL', 'job CONDITIONAL', 'team CONDITIONAL']))
  })

  it('takes locks and access policies into account', () => {
    const effect = (principal: string, action: string, target: string) => checkAccess(estate, { principal, action, target }).effect
    expect(effect(guidOf('alice'), 'Microsoft.Storage/storageAccounts/delete', ACCOUNT)).toBe('DENY')
    expect(effect(guidOf('alice'), 'Microsoft.KeyVault/vaults/secrets/getSecret/action', `${VAULT}/secrets/x`)).toBe('DENY')
    const decision = checkAccess(estate, { principal: guidOf('job'), action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', target: VAULT })
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.because.map(({ code }) => code)).toEqual(['ACCESS_POLICY_GRANTS'])
    expect(decision.evidence.map(({ entity }) => entity.kind)).toContain('KeyVaultAccessPolicy')
  })

  it('has the tree of management groups', () => {
    expect(estate.azure.target(SUB).ancestors?.map((id) => id.split('/').at(-1))).toEqual([TENANT, 'prod'])
    const rows = effectivePermissions(estate, { principal: guidOf('team') }).edges.map(({ node }) => `${node.target.name} ${node.actions.join()}`)
    expect(rows).toEqual(['Production */read'])
  })

  it('says what it did not print', () => {
    const codes = checkAccess(estate, { principal: guidOf('alice'), action: READ, target: ACCOUNT }).caveats.map(({ code }) => code)
    expect(codes).toEqual(
      expect.arrayContaining(['DENY_ASSIGNMENTS_NOT_LOADED', 'ELIGIBILITY_NOT_LOADED', 'DIRECTORY_NOT_LOADED', 'GROUP_NOT_EXPANDED']),
    )
    expect(codes).not.toContain('LOCKS_NOT_LOADED')
    expect(codes).not.toContain('MANAGEMENT_GROUPS_NOT_LOADED')
  })
})

describe('what az and Graph print of a directory', () => {
  const listing = (operation: string, value: readonly object[], subject?: string): object => ({
    Kind: `entra/graph/${operation}`,
    Tenant: TENANT,
    ...(subject === undefined ? {} : { Subject: subject }),
    TakenAt: '2026-11-20T10:00:00Z',
    Output: { value },
  })
  const person = (name: string, accountEnabled = true): object => ({
    id: guidOf(name),
    displayName: name,
    userPrincipalName: `${name}@acme.test`,
    mail: null,
    accountEnabled,
    userType: 'Member',
  })
  const member = { '@odata.type': '#microsoft.graph.user', ...person('bob') }
  const DIRECTORY = {
    'users.json': listing('users', [person('alice'), person('bob'), person('carol', false)]),
    'groups.json': listing('groups', [{ id: guidOf('team'), displayName: 'team', securityEnabled: true, groupTypes: [], isAssignableToRole: null }]),
    'members.json': listing('group-members', [member], guidOf('team')),
    'sp.json': listing('service-principals', [
      { id: guidOf('job'), appId: guidOf('job-app'), displayName: 'job', servicePrincipalType: 'Application', accountEnabled: true },
    ]),
  }

  it('makes certain who somebody is, and who is in a group', async () => {
    const whole = await estateOf({ ...FILES, ...DIRECTORY })
    const rows = whoCanReach(whole, { target: ACCOUNT, actions: [READ] }).edges.map(
      ({ node }) => `${node.principal.name} ${node.via} ${node.certainty}`,
    )
    expect(rows.toSorted()).toEqual(['alice DIRECT ALLOWED', 'bob GROUP ALLOWED', 'job DIRECT ALLOWED', 'team DIRECT ALLOWED'])
    expect(checkAccess(whole, { principal: 'bob@acme.test', action: READ, target: ACCOUNT }).caveats.map(({ code }) => code)).toEqual(
      expect.not.arrayContaining(['DIRECTORY_NOT_LOADED', 'GROUP_NOT_EXPANDED']),
    )
    expect(whole.privilegedBecause(guidOf('alice'))).toEqual([`may do every action in Production (${SUB})`])
  })
})
