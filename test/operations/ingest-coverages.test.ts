import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntityFact } from '../../src/domain/facts.ts'
import { openStore } from '../../src/graph/index.ts'
import type { GraphStore } from '../../src/graph/store.ts'
import { ingest } from '../../src/operations/ingest.ts'
import { createMerger, statedWithin } from '../../src/operations/ingest/merge.ts'

const ACCOUNT = '111122223333'
const BUCKET = 'arn:aws:s3:::ledger'
const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 's3:GetObject', Resource: `${BUCKET}/*` }],
}

let folder: string
let store: GraphStore
let ingests = 0
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'permiscope-coverages-'))
  store = await openStore({ data: join(folder, 'data') })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** @param files path in the bundle → what the CLI prints */
async function ingestBundle(files: Readonly<Record<string, unknown>>, expected: readonly unknown[] = []): Promise<void> {
  const bundle = join(folder, `bundle-${(ingests += 1)}`)
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(bundle, name)), { recursive: true })
    writeFileSync(join(bundle, name), JSON.stringify(value))
  }
  const { findings } = await ingest(store, [bundle])
  expect(findings).toEqual(expected)
}

async function bucket(): Promise<EntityFact | undefined> {
  for await (const fact of store.read((await store.current()) ?? '')) if (fact.record === 'entity' && fact.id === BUCKET) return fact
  return undefined
}

const listing = { [`${ACCOUNT}/global/s3api/list-buckets.json`]: { Buckets: [{ Name: 'ledger', BucketRegion: 'eu-west-1' }] } }
const withPolicy = { [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Policy: JSON.stringify(policy) } }
const withoutPolicy = {
  [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Error: { Code: 'NoSuchBucketPolicy', Message: 'The bucket policy does not exist' } },
}
const other = { 'list.json': [{ Resource: BUCKET, Account: ACCOUNT, Policy: policy }] }

describe('an entity that several coverages state', () => {
  it('is joined from what each output says of it', async () => {
    await ingestBundle({ ...listing, ...withPolicy })
    expect(await bucket()).toMatchObject({ name: 'ledger', properties: { region: 'eu-west-1' }, coverage: [`aws:s3:${ACCOUNT}`] })
    expect(JSON.parse((await bucket())?.document ?? '')).toEqual(policy)
  })

  it('loses what a newer ingest of the coverage that said it takes back, though another still states the entity', async () => {
    await ingestBundle({ ...listing, ...withPolicy })
    await ingestBundle({ 'tags.json': [{ Resource: BUCKET, Account: ACCOUNT, Policy: null }] })
    expect((await bucket())?.coverage).toEqual([`aws:resource-policies:${ACCOUNT}`, `aws:s3:${ACCOUNT}`])
    await ingestBundle({ ...listing, ...withoutPolicy })
    expect(await bucket()).toMatchObject({ document: null, properties: { policyState: 'ABSENT', region: 'eu-west-1' } })
  })

  it('stays as it was known where a newer ingest was refused everything, and goes where it was told otherwise', async () => {
    await ingestBundle({ ...listing, ...withPolicy })
    const before = await bucket()
    const denied = { [`${ACCOUNT}/global/s3api/list-buckets.json`]: { Error: { Code: 'AccessDenied', Message: 'no' } } }
    await ingestBundle(denied, [expect.objectContaining({ code: 'EXPORT_TRUNCATED', coverage: `aws:s3:${ACCOUNT}` })])
    expect(await bucket()).toEqual(before)
    expect((await store.snapshots())[0]?.coverage).toEqual([expect.objectContaining({ id: `aws:s3:${ACCOUNT}`, complete: true })])
    await ingestBundle({ [`${ACCOUNT}/global/s3api/list-buckets.json`]: { Buckets: [] } })
    expect(await bucket()).toBeUndefined()
  })

  it('keeps what another coverage says when one is replaced', async () => {
    await ingestBundle({ ...other })
    await ingestBundle({ ...listing })
    expect((await bucket())?.document).not.toBeNull()
    await ingestBundle({ [`${ACCOUNT}/global/s3api/list-buckets.json`]: { Buckets: [] } })
    const left = await bucket()
    expect(left).toMatchObject({ coverage: [`aws:resource-policies:${ACCOUNT}`], properties: {} })
    expect(left?.document).not.toBeNull()
  })
})

describe('statements of one entity', () => {
  const coverage = fc.constantFrom('a', 'b', 'c')
  const statement = fc.record({
    coverage,
    properties: fc.record({ region: fc.constantFrom('x', 'y'), state: fc.constantFrom('on', 'off') }, { requiredKeys: [] }),
    document: fc.constantFrom(null, '{}'),
  })
  /** No coverage contradicts another or itself here: what one says of a part, all say who speak of it. */
  const agreeing = fc
    .record({
      region: fc.constantFrom('x', 'y'),
      state: fc.constantFrom('on', 'off'),
      statements: fc.array(statement, { minLength: 1, maxLength: 6 }),
    })
    .map(({ region, state, statements }) =>
      statements.map(({ coverage: id, properties, document }): EntityFact => ({
        record: 'entity',
        label: 'Resource',
        kind: 'AWS::S3::Bucket',
        id: BUCKET,
        name: BUCKET,
        provider: 'aws',
        scope: ACCOUNT,
        properties: { ...(properties.region === undefined ? {} : { region }), ...(properties.state === undefined ? {} : { state }) },
        document,
        coverage: [id],
      })),
    )
  const merge = (facts: readonly EntityFact[]): EntityFact | undefined => {
    const merger = createMerger()
    for (const fact of facts) merger.add(fact)
    expect(merger.result().findings).toEqual([])
    return merger.result().entities.get(BUCKET)
  }

  it('are joined to the same in any order, and what is left of some coverages is what these alone would have said', () => {
    fc.assert(
      fc.property(agreeing, fc.subarray(['a', 'b', 'c'], { minLength: 1 }), (facts, kept) => {
        const whole = merge(facts)
        expect(merge([...facts].reverse())).toEqual(whole)
        const left = facts.filter(({ coverage: [id = ''] }) => kept.includes(id))
        if (whole === undefined || left.length === 0) return
        const ids = whole.coverage.filter((id) => kept.includes(id))
        expect(statedWithin(whole, ids)).toEqual(merge(left))
      }),
    )
  })

  it('contradict each other only where both speak: that is a finding', () => {
    const merger = createMerger()
    const [fact] = fc.sample(agreeing, { numRuns: 1, seed: 1 })[0] ?? []
    if (fact === undefined) throw new Error('nothing generated')
    merger.add({ ...fact, properties: { region: 'x' } })
    merger.add({ ...fact, properties: { state: 'on' } })
    expect(merger.result().findings).toEqual([])
    merger.add({ ...fact, properties: { region: 'y' } })
    expect(merger.result().findings).toMatchObject([{ code: 'DUPLICATE_CONFLICT' }])
  })
})
