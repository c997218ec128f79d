import { describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { EffectivePermission, Reach } from '../../src/operations/answers.ts'
import { search } from '../../src/operations/search.ts'
import { effectivePermissions } from '../../src/operations/what-can.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { guidOf } from './azure-facts.ts'
import { ACCOUNT, azureEstate, type AzureWorld, group, RG, SUB, VAULT } from './azure-world.ts'

const GET_SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
const LIST_KEYS = 'Microsoft.Storage/storageAccounts/listKeys/action'
const BLOB_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'

const WORLD: AzureWorld = {
  managementGroups: { root: null, mid: 'root' },
  subscriptionIn: 'mid',
  users: ['alice', 'bob', 'carol'],
  groups: { admins: { members: ['inner'] }, inner: { members: ['bob'] } },
  roles: {
    Owner: [{ actions: ['*'] }],
    Contributor: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] }],
    Reader: [{ actions: ['*/read'] }],
    'Blob Reader': [{ actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'], dataActions: [BLOB_READ] }],
    'Secrets User': [{ dataActions: [GET_SECRET] }],
  },
}

const who = (estate: Estate, target: string, actions: readonly string[]): Reach[] =>
  whoCanReach(estate, { target, actions, first: 500 }).edges.map(({ node }) => node)

const told = (rows: readonly Reach[]): string[] => rows.map(({ principal, via, certainty }) => `${principal.name} ${via} ${certainty}`)

const what = (estate: Estate, principal: string, target?: string): EffectivePermission[] =>
  effectivePermissions(estate, { principal, first: 500, ...(target === undefined ? {} : { target }) }).edges.map(({ node }) => node)

describe('who can reach something in Azure', () => {
  it('are holders, members of groups that hold, and besides the groups', async () => {
    const estate = await azureEstate({
      ...WORLD,
      assignments: [
        { who: 'alice', role: 'Contributor', at: group('mid') },
        { who: 'admins', role: 'Owner', at: RG },
        { who: 'carol', role: 'Reader', at: SUB },
      ],
    })
    const rows = who(estate, ACCOUNT, [LIST_KEYS])
    expect(told(rows).toSorted()).toEqual(['admins DIRECT ALLOWED', 'alice DIRECT ALLOWED', 'bob GROUP ALLOWED', 'inner GROUP ALLOWED'])
    expect(rows.find(({ principal }) => principal.name === 'bob')?.levels).toEqual(['READ_SECRET'])
    expect(rows.find(({ principal }) => principal.name === 'bob')?.evidence.map(({ relation }) => relation)).toEqual([
      'PRINCIPAL',
      'MEMBER_OF',
      'MEMBER_OF',
      'HOLDS',
      'GIVES',
      'STATEMENT',
      'AT',
      'TARGET',
    ])
  })

  it('is one row for each principal and certainty, with all that it may do; levels narrow the actions', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Owner', at: SUB }] })
    const [all, ...others] = whoCanReach(estate, { target: ACCOUNT }).edges.map(({ node }) => node)
    expect(others).toEqual([])
    expect(all?.actions).toContain(LIST_KEYS)
    expect(all?.actions).not.toContain(BLOB_READ)
    expect(all?.levels).toEqual(['READ_METADATA', 'READ_SECRET', 'MANAGE', 'DELETE', 'GRANT'])
    const [secrets] = whoCanReach(estate, { target: ACCOUNT, levels: ['READ_SECRET'] }).edges.map(({ node }) => node)
    expect(secrets?.actions).toContain(LIST_KEYS)
    expect(secrets?.levels).toEqual(['READ_SECRET'])
    expect(whoCanReach(estate, { target: ACCOUNT, levels: ['READ_DATA'] }).totalCount).toBe(0)
  })

  it('is everybody, perhaps, where the members of a group that holds were not listed', async () => {
    const estate = await azureEstate({ ...WORLD, groups: { admins: { listed: false } }, assignments: [{ who: 'admins', role: 'Owner', at: SUB }] })
    expect(told(who(estate, ACCOUNT, [LIST_KEYS])).toSorted()).toEqual([
      'admins DIRECT ALLOWED',
      'alice GROUP CONDITIONAL',
      'bob GROUP CONDITIONAL',
      'carol GROUP CONDITIONAL',
    ])
  })

  it('is told by the access policies of a vault that has them', async () => {
    const accessPolicies = [{ objectId: guidOf('inner'), permissions: { secrets: ['all'] } }]
    const estate = await azureEstate({
      ...WORLD,
      assignments: [{ who: 'alice', role: 'Secrets User', at: SUB }],
      vaults: { [VAULT]: { enableRbacAuthorization: false, accessPolicies } },
    })
    expect(told(who(estate, VAULT, [GET_SECRET]))).toEqual(['inner DIRECT ALLOWED', 'bob GROUP ALLOWED'])
    expect(what(estate, 'bob').flatMap(({ target, actions }) => actions.map((action) => `${target.id} ${action}`))).toContain(
      `${VAULT} ${GET_SECRET}`,
    )
    expect(what(estate, 'carol')).toEqual([])
  })

  it('expands patterns to the operations that are known', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Reader', at: SUB }] })
    const [row] = who(estate, ACCOUNT, ['Microsoft.Storage/*'])
    expect(row?.actions).toContain('Microsoft.Storage/storageAccounts/read')
    expect(row?.actions).not.toContain(LIST_KEYS)
  })
})

