import { describe, expect, test } from 'vitest'
import { factsOf, folderOf, read } from '../reading.ts'
import {
  account,
  ANN,
  APP,
  assignmentId,
  cliAssignment,
  cliResource,
  cliRole,
  graphAnswer,
  graphRow,
  group,
  guid,
  managementGroup,
  OWNER,
  place,
  PROD,
  READER,
  reader,
  restAssignment,
  roleId,
  subscription,
  TEAM,
  TENANT,
  TEST,
  tree,
} from './rows.ts'

const RG = group(PROD, 'rg1')
const lower = (id: string): string => id.toLowerCase()
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/web1`
const UAMI = `${RG}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy`
const VAULT = `${RG}/providers/Microsoft.KeyVault/vaults/kv1`
const mg = (name: string): string => lower(managementGroup(name))

describe('management groups', () => {
  const expected = [
    `${TENANT} CONTAINS ${mg(TENANT)}`,
    `${mg(TENANT)} CONTAINS ${mg('Landing')}`,
    `${mg(TENANT)} CONTAINS ${subscription(TEST)}`,
    `${mg('Landing')} CONTAINS ${subscription(PROD)}`,
  ]
  const entities = [
    {
      id: managementGroup(TENANT),
      name: TENANT,
      type: 'Microsoft.Management/managementGroups',
      displayName: 'Tenant Root Group',
      tenantId: TENANT,
      parent: { id: null },
    },
    {
      id: managementGroup('Landing'),
      name: 'Landing',
      type: 'Microsoft.Management/managementGroups',
      displayName: 'Landing zones',
      tenantId: TENANT,
      parent: { id: managementGroup(TENANT) },
    },
    {
      id: subscription(PROD),
      name: PROD,
      type: '/subscriptions',
      displayName: 'Production',
      tenantId: TENANT,
      parent: { id: managementGroup('Landing') },
    },
    { id: subscription(TEST), name: TEST, type: '/subscriptions', displayName: 'Test', tenantId: TENANT, parent: { id: managementGroup(TENANT) } },
  ]
  const nested = (row: { id: string; name: string; type: string }): object => {
    const { id, name, type, ...properties } = row
    return { id, name, type, properties }
  }
  const chain = (...names: readonly string[]): object[] => names.map((name) => ({ displayName: name, name }))
  const graph = [
    graphRow({
      id: managementGroup(TENANT),
      name: TENANT,
      type: 'microsoft.management/managementgroups',
      properties: { displayName: 'Tenant Root Group', tenantId: TENANT, details: { managementGroupAncestorsChain: [] } },
    }),
    graphRow({
      id: managementGroup('Landing'),
      name: 'Landing',
      type: 'microsoft.management/managementgroups',
      properties: { displayName: 'Landing zones', tenantId: TENANT, details: { managementGroupAncestorsChain: chain(TENANT) } },
    }),
    {
      id: subscription(PROD),
      name: 'Production',
      subscriptionId: PROD,
      tenantId: TENANT,
      type: 'microsoft.resources/subscriptions',
      properties: { state: 'Enabled', managementGroupAncestorsChain: chain('Landing', TENANT) },
    },
    {
      id: subscription(TEST),
      name: 'Test',
      subscriptionId: TEST,
      tenantId: TENANT,
      type: 'microsoft.resources/subscriptions',
      properties: { state: 'Enabled', managementGroupAncestorsChain: chain(TENANT) },
    },
  ]
  const hound = {
    data: [
      { kind: 'AZManagementGroup', data: { ...nested(entities[0] as never), tenantId: TENANT } },
      { kind: 'AZManagementGroupDescendant', data: nested(entities[1] as never) },
      { kind: 'AZManagementGroupDescendant', data: nested(entities[2] as never) },
      { kind: 'AZManagementGroupDescendant', data: nested(entities[3] as never) },
    ],
    meta: { type: 'azure', version: 5, count: 4 },
  }

  test.each([
    ['a tree', tree],
    ['a tree by REST', nested(tree)],
    ['entities', entities],
    ['entities by REST', { value: entities.map(nested) }],
    ['Resource Graph', graphAnswer(graph)],
    ['AzureHound', hound],
  ])('are told by %s', async (_, file) => {
    const { arrows, entity } = await read(await folderOf({ 'a.json': file }))
    expect([...new Set(arrows.filter((arrow) => arrow.includes(' CONTAINS ')))].sort()).toEqual(expected.toSorted())
    expect(entity(mg('Landing'))).toMatchObject({ kind: 'ManagementGroup', label: 'Scope', scope: TENANT })
    expect(entity(TENANT)).toMatchObject({ kind: 'EntraTenant', provider: 'entra' })
  })

  test('of a tree printed from its root are whole', async () => {
    const { coverages, findings, entity } = await read(
      await folderOf({ 'a.json': tree, 'b.json': [account(PROD, 'Production'), account(TEST, 'Test')] }),
    )
    expect(findings).toEqual([])
    expect(coverages).toMatchObject([
      { id: `azure:management-groups:${TENANT}`, complete: true },
      { id: `azure:subscriptions:${TENANT}`, complete: true },
    ])
    expect(entity(subscription(PROD))).toMatchObject({ name: 'Production', scope: TENANT, properties: { state: 'Enabled' } })
    expect(entity(TENANT)?.name).toBe('Contoso')
  })

  test('are not whole where nothing tells what lies above one, or where a subscription lies', async () => {
    const part = { ...tree.children[0], details: { parent: { id: managementGroup('Mid'), name: 'Mid' } }, tenantId: TENANT }
    const fromMiddle = await read(await folderOf({ 'a.json': part }))
    expect(fromMiddle.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: mg('Mid') }])
    expect(fromMiddle.coverages).toMatchObject([{ complete: false }])
    const lost = await read(await folderOf({ 'a.json': tree, 'b.json': [account(guid(5), 'Lost')] }))
    expect(lost.findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: subscription(guid(5)) }])
  })

  test('that were deleted are named where a grant is at one', async () => {
    const files = { 'a.json': tree, 'ra.json': [cliAssignment({ scope: managementGroup('Gone') })], 'r.json': [reader] }
    const { findings } = await read(await folderOf(files))
    expect(findings).toMatchObject([{ code: 'SCOPE_MISSING', entity: lower(assignmentId(managementGroup('Gone'), 1)) }])
  })
})

describe('a role', () => {
  test('has one id wherever it is printed, and its permissions as printed', async () => {
    const rest = {
      id: `/providers/Microsoft.Authorization/roleDefinitions/${READER.toUpperCase()}`,
      name: READER,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: { roleName: 'Reader', type: 'BuiltInRole', assignableScopes: ['/'], permissions: [{ actions: ['*/read'], notActions: [] }] },
    }
    const powerShell = { Name: 'Reader', Id: READER, IsCustom: false, Description: 'd', Actions: ['*/read'], NotActions: [], AssignableScopes: ['/'] }
    for (const file of [
      [reader],
      { value: [rest] },
      graphAnswer([graphRow({ ...rest, type: 'microsoft.authorization/roledefinitions' })]),
      [powerShell],
    ]) {
      const { entity, findings } = await read(await folderOf({ 'r.json': file }))
      expect(findings).toEqual([])
      expect(entity(roleId(READER))).toMatchObject({ label: 'Role', kind: 'AzureRole', name: 'Reader', properties: { providerManaged: true } })
      expect(entity(roleId(READER))?.document).toContain('*/read')
      expect(entity(roleId(READER))?.document).toContain('ermissions')
    }
  })

  test('keeps the conditions of its permissions', async () => {
    const role = { ...cliRole(OWNER, 'Limited', ['*'], true), permissions: [{ actions: ['*'], condition: '@Request[x] …', conditionVersion: '2.0' }] }
    const { entity } = await read(await folderOf({ 'r.json': [role] }))
    expect(JSON.parse(entity(roleId(OWNER))?.document ?? '')).toEqual(role)
    expect(entity(roleId(OWNER))?.properties.providerManaged).toBe(false)
  })

  test('listed in two subscriptions is stated by both, once', async () => {
    const text = JSON.stringify(reader).replaceAll(PROD, TEST)
    const { entities, findings } = await read(await folderOf({ 'a.json': [reader], 'b.json': `[${text}]` }))
    expect(findings).toEqual([])
    expect(entities).toMatchObject([{ coverage: [`azure:role-definitions/subscription:${PROD}`, `azure:role-definitions/subscription:${TEST}`] }])
  })

  test('without permissions is refused', async () => {
    const { permissions: _, ...broken } = reader as Record<string, unknown>
    const { findings, coverages } = await read(await folderOf({ 'r.json': [broken] }))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: '[0].permissions' }])
    expect(coverages).toMatchObject([{ complete: false }])
  })
})

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

describe('Privileged Identity Management', () => {
  const instance = (type: string, more: object): object => ({
    id: `${RG}/providers/Microsoft.Authorization/${type}/${guid(3)}`,
    name: guid(3),
    type: `Microsoft.Authorization/${type}`,
    properties: {
      scope: RG,
      roleDefinitionId: `${subscription(PROD)}/providers/Microsoft.Authorization/roleDefinitions/${READER}`,
      principalId: ANN,
      principalType: 'User',
      startDateTime: '2026-11-01T00:00:00Z',
      endDateTime: '2027-01-01T00:00:00Z',
      memberType: 'Direct',
      expandedProperties: { principal: { id: ANN, displayName: 'Ann', type: 'User' }, roleDefinition: { displayName: 'Reader' }, scope: { id: RG } },
      ...more,
    },
  })

  test('tells who is eligible, apart from who is assigned', async () => {
    const printed = instance('roleEligibilityScheduleInstances', {})
    const { entity, arrows, coverages } = await read(await folderOf({ 'e.json': { value: [printed] } }))
    const id = lower(`${RG}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances/${guid(3)}`)
    expect(entity(id)).toMatchObject({
      kind: 'AzureRoleEligibility',
      document: JSON.stringify(printed),
      properties: { validUntil: '2027-01-01T00:00:00.000Z' },
    })
    expect(arrows).toEqual(expect.arrayContaining([`${ANN} HOLDS ${id}`, `${id} GIVES ${roleId(READER)}`, `${id} AT ${lower(RG)}`]))
    expect(entity(ANN)).toMatchObject({ name: 'Ann' })
    expect(coverages.map(({ id: coverage }) => coverage)).toEqual([`azure:pim/subscription:${PROD}`])
  })

  test('tells until when an assignment holds; an active instance is that assignment', async () => {
    const active = instance('roleAssignmentScheduleInstances', { assignmentType: 'Activated', originRoleAssignmentId: assignmentId(RG, 1) })
    const grant = lower(assignmentId(RG, 1))
    for (const files of [{ 'a.json': { value: [active] } }, { 'a.json': { value: [active] }, 'ra.json': [cliAssignment({ scope: RG })] }]) {
      const { entities } = await read(await folderOf(files))
      const grants = entities.filter(({ kind }) => kind === 'AzureRoleAssignment')
      expect([...new Set(grants.map(({ id }) => id))]).toEqual([grant])
      expect(grants.map(({ properties }) => properties.validUntil).filter((until) => until !== undefined)).toEqual(['2027-01-01T00:00:00.000Z'])
      expect(grants.filter(({ document }) => document !== null)).toHaveLength(1)
    }
  })
})

describe('Lighthouse', () => {
  const definitionId = `${subscription(PROD)}/providers/Microsoft.ManagedServices/registrationDefinitions/${guid(8)}`
  const authorization = { principalId: APP, principalIdDisplayName: 'Ops', roleDefinitionId: READER }
  const properties = {
    managedByTenantId: guid(99),
    registrationDefinitionName: 'Managed ops',
    authorizations: [authorization],
    eligibleAuthorizations: [{ ...authorization, roleDefinitionId: OWNER }],
  }
  const assignment = (more: object): object => ({
    id: `${RG}/providers/Microsoft.ManagedServices/registrationAssignments/${guid(7)}`,
    name: guid(7),
    type: 'Microsoft.ManagedServices/registrationAssignments',
    properties: { registrationDefinitionId: definitionId, provisioningState: 'Succeeded', ...more },
  })
  const grant = lower(`${RG}/providers/Microsoft.ManagedServices/registrationAssignments/${guid(7)}#${APP}/${READER}`)

  test('gives principals of another tenant roles, with the definition within or beside', async () => {
    const definition = { id: definitionId, name: guid(8), type: 'Microsoft.ManagedServices/registrationDefinitions', properties }
    for (const files of [
      { 'a.json': [assignment({ registrationDefinition: definition })] },
      { 'a.json': { value: [assignment({})] }, 'd.json': [definition] },
    ]) {
      const { entity, arrows } = await read(await folderOf(files))
      expect(entity(grant)).toMatchObject({ kind: 'LighthouseAuthorization', name: 'Managed ops', document: JSON.stringify(authorization) })
      expect(entity(grant.replace(READER, OWNER))?.properties.state).toBe('ELIGIBLE')
      expect(arrows).toEqual(expect.arrayContaining([`${APP} HOLDS ${grant}`, `${grant} GIVES ${roleId(READER)}`, `${grant} AT ${lower(RG)}`]))
      expect(entity(APP)).toMatchObject({ name: 'Ops', scope: guid(99), properties: { external: true, nature: 'EXTERNAL' } })
    }
  })

  test('without its definition is a gap', async () => {
    const { findings, coverages } = await read(await folderOf({ 'a.json': [assignment({})] }))
    expect(findings).toMatchObject([{ code: 'ROLE_MISSING' }])
    expect(coverages).toMatchObject([{ id: `azure:registrations/subscription:${PROD}`, complete: false }])
  })
})

