import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { collectAws } from '../../src/sources/aws/collect.ts'
import { filesOf, stubCredentials } from '../sources/aws/collect/collecting.ts'
import { read, type Read } from '../sources/reading.ts'
import { makeEstate, MANAGEMENT, REGION, SECRET } from './estate.ts'
import { AWS_CLI_FOLDER, motoObstacle, startMoto, type MotoServer } from './moto-server.ts'

const missingTool = ['jq', 'bash'].find((tool) => spawnSync(tool, ['--version']).status !== 0)
const obstacle = missingTool === undefined ? motoObstacle() : `there is no ${missingTool}`
if (obstacle !== undefined) console.warn(`The recipe of docs/collect-aws.md is not tested against moto: ${obstacle}.`)

/** Enough to be sure, and few enough calls of a slow command. */
const SERVICES = ['iam', 'kms', 'lambda', 's3api', 'secretsmanager']

describe.skipIf(obstacle !== undefined)('an account that was read live and by the recipe with the AWS CLI', () => {
  let moto: MotoServer
  let folder: string
  let live: string
  let byHand: string

  beforeAll(async () => {
    stubCredentials()
    folder = await mkdtemp(join(tmpdir(), 'permiscope-by-hand-'))
    ;[live, byHand] = [join(folder, 'live'), join(folder, 'by-hand')]
    moto = await startMoto()
    await makeEstate(moto.endpoint)
    await collectAws({ out: live, endpoint: moto.endpoint, region: REGION, regions: [REGION], services: SERVICES })
    const recipe = /```bash\n([^]*?)```/.exec(await readFile(new URL('../../docs/collect-aws.md', import.meta.url), 'utf8'))?.[1] ?? ''
    await writeFile(join(folder, 'collect.sh'), recipe)
    const env = {
      ...process.env,
      PATH: [AWS_CLI_FOLDER, process.env['PATH']].join(delimiter),
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_DEFAULT_REGION: REGION,
      AWS_MAX_ATTEMPTS: '1',
      services: `sts ${SERVICES.join(' ')}`,
    }
    const [code] = (await once(spawn('bash', [join(folder, 'collect.sh'), byHand, REGION], { env, stdio: 'inherit' }), 'exit')) as [number]
    expect(code).toBe(0)
  }, 240_000)
  afterAll(async () => {
    await moto.stop()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(() => {
    stubCredentials()
    return () => vi.unstubAllEnvs()
  })

  test('lies at the same places', async () => {
    const places = async (path: string): Promise<readonly string[]> =>
      Object.keys(await filesOf(path)).map((file) => file.replace(/\.\d{4}(?=\.json$)/, ''))
    const made = await places(byHand)
    expect((await places(live)).filter((file) => !made.includes(file))).toEqual(['permiscope-manifest.json'])
  })

  test('says the same', async () => {
    expect(saidBy(await read(byHand))).toEqual(saidBy(await read(live)))
    expect(saidBy(await read(live)).length).toBeGreaterThan(50)
  })

  test('holds no secret', async () => {
    const files = await filesOf(byHand)
    expect(Object.entries(files).filter(([, text]) => text.includes(SECRET))).toEqual([])
    expect(files[`${MANAGEMENT}/${REGION}/lambda/list-functions.json`]).toContain('"DB_PASSWORD": null')
  })
})

/** Entities and edges, without the files that they were read from; documents without the order of their members, dates without fractions. */
function saidBy({ entities, arrows }: Read): readonly string[] {
  const texts = entities.map(({ origin: _origin, ...entity }) =>
    JSON.stringify({ ...entity, document: entity.document === null ? null : sorted(JSON.parse(entity.document) as unknown) }),
  )
  return [...new Set([...texts.map((text) => text.replaceAll(/(T\d\d:\d\d:\d\d)\.\d+Z/g, '$1Z')), ...arrows])].sort()
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
