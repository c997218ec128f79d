import { describe, expect, test } from 'vitest'
import { folderOf, read } from '../reading.ts'
import {
  account,
  assignmentId,
  cliAssignment,
  graphAnswer,
  graphRow,
  guid,
  managementGroup,
  OWNER,
  cliRole,
  PROD,
  READER,
  reader,
  roleId,
  subscription,
  TENANT,
  TEST,
  tree,
} from './rows.ts'

const lower = (id: string): string => id.toLowerCase()
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
      expect(JSON.parse(entity(roleId(READER))?.document ?? '').id.toLowerCase()).toContain(`/roledefinitions/${READER}`)
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
