import { describe, expect, test } from 'vitest'
import { findingsOf, folderOf, read } from '../reading.ts'
import {
  ada,
  ADA,
  ADMINS,
  applications,
  groups,
  id,
  MICROSOFT_TENANT,
  OTHER_TENANT,
  page,
  placed,
  servicePrincipals,
  TENANT,
  users,
} from './directory.ts'

const hundred = (count = 100): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({ ...servicePrincipals[0], id: id(1000 + index), appId: id(3000 + index) }))
const manifest = (said: object): object => ({ permiscopeManifest: 1, tenant: TENANT, ...said })
const coverage = (part: string, complete: boolean): unknown => expect.objectContaining({ id: `entra:${part}:${TENANT}`, complete })

describe('what is missing is told, and the part that it is of is not complete', () => {
  test('exactly 100 rows, where az ad stops', async () => {
    const { findings, coverages } = await read(await folderOf({ 'sp.json': hundred(), 'permiscope-manifest.json': manifest({}) }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('100') }])
    expect(coverages).toContainEqual(coverage('service-principals', false))
  })
  test.each([
    ['99 rows', hundred(99), {}],
    ['101 rows', hundred(101), {}],
    ['100 rows of which the manifest says that they are all', hundred(), { files: { 'sp.json': { complete: true } } }],
    ['a page of 100 rows without a next one', page(hundred()), {}],
  ])('not %s', async (_what, rows, said) => {
    const { findings, coverages } = await read(await folderOf({ 'sp.json': rows, 'permiscope-manifest.json': manifest(said) }))
    expect(findings).toEqual([])
    expect(coverages).toContainEqual(coverage('service-principals', true))
  })
  test('100 rows in an envelope', async () => {
    const { findings } = await read(await folderOf({ 'sp.json': { Kind: 'entra/graph/service-principals', Tenant: TENANT, Output: hundred() } }))
    expect(findings.map(({ code }) => code)).toEqual(['EXPORT_TRUNCATED'])
  })
  test('a page that says that more follows', async () => {
    const { findings, coverages } = await read(await folderOf({ [placed('users')]: page(users, { '@odata.nextLink': 'https://x/' }) }))
    expect(findingsOf({ findings })).toEqual(['EXPORT_TRUNCATED users.json'])
    expect(coverages).toContainEqual(coverage('users', false))
  })
  test('fewer rows than are counted', async () => {
    const { findings, coverages } = await read(await folderOf({ [placed('users')]: page(users, { '@odata.count': 4 }) }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('4') }])
    expect(coverages).toContainEqual(coverage('users', false))
  })
  test('a list that breaks off between two rows', async () => {
    const { findings, coverages, entity } = await read(await folderOf({ [placed('users')]: `[${JSON.stringify(ada)},` }))
    expect(findings.map(({ code }) => code)).toEqual(['NOT_JSON'])
    expect(coverages).toContainEqual(coverage('users', false))
    expect(entity(ADA)).toBeDefined()
  })
  test('an answer that was refused, in its place or in the manifest', async () => {
    const error = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } }
    const missing = [{ kind: 'entra/graph/groups', tenant: TENANT, code: 'Authorization_RequestDenied', reason: 'no' }]
    const { findings, coverages } = await read(await folderOf({ [placed('users')]: error, 'permiscope-manifest.json': manifest({ missing }) }))
    expect(findings.map(({ code }) => code)).toEqual(['EXPORT_TRUNCATED', 'EXPORT_TRUNCATED'])
    expect(coverages).toEqual(expect.arrayContaining([coverage('users', false), coverage('groups', false)]))
  })
  test('an empty file in the place of an answer: a command that failed prints nothing', async () => {
    const { findings, entities } = await read(await folderOf({ [placed('groups')]: page(groups.slice(0, 1)), [placed('group-members', ADMINS)]: '' }))
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(['FILE_EMPTY', 'EXPORT_TRUNCATED'])
    expect(entities.filter(({ properties }) => properties.membersListed !== undefined)).toEqual([])
  })
})