test('classic administrators are named, and nobody holds what they have', async () => {
  const cli = {
    id: 'NA(classic admins)',
    name: 'NA(classic admins)',
    principalName: 'Old@contoso.com',
    roleDefinitionId: 'NA(classic admin role)',
    roleDefinitionName: 'CoAdministrator',
    scope: subscription(PROD),
  }
  const { entity, arrows, findings } = await read(await folderOf({ 'ra.json': [cli, cliAssignment({ scope: RG })], 'r.json': [reader] }))
  const id = `${subscription(PROD)}/providers/microsoft.authorization/classicadministrators/old@contoso.com`
  expect(entity(id)).toMatchObject({ kind: 'ClassicAdministrator', properties: { email: 'Old@contoso.com' } })
  expect(arrows.filter((arrow) => arrow.includes('classicadministrators'))).toEqual([`${id} AT ${subscription(PROD)}`])
  expect(findings.filter(({ code }) => code === 'WRONG_SHAPE')).toEqual([])
})

test('AzureHound says what it leaves out, and what it only derives is no fact', async () => {
  const hound = {
    data: [
      {
        kind: 'AZVM',
        data: { id: VM.toUpperCase(), name: 'WEB1', type: 'MICROSOFT.COMPUTE/VIRTUALMACHINES', identity: { principalId: APP }, location: 'x' },
      },
      {
        kind: 'AZVMRoleAssignment',
        data: { assignees: [{ assignee: restAssignment({ scope: VM, number: 4 }), objectId: VM, roleDefinitionId: READER }], objectId: VM },
      },
      { kind: 'AZKeyVaultRoleAssignment', data: { roleAssignments: null, virtualMachineId: VAULT } },
      { kind: 'AZVMOwner', data: { owners: [], virtualMachineId: VM } },
    ],
    meta: { type: 'azure', version: 5, count: 4 },
  }
  const { findings, arrows, entity, coverages } = await read(await folderOf({ 'h.json': hound, 'r.json': [reader] }))
  expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('conditions') }])
  expect(coverages).toContainEqual(expect.objectContaining({ id: `azure:azurehound/subscription:${PROD}`, complete: false }))
  expect(entity(lower(VM))?.kind).toBe('Microsoft.Compute/virtualMachines')
  expect(arrows).toEqual(expect.arrayContaining([`${lower(VM)} CAN_AUTHENTICATE_AS ${APP}`, `${lower(assignmentId(VM, 4))} AT ${lower(VM)}`]))
})

