import { describe, expect, it } from 'vitest'
import { ALICE, ask, assign, GROUP, role, VAULT, type AzureQuestion } from './ask.ts'

const GET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
const SECRET = `${VAULT}/secrets/db`
const user = role({ dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] })

function vault(properties: object): object {
  return { id: VAULT.toUpperCase(), type: 'Microsoft.KeyVault/vaults', properties }
}

function policy(permissions: object, more: object = {}): object {
  return { tenantId: 't', objectId: ALICE.toUpperCase(), permissions, ...more }
}

function effect(question: Partial<AzureQuestion>): string {
  return ask({ action: GET, target: SECRET, ...question }).effect
}

const byRole = { roles: [user], assignments: [assign(user, GROUP)] }
const byPolicy = [policy({ secrets: ['Get'] })]

describe('a vault with enableRbacAuthorization', () => {
  it('true: roles decide, access policies are ignored', () => {
    const rbac = vault({ enableRbacAuthorization: true, accessPolicies: byPolicy })
    expect([effect({ vault: rbac, ...byRole }), effect({ vault: rbac })]).toEqual(['ALLOW', 'DENY'])
  })

  it.each([false, null, undefined])('%s: access policies decide, roles are ignored', (enableRbacAuthorization) => {
    const own = vault({ enableRbacAuthorization, vaultUri: 'https://kv1.vault.azure.net', accessPolicies: byPolicy })
    const none = vault({ enableRbacAuthorization, vaultUri: 'https://kv1.vault.azure.net', accessPolicies: [] })
    expect([effect({ vault: own }), effect({ vault: none, ...byRole })]).toEqual(['ALLOW', 'DENY'])
    expect(ask({ action: GET, target: SECRET, vault: none, ...byRole }).because).toMatchObject([
      { layer: 'ACCESS_POLICY', code: 'ROLES_DO_NOT_COUNT' },
    ])
    expect(ask({ action: GET, target: SECRET, vault: own }).because).toMatchObject([
      { layer: 'ACCESS_POLICY', kind: 'ALLOW', policy: `${VAULT.toLowerCase()}#accessPolicies[0]` },
    ])
  })

  it('not loaded: it depends on the setting', () => {
    expect(ask({ action: GET, target: SECRET, ...byRole })).toMatchObject({ effect: 'CONDITIONAL' })
    expect(effect({})).toBe('CONDITIONAL')
    expect(effect({ vault: { id: VAULT, type: 'Microsoft.KeyVault/vaults' }, ...byRole })).toBe('CONDITIONAL')
  })
})

describe('access policies', () => {
  const holding = (...policies: readonly object[]): object => vault({ enableRbacAuthorization: false, accessPolicies: policies })

  it.each([
    [{ secrets: ['get'] }, GET, 'ALLOW'],
    [{ secrets: ['ALL'] }, GET, 'ALLOW'],
    [{ Secrets: ['list'] }, GET, 'DENY'],
    [{ keys: ['all'] }, GET, 'DENY'],
    [{ secrets: ['list'] }, 'Microsoft.KeyVault/vaults/secrets/readMetadata/action', 'ALLOW'],
    [{ secrets: ['set'] }, 'Microsoft.KeyVault/vaults/secrets/setSecret/action', 'ALLOW'],
    [{ secrets: ['purge'] }, 'Microsoft.KeyVault/vaults/secrets/purge/action', 'ALLOW'],
    [{ secrets: ['delete'] }, 'Microsoft.KeyVault/vaults/secrets/delete', 'ALLOW'],
    [{ keys: ['unwrapKey'] }, 'Microsoft.KeyVault/vaults/keys/unwrap/action', 'ALLOW'],
    [{ keys: ['wrapKey'] }, 'Microsoft.KeyVault/vaults/keys/unwrap/action', 'DENY'],
    [{ certificates: ['manageissuers'] }, 'Microsoft.KeyVault/vaults/certificatecas/write', 'ALLOW'],
    [{ keys: ['get'] }, 'Microsoft.KeyVault/vaults/keys/somethingNew/action', 'CONDITIONAL'],
  ])('%j of %s', (permissions, action, expected) => {
    expect(effect({ action, vault: holding(policy(permissions)) })).toBe(expected)
  })

  it('name users, groups and service principals by object id', () => {
    const ofGroup = holding(policy({ secrets: ['get'] }, { objectId: 'G1' }))
    expect([effect({ vault: ofGroup, principal: { groups: ['g1'] } }), effect({ vault: ofGroup })]).toEqual(['ALLOW', 'DENY'])
  })

  it('with an application hold only through it', () => {
    const compound = holding(policy({ secrets: ['get'] }, { applicationId: 'app-1' }))
    expect(ask({ action: GET, target: SECRET, vault: compound })).toMatchObject({
      effect: 'CONDITIONAL',
      conditions: { operator: 'ThroughApplication', key: 'app-1' },
    })
  })

  it('are the vault’s own: those of another vault tell nothing', () => {
    const other = { id: VAULT.replace('kv1', 'kv2'), properties: { enableRbacAuthorization: false, accessPolicies: byPolicy } }
    expect(effect({ vault: other })).toBe('CONDITIONAL')
  })

  it('say nothing about the control plane', () => {
    const contributor = role({ actions: ['Microsoft.KeyVault/*'] })
    const question = { target: VAULT, vault: holding(policy({ secrets: ['all'] })), roles: [contributor], assignments: [assign(contributor, GROUP)] }
    expect(ask({ ...question, action: 'Microsoft.KeyVault/vaults/accessPolicies/write' }).effect).toBe('ALLOW')
    expect(ask({ ...question, assignments: [], action: 'Microsoft.KeyVault/vaults/write' }).effect).toBe('DENY')
  })
})

it('a role can be assigned on a single secret', () => {
  const rbac = vault({ enableRbacAuthorization: true })
  const question = { roles: [user], assignments: [assign(user, SECRET)], vault: rbac }
  expect([effect(question), effect({ ...question, target: `${VAULT}/secrets/db2` }), effect({ ...question, target: VAULT })]).toEqual([
    'ALLOW',
    'DENY',
    'DENY',
  ])
})
