import { describe, expect, test } from 'vitest'
import { factsOf, findingsOf, folderOf, read } from '../reading.ts'
import {
  account,
  ANN,
  APP,
  assignmentId,
  cliAssignment,
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
} from './rows.ts'

const RG = group(PROD, 'rg1')
const GRANT = assignmentId(RG, 1).toLowerCase()
const COVERAGE = `azure:role-assignments/subscription:${PROD}`
const several = [cliAssignment({ scope: RG }), cliAssignment({ scope: subscription(PROD), number: 2, principal: TEAM, type: 'Group' })]

describe('a role assignment', () => {
  test('joins its principal, its role and where it holds, in lower case', async () => {
    const { entity, arrows, coverages, findings } = await read(await folderOf({ 'ra.json': several, 'roles.json': [reader] }))
    expect(findings).toEqual([])
    expect(entity(GRANT)).toMatchObject({
      label: 'Grant',
      kind: 'AzureRoleAssignment',
      name: 'Reader',
      scope: subscription(PROD),
      properties: { createdAt: '2026-03-01T10:00:00.123Z' },
      coverage: [COVERAGE],
    })
    expect(JSON.parse(entity(GRANT)?.document ?? '')).toEqual(several[0])
    expect(arrows).toEqual(expect.arrayContaining([`${ANN} HOLDS ${GRANT}`, `${GRANT} GIVES ${roleId(READER)}`, `${GRANT} AT ${RG.toLowerCase()}`]))
    expect(coverages).toContainEqual(expect.objectContaining({ id: COVERAGE, complete: true, asOf: '2026-03-01T10:00:00.123Z' }))
  })

  test('names its principal and scope, which other exports describe', async () => {
    const { entity, arrows } = await read(await folderOf({ 'ra.json': several }))
    expect(entity(ANN)).toMatchObject({ kind: 'EntraUser', name: 'ann@contoso.com', coverage: [], properties: { nature: 'HUMAN' } })
    expect(entity(TEAM)).toMatchObject({ kind: 'EntraGroup', name: TEAM, coverage: [] })
    expect(entity(RG.toLowerCase())).toMatchObject({ label: 'Scope', kind: 'ResourceGroup', name: 'rg1', coverage: [] })
    expect(arrows).toContain(`${subscription(PROD)} CONTAINS ${RG.toLowerCase()}`)
  })

  test('of a principal whose type nothing tells is of a directory object', async () => {
    const { principalType: _, ...untyped } = cliAssignment({ scope: RG, principal: APP }) as Record<string, unknown>
    const { entity } = await read(await folderOf({ 'ra.json': [untyped] }))
    expect(entity(APP)).toMatchObject({ kind: 'DirectoryObject', properties: { nature: 'UNKNOWN' } })
  })

  test('is the same whoever printed it, in any letter case', async () => {
    const upper = JSON.parse(
      JSON.stringify(restAssignment({ scope: RG }))
        .toUpperCase()
        .replaceAll(/"(ID|NAME|TYPE|PROPERTIES)":/g, (key) => key.toLowerCase()),
    )
    const { name: _name, ...powerShell } = {
      name: '',
      RoleAssignmentName: guid(1),
      RoleAssignmentId: assignmentId(RG, 1),
      Scope: RG,
      DisplayName: 'Ann',
      SignInName: 'Ann@contoso.com',
      RoleDefinitionName: 'Reader',
      RoleDefinitionId: READER,
      ObjectId: ANN,
      ObjectType: 'User',
      CanDelegate: false,
      Condition: null,
    }
    const hound = {
      data: [
        {
          kind: 'AZResourceGroupRoleAssignment',
          data: {
            roleAssignments: [{ resourceGroupId: RG.toUpperCase(), roleAssignment: restAssignment({ scope: RG.toUpperCase() }) }],
            resourceGroupId: RG,
          },
        },
      ],
      meta: { type: 'azure', version: 5, count: 1 },
    }
    const files: Readonly<Record<string, object | Uint8Array>> = {
      rest: { value: [restAssignment({ scope: RG })] },
      graph: graphAnswer([graphRow(restAssignment({ scope: RG }, 'microsoft.authorization/roleassignments'))]),
      upper: [upper],
      powerShell: [powerShell],
      utf16: Buffer.from(`\uFEFF${JSON.stringify([cliAssignment({ scope: RG })])}`, 'utf16le'),
      lines: Buffer.from(`${JSON.stringify(cliAssignment({ scope: RG }))}\n`),
      hound,
    }
    for (const [shape, file] of Object.entries(files)) {
      const { arrows, entity } = await read(await folderOf({ [`${shape}.json`]: file }))
      expect(arrows, shape).toEqual(
        expect.arrayContaining([`${ANN} HOLDS ${GRANT}`, `${GRANT} GIVES ${roleId(READER)}`, `${GRANT} AT ${RG.toLowerCase()}`]),
      )
      expect(entity(GRANT)?.kind, shape).toBe('AzureRoleAssignment')
    }
  })

  test('of PowerShell keeps what the evaluator reads under its own names', async () => {
    const row = { RoleAssignmentId: assignmentId(RG, 1), Scope: RG, RoleDefinitionId: READER, ObjectId: ANN, ObjectType: 'User', Condition: 'x' }
    const { entity } = await read(await folderOf({ 'ra.json': [row] }))
    expect(JSON.parse(entity(GRANT)?.document ?? '')).toMatchObject({
      principalId: ANN,
      principalType: 'User',
      Condition: 'x',
      RoleDefinitionId: READER,
    })
  })

  test('without an id is named by its scope, role and principal', async () => {
    const { id: _id, name: _name, ...row } = cliAssignment({ scope: RG }) as Record<string, unknown>
    const { entity } = await read(await folderOf({ 'ra.json': [row] }))
    expect(entity(`${RG.toLowerCase()}/providers/microsoft.authorization/roleassignments/${READER}:${ANN}`)?.kind).toBe('AzureRoleAssignment')
  })

  test('that two printers print alike is one, without contradiction; one that they print differently is two', async () => {
    const alike = await read(await folderOf({ 'a.json': several, 'b.json': { value: [restAssignment({ scope: RG })] } }))
    expect(alike.entities.filter(({ id }) => id === GRANT)).toHaveLength(1)
    expect(JSON.parse(alike.entity(GRANT)?.document ?? '')).toEqual(several[0])
    const other = await read(await folderOf({ 'a.json': several, 'b.json': { value: [restAssignment({ scope: RG, role: OWNER })] } }))
    expect(other.entities.filter(({ id }) => id === GRANT)).toHaveLength(2)
  })

  test('of AzureHound, which leaves conditions out, says nothing where another export tells of it', async () => {
    const condition = "(@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'a')"
    const hound = {
      data: [{ kind: 'AZSubscriptionRoleAssignment', data: { roleAssignments: [{ roleAssignment: restAssignment({ scope: RG }) }] } }],
      meta: {},
    }
    const { entities } = await read(await folderOf({ 'h.json': hound, 'ra.json': [cliAssignment({ scope: RG, condition })] }))
    const documents = entities.filter(({ id, document }) => id === GRANT && document !== null).map(({ document }) => document)
    expect(documents).toHaveLength(1)
    expect(documents[0]).toContain('StringEquals')
  })
})