describe('what there is not is no gap', () => {
  test('a group that was deleted since it was listed', async () => {
    const gone = { error: { code: 'Request_ResourceNotFound', message: 'gone' } }
    const { findings, coverages } = await read(
      await folderOf({ [placed('groups')]: page(groups.slice(0, 1)), [placed('group-members', ADMINS)]: gone }),
    )
    expect(findings).toEqual([])
    expect(coverages).toContainEqual(coverage('members', true))
  })
  test('Privileged Identity Management without its licence', async () => {
    const absent = ['role-eligibility-schedule-instances', 'group-eligibility-schedule-instances'].map((operation) => ({
      kind: `entra/graph/${operation}`,
      code: 'AadPremiumLicenseRequired',
    }))
    const { findings, coverages } = await read(await folderOf({ 'permiscope-manifest.json': manifest({ absent }) }))
    expect(findings).toEqual([])
    expect(coverages).toEqual(
      expect.arrayContaining([coverage('role-eligibility-schedule-instances', true), coverage('group-eligibility-schedule-instances', true)]),
    )
  })
  test('an empty list in its place', async () => {
    const { findings, coverages } = await read(await folderOf({ [placed('users')]: [], [placed('groups')]: page([]) }))
    expect(findings).toEqual([])
    expect(coverages).toEqual(expect.arrayContaining([coverage('users', true), coverage('groups', true)]))
  })
})

describe('the directory that loose files are of', () => {
  const tenantOf = async (files: Record<string, object>): Promise<string | null | undefined> => (await read(await folderOf(files))).entity(ADA)?.scope
  test.each<[string, Record<string, object>]>([
    ['the organization beside them', { 'org.json': page([{ id: TENANT, displayName: 'Acme', verifiedDomains: [] }]) }],
    [
      'az account show beside them',
      { 'account.json': { id: OTHER_TENANT, isDefault: true, tenantId: TENANT, homeTenantId: OTHER_TENANT, name: 's', state: 'Enabled' } },
    ],
    ['a manifest', { 'permiscope-manifest.json': manifest({}) }],
    ['a bundle elsewhere', { [placed('groups')]: page([]) }],
    ['their own applications, by where these are registered', { 'apps.json': applications, 'sp.json': servicePrincipals }],
  ])('is told by %s', async (_what, files) => {
    expect(await tenantOf({ 'users.json': [ada], ...files })).toBe(TENANT)
  })
  test('is the one of their folder, where others are elsewhere', async () => {
    const organization = (tenant: string): object => page([{ id: tenant, verifiedDomains: [] }])
    expect(await tenantOf({ 'a/users.json': [ada], 'a/org.json': organization(TENANT), 'b/org.json': organization(OTHER_TENANT) })).toBe(TENANT)
  })
  test('is unnamed where nothing tells, or several might: they are loaded all the same, with a warning', async () => {
    const alone = await read(await folderOf({ 'users.json': users }))
    expect(alone.findings).toMatchObject([{ code: 'TENANT_UNKNOWN', severity: 'warning' }])
    expect(alone.entity(ADA)).toMatchObject({ scope: 'unknown-tenant', coverage: ['entra:users:unknown-tenant'] })
    const two = { 'a/org.json': page([{ id: TENANT, verifiedDomains: [] }]), 'b/org.json': page([{ id: OTHER_TENANT, verifiedDomains: [] }]) }
    expect(await tenantOf({ ...two, 'users.json': users })).toBe('unknown-tenant')
  })
  test('unnamed, makes no application foreign', async () => {
    const { entities } = await read(await folderOf({ 'sp.json': servicePrincipals }))
    expect(entities.filter(({ properties }) => properties.external === true)).toEqual([])
    expect(entities.some(({ properties }) => properties.publisherTenant === MICROSOFT_TENANT && properties.providerManaged === true)).toBe(true)
  })
})
