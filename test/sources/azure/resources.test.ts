import { describe, expect, test } from 'vitest'
import { folderOf, read } from '../reading.ts'
import { ANN, APP, cliResource, graphAnswer, graphRow, group, guid, place, PROD, subscription, TEAM, TENANT } from './rows.ts'

const RG = group(PROD, 'rg1')
const lower = (id: string): string => id.toLowerCase()
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/web1`
const UAMI = `${RG}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`
const VAULT = `${RG}/providers/Microsoft.KeyVault/vaults/kv1`

describe('resources', () => {
  const web = cliResource(VM, {
    identity: { principalId: APP.toUpperCase(), tenantId: TENANT, type: 'SystemAssigned', userAssignedIdentities: null },
  })

  test('lie in their groups, and those in their subscription', async () => {
    const rg = { id: RG, location: 'westeurope', name: 'rg1', tags: null, type: 'Microsoft.Resources/resourceGroups' }
    const database = cliResource(`${RG}/providers/Microsoft.Sql/servers/s1/databases/d1`)
    const { arrows, entity, coverages } = await read(await folderOf({ 'r.json': [web, database], 'g.json': [rg] }))
    const server = lower(`${RG}/providers/Microsoft.Sql/servers/s1`)
    expect(arrows).toEqual(
      expect.arrayContaining([
        `${subscription(PROD)} CONTAINS ${lower(RG)}`,
        `${lower(RG)} CONTAINS ${lower(VM)}`,
        `${lower(RG)} CONTAINS ${server}`,
        `${server} CONTAINS ${server}/databases/d1`,
      ]),
    )
    expect(entity(lower(VM))).toMatchObject({
      kind: 'Microsoft.Compute/virtualMachines',
      name: 'web1',
      scope: subscription(PROD),
      properties: { region: 'westeurope', tags: ['env=prod', 'owner=ann'], createdAt: '2026-02-01T00:00:00.000Z' },
      document: null,
    })
    expect(entity(server)).toMatchObject({ kind: 'Microsoft.Sql/servers', name: 's1', coverage: [] })
    expect(entity(`${server}/databases/d1`)).toMatchObject({ kind: 'Microsoft.Sql/servers/databases', name: 'd1' })
    expect(coverages.map(({ id }) => id).sort()).toEqual([`azure:resource-groups/subscription:${PROD}`, `azure:resources/subscription:${PROD}`])
  })

  test('have the credentials of their identities, which answer to the id of their resource', async () => {
    const runner = cliResource(`${RG}/providers/Microsoft.Web/sites/runner`, {
      identity: { principalId: null, type: 'UserAssigned', userAssignedIdentities: { [UAMI.toUpperCase()]: {} } },
    })
    const identity = {
      clientId: guid(44),
      id: UAMI,
      location: 'westeurope',
      name: 'deploy',
      principalId: TEAM,
      resourceGroup: 'rg1',
      tags: {},
      tenantId: TENANT,
      type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    }
    const { arrows, entity } = await read(await folderOf({ 'r.json': [web, runner], 'i.json': [identity] }))
    expect(arrows).toEqual(
      expect.arrayContaining([
        `${lower(VM)} CAN_AUTHENTICATE_AS ${APP}`,
        `${lower(RG)}/providers/microsoft.web/sites/runner CAN_AUTHENTICATE_AS ${TEAM}`,
        `${lower(UAMI)} CAN_AUTHENTICATE_AS ${TEAM}`,
      ]),
    )
    expect(entity(APP)).toMatchObject({ kind: 'ManagedIdentity', name: 'web1', properties: { aliases: [lower(VM)], nature: 'WORKLOAD' } })
    expect(entity(TEAM)).toMatchObject({ kind: 'ManagedIdentity', name: 'deploy', properties: { aliases: [guid(44), lower(UAMI)].sort() } })
  })

  test('whose identity nobody describes are tied to its resource', async () => {
    const runner = cliResource(VM, { identity: { type: 'UserAssigned', userAssignedIdentities: { [UAMI]: {} } } })
    const { arrows, entity } = await read(await folderOf({ 'r.json': [runner] }))
    expect(arrows).toContain(`${lower(VM)} CAN_AUTHENTICATE_AS ${lower(UAMI)}`)
    expect(entity(lower(UAMI))).toMatchObject({ kind: 'Microsoft.ManagedIdentity/userAssignedIdentities', coverage: [] })
  })

  test('are the same from Resource Graph, which prints types in lower case', async () => {
    const row = graphRow({
      ...web,
      type: 'microsoft.compute/virtualmachines',
      changedTime: undefined,
      createdTime: undefined,
      provisioningState: undefined,
    })
    const { entity, arrows } = await read(await folderOf({ 'g.json': graphAnswer([row]) }))
    expect(entity(lower(VM))).toMatchObject({ kind: 'Microsoft.Compute/virtualMachines', coverage: [`azure:resources/subscription:${PROD}`] })
    expect(arrows).toContain(`${lower(VM)} CAN_AUTHENTICATE_AS ${APP}`)
  })

  test('of a type that is not among the known ones have the same kind whoever printed them', async () => {
    const thing = cliResource(`${RG}/providers/Contoso.Widgets/bigThings/one`)
    const printed = await read(await folderOf({ 'r.json': [thing] }))
    const queried = await read(await folderOf({ 'g.json': graphAnswer([graphRow({ ...thing, type: 'contoso.widgets/bigthings' })]) }))
    const id = lower(`${RG}/providers/Contoso.Widgets/bigThings/one`)
    expect(printed.entity(id)?.kind).toBe('contoso.widgets/bigthings')
    expect(queried.entity(id)?.kind).toBe(printed.entity(id)?.kind)
  })

  test('of one type, or by themselves, speak for no more than that', async () => {
    const vm = { ...web, hardwareProfile: { vmSize: 'x' } }
    const list = await read(await folderOf({ 'vms.json': [vm] }))
    expect(list.coverages.map(({ id }) => id)).toEqual([`azure:resources/microsoft.compute/virtualmachines/subscription:${PROD}`])
    const alone = await read(await folderOf({ 'vm.json': vm }))
    expect(alone.coverages.map(({ id }) => id)).toEqual([`azure:resources/resource:${lower(VM)}`])
  })
})

describe('a key vault', () => {
  const vault = (properties: object): object => ({
    id: VAULT,
    location: 'westeurope',
    name: 'kv1',
    properties,
    resourceGroup: 'rg1',
    tags: {},
    type: 'Microsoft.KeyVault/vaults',
  })
  const policies = [
    { objectId: ANN.toUpperCase(), tenantId: TENANT, permissions: { secrets: ['get'], keys: [], certificates: [] } },
    { objectId: ANN, applicationId: APP, tenantId: TENANT, permissions: { secrets: ['all'] } },
  ]

  test('keeps its document; its access policies are grants', async () => {
    const printed = vault({ accessPolicies: policies, enableRbacAuthorization: false, vaultUri: 'https://kv1' })
    const { entity, arrows } = await read(await folderOf({ 'v.json': printed }))
    expect(JSON.parse(entity(lower(VAULT))?.document ?? '')).toEqual(printed)
    const grant = `${lower(VAULT)}#accesspolicies/${ANN}`
    expect(JSON.parse(entity(grant)?.document ?? '')).toEqual(policies[0])
    expect(entity(`${grant}/${APP}`)).toMatchObject({ kind: 'KeyVaultAccessPolicy', label: 'Grant' })
    expect(arrows).toEqual(expect.arrayContaining([`${ANN} HOLDS ${grant}`, `${grant} AT ${lower(VAULT)}`]))
  })

  test('that decides by roles has no such grants', async () => {
    const { entities } = await read(await folderOf({ 'v.json': vault({ accessPolicies: policies, enableRbacAuthorization: true }) }))
    expect(entities.filter(({ label }) => label === 'Grant')).toEqual([])
  })

  test('of a listing without settings has no document', async () => {
    const { entity } = await read(await folderOf({ 'r.json': [cliResource(VAULT)] }))
    expect(entity(lower(VAULT))?.document).toBeNull()
  })

  test('of AzureHound has its policies from either of its kinds', async () => {
    const hound = {
      data: [{ kind: 'AZKeyVaultAccessPolicy', data: { keyVaultId: VAULT.toUpperCase(), ...policies[0] } }],
      meta: { type: 'azure' },
    }
    const { arrows } = await read(await folderOf({ 'h.json': hound }))
    expect(arrows).toContain(`${lower(VAULT)}#accesspolicies/${ANN} AT ${lower(VAULT)}`)
  })
})