describe('an assignment above subscriptions', () => {
  const root = cliAssignment({ scope: managementGroup('Corp'), number: 9 })
  const id = assignmentId(managementGroup('Corp'), 9).toLowerCase()

  test('belongs to the subscriptions whose listing shows it', async () => {
    const { entity } = await read(await folderOf({ 'ra.json': [...several, root, cliAssignment({ scope: '/', number: 8 })] }))
    expect(entity(id)?.coverage).toEqual([COVERAGE])
    expect(entity(assignmentId('/', 8).toLowerCase())?.coverage).toEqual([COVERAGE])
  })

  test('belongs to its management group where no subscription was listed', async () => {
    const { coverages } = await read(await folderOf({ 'ra.json': [root] }))
    expect(coverages.map((each) => each.id)).toEqual(['azure:role-assignments/management-group:corp'])
    const placed = await read(await folderOf({ [place('role-assignments', 'tenant', managementGroup('Corp'))]: { value: [root] } }))
    expect(placed.coverages.map((each) => each.id)).toEqual(['azure:role-assignments/management-group:corp'])
  })

  test('belongs to what its place says that was listed', async () => {
    const { coverages } = await read(await folderOf({ [place('role-assignments', TEST)]: [root], [place('role-assignments', 'tenant')]: several }))
    expect(coverages.map((each) => each.id).sort()).toEqual([
      `azure:role-assignments/subscription:${TEST}`,
      `azure:role-assignments/tenant:${TENANT}`,
    ])
  })

  test('at the root is at a scope of its own', async () => {
    const { entity, arrows } = await read(await folderOf({ 'ra.json': [cliAssignment({ scope: '/' })] }))
    expect(entity('/')).toMatchObject({ label: 'Scope', kind: 'AzureRoot', coverage: [] })
    expect(arrows).toContain(`/providers/microsoft.authorization/roleassignments/${guid(1)} AT /`)
  })
})

