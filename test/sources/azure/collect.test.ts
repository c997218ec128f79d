import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Asked, LoopbackServer } from '../../azure/loopback-server.ts'
import { CONDITION } from '../../azure/tenant-arm.ts'
import {
  ADA,
  DELEGATED,
  OTHER_TENANT,
  PLATFORM,
  RUNNER,
  scopeOf,
  SECOND,
  SECRET,
  SUBSCRIPTION,
  SYNCED,
  TEAM,
  TENANT,
} from '../../azure/tenant-ids.ts'
import { collect, credentialOf, filesOf, jsonAt, manifestOf, newFolder, serve, tokenOf } from './collecting.ts'

const of = (subscription: string, operation: string, page = 1): string => `${TENANT}/${subscription}/arm/${operation}.000${page}.json`
const ofTenant = (operation: string, page = 1): string => `${TENANT}/tenant/${operation}.000${page}.json`

const isAbout = (asked: Asked, text: string): boolean => asked.path.toLowerCase().includes(text.toLowerCase())

describe('a tenant', () => {
  test('is written with a file for each page, at a place that says what it is about', async () => {
    const out = await newFolder()
    const report = await collect(await serve(), out)
    const paths = Object.keys(await filesOf(out))
    expect(paths.filter((path) => path.includes(`${SUBSCRIPTION}/arm/role-assignments`))).toEqual(
      [1, 2, 3].map((page) => of(SUBSCRIPTION, 'role-assignments', page)),
    )
    expect(paths).toContain(ofTenant(`graph/group-members/${TEAM}`, 2))
    expect(paths).toContain(ofTenant(`arm/role-assignments/${encodeURIComponent(PLATFORM).replaceAll('.', '%2E')}`))
    expect(paths.some((path) => path.includes(`/graph/identity-federated-credentials/${encodeURIComponent(RUNNER).replaceAll('.', '%2E')}`))).toBe(
      true,
    )
    expect(report).toMatchObject({ tenant: TENANT, subscriptions: [SUBSCRIPTION, SECOND], missing: 0, absent: 2 })
    expect(paths).toHaveLength(report.answers + 1)
  })

  test('is written as it was sent: what the SDK does not know of is kept', async () => {
    const out = await newFolder()
    await collect(await serve(() => undefined, 100), out)
    expect(await jsonAt(out, ofTenant('arm/role-definitions'))).toMatchObject({
      value: [{}, {}, { properties: { permissions: [{ condition: CONDITION, conditionVersion: '2.0' }] } }],
    })
    expect(await jsonAt(out, of(SUBSCRIPTION, 'role-assignments'))).toMatchObject({
      value: [{ properties: { createdOn: '2026-01-01T00:00:00.0000000Z', condition: null } }, {}, {}, { properties: { condition: CONDITION } }, {}],
    })
    expect(await jsonAt(out, of(SUBSCRIPTION, 'resources'))).toMatchObject({
      count: 3,
      total_records: 3,
      skip_token: null,
      data: [{ tags: { team: 'payroll' } }, {}, {}],
    })
  })

  test('says in its manifest what was taken, when and by whom', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const manifest = await manifestOf(out)
    expect(manifest).toMatchObject({ tenant: TENANT, complete: true, takenBy: `${ADA} ada@acme.example`, missing: [], files: {} })
    expect(Date.now() - Date.parse(manifest.takenAt)).toBeLessThan(60_000)
  })

  test('without the licence for Privileged Identity Management has none of it, and that is not a gap', async () => {
    const out = await newFolder()
    await collect(
      await serve(({ path }) => (/roleEligibility|ScheduleInstances/.test(path) ? { status: 400, code: 'AadPremiumLicenseRequired' } : undefined)),
      out,
    )
    const { absent, missing } = await manifestOf(out)
    expect(missing).toEqual([])
    expect(new Set(absent.map(({ kind }) => kind))).toEqual(
      new Set(
        ['azure/arm', 'entra/graph']
          .flatMap((api) => [`${api}/role-eligibility-schedule-instances`, `${api}/role-assignment-schedule-instances`])
          .concat(['eligibility', 'assignment'].map((which) => `entra/graph/group-${which}-schedule-instances`)),
      ),
    )
  })

  test('leaves a folder that only its owner can read', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const modes = await Promise.all(
      [out, join(out, TENANT), ...Object.keys(await filesOf(out)).map((path) => join(out, path))].map(
        async (path) => (await stat(path)).mode & 0o077,
      ),
    )
    expect([...new Set(modes)]).toEqual([0])
  })

  test('is asked for as much at once as is documented, and no more', async () => {
    const server = await serve()
    await collect(server, await newFolder())
    expect(server.busiest()).toBeGreaterThan(4)
    expect(server.busiest()).toBeLessThanOrEqual(32)
  })
})

