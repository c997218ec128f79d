import { describe, expect, it } from 'vitest'
import type { Estate } from '../../src/estate/estate.ts'
import type { CheckAccessQuestion } from '../../src/operations/answers.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { entity, guidOf, TENANT } from './azure-facts.ts'
import { ACCOUNT, azureEstate, type AzureWorld, group, RG, roleId, SUB, VAULT } from './azure-world.ts'

const READ = 'Microsoft.Storage/storageAccounts/read'
const LIST_KEYS = 'Microsoft.Storage/storageAccounts/listKeys/action'
const BLOB_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
const GET_SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'

const ROLES = {
  Owner: [{ actions: ['*'] }],
  Contributor: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'] }],
  Reader: [{ actions: ['*/read'] }],
  'Blob Reader': [{ actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'], dataActions: [BLOB_READ] }],
  'Secrets User': [{ dataActions: [GET_SECRET] }],
}
const TREE = { managementGroups: { root: null, mid: 'root' }, subscriptionIn: 'mid' } as const
const WORLD: AzureWorld = { ...TREE, roles: ROLES, users: ['alice', 'bob'] }

const ask = (estate: Estate, principal: string, action: string, target: string, more: Partial<CheckAccessQuestion> = {}) =>
  checkAccess(estate, { principal, action, target, ...more })

const effect = (...question: Parameters<typeof ask>): string => ask(...question).effect

describe('access in Azure', () => {
  it('is granted at and below the scope of an assignment, in any letter case of the ids', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Reader', at: RG }] })
    expect(effect(estate, 'alice', READ, ACCOUNT)).toBe('ALLOW')
    expect(effect(estate, 'ALICE@acme.TEST', READ, ACCOUNT.toUpperCase())).toBe('ALLOW')
    expect(effect(estate, guidOf('alice').toUpperCase(), READ, `${RG}0/providers/Microsoft.Storage/storageAccounts/ledger`)).toBe('DENY')
    expect(effect(estate, 'alice', 'Microsoft.Resources/subscriptions/read', SUB)).toBe('DENY')
    expect(effect(estate, 'bob', READ, ACCOUNT)).toBe('DENY')
  })

  it('is asked about resources that no file names', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Blob Reader', at: group('mid') }] })
    expect(effect(estate, 'alice', BLOB_READ, `${RG}/providers/Microsoft.Storage/storageAccounts/other/blobServices/default/containers/c`)).toBe(
      'ALLOW',
    )
    expect(() => ask(estate, 'alice', BLOB_READ, '/subscriptions/x/resourceGroups/y/providers/Microsoft.Storage')).toThrow(/neither in the snapshot/)
    expect(() => ask(estate, 'nobody', BLOB_READ, ACCOUNT)).toThrow(/neither a principal/)
    expect(() => ask(estate, 'alice', 'read', ACCOUNT)).toThrow(/must read like/)
  })

  it('is inherited from the tree of management groups, and not known where the tree was not loaded', async () => {
    const at = (scope: string) => [{ who: 'alice', role: 'Reader', at: scope }]
    const assignments = at(group('mid'))
    expect(effect(await azureEstate({ ...WORLD, assignments }), 'alice', READ, ACCOUNT)).toBe('ALLOW')
    const elsewhere = await azureEstate({ ...WORLD, managementGroups: { ...TREE.managementGroups, other: 'root' }, assignments: at(group('other')) })
    expect(effect(elsewhere, 'alice', READ, ACCOUNT)).toBe('DENY')
    const unknown = await azureEstate({ ...WORLD, managementGroups: {}, subscriptionIn: null, assignments, coverage: [] })
    const answer = ask(unknown, 'alice', READ, ACCOUNT)
    expect(answer.effect).toBe('CONDITIONAL')
    expect(answer.caveats.map(({ code }) => code)).toContain('MANAGEMENT_GROUPS_NOT_LOADED')
  })

  it('of a tree that breaks off holds for what is known of it', async () => {
    const estate = await azureEstate({
      ...WORLD,
      managementGroups: { leaf: 'mid' },
      subscriptionIn: 'leaf',
      assignments: [
        { who: 'alice', role: 'Reader', at: group('mid') },
        { who: 'bob', role: 'Reader', at: group('elsewhere') },
      ],
    })
    expect(effect(estate, 'alice', READ, ACCOUNT)).toBe('ALLOW')
    expect(effect(estate, 'bob', READ, ACCOUNT)).toBe('CONDITIONAL')
  })

  it('goes through nested groups, whose cycles end, and shows the way', async () => {
    const estate = await azureEstate({
      ...WORLD,
      groups: { inner: { members: ['alice', 'outer'] }, outer: { members: ['inner'] } },
      assignments: [{ who: 'outer', role: 'Reader', at: SUB }],
    })
    const { effect: found, evidence } = ask(estate, 'alice', READ, ACCOUNT)
    expect(found).toBe('ALLOW')
    expect(evidence.map(({ relation, entity: { name } }) => `${relation} ${name}`)).toEqual([
      'PRINCIPAL alice',
      'MEMBER_OF inner',
      'MEMBER_OF outer',
      'HOLDS Reader',
      'GIVES Reader',
      'STATEMENT Reader',
      `AT ${SUB.slice(15)}`,
      'TARGET ledger',
    ])
    expect(evidence.find(({ relation }) => relation === 'STATEMENT')?.document).toMatchObject({ actions: ['*/read'] })
  })

  it('is not known of a group whose members were not all listed', async () => {
    const estate = await azureEstate({
      ...WORLD,
      groups: { inner: { listed: false }, outer: { members: ['inner'] } },
      assignments: [{ who: 'outer', role: 'Reader', at: SUB }],
    })
    const { effect: found, conditions, caveats } = ask(estate, 'alice', READ, ACCOUNT)
    expect(found).toBe('CONDITIONAL')
    expect(conditions.join()).toContain(guidOf('outer'))
    expect(caveats.map(({ code }) => code)).toContain('GROUP_NOT_EXPANDED')
  })

  it('of a principal that no directory export has is at most conditional', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'gone', role: 'Owner', at: SUB }], coverage: [] })
    const { effect: found, caveats } = ask(estate, guidOf('gone'), READ, ACCOUNT)
    expect(found).toBe('CONDITIONAL')
    expect(caveats.map(({ code }) => code)).toContain('DIRECTORY_NOT_LOADED')
  })

  it('of an object that a whole directory lacks is an error, not a denial', async () => {
    const estate = await azureEstate(WORLD)
    expect(() => ask(estate, guidOf('stranger'), READ, ACCOUNT)).toThrow(/does not exist/)
  })

  it('by a role whose definition was not loaded is not known', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: guidOf('mystery'), at: SUB }] })
    const { effect: found, caveats } = ask(estate, 'alice', READ, ACCOUNT)
    expect(found).toBe('CONDITIONAL')
    expect(caveats.find(({ code }) => code === 'ROLE_NOT_LOADED')?.source).toBe(roleId(guidOf('mystery')))
  })

  it('is denied by deny assignments, but to those who are excluded, and the evidence names them', async () => {
    const estate = await azureEstate({
      ...WORLD,
      assignments: ['alice', 'bob'].map((who) => ({ who, role: 'Owner', at: SUB })),
      denies: [{ name: 'blueprint', at: RG, who: ['*'], except: ['bob'], blocks: [{ actions: ['*/action'] }] }],
    })
    const denied = ask(estate, 'alice', LIST_KEYS, ACCOUNT)
    expect(denied.effect).toBe('DENY')
    expect(denied.evidence.filter(({ relation }) => relation === 'LIMITED_BY').map(({ entity: { name } }) => name)).toEqual(['blueprint'])
    expect(effect(estate, 'bob', LIST_KEYS, ACCOUNT)).toBe('ALLOW')
    expect(effect(estate, 'alice', READ, ACCOUNT)).toBe('ALLOW')
  })

  it('is blocked by locks, and not for data', async () => {
    const estate = await azureEstate({
      ...WORLD,
      assignments: [
        { who: 'alice', role: 'Owner', at: SUB },
        { who: 'alice', role: 'Blob Reader', at: SUB },
      ],
      locks: [{ name: 'keep', at: RG, level: 'ReadOnly' }],
    })
    const { effect: found, because, evidence } = ask(estate, 'alice', LIST_KEYS, ACCOUNT)
    expect(found).toBe('DENY')
    expect(because.map(({ layer }) => layer)).toEqual(['LOCK'])
    expect(evidence.map(({ entity: { kind } }) => kind)).toContain('AzureResourceLock')
    expect(effect(estate, 'alice', BLOB_READ, ACCOUNT)).toBe('ALLOW')
  })

  it('that one is only eligible for is denied, and the eligibility named', async () => {
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Reader', at: SUB, eligible: true }] })
    const { effect: found, because, evidence } = ask(estate, 'alice', READ, ACCOUNT)
    expect(found).toBe('DENY')
    expect(because.map(({ code }) => code)).toEqual(['ELIGIBLE_ONLY', 'NO_ROLE'])
    expect(evidence.map(({ entity: { kind } }) => kind)).toContain('AzureRoleEligibility')
  })

  it('by a group that one is only eligible to join is denied, and that eligibility named', async () => {
    const estate = await azureEstate({
      ...WORLD,
      groups: { admins: {} },
      memberships: [{ who: 'alice', group: 'admins', eligible: true }],
      assignments: [{ who: 'admins', role: 'Reader', at: SUB }],
    })
    const { effect: found, because } = ask(estate, 'alice', READ, ACCOUNT)
    expect(found).toBe('DENY')
    expect(because[0]).toMatchObject({ code: 'ELIGIBLE_ONLY', policy: 'pim-alice-admins-true' })
  })

  it('holds as long as a membership or an assignment does', async () => {
    const world: AzureWorld = {
      ...WORLD,
      groups: { admins: { members: ['alice'] } },
      memberships: [{ who: 'alice', group: 'admins', eligible: false, until: '2026-12-01T00:00:00Z' }],
      assignments: [
        { who: 'admins', role: 'Reader', at: SUB },
        { who: 'bob', role: 'Reader', at: SUB, from: '2026-12-01T00:00:00Z' },
      ],
    }
    let clock = new Date('2026-11-25T12:00:00Z')
    const estate = await azureEstate(world, () => clock)
    expect([effect(estate, 'alice', READ, ACCOUNT), effect(estate, 'bob', READ, ACCOUNT)]).toEqual(['ALLOW', 'DENY'])
    clock = new Date('2026-12-02T12:00:00Z')
    expect([effect(estate, 'alice', READ, ACCOUNT), effect(estate, 'bob', READ, ACCOUNT)]).toEqual(['DENY', 'ALLOW'])
  })

  it('compares the time in conditions with the clock, unless a time is given', async () => {
    const condition = "@Environment[UtcNow] DateTimeLessThan '2026-12-01T00:00:00Z'"
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Reader', at: SUB, condition }] })
    expect(effect(estate, 'alice', READ, ACCOUNT)).toBe('ALLOW')
    expect(effect(estate, 'alice', READ, ACCOUNT, { context: [{ key: '@Environment[UtcNow]', values: ['2027-01-01T00:00:00Z'] }] })).toBe('DENY')
  })

  it('depends on attributes that are not known, and follows those that are given or told by the id', async () => {
    const condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'"
    const estate = await azureEstate({ ...WORLD, assignments: [{ who: 'alice', role: 'Blob Reader', at: SUB, condition }] })
    expect(effect(estate, 'alice', BLOB_READ, ACCOUNT)).toBe('CONDITIONAL')
    expect(effect(estate, 'alice', BLOB_READ, `${ACCOUNT}/blobServices/default/containers/logs`)).toBe('ALLOW')
    expect(effect(estate, 'alice', BLOB_READ, `${ACCOUNT}/blobServices/default/containers/other`)).toBe('DENY')
    const key = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]'
    expect(effect(estate, 'alice', BLOB_READ, ACCOUNT, { context: [{ key, values: [] }] })).toBe('DENY')
  })

  it('to the data of a vault is what the setting of the vault says', async () => {
    const assignments = [{ who: 'alice', role: 'Secrets User', at: SUB }]
    const accessPolicies = [{ objectId: guidOf('bob'), permissions: { secrets: ['Get'] } }]
    const byPolicies = await azureEstate({ ...WORLD, assignments, vaults: { [VAULT]: { enableRbacAuthorization: false, accessPolicies } } })
    const byRoles = await azureEstate({ ...WORLD, assignments, vaults: { [VAULT]: { enableRbacAuthorization: true, accessPolicies } } })
    const unknown = await azureEstate({ ...WORLD, assignments, resources: [VAULT] })
    const effects = (estate: Estate): string[] => ['alice', 'bob'].map((who) => effect(estate, who, GET_SECRET, `${VAULT}/secrets/key`))
    expect([effects(byPolicies), effects(byRoles), effects(unknown)]).toEqual([
      ['DENY', 'ALLOW'],
      ['ALLOW', 'DENY'],
      ['CONDITIONAL', 'CONDITIONAL'],
    ])
    expect(ask(byPolicies, 'bob', GET_SECRET, VAULT).evidence.map(({ relation }) => relation)).toEqual(['PRINCIPAL', 'HOLDS', 'TARGET'])
  })

  it('of a blocked account is denied', async () => {
    const estate = await azureEstate({ ...WORLD, blocked: ['alice'], assignments: [{ who: 'alice', role: 'Owner', at: SUB }] })
    expect(ask(estate, 'alice', READ, ACCOUNT)).toMatchObject({
      effect: 'DENY',
      because: [{ code: 'ACCOUNT_BLOCKED', message: 'Sign-in is blocked for the account.' }],
    })
  })

  it('of a managed identity is asked by its object id, its application’s or its resource’s', async () => {
    const machine = `${RG}/providers/microsoft.compute/virtualmachines/web`
    const estate = await azureEstate({
      ...WORLD,
      identities: { web: machine },
      resources: [ACCOUNT, machine],
      assignments: [{ who: 'web', role: 'Reader', at: RG }],
    })
    for (const name of [guidOf('web'), machine, `${machine}/`, guidOf('app-web'), 'web'])
      expect(effect(estate, name, READ, ACCOUNT), name).toBe('ALLOW')
  })

  it('of an application is that of its service principal', async () => {
    const app = entity('EntraApplication', guidOf('app'), 'shop', { properties: { aliases: ['shop-client-id'] } })
    const servicePrincipal = entity('ServicePrincipal', guidOf('sp'), 'shop', { properties: { aliases: ['shop-client-id'] } })
    const estate = await azureEstate({
      ...WORLD,
      more: [
        app,
        servicePrincipal,
        {
          record: 'edge',
          kind: 'CAN_AUTHENTICATE_AS',
          from: { label: 'Principal', id: app.id },
          to: { label: 'Principal', id: servicePrincipal.id },
          coverage: ['x'],
        },
      ],
      assignments: [{ who: servicePrincipal.id, role: 'Reader', at: RG }],
    })
    for (const name of [app.id, servicePrincipal.id, 'shop-client-id', 'shop']) expect(effect(estate, name, READ, ACCOUNT), name).toBe('ALLOW')
  })

  it('of a Lighthouse principal is of another tenant, so that it is at most conditional', async () => {
    const estate = await azureEstate({ ...WORLD, delegations: [{ who: 'partner', role: 'Reader', at: SUB }] })
    expect(effect(estate, guidOf('partner'), READ, ACCOUNT)).toBe('CONDITIONAL')
    expect(effect(estate, guidOf('partner'), LIST_KEYS, ACCOUNT)).toBe('DENY')
  })

  it('of an identity of another cloud is none', async () => {
    const estate = await azureEstate({ ...WORLD, more: [entity('AwsUser', 'arn:aws:iam::111122223333:user/eve', 'eve')] })
    expect(effect(estate, 'arn:aws:iam::111122223333:user/eve', READ, ACCOUNT)).toBe('DENY')
    expect(effect(estate, 'alice', 's3:GetObject', 'arn:aws:s3:::bucket/key')).toBe('DENY')
  })

  it('says what was not loaded', async () => {
    const estate = await azureEstate({
      ...WORLD,
      coverage: [`azure:role-assignments/subscription:${SUB.slice(15)}`],
      truncated: [`entra:users:${TENANT}`],
    })
    expect(new Set(ask(estate, 'alice', READ, ACCOUNT).caveats.map(({ code }) => code))).toEqual(
      new Set(['EXPORT_TRUNCATED', 'DENY_ASSIGNMENTS_NOT_LOADED', 'LOCKS_NOT_LOADED', 'ELIGIBILITY_NOT_LOADED']),
    )
  })

  it('of names that several things have is an error that lists them', async () => {
    const estate = await azureEstate({ ...WORLD, more: [entity('EntraUser', guidOf('alice2'), 'alice')] })
    expect(() => ask(estate, 'alice', READ, ACCOUNT)).toThrow(guidOf('alice2'))
  })
})