describe('what somebody can do in Azure', () => {
  it('is told at the scopes of its assignments, as patterns, planes apart', async () => {
    const estate = await azureEstate({
      ...WORLD,
      assignments: [
        { who: 'alice', role: 'Reader', at: group('mid') },
        { who: 'alice', role: 'Blob Reader', at: ACCOUNT },
      ],
    })
    const rows = what(estate, 'alice').map(({ target, plane, actions, levels, certainty }) => [
      target.id,
      plane,
      actions.join(),
      levels.join(),
      certainty,
    ])
    expect(rows.toSorted()).toEqual(
      [
        [group('mid'), 'CONTROL', '*/read', 'READ_METADATA,READ_SECRET', 'ALLOWED'],
        [ACCOUNT, 'CONTROL', 'Microsoft.Storage/storageAccounts/blobServices/containers/read', 'READ_METADATA', 'ALLOWED'],
        [ACCOUNT, 'DATA', BLOB_READ, 'READ_DATA', 'ALLOWED'],
      ].toSorted(),
    )
  })

  it('of a role with notActions is surely whole providers, and on a condition the pattern itself', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Contributor', at: SUB }] })
    const rows = what(estate, 'alice')
    const sure = rows.find(({ certainty }) => certainty === 'ALLOWED')
    expect(sure?.actions).toEqual(expect.arrayContaining(['Microsoft.Storage/*', 'Microsoft.KeyVault/*', 'Microsoft.Authorization/locks/read']))
    expect(sure?.actions).not.toContain('Microsoft.Authorization/locks/delete')
    const open = rows.find(({ certainty }) => certainty === 'CONDITIONAL')
    expect(open).toMatchObject({ actions: ['*'], conditions: ['not microsoft.authorization/*/delete', 'not microsoft.authorization/*/write'] })
  })

  it('is less sure where a lock or deny assignment below takes something away', async () => {
    const estate = await azureEstate({
      ...WORLD,
      assignments: [{ who: 'alice', role: 'Owner', at: SUB }],
      locks: [{ name: 'keep', at: RG, level: 'CanNotDelete' }],
    })
    const rows = what(estate, 'alice')
    expect(rows.find(({ certainty }) => certainty === 'ALLOWED')?.actions).toEqual(['*/action', '*/read', '*/write'])
    expect(rows.find(({ certainty }) => certainty === 'CONDITIONAL')).toMatchObject({
      actions: ['*/delete'],
      conditions: [`not, or not wholly, on ${RG}, by a lock or deny assignment`],
    })
  })

  it('is every known operation on a target that is named', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'admins', role: 'Contributor', at: SUB }] })
    const rows = what(estate, 'bob', ACCOUNT)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ via: 'GROUP', certainty: 'ALLOWED', target: { id: ACCOUNT } })
    expect(rows[0]?.actions).toContain(LIST_KEYS)
    expect(rows[0]?.actions).not.toContain('Microsoft.Authorization/roleAssignments/write')
  })

  it('is not what it is only eligible for', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Owner', at: SUB, eligible: true }] })
    expect(what(estate, 'alice')).toEqual([])
  })
})

describe('search', () => {
  it('finds things of Azure by user principal name, display name and part of an id', async () => {
    const estate = await azureEstate(WORLD)
    const found = (text: string): string[] => search(estate, { text }).edges.map(({ node }) => node.id)
    expect(found('carol@ACME')).toEqual([guidOf('carol')])
    expect(found('storageaccounts/ledger')).toEqual([ACCOUNT])
  })
})