describe('guardrails', () => {
  test('limit what they are attached to', async () => {
    const deny = {
      id: `${RG}/providers/Microsoft.Authorization/denyAssignments/${guid(1)}`,
      name: guid(1),
      type: 'Microsoft.Authorization/denyAssignments',
      properties: {
        denyAssignmentName: 'Locked by stack',
        scope: RG,
        permissions: [{ actions: ['*/delete'] }],
        principals: [{ id: guid(0), type: 'SystemDefined' }],
      },
    }
    const lock = {
      id: `${VM}/providers/Microsoft.Authorization/locks/keep`,
      level: 'CanNotDelete',
      name: 'keep',
      notes: 'why',
      owners: null,
      type: 'Microsoft.Authorization/locks',
    }
    const { arrows, entity, coverages } = await read(await folderOf({ 'd.json': { value: [deny] }, 'l.json': [lock] }))
    expect(arrows).toEqual(expect.arrayContaining([`${lower(deny.id)} LIMITS ${lower(RG)}`, `${lower(lock.id)} LIMITS ${lower(VM)}`]))
    expect(entity(lower(deny.id))).toMatchObject({
      label: 'Guardrail',
      kind: 'AzureDenyAssignment',
      name: 'Locked by stack',
      document: JSON.stringify(deny),
    })
    expect(entity(lower(lock.id))).toMatchObject({ kind: 'AzureResourceLock', document: JSON.stringify(lock), properties: { state: 'CanNotDelete' } })
    expect(coverages.map(({ id }) => id).sort()).toEqual([`azure:deny-assignments/subscription:${PROD}`, `azure:locks/subscription:${PROD}`])
  })
})

test('a resource that lies in no subscription is refused, whatever its place says', async () => {
  const { findings, coverages } = await read(
    await folderOf({ [place('resources')]: [{ ...cliResource(VM), id: '/providers/Microsoft.X/y/z' }, cliResource(VM)] }),
  )
  expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: '[0].id' }])
  expect(coverages).toMatchObject([{ id: `azure:resources/subscription:${PROD}`, complete: false }])
})
