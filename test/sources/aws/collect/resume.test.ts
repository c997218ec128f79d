import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { bundleOf, collect, filesOf, manifestOf, newFolder, replay, stubCredentials } from './collecting.ts'
import type { ReplayServer } from './replay-server.ts'
import { ACCOUNT, REGION } from './small-world.ts'

const services = ['lambda', 'kms', 'ecs']
const JOURNAL = '.permiscope-collection.ndjson'

beforeEach(() => {
  stubCredentials()
  return () => vi.unstubAllEnvs()
})

/** Collects until so many requests have come, and aborts then. @returns how many were answered and written by then */
async function interrupted(out: string, after: number): Promise<{ readonly server: ReplayServer; readonly stopped: boolean }> {
  const abort = new AbortController()
  const server = await replay(({ index }) => {
    if (index === after) abort.abort()
    return undefined
  })
  const stopped = await collect(server, out, { services, signal: abort.signal }).then(
    () => false,
    (error: unknown) => error instanceof Error && error.name === 'AbortError',
  )
  return { server, stopped }
}

const callsIn = (server: ReplayServer): readonly string[] =>
  server.asked.filter(({ service }) => services.includes(service)).map(({ operation, request }) => `${operation} ${request.url} ${request.body}`)

describe('a collection that was interrupted', () => {
  test('at any request and is taken up again gives the bundle of one that was not', async () => {
    const whole = await newFolder()
    const server = await replay()
    await collect(server, whole, { services })
    const expected = await bundleOf(whole)
    for (let after = 1; after < server.asked.length; after += 1) {
      const out = await newFolder()
      const { stopped } = await interrupted(out, after)
      expect({ after, stopped }).toEqual({ after, stopped: true })
      expect((await manifestOf(out)).complete).toBe(false)
      await collect(await replay(), out, { services })
      expect({ after, bundle: await bundleOf(out) }).toEqual({ after, bundle: expected })
    }
    expect(server.asked.length).toBeGreaterThan(40)
  }, 120_000)

  test('several times over gives the same, too', async () => {
    const whole = await newFolder()
    await collect(await replay(), whole, { services })
    const out = await newFolder()
    for (const after of [5, 4, 6, 3]) await interrupted(out, after)
    await collect(await replay(), out, { services })
    expect(await bundleOf(out)).toEqual(await bundleOf(whole))
  })

  test('is not asked again for what is there, nor for what there is none of', async () => {
    const out = await newFolder()
    const { server: first } = await interrupted(out, 30)
    const written = Object.keys(await filesOf(out)).filter((path) => path.startsWith(`${ACCOUNT}/${REGION}/`)).length
    const none = (await manifestOf(out)).absent.length
    const second = await replay()
    await collect(second, out, { services })
    const all = await replay()
    await collect(all, await newFolder(), { services })
    expect(callsIn(second).length).toBe(callsIn(all).length - written - none)
    expect(written).toBeGreaterThan(5)
    expect(first.asked.length).toBeGreaterThan(30)
  })

  test('says which calls are missing, by kind and region, and not those that are there', async () => {
    const out = await newFolder()
    await interrupted(out, 12)
    const { missing } = await manifestOf(out)
    const kinds = missing.map(({ kind }) => kind)
    expect(kinds).toContain('aws/ecs/describe-services')
    expect(new Set(missing.map(({ code }) => code))).toEqual(new Set(['NotCollected']))
    expect(missing.every(({ region }) => region === REGION)).toBe(true)
    expect(kinds).not.toContain('aws/kms/list-aliases')
  })

  test('asks for pages anew where the token of the last one is good no longer', async () => {
    const out = await newFolder()
    const abort = new AbortController()
    const first = await replay(({ operation, input }) => {
      if (operation === 'ListFunctions' && input['Marker'] === '4') abort.abort()
      return undefined
    })
    await collect(first, out, { services: ['lambda'], signal: abort.signal }).catch(() => undefined)
    expect(Object.keys(await filesOf(out)).filter((path) => path.includes('list-functions'))).toHaveLength(2)
    let refused = 0
    const second = await replay(({ operation, input }) => {
      if (operation !== 'ListFunctions' || input['Marker'] !== '4' || refused > 0) return undefined
      refused += 1
      return { error: 'InvalidParameterValueException', message: 'The marker has expired.' }
    })
    await collect(second, out, { services: ['lambda'] })
    expect(second.asked.filter(({ operation }) => operation === 'ListFunctions').map(({ input }) => input['Marker'])).toEqual([
      '4',
      undefined,
      '2',
      '4',
    ])
    const { missing, complete } = await manifestOf(out)
    expect({ missing, complete }).toEqual({ missing: [], complete: true })
  })

  test('is not taken up with other options, and nothing of it is touched', async () => {
    const out = await newFolder()
    await interrupted(out, 20)
    const before = await filesOf(out)
    await expect(collect(await replay(), out, { services: ['kms'] })).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(await filesOf(out)).toEqual(before)
  })

  test('is not taken up by another caller', async () => {
    const out = await newFolder()
    await interrupted(out, 20)
    const other = await replay(({ operation }) =>
      operation === 'GetCallerIdentity'
        ? {
            body: `<R><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/eve</Arn><Account>${ACCOUNT}</Account></GetCallerIdentityResult></R>`,
          }
        : undefined,
    )
    await expect(collect(other, out, { services })).rejects.toMatchObject({ code: 'BAD_USAGE' })
  })

  test('by a crash goes on behind the line that was cut off', async () => {
    const out = await newFolder()
    await interrupted(out, 30)
    const journal = await readFile(join(out, JOURNAL), 'utf8')
    await writeFile(join(out, JOURNAL), `${journal}{"absent":{"kind":"aws/la`)
    await collect(await replay(), out, { services })
    const whole = await newFolder()
    await collect(await replay(), whole, { services })
    expect(await bundleOf(out)).toEqual(await bundleOf(whole))
  })
})