describe('subscriptions', () => {
  test('are those of the tenant; one that another tenant has delegated only where it is named', async () => {
    const server = await serve()
    const named = await collect(server, await newFolder(), { subscriptions: [DELEGATED.toUpperCase(), SECOND] })
    expect(named.subscriptions).toEqual([SECOND, DELEGATED])
    expect(server.asked.some((asked) => isAbout(asked, scopeOf(SUBSCRIPTION)))).toBe(false)
    expect((await collect(server, await newFolder())).subscriptions).toEqual([SUBSCRIPTION, SECOND])
  })

  test('that are named but not shown are missing', async () => {
    const strange = 'aaaaaaaa-0000-0000-0000-00000000000f'
    const { missed } = await collect(await serve(), await newFolder(), { subscriptions: [strange] })
    expect(missed).toEqual([
      { kind: 'azure/arm/subscriptions', tenant: TENANT, subscription: strange, code: 'NotShown', reason: expect.any(String) as string },
    ])
  })
})

describe('a secret', () => {
  test('is in no file, but which credentials there are, until when, is', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const files = await filesOf(out)
    expect(Object.entries(files).filter(([, text]) => text.includes(SECRET))).toEqual([])
    expect(Object.values(files).join('')).not.toContain(tokenOf({ tid: TENANT, oid: ADA, upn: 'ada@acme.example' }))
    for (const operation of ['graph/applications', 'graph/service-principals'])
      expect(await jsonAt(out, ofTenant(operation))).toMatchObject({
        value: expect.arrayContaining([
          expect.objectContaining({ passwordCredentials: [expect.objectContaining({ hint: null, endDateTime: '2027-01-01T00:00:00Z' })] }),
        ]) as unknown,
      })
  })

  test('the token goes to nobody whom a page names as the next', async () => {
    const away = await serve()
    const out = await newFolder()
    const server = await serve(({ path }) =>
      path.endsWith('/roleAssignments') && path.includes(SECOND)
        ? { object: { value: [], nextLink: `${away.endpoint}${path}?api-version=2022-04-01` } }
        : path === '/v1.0/users'
          ? { object: { value: [], '@odata.nextLink': `${away.endpoint}/v1.0/users?$skiptoken=2` } }
          : undefined,
    )
    const { missed } = await collect(server, out)
    expect(away.asked).toEqual([])
    expect(missed.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['azure/arm/role-assignments ForeignPage', 'entra/graph/users ForeignPage'])
  })

  test('is sent over no line that is not encrypted, but to this machine', async () => {
    const options = { credential: credentialOf({ tid: TENANT }) }
    for (const endpoint of ['http://management.example', 'ftp://127.0.0.1', 'management.azure.com'])
      await expect(collect(await serve(), await newFolder(), { ...options, endpoint })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collect(await serve(), await newFolder(), { ...options, graphEndpoint: 'http://graph.example' })).rejects.toMatchObject({
      code: 'BAD_USAGE',
    })
  })
})

describe('a call that is refused', () => {
  test('is noted with subscription, subject, code and reason, and the rest is collected', async () => {
    const out = await newFolder()
    const server = await serve(({ path }) =>
      path.endsWith('/locks') && path.includes(SECOND)
        ? { status: 403, code: 'AuthorizationFailed', message: "The client 'ada' does not have authorization.\nMore" }
        : path.endsWith(`${TEAM}/members`)
          ? { status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' }
          : undefined,
    )
    const report = await collect(server, out)
    expect((await manifestOf(out)).missing).toEqual([
      {
        kind: 'azure/arm/locks',
        tenant: TENANT,
        subscription: SECOND,
        code: 'AuthorizationFailed',
        reason: "The client 'ada' does not have authorization.",
      },
      {
        kind: 'entra/graph/group-members',
        tenant: TENANT,
        subject: TEAM,
        code: 'Authorization_RequestDenied',
        reason: 'Insufficient privileges to complete the operation.',
      },
    ])
    expect(report.missing).toBe(2)
    expect(Object.keys(await filesOf(out))).toContain(ofTenant(`graph/group-members/${SYNCED}`))
  })

  test('leaves what it would have led to missing, too', async () => {
    const out = await newFolder()
    await collect(
      await serve(({ path }) => (path === '/v1.0/groups' || path === '/subscriptions' ? { status: 403, code: 'Forbidden' } : undefined)),
      out,
    )
    const { missing } = await manifestOf(out)
    const notAsked = missing.filter(({ code }) => code === 'NotAsked').map(({ kind }) => kind)
    expect(notAsked).toEqual(expect.arrayContaining(['entra/graph/group-members', 'azure/arm/vaults', 'entra/graph/identity-federated-credentials']))
    expect(notAsked).not.toContain('entra/graph/application-owners')
    expect(missing.find(({ kind }) => kind === 'entra/graph/group-owners')?.reason).toContain('entra/graph/groups was answered Forbidden')
  })

  test('in the middle of a listing leaves the pages before it, and the listing missing', async () => {
    const out = await newFolder()
    await collect(
      await serve(({ path, query }) =>
        path.includes(SUBSCRIPTION) && path.endsWith('/roleAssignments') && query.get('$skiptoken') === '2'
          ? { status: 403, code: 'AuthorizationFailed' }
          : undefined,
      ),
      out,
    )
    expect((await manifestOf(out)).missing).toMatchObject([{ kind: 'azure/arm/role-assignments', subscription: SUBSCRIPTION }])
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes(`${SUBSCRIPTION}/arm/role-assignments`))).toHaveLength(1)
  })

  test('because the group is gone since it was listed is no gap', async () => {
    const out = await newFolder()
    await collect(await serve(({ path }) => (path.includes(`groups/${TEAM}/`) ? { status: 404, code: 'Request_ResourceNotFound' } : undefined)), out)
    const { missing, absent } = await manifestOf(out)
    expect(missing).toEqual([])
    expect(absent.filter(({ subject }) => subject === TEAM).map(({ kind }) => kind)).toEqual([
      'entra/graph/group-members',
      'entra/graph/group-owners',
    ])
  })
})

