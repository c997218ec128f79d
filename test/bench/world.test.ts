import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSnapshotDraft } from '../../src/operations/ingest.ts'
import { createRandom } from './random.ts'
import { permissionPolicy } from './world/documents.ts'
import { makeQuestions } from './world/questions.ts'
import { planAccounts, TIERS } from './world/tiers.ts'
import { writeWorld } from './world/write-world.ts'

const SMALL = { principals: 120, accounts: 4, resources: 200 }

describe('the generated estate', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'permiscope-world-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const written = async (name: string, seed: string): Promise<Readonly<Record<string, string>>> => {
    const into = join(folder, name)
    await writeWorld(into, SMALL, createRandom(seed))
    const files = (await readdir(into)).sort()
    return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(join(into, file), 'utf8')] as const)))
  }

  test('is the same bytes for the same seed, and others for another', async () => {
    const first = await written('first', 'a')
    expect(await written('again', 'a')).toEqual(first)
    expect(await written('other', 'b')).not.toEqual(first)
  })

  test('is read without a fault, and holds what was planned', async () => {
    await written('read', 'a')
    const { entities, findings } = await readSnapshotDraft([join(folder, 'read')])
    expect(findings).toEqual([])
    const kinds = [...entities].map(({ kind }) => kind)
    const planned = planAccounts(SMALL)
    expect(kinds.filter((kind) => kind === 'AwsRole' || kind === 'AwsUser')).toHaveLength(
      planned.reduce((sum, { users, roles }) => sum + users + roles, 0),
    )
    expect(kinds.filter((kind) => kind === 'AwsAccount').length).toBeGreaterThanOrEqual(SMALL.accounts)
    expect(kinds).toContain('ServiceControlPolicy')
    expect(kinds).toContain('FederatedSubject')
  })

  test('asks about targets and principals that it holds', async () => {
    await written('asked', 'a')
    const { entities } = await readSnapshotDraft([join(folder, 'asked')])
    const ids = new Set([...entities].map(({ id }) => id))
    for (const { principal, target } of makeQuestions(SMALL, createRandom('q'), 50)) {
      expect(ids).toContain(principal)
      expect(ids).toContain(target.split('/reports/')[0])
    }
  })
})

test('a tenth of the policies are wide and three in ten statements have a condition', () => {
  const random = createRandom('shape')
  const [account] = planAccounts(TIERS['1k'])
  if (account === undefined) throw new Error('the tier has no account')
  const policies = Array.from({ length: 4000 }, () => permissionPolicy(random, account).Statement)
  const wide = policies.filter(
    ([only, ...others]) =>
      others.length === 0 &&
      only !== undefined &&
      /\*"|NotAction/.test(JSON.stringify([only['Action'], only['NotAction']])) &&
      only['Resource'] === '*',
  )
  const statements = policies.flat()
  expect(wide.length / policies.length).toBeGreaterThan(0.08)
  expect(statements.filter((statement) => 'Condition' in statement).length / statements.length).toBeCloseTo(0.29, 1)
  expect(statements.some(({ Effect }) => Effect === 'Deny')).toBe(true)
})

test('account sizes add up to the tier and fall steeply', () => {
  const plans = planAccounts(TIERS['10k'])
  const sizes = plans.map(({ users, roles }) => users + roles)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(plans).toHaveLength(200)
  expect(Math.abs(total - 10_000)).toBeLessThan(200)
  expect(sizes[0]).toBeGreaterThan(20 * (sizes[50] ?? 0))
})
