import { describe, expect, test } from 'vitest'
import { folderOf, read } from '../reading.ts'
import { ANN, APP, assignmentId, cliAssignment, group, guid, OWNER, PROD, READER, reader, restAssignment, roleId, subscription } from './rows.ts'

const RG = group(PROD, 'rg1')
const lower = (id: string): string => id.toLowerCase()
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/web1`
const VAULT = `${RG}/providers/Microsoft.KeyVault/vaults/kv1`

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
