import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EdgeFact, EntityFact } from '../../src/domain/facts.ts'
import { openStore } from '../../src/graph/index.ts'
import type { GraphStore } from '../../src/graph/store.ts'
import { ingest, readSnapshotDraft } from '../../src/operations/ingest.ts'
import { checkAccess } from '../../src/operations/check-access.ts'
import { loadEstate } from '../../src/operations/follow.ts'
import { ACCOUNT, accountExport, type AccountSpec, trusts, userArn } from '../support/account.ts'

const OTHER = '444455556666'
const spec: AccountSpec = {
  users: { a: { groups: ['g'], attached: ['p'], tags: { x: 'y' } }, b: { policies: { q: [{ actions: 's3:*' }] }, boundary: 'p' } },
  groups: { g: { attached: ['p'] } },
  roles: { r: { attached: ['p'], trust: [trusts(OTHER), trusts('lambda.amazonaws.com')] } },
  managed: { p: [{ actions: 's3:GetObject' }] },
}
const other: AccountSpec = { account: OTHER, users: { c: { policies: { q: [{ actions: 'sqs:*' }] } } } }

let folder: string
let store: GraphStore
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'permiscope-ingest-'))
  store = await openStore({ data: join(folder, 'data') })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, value: unknown): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

async function stored(): Promise<{ entities: EntityFact[]; edges: EdgeFact[] }> {
  const current = (await store.current()) ?? ''
  const entities: EntityFact[] = []
  const edges: EdgeFact[] = []
  for await (const fact of store.read(current)) (fact.record === 'entity' ? entities : edges).push(fact as never)
  return { entities, edges }
}
const principals = async (): Promise<string[]> =>
  (await stored()).entities
    .filter(({ kind }) => kind === 'AwsUser')
    .map(({ name }) => name)
    .toSorted()

