import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withAz } from '../../azure/az-on-path.ts'
import { ADA, SECOND, SUBSCRIPTION, TENANT } from '../../azure/tenant-ids.ts'
import { filesOf, manifestOf, newFolder, serve, tokenOf } from './collecting.ts'

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts')
const TOKEN = tokenOf({ tid: TENANT, oid: ADA, upn: 'ada@acme.example' })

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** @param onStart with the process, while it runs */
async function permiscope(
  words: readonly string[],
  token: string,
  onStart: (kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ran> {
  const env = await withAz({ AZ_TOKEN: token, AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' })
  const child = spawn(process.execPath, [MAIN, ...words], { env })
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()))
  onStart((signal) => child.kill(signal))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}

describe('permiscope collect azure', () => {
  test("takes the Azure CLI's credentials and says what it has collected", async () => {
    const server = await serve(({ path }) =>
      path.endsWith('/locks') && path.includes(SECOND) ? { status: 403, code: 'AuthorizationFailed', message: 'You may not.' } : undefined,
    )
    const out = await newFolder()
    const { code, stdout, stderr } = await permiscope(
      ['collect', 'azure', '--out', out, '--endpoint-url', server.endpoint, '--graph-endpoint', server.endpoint, '--output', 'json'],
      TOKEN,
    )
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`missing: azure/arm/locks ${SECOND}: AuthorizationFailed: You may not.`) as string,
    })
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: TENANT,
      subscriptions: [SUBSCRIPTION, SECOND],
      takenBy: `${ADA} ada@acme.example`,
      missing: 1,
    })
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]))
    expect(Object.values(await filesOf(out)).join('')).not.toContain(TOKEN)
  }, 60_000)

  test('ends in good order on Ctrl-C, and the same command goes on', async () => {
    const out = await newFolder()
    let interrupt: () => void = () => undefined
    const server = await serve(({ index }) => {
      if (index === 30) interrupt()
      return undefined
    })
    const words = ['collect', 'azure', '--out', out, '--endpoint-url', server.endpoint, '--graph-endpoint', server.endpoint]
    const stopped = await permiscope(words, TOKEN, (kill) => (interrupt = () => kill('SIGINT')))
    expect(stopped).toMatchObject({ code: 130, stderr: expect.stringContaining('the same command goes on') as string })
    expect((await manifestOf(out)).complete).toBe(false)
    interrupt = () => undefined
    expect((await permiscope(words, TOKEN)).code).toBe(0)
    expect((await manifestOf(out)).complete).toBe(true)
  }, 60_000)

  test('says so where nobody has signed in', async () => {
    const server = await serve()
    const { code, stderr } = await permiscope(
      ['collect', 'azure', '--out', await newFolder(), '--endpoint-url', server.endpoint, '--graph-endpoint', server.endpoint],
      '',
    )
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('(COLLECT_FAILED)') as string })
    expect(server.asked).toEqual([])
  }, 60_000)
})
