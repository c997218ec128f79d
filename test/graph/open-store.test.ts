import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection, Database } from '@ladybugdb/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PermiscopeError } from '../../src/domain/errors.ts'
import { openStore } from '../../src/graph/index.ts'
import { ana, ben, collected, draftOf, world } from '../conformance/world.ts'

let data = ''
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'permiscope-store-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(data, { recursive: true, force: true })
})

describe('a Neo4j store', () => {
  test('is not opened by a URL of another kind', async () => {
    await expect(openStore({ url: 'https://graph.example:7473' })).rejects.toMatchObject({ code: 'BAD_USAGE' })
  })

  test('takes no credentials from the URL, and does not repeat them', async () => {
    const error = await failure(openStore({ url: 'bolt://neo4j:s3cret@127.0.0.1:7687' }))
    expect(error.code).toBe('BAD_USAGE')
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain('s3cret')
  })

  test('says which variables are missing', async () => {
    vi.stubEnv('NEO4J_USERNAME', undefined)
    vi.stubEnv('NEO4J_PASSWORD', undefined)
    const error = await failure(openStore({ url: 'bolt://127.0.0.1:7687' }))
    expect(error.code).toBe('BAD_USAGE')
    expect(error.message).toMatch(/NEO4J_USERNAME and NEO4J_PASSWORD/)
  })

  test('that does not answer is unavailable, and the message shows where it was looked for but no secret', async () => {
    vi.stubEnv('NEO4J_USERNAME', 'neo4j')
    vi.stubEnv('NEO4J_PASSWORD', 's3cret')
    const port = await closedPort()
    const error = await failure(openStore({ url: `bolt://127.0.0.1:${port}` }))
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', message: `The Neo4j server at bolt://127.0.0.1:${port} does not answer` })
  })
})

describe('an embedded store', () => {
  test('in a folder that does not exist is empty, and looking at it does not create the folder', async () => {
    const store = await openStore({ data: join(data, 'new') })
    expect(await store.current()).toBeNull()
    expect(await readdir(data)).toEqual([])
  })

  test('that was opened for reading refuses to write, and reads', async () => {
    const writer = await openStore({ data })
    const { id } = await writer.publish(world)
    const reader = await openStore({ data, readOnly: true })
    await expect(reader.publish(world)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await expect(reader.prune(1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await collected(reader.read(id))).toHaveLength(19)
    await reader.close()
    await writer.close()
  })

  test('with a pointer that can not be read is unavailable, not empty', async () => {
    await writeFile(join(data, 'published.json'), '{"format":1,"snapsh')
    const store = await openStore({ data })
    await expect(store.current()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await expect(store.publish(world)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  test('whose snapshot file is gone is unavailable', async () => {
    const store = await openStore({ data })
    const { id } = await store.publish(world)
    await rm(join(data, 'snapshots', `${id}.lbug`))
    await expect(collected(store.read(id))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  test('reads a file that an older version wrote with fewer columns', async () => {
    const store = await openStore({ data })
    const { id } = await store.publish(draftOf([ana, ben]))
    await change(join(data, 'snapshots', `${id}.lbug`), 'ALTER TABLE Principal DROP tags')
    const { tags: _tags, ...kept } = ana.properties
    expect(await collected(store.read(id))).toEqual([{ ...ana, properties: kept }, ben])
    await store.close()
  })

  test('takes over the lock of a process that is dead', async () => {
    await writeFile(join(data, 'write.lock'), JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, started: '1', token: 'x' }))
    const store = await openStore({ data })
    await store.publish(world)
    expect(await store.snapshots()).toHaveLength(1)
    await store.close()
  })

  test('takes over the lock of a dead process whose number another one now has', async () => {
    await writeFile(join(data, 'write.lock'), JSON.stringify({ host: hostname(), pid: process.pid, started: 'long ago', token: 'x' }))
    const store = await openStore({ data })
    await store.publish(world)
    expect(await store.snapshots()).toHaveLength(1)
    await store.close()
  })

  test('leaves alone the lock of another host that was heard of lately', async () => {
    await writeFile(join(data, 'write.lock'), JSON.stringify({ host: 'elsewhere.example', pid: 1, started: '1', token: 'x' }))
    const store = await openStore({ data })
    await expect(store.publish(world)).rejects.toMatchObject({ code: 'STORE_BUSY', message: expect.stringContaining('elsewhere.example') })
  })

  test('lets one of several processes that find a dead lock at once in, and the others in after it', async () => {
    await writeFile(join(data, 'write.lock'), JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1, started: '1', token: 'x' }))
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore({ data })))
    const outcomes = await Promise.allSettled(stores.map((store) => store.publish(draftOf([ana]))))
    const published = outcomes.filter(({ status }) => status === 'fulfilled')
    const codes = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }: PromiseRejectedResult) => String(Object(reason).code))
    expect(published.length).toBeGreaterThan(0)
    expect(new Set([...codes, 'STORE_BUSY'])).toEqual(new Set(['STORE_BUSY']))
    expect(await stores[0]?.snapshots()).toHaveLength(published.length)
    for (const store of stores) await store.close()
  })

  test('in a place that can not be written is unavailable, and the message says where', async () => {
    await writeFile(join(data, 'file'), '')
    const store = await openStore({ data: join(data, 'file', 'inside') })
    const error = await failure(store.publish(world))
    expect(error.code).toBe('STORE_UNAVAILABLE')
    expect(error.message).toContain(join(data, 'file', 'inside'))
  })

  test('lets nobody else read what it writes', async () => {
    const store = await openStore({ data: join(data, 'new') })
    await store.publish(world)
    await store.close()
    const modes = await modesUnder(join(data, 'new'))
    expect(modes.filter((mode) => (mode & 0o007) !== 0)).toEqual([])
  })
})

async function failure(opening: Promise<unknown>): Promise<PermiscopeError> {
  const error = await opening.catch((reason: unknown) => reason)
  if (error instanceof PermiscopeError) return error
  throw new Error('It was opened, or failed with something else', { cause: error })
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

async function change(file: string, text: string): Promise<void> {
  const database = new Database(file)
  const connection = new Connection(database)
  const result = await connection.query(text)
  if (!Array.isArray(result)) result.close()
  await connection.close()
  await database.close()
}

async function modesUnder(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder, { recursive: true })
  return Promise.all([folder, ...names.map((name) => join(folder, name))].map(async (path) => (await stat(path)).mode))
}