test('a whole estate says the same in any order, twice, and as a bundle of pages', async () => {
  const vm = cliResource(VM, { identity: { principalId: APP, type: 'SystemAssigned' } })
  const parts: readonly (readonly [string, readonly object[]])[] = [
    ['role-assignments', [cliAssignment({ scope: RG }), cliAssignment({ scope: '/', number: 2 })]],
    ['role-definitions', [reader]],
    ['resources', [vm, cliResource(UAMI)]],
    ['resource-groups', [{ id: RG, name: 'rg1', location: 'x', type: 'Microsoft.Resources/resourceGroups' }]],
  ]
  const whole = Object.fromEntries(parts.map(([operation, rows]) => [place(operation), rows]))
  const paged = Object.fromEntries(
    parts.flatMap(([operation, rows]) =>
      rows.map((row, index) => [place(operation).replace('.json', `.${String(rows.length - index).padStart(4, '0')}.json`), { value: [row] }]),
    ),
  )
  const expected = factsOf(await read(await folderOf(whole)))
  expect(expected.length).toBeGreaterThan(15)
  expect(factsOf(await read(await folderOf({ ...paged, ...Object.fromEntries(Object.entries(whole).reverse()) })))).toEqual(expected)
  expect(factsOf(await read(await folderOf(paged)))).toEqual(expected)
})
