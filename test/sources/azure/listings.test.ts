import { describe, expect, test } from 'vitest'
import { folderOf, read } from '../reading.ts'
import {
  ANN,
  assignmentId,
  cliAssignment,
  cliResource,
  graphAnswer,
  graphRow,
  group,
  place,
  PROD,
  reader,
  restAssignment,
  subscription,
  TENANT,
  TEST,
} from './rows.ts'

const RG = group(PROD, 'rg1')
const ASSIGNMENTS = `azure:role-assignments/subscription:${PROD}`
const two = [cliAssignment({ scope: RG }), cliAssignment({ scope: subscription(PROD), number: 2 })]

describe('an empty answer', () => {
  test('is one where its place, a manifest or an envelope tells of what', async () => {
    const envelope = { Kind: 'azure/arm/role-assignments', Tenant: TENANT, Subscription: PROD, TakenAt: '2026-11-20T10:00:00Z', Output: [] }
    const manifest = { permiscopeManifest: 1, files: { 'a.json': { kind: 'azure/arm/role-assignments', subscription: PROD.toUpperCase() } } }
    const ways: Parameters<typeof folderOf>[0][] = [
      { [place('role-assignments')]: [] },
      { [place('role-assignments')]: { value: [] } },
      { [place('role-assignments')]: graphAnswer([]) },
      { 'all.ndjson': `${JSON.stringify(envelope)}\n` },
      { 'a.json': { value: [] }, 'permiscope-manifest.json': manifest },
    ]
    for (const files of ways) {
      const { coverages, findings } = await read(await folderOf(files))
      expect(findings).toEqual([])
      expect(coverages).toMatchObject([{ id: ASSIGNMENTS, scope: PROD, complete: true }])
    }
  })

  test('of which nothing tells what it is of is a finding', async () => {
    const manifest = { permiscopeManifest: 1, files: { 'a.json': { kind: 'azure/arm/locks' } } }
    const { coverages, findings } = await read(await folderOf({ 'a.json': [], 'permiscope-manifest.json': manifest }))
    expect(coverages).toEqual([])
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', message: expect.stringContaining('az lock list') }])
  })
})

describe('an answer in pages', () => {
  const page = (name: string, rows: readonly object[], next?: string): Record<string, object> => ({
    [place('role-assignments').replace('.json', `.${name}.json`)]: { value: rows, ...(next === undefined ? {} : { nextLink: next }) },
  })
  const complete = async (files: Parameters<typeof folderOf>[0]): Promise<unknown> => {
    const { coverages, findings } = await read(await folderOf({ ...files, [place('role-definitions')]: [reader] }))
    return [coverages.find(({ id }) => id === ASSIGNMENTS)?.complete, findings.map(({ code }) => code)]
  }

  test('is whole with its last page, and cut without it', async () => {
    const first = page('0001', [restAssignment({ scope: RG })], 'https://management.azure.com/next')
    expect(await complete({ ...first, ...page('0002', [restAssignment({ scope: RG, number: 2 })]) })).toEqual([true, []])
    expect(await complete(first)).toEqual([false, ['EXPORT_TRUNCATED']])
    expect(await complete({ 'loose.json': Object.values(first)[0] ?? {} })).toEqual([false, ['EXPORT_TRUNCATED']])
  })

  test('of Resource Graph is cut where rows are missing', async () => {
    const row = (number: number): object => graphRow(restAssignment({ scope: RG, number }, 'microsoft.authorization/roleassignments'))
    expect(await complete({ 'a.json': graphAnswer([row(1), row(2)], { total_records: 3 }) })).toEqual([false, ['EXPORT_TRUNCATED']])
    expect(await complete({ 'a.json': graphAnswer([row(1), row(2)], { total_records: 3, skip_token: 'x' }) })).toEqual([false, ['EXPORT_TRUNCATED']])
    const pages = {
      'a.json': graphAnswer([row(1), row(2)], { total_records: 3, skip_token: 'x' }),
      'b.json': graphAnswer([row(3)], { total_records: 3 }),
    }
    expect(await complete(pages)).toEqual([true, []])
    const again = { ...pages, 'b.json': pages['a.json'], 'c.json': pages['a.json'] }
    expect(await complete(again)).toEqual([false, ['EXPORT_TRUNCATED']])
    const short = graphAnswer([row(1), row(2)], { total_records: 3 })
    expect(await complete({ 'a.json': short, 'copy.json': short })).toEqual([false, ['EXPORT_TRUNCATED']])
  })
})

describe('a file that breaks off', () => {
  test.each([
    ['between rows', `[${JSON.stringify(two[0])},`],
    ['within a row', `[${JSON.stringify(two[0])},${JSON.stringify(two[1]).slice(0, 40)}`],
    ['within a list', `{"value":[${JSON.stringify(restAssignment({ scope: RG }))},`],
  ])('%s is no whole listing', async (_, text) => {
    for (const name of [place('role-assignments'), 'loose.json']) {
      const { coverages, findings, entity } = await read(await folderOf({ [name]: text }))
      expect(findings.map(({ code }) => code)).toContain('NOT_JSON')
      expect(coverages).toMatchObject([{ id: ASSIGNMENTS, complete: false }])
      expect(entity(assignmentId(RG, 1).toLowerCase())).toBeDefined()
    }
  })

  test('in its first row says at its place that the listing is not whole', async () => {
    const { coverages } = await read(await folderOf({ [place('locks')]: '[{"id": "/subscr' }))
    expect(coverages).toMatchObject([{ id: `azure:locks/subscription:${PROD}`, complete: false }])
  })
})