describe('an ingest', () => {
  it('publishes what it read, as it was read', async () => {
    const path = write('one.json', accountExport(spec))
    const report = await ingest(store, [path])
    expect(report).toMatchObject({ refused: 0, coverage: [`aws:iam:${ACCOUNT}`], carriedOver: [] })
    const draft = await readSnapshotDraft([path])
    const { entities, edges } = await stored()
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)
    expect(entities.toSorted(byId)).toEqual([...draft.entities].map(({ origin: _, ...entity }) => entity).toSorted(byId))
    expect(edges).toHaveLength([...draft.edges].length)
  })

  it('replaces what it covers and carries everything else over', async () => {
    await ingest(store, [write('one.json', accountExport(spec)), write('two.json', accountExport(other))])
    const report = await ingest(store, [write('again.json', accountExport({ users: { z: {} } }))])
    expect(report.carriedOver).toEqual([`aws:iam:${OTHER}`])
    expect(await principals()).toEqual(['c', 'z'])
    const estate = await loadEstate(store)
    expect(
      checkAccess(estate, { principal: userArn('c', OTHER), action: 'sqs:SendMessage', target: `arn:aws:sqs:eu-west-1:${OTHER}:q` }).effect,
    ).toBe('ALLOW')
  })

  it('drops what only replaced facts named', async () => {
    await ingest(store, [write('one.json', accountExport(spec))])
    expect((await stored()).entities.map(({ id }) => id)).toContain('lambda.amazonaws.com')
    await ingest(store, [write('again.json', accountExport({ users: { z: {} } }))])
    expect((await stored()).entities.map(({ id }) => id)).not.toContain('lambda.amazonaws.com')
  })

  it('with replace starts from nothing', async () => {
    await ingest(store, [write('one.json', accountExport(spec)), write('two.json', accountExport(other))])
    await ingest(store, [write('again.json', accountExport({ users: { z: {} } }))], { replace: true })
    expect(await principals()).toEqual(['z'])
  })

  it('that loads nothing publishes nothing, and loses nothing', async () => {
    await ingest(store, [write('one.json', accountExport(spec))])
    const before = await store.current()
    const report = await ingest(store, [write('bad.json', '{"what": "is this"}'), write('empty.json', ''), join(folder, 'missing.json')])
    expect(report.snapshot).toBeNull()
    expect(report.findings.map(({ code }) => code).toSorted()).toEqual(['FILE_EMPTY', 'FILE_UNREADABLE', 'NOT_RECOGNISED'])
    expect(report.refused).toBe(3)
    expect(await store.current()).toBe(before)
  })

  it('loads the rest of a file with a broken part, and names file, place and reason', async () => {
    const value = accountExport(spec) as { UserDetailList: { UserPolicyList?: unknown }[] }
    value.UserDetailList[1] = {
      ...value.UserDetailList[1],
      UserPolicyList: [
        { PolicyName: 'q', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Maybe', Action: 's3:*', Resource: '*' }] } },
      ],
    }
    const report = await ingest(store, [write('one.json', value)])
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: 'POLICY_INVALID',
        severity: 'refused',
        place: 'UserDetailList[1].UserPolicyList[0].PolicyDocument.Statement[0].Effect',
        entity: `${userArn('b')}#q`,
      }),
    ])
    expect(await principals()).toEqual(['a', 'b'])
    const estate = await loadEstate(store)
    const decision = checkAccess(estate, { principal: 'b', action: 's3:GetObject', target: 'arn:aws:s3:::x/y' })
    expect(decision.effect).toBe('CONDITIONAL')
    expect(decision.caveats.map(({ code }) => code)).toContain('POLICY_INVALID')
  })

  it('keeps as many snapshots as asked', async () => {
    for (const name of ['x', 'y', 'z']) await ingest(store, [write(`${name}.json`, accountExport({ users: { [name]: {} } }))], { keep: 2 })
    expect(await store.snapshots()).toHaveLength(2)
    expect(await principals()).toEqual(['z'])
  })

  it('says where two files contradict one another, whatever their order', async () => {
    const changed = accountExport({ ...spec, users: { ...spec.users, b: { policies: { q: [{ actions: 'ec2:*' }] } } } })
    const paths = [write('a.json', accountExport(spec)), write('b.json', changed)]
    const report = await ingest(store, paths)
    expect(report.findings).toEqual([expect.objectContaining({ code: 'DUPLICATE_CONFLICT', severity: 'warning', entity: `${userArn('b')}#q` })])
    const forwards = await stored()
    await ingest(store, paths.toReversed())
    const sorted = (facts: readonly object[]): string[] => facts.map((fact) => JSON.stringify(fact)).toSorted()
    expect(sorted((await stored()).entities)).toEqual(sorted(forwards.entities))
  })
})

describe('order, repetition and batching of input', () => {
  it('change nothing', async () => {
    const whole = accountExport(spec) as Record<string, unknown[]>
    const expected = await factsOf([whole, accountExport(other)])
    const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const
    const pieces = lists.flatMap((list) =>
      (whole[list] ?? []).map((item) => Object.fromEntries(lists.map((name) => [name, name === list ? [item] : []]))),
    )
    const all = [...pieces, accountExport(other)].map((piece) => ({ ...piece, IsTruncated: false }))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }), fc.subarray(all), async (shuffled, again) => {
        expect(await factsOf([...shuffled, ...again])).toEqual(expected)
      }),
      { numRuns: 25, seed: 3 },
    )
  })
})

async function factsOf(values: readonly unknown[]): Promise<string[]> {
  const inner = mkdtempSync(join(folder, 'run-'))
  values.forEach((value, at) => writeFileSync(join(inner, `${at}.json`), JSON.stringify(value)))
  const { entities, edges, coverage, findings } = await readSnapshotDraft([inner])
  expect(findings).toEqual([])
  return [...[...entities].map(({ origin: _, ...entity }) => entity), ...edges, ...coverage]
    .map((fact) =>
      JSON.stringify(fact, (_key, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : value,
      ),
    )
    .toSorted()
}