describe('a collection that is killed', () => {
  test('leaves whole files and a manifest that says that the rest is missing, and is taken up again', async () => {
    const out = await newFolder()
    const server = await replay()
    const args = [
      'src/cli/main.ts',
      'collect',
      'aws',
      '--out',
      out,
      '--endpoint-url',
      server.endpoint,
      '--region',
      REGION,
      '--regions',
      REGION,
      '--services',
      services.join(','),
    ]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    while (server.asked.length < 25 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const { complete, missing } = await manifestOf(out)
    expect(complete).toBe(false)
    expect(missing.map(({ kind }) => kind)).toContain('aws/ecs/describe-task-definition')
    for (const [path, text] of Object.entries(await filesOf(out)))
      if (path.endsWith('.json')) expect(() => JSON.parse(text) as unknown, path).not.toThrow()
    await collect(await replay(), out, { services })
    const whole = await newFolder()
    await collect(await replay(), whole, { services })
    expect(await bundleOf(out)).toEqual(await bundleOf(whole))
  }, 30_000)

  test('by Ctrl-C ends in good order with 130', async () => {
    const out = await newFolder()
    const server = await replay()
    const args = ['src/cli/main.ts', 'collect', 'aws', '--out', out, '--endpoint-url', server.endpoint, '--region', REGION, '--regions', REGION]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    while (server.asked.length < 25 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2))
    child.kill('SIGINT')
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(130)
    expect(said).toContain('the same command goes on')
    expect((await manifestOf(out)).complete).toBe(false)
  }, 30_000)
})

describe('a folder', () => {
  test('of a collection that came to its end is replaced', async () => {
    const out = await newFolder()
    await collect(await replay(), out, { services: ['kms'] })
    await collect(await replay(), out, { services: ['lambda'] })
    const paths = Object.keys(await filesOf(out))
    expect(paths.filter((path) => path.includes('/kms/'))).toEqual([])
    expect(paths.some((path) => path.includes('/lambda/'))).toBe(true)
    expect(paths).not.toContain(JOURNAL)
  })

  test('with a file of somebody else is left alone', async () => {
    const out = await newFolder()
    await collect(await replay(), out, { services: ['kms'] })
    await writeFile(join(out, ACCOUNT, 'notes.txt'), 'mine')
    const server = await replay()
    await expect(collect(server, out, { services: ['kms'] })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      message: expect.stringContaining('notes.txt') as unknown,
    })
    expect(server.asked).toEqual([])
    expect(await readFile(join(out, ACCOUNT, 'notes.txt'), 'utf8')).toBe('mine')
  })

  test('of answers that were put there by hand is left alone', async () => {
    const out = await newFolder()
    await mkdir(join(out, ACCOUNT, REGION, 'kms'), { recursive: true })
    await writeFile(join(out, ACCOUNT, REGION, 'kms', 'list-keys.json'), '{"Keys": []}')
    await expect(collect(await replay(), out)).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(Object.keys(await filesOf(out))).toHaveLength(1)
  })

  test('that is a file is refused before anything is asked', async () => {
    const out = await newFolder()
    await writeFile(out, 'mine')
    const server = await replay()
    await expect(collect(server, out)).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(server.asked).toEqual([])
    await expect(collect(server, `${out}/below`)).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(await readFile(out, 'utf8')).toBe('mine')
  })

  test('stays as it is where AWS does not say who asks', async () => {
    const out = await newFolder()
    await collect(await replay(), out, { services: ['kms'] })
    const before = await filesOf(out)
    const denied = await replay(() => ({ error: 'InvalidClientTokenId', status: 403 }))
    await expect(collect(denied, out, { services: ['kms'] })).rejects.toMatchObject({ code: 'COLLECT_FAILED' })
    expect(await filesOf(out)).toEqual(before)
  })

  test('takes subjects that are longer than a file may be called, and the manifest says whose they are', async () => {
    const long = `arn:aws:iam::${ACCOUNT}:role/${'deep/'.repeat(80)}worker`
    const server = await replay(({ service, operation }) =>
      service === 'kms' && operation === 'ListKeys' ? { output: { Keys: [{ KeyId: long }] } } : undefined,
    )
    const out = await newFolder()
    await collect(server, out, { services: ['kms'] })
    const { files } = (await manifestOf(out)) as unknown as { files: Readonly<Record<string, { kind: string; subject: string }>> }
    const [path, note] = Object.entries(files).find(([, { kind }]) => kind === 'aws/kms/describe-key') ?? []
    expect(note).toMatchObject({ subject: long, region: REGION, account: ACCOUNT })
    expect(Object.keys(await filesOf(out))).toContain(path)
  })
})