describe('an answer that did not come', () => {
  const missing = { kind: 'azure/arm/deny-assignments', tenant: TENANT, subscription: PROD, code: 'AuthorizationFailed', reason: 'no' }

  test('is a gap, by the manifest or in its place', async () => {
    const ways: Parameters<typeof folderOf>[0][] = [
      { 'permiscope-manifest.json': { permiscopeManifest: 1, missing: [missing] } },
      { [place('deny-assignments')]: { error: { code: 'AuthorizationFailed', message: 'no' } } },
      { [place('deny-assignments')]: { Error: { Code: 'AuthorizationFailed', Message: 'no' } } },
    ]
    for (const files of ways) {
      const { coverages, findings } = await read(await folderOf(files))
      expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('AuthorizationFailed no') }])
      expect(coverages).toMatchObject([{ id: `azure:deny-assignments/subscription:${PROD}`, complete: false }])
    }
  })

  test('of PIM in a tenant without its licence says that nobody is eligible', async () => {
    const eligibility = { ...missing, kind: 'azure/arm/role-eligibility-schedule-instances', code: 'AadPremiumLicenseRequired' }
    const { coverages, findings } = await read(await folderOf({ 'permiscope-manifest.json': { permiscopeManifest: 1, missing: [eligibility] } }))
    expect(findings).toEqual([])
    expect(coverages).toMatchObject([{ id: `azure:pim/subscription:${PROD}`, complete: true }])
  })

  test('of what is there no more is no gap', async () => {
    const vault = { ...missing, kind: 'azure/arm/vaults', subject: `${RG}/providers/Microsoft.KeyVault/vaults/gone`, code: 'ResourceNotFound' }
    const { coverages, findings } = await read(await folderOf({ 'permiscope-manifest.json': { permiscopeManifest: 1, missing: [vault] } }))
    expect([coverages, findings]).toEqual([[], []])
  })
})

describe('what is of others', () => {
  test('is left to them: rows of the directory, of activity logs, of monitoring', async () => {
    const strangers = {
      'users.json': { value: [{ id: ANN, userPrincipalName: 'ann@contoso.com', displayName: 'Ann' }] },
      'directory.json': [{ id: 'x', principalId: ANN, roleDefinitionId: 'y', directoryScopeId: '/' }],
      'log.json': [{ id: `${RG}/providers/Microsoft.Compute/virtualMachines/vm/events/1/ticks/2`, resourceId: RG, caller: 'ann' }],
      'assessment.json': [{ id: `${RG}/providers/Microsoft.Security/assessments/1`, type: 'Microsoft.Security/assessments', properties: {} }],
    }
    for (const [name, file] of Object.entries(strangers)) {
      const { coverages, entities } = await read(await folderOf({ [name]: file }))
      expect(
        coverages.filter(({ provider }) => provider === 'azure'),
        name,
      ).toEqual([])
      expect(
        entities.filter(({ provider }) => provider === 'azure'),
        name,
      ).toEqual([])
    }
  })

  test('among rows of Resource Graph is named', async () => {
    const vm = graphRow(cliResource(`${RG}/providers/Microsoft.Compute/virtualMachines/vm`))
    const { findings, entity } = await read(await folderOf({ 'a.json': graphAnswer([vm, { name: 'projected' }]) }))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: 'data[1]' }])
    expect(entity(`${RG}/providers/microsoft.compute/virtualmachines/vm`.toLowerCase())).toBeDefined()
  })
})

test('a listing is as of the time that its manifest tells, else of its newest date', async () => {
  const row = { ...cliAssignment({ scope: RG }), updatedOn: '2026-05-01T00:00:00Z' }
  expect((await read(await folderOf({ 'a.json': [row] }))).coverages).toMatchObject([{ asOf: '2026-05-01T00:00:00.000Z' }])
  const manifest = { permiscopeManifest: 1, takenAt: '2026-06-01T00:00:00Z' }
  expect((await read(await folderOf({ 'a.json': [row], 'permiscope-manifest.json': manifest }))).coverages).toMatchObject([
    { asOf: '2026-06-01T00:00:00.000Z' },
  ])
})

test('a listing that its manifest calls incomplete is', async () => {
  const manifest = { permiscopeManifest: 1, files: { [place('role-assignments', TEST)]: { complete: false, reason: 'stopped' } } }
  const { coverages } = await read(await folderOf({ [place('role-assignments', TEST)]: [], 'permiscope-manifest.json': manifest }))
  expect(coverages).toMatchObject([{ id: `azure:role-assignments/subscription:${TEST}`, complete: false }])
})