describe('the order and the splitting of files', () => {
  const rows = [...several, cliAssignment({ scope: managementGroup('Corp'), number: 9 }), cliAssignment({ scope: subscription(TEST), number: 3 })]
  const other = { value: rows.map((_, index) => restAssignment({ scope: [RG, subscription(PROD)][index] ?? '/', number: index + 1 })) }

  test('change nothing', async () => {
    const whole = await read(await folderOf({ 'a.json': rows, 'b.json': other }))
    const files = Object.fromEntries(rows.map((row, index) => [`${String(9 - index)}.json`, [row]]))
    const split = await read(await folderOf({ ...files, '0.json': other, 'again.json': rows }))
    expect(factsOf(split)).toEqual(factsOf(whole))
  })
})

describe('what is wrong with assignments', () => {
  test('a role that no export defines is named once, with the first grant of it', async () => {
    const rows = [cliAssignment({ scope: RG, role: OWNER }), cliAssignment({ scope: subscription(PROD), number: 2, role: OWNER })]
    const { findings, entity } = await read(await folderOf({ 'ra.json': rows, 'roles.json': [reader] }))
    expect(findings).toMatchObject([
      { code: 'ROLE_MISSING', entity: roleId(OWNER), place: '[0]', coverage: COVERAGE, message: expect.stringContaining('2 grants') },
    ])
    expect(entity(roleId(OWNER))).toMatchObject({ kind: 'AzureRole', document: null, coverage: [] })
  })

  test('a principal that Azure itself no longer knows is named', async () => {
    const rows = [...several, cliAssignment({ scope: RG, number: 5, principal: APP, type: 'Unknown' })]
    const { findings } = await read(await folderOf({ 'ra.json': rows, 'roles.json': [reader] }))
    expect(findings).toMatchObject([{ code: 'PRINCIPAL_MISSING', entity: APP, place: '[2]' }])
  })

  test('a scope that a whole listing lacks is named; without such a listing nobody can tell', async () => {
    const files = { 'ra.json': several, 'roles.json': [reader] }
    const listed = await read(await folderOf({ ...files, [place('resource-groups')]: [{ id: group(PROD, 'other'), name: 'other', location: 'x' }] }))
    expect(listed.findings).toMatchObject([{ code: 'SCOPE_MISSING', entity: GRANT }])
    expect((await read(await folderOf({ ...files, [place('resource-groups')]: [{ id: RG.toUpperCase(), name: 'rg1' }] }))).findings).toEqual([])
    expect((await read(await folderOf({ ...files, [place('resource-groups', TEST)]: [] }))).findings).toEqual([])
  })

  test('a row without principal, role or scope is refused, the others are read, and the listing is not whole', async () => {
    const { principalId: _, ...broken } = cliAssignment({ scope: RG }) as Record<string, unknown>
    const { findings, coverages, entity } = await read(await folderOf({ [place('role-assignments')]: [broken, several[1]], 'roles.json': [reader] }))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: '[0].principalId', entity: GRANT }])
    expect(coverages).toContainEqual(expect.objectContaining({ id: COVERAGE, complete: false }))
    expect(entity(assignmentId(subscription(PROD), 2).toLowerCase())).toBeDefined()
  })

  test('a list whose rows are all at one scope may have been printed without --all', async () => {
    const rows = [1, 2].map((number) => cliAssignment({ scope: subscription(PROD), number }))
    const { findings, coverages } = await read(await folderOf({ 'ra.json': rows, 'roles.json': [reader] }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('--all'), coverage: COVERAGE }])
    expect(coverages).toContainEqual(expect.objectContaining({ id: COVERAGE, complete: false }))
    const inherited = [...rows, cliAssignment({ scope: managementGroup('Corp'), number: 3 })]
    expect(findingsOf(await read(await folderOf({ 'ra.json': inherited, 'roles.json': [reader] })))).toEqual([])
    expect(findingsOf(await read(await folderOf({ [place('role-assignments')]: rows, 'roles.json': [reader] })))).toEqual([])
  })
})

test('a scope that another tenant’s listing lacks may be there', async () => {
  const other = '33333333-3333-4333-8333-333333333333'
  const files = { 'ra.json': several, 'roles.json': [reader], [place('resource-groups', 'tenant')]: [{ id: group(TEST, 'x'), name: 'x' }] }
  const known = { 'subs.json': [{ ...account(PROD, 'Production'), tenantId: other, homeTenantId: other }] }
  expect((await read(await folderOf(files))).findings).toMatchObject([{ code: 'SCOPE_MISSING', entity: GRANT }])
  expect((await read(await folderOf({ ...files, ...known }))).findings).toEqual([])
})