describe('a provider that is busy or broken', () => {
  test('is asked again after as long as it says', async () => {
    const times = new Map<string, number[]>()
    const server = await serve((asked) => {
      const key = `${asked.path} ${JSON.stringify(asked.body)}`
      times.set(key, [...(times.get(key) ?? []), Date.now()])
      const isBusy =
        asked.path === '/v1.0/users' || asked.path.endsWith('/denyAssignments') || asked.method === 'POST' || asked.path === '/subscriptions'
      return isBusy && times.get(key)?.length === 1 ? { status: 429, code: 'TooManyRequests', retryAfter: 1 } : undefined
    })
    const report = await collect(server, await newFolder())
    expect(report.missing).toBe(0)
    const waits = [...times]
      .filter(([key, at]) => at.length > 1 && (key.includes('denyAssignments') || key.includes('ResourceGraph')))
      .map(([, [first = 0, second = 0]]) => second - first)
    expect(waits.length).toBeGreaterThan(4)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(990)
  })

  test.each([
    ['/v1.0/groups', 'Graph'],
    ['/subscriptions', 'a plain call'],
    [`${scopeOf(SUBSCRIPTION)}/providers/Microsoft.Authorization/denyAssignments`, 'a client of the SDK'],
    ['/providers/Microsoft.ResourceGraph/resources', 'Resource Graph'],
  ])('whose answer to %s breaks off is asked again (%s)', async (path) => {
    for (const broken of [{ cut: { rows: [{ id: 'a' }] } }, { body: '' }, { body: '<html>' }, { reset: true }] as const) {
      const seen = new Set<string>()
      const server = await serve((asked) => {
        const key = `${asked.path}${JSON.stringify(asked.body)}`
        if (asked.path !== path || seen.has(key)) return undefined
        seen.add(key)
        return broken
      })
      const { missed } = await collect(server, await newFolder())
      expect({ broken, missed }).toEqual({ broken, missed: [] })
      expect(seen.size).toBeGreaterThan(0)
    }
  })

  test('that goes on so is noted, and is never taken for one that lists nothing', async () => {
    const out = await newFolder()
    const { missed } = await collect(
      await serve(({ path }) =>
        path === '/v1.0/users' ? { object: { hello: 'proxy' } } : path.endsWith('/vaults') ? { cut: { rows: [] } } : undefined,
      ),
      out,
    )
    expect(missed.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'azure/arm/vaults BrokenAnswer',
      'azure/arm/vaults BrokenAnswer',
      'entra/graph/users BrokenAnswer',
    ])
    expect(Object.keys(await filesOf(out)).filter((path) => /users|vaults/.test(path))).toEqual([])
  })

  test('that gives the same page for the next again and again is not asked for ever', async () => {
    const server: LoopbackServer = await serve((asked) =>
      asked.path === '/v1.0/users' ? { object: { value: [], '@odata.nextLink': `${server.endpoint}/v1.0/users?$skiptoken=same` } } : undefined,
    )
    const { missed } = await collect(server, await newFolder())
    expect(missed.map(({ kind }) => kind)).toEqual(['entra/graph/users'])
  })
})

describe('credentials', () => {
  test('of another tenant than the one that was named are refused, and nothing is written', async () => {
    const out = await newFolder()
    await expect(collect(await serve(), out, { tenant: OTHER_TENANT })).rejects.toMatchObject({ code: 'COLLECT_FAILED' })
    await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('that say nothing of themselves need the tenant to be named', async () => {
    const credential = { getToken: () => Promise.resolve({ token: 'opaque', expiresOnTimestamp: Date.now() + 60_000 }) }
    await expect(collect(await serve(), await newFolder(), { credential })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect((await collect(await serve(), await newFolder(), { credential, tenant: TENANT.toUpperCase() })).tenant).toBe(TENANT)
  })

  test('that can not be had are said so', async () => {
    const credential = { getToken: () => Promise.reject(new Error('az login has expired')) }
    await expect(collect(await serve(), await newFolder(), { credential })).rejects.toMatchObject({
      code: 'COLLECT_FAILED',
      message: expect.stringContaining('az login has expired') as string,
    })
  })

  test.each(['contoso', 'all'])('tenants and subscriptions are named by GUIDs, not as %s', async (name) => {
    await expect(collect(await serve(), await newFolder(), { tenant: name })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collect(await serve(), await newFolder(), { subscriptions: [name] })).rejects.toMatchObject({ code: 'BAD_USAGE' })
  })
})
