import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Asked, LoopbackServer, Reply } from '../../azure/loopback-server.ts'
import { ADA, BOB, SUBSCRIPTION, TENANT } from '../../azure/tenant-ids.ts'
import { bundleOf, collect, credentialOf, filesOf, manifestOf, newFolder, serve } from './collecting.ts'

const JOURNAL = '.permiscope-collection.ndjson'

/** Collects until so many requests have come, and aborts then. */
async function interrupted(
  out: string,
  after: number,
  reply: (asked: Asked) => Reply = () => undefined,
): Promise<{ readonly server: LoopbackServer; readonly stopped: boolean }> {
  const abort = new AbortController()
  const server = await serve((asked) => {
    if (asked.index === after) abort.abort()
    return reply(asked)
  })
  const stopped = await collect(server, out, { signal: abort.signal }).then(
    () => false,
    (error: unknown) => error instanceof Error && error.name === 'AbortError',
  )
  return { server, stopped }
}

describe('a collection that was interrupted', () => {
  test('at any request and is taken up again gives the bundle of one that was not', async () => {
    const whole = await newFolder()
    const server = await serve()
    await collect(server, whole)
    const expected = await bundleOf(whole)
    for (let after = 1; after < server.asked.length; after += 1) {
      const out = await newFolder()
      const { stopped } = await interrupted(out, after)
      expect({ after, stopped }).toEqual({ after, stopped: true })
      expect((await manifestOf(out)).complete).toBe(false)
      await collect(await serve(), out)
      expect({ after, bundle: await bundleOf(out) }).toEqual({ after, bundle: expected })
    }
    expect(server.asked.length).toBeGreaterThan(60)
  }, 120_000)

  test('is not asked again for what is there, nor for what there is none of', async () => {
    const out = await newFolder()
    const { server } = await interrupted(out, 40)
    const written = Object.keys(await filesOf(out)).filter((path) => path.startsWith(TENANT)).length
    const none = (await manifestOf(out)).absent.length
    const asked = server.asked.length
    await collect(server, out)
    const all = await serve()
    await collect(all, await newFolder())
    expect(server.asked.length - asked).toBe(all.asked.length - written - none)
    expect(written).toBeGreaterThan(20)
  })

  test('whose next page is known no longer is asked for that listing anew', async () => {
    const out = await newFolder()
    const first = await interrupted(out, 1000, ({ path, query }) =>
      path.startsWith(`/subscriptions/${SUBSCRIPTION}`) && path.endsWith('/roleAssignments') && query.get('$skiptoken') === '2'
        ? { status: 403, code: 'AuthorizationFailed' }
        : undefined,
    )
    expect(first.stopped).toBe(false)
    await writeFile(
      join(out, JOURNAL),
      `${JSON.stringify({ permiscopeCollection: 1, begun: '2026-11-20T10:00:00.000Z', purpose: { tool: 'permiscope collect azure', takenBy: `${ADA} ada@acme.example`, options: { tenant: TENANT, subscriptions: null } } })}\n`,
    )
    const second = await serve()
    const { missing } = await collect(second, out)
    expect(missing).toBe(0)
    expect(second.asked.map(({ query }) => query.get('$skiptoken')).filter((token) => token !== null)).toEqual(['2', '4'])
    expect((await manifestOf(out)).takenAt).toBe('2026-11-20T10:00:00.000Z')
    expect(Object.keys(await filesOf(out))).not.toContain(JOURNAL)
  })

  test('says which calls are missing, by kind and subscription, and not those that are there', async () => {
    const out = await newFolder()
    await interrupted(out, 45, ({ path }) =>
      path.includes(SUBSCRIPTION) && path.endsWith('/userAssignedIdentities') ? { status: 429, code: 'TooManyRequests', retryAfter: 30 } : undefined,
    )
    const { missing } = await manifestOf(out)
    expect(missing).toContainEqual({
      kind: 'azure/arm/identities',
      tenant: TENANT,
      subscription: SUBSCRIPTION,
      code: 'NotCollected',
      reason: 'The collection did not come to its end.',
    })
    expect(missing.map(({ kind }) => kind)).toContain('entra/graph/identity-federated-credentials')
    expect(missing.map(({ kind }) => kind)).not.toContain('azure/arm/subscriptions')
  })

  test('does not wait for an answer that does not go on', async () => {
    const abort = new AbortController()
    const server = await serve(({ path }) => (path === '/v1.0/users' ? { stall: { rows: [{ id: 'a' }] } } : undefined))
    const collecting = collect(server, await newFolder(), { signal: abort.signal })
    setTimeout(() => abort.abort(), 300)
    await expect(collecting).rejects.toMatchObject({ name: 'AbortError' })
  }, 5000)

  test('is taken up by nobody else and with no other options', async () => {
    const out = await newFolder()
    await interrupted(out, 10)
    const server = await serve()
    await expect(collect(server, out, { credential: credentialOf({ tid: TENANT, oid: BOB }) })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    await expect(collect(server, out, { subscriptions: [SUBSCRIPTION] })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(server.asked).toEqual([])
  })
})

describe('a folder', () => {
  test('with the bundle of a collection that came to its end is replaced', async () => {
    const out = await newFolder()
    await collect(await serve(), out, { subscriptions: [SUBSCRIPTION] })
    const server = await serve()
    await collect(server, out)
    expect(server.asked.length).toBeGreaterThan(60)
    expect(Object.keys(await filesOf(out)).length).toBe(server.asked.length - 1)
  })

  test('with anything else in it is left alone', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    await writeFile(join(out, 'notes.txt'), 'mine')
    const before = await filesOf(out)
    await expect(collect(await serve(), out)).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(await filesOf(out)).toEqual(before)
  })
})
