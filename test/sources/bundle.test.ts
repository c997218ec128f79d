import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noteOfPath, pathOf } from '../../src/sources/bundle/layout.ts'
import { folderOf, read, readWith } from './reading.ts'
import { zipOf } from './zip-file.ts'

const ACCOUNT = '111122223333'
const LEDGER = 'arn:aws:s3:::ledger'
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${LEDGER}/*` }] }
const answer = { Policy: JSON.stringify(policy) }
const note = { kind: 'aws/s3api/get-bucket-policy', account: ACCOUNT, subject: 'ledger' }
const stated = async (files: Parameters<typeof folderOf>[0]): Promise<unknown> => {
  const facts = await read(await folderOf(files))
  const { findings, coverages } = facts
  expect(findings).toEqual([])
  expect(coverages).toMatchObject([{ id: `aws:s3:${ACCOUNT}`, complete: true }])
  return facts.entity(LEDGER)?.document
}

describe('what an answer is about', () => {
  test('is told by its place', async () => {
    expect(await stated({ [`b/${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: answer })).toBe(JSON.stringify(policy))
  })

  test('is told by its place within an archive', async () => {
    expect(await stated({ 'b.zip': zipOf({ [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: answer }) })).toBe(JSON.stringify(policy))
  })

  test('is told by an envelope, many in a file', async () => {
    const envelope = { Kind: note.kind, Account: ACCOUNT, Region: 'global', Subject: 'ledger', TakenAt: '2026-11-20T10:00:00Z', Output: answer }
    const absent = { ...envelope, Subject: 'empty', Output: undefined, Error: { Code: 'NoSuchBucketPolicy', Message: 'none' } }
    const facts = await read(await folderOf({ 'all.ndjson': `${JSON.stringify(envelope)}\n${JSON.stringify(absent)}\n` }))
    const { coverages, findings } = facts
    expect(findings).toEqual([])
    expect(facts.entity(LEDGER)?.origin).toMatchObject({ place: 'Output.Policy' })
    expect(facts.entity('arn:aws:s3:::empty')).toMatchObject({ document: null, properties: { policyState: 'ABSENT' } })
    expect(coverages).toMatchObject([{ asOf: '2026-11-20T10:00:00.000Z' }])
  })

  test('is told by the manifest, though files that sort before it need it', async () => {
    const files = { 'a.json': { kind: note.kind, subject: 'ledger' } }
    const manifest = { permiscopeManifest: 1, account: ACCOUNT, files }
    expect(await stated({ 'a.json': answer, 'permiscope-manifest.json': manifest })).toBe(JSON.stringify(policy))
    expect(await stated({ 'b.zip': zipOf({ 'a.json': answer, 'permiscope-manifest.json': manifest }) })).toBe(JSON.stringify(policy))
  })

  test('is asked for where nothing tells it, and the rest is read', async () => {
    const manifest = { permiscopeManifest: 1, files: { 'a.json': { kind: 'aws/s3api/get-bucket-tagging', account: ACCOUNT } } }
    const { findings, coverages } = await read(await folderOf({ 'a.json': { TagSet: [] }, 'permiscope-manifest.json': manifest }))
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', message: expect.stringContaining("doesn't say what it is about") }])
    expect(coverages).toMatchObject([{ complete: false }])
  })

  test('may lack the account where the caller beside it tells, or where only one account was read', async () => {
    const buckets = { Buckets: [{ Name: 'ledger' }] }
    const caller = { UserId: 'AIDAX', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` }
    const facts = await read(
      await folderOf({ 'x/buckets.json': buckets, 'x/caller.json': caller, 'y/caller.json': { ...caller, Account: '444455556666' } }),
    )
    const { findings } = facts
    expect(findings).toEqual([])
    expect(facts.entity(LEDGER)?.scope).toBe(ACCOUNT)
    const nobody = await read(await folderOf({ 'buckets.json': buckets }))
    expect(nobody.findings).toMatchObject([{ code: 'WRONG_SHAPE', message: expect.stringContaining('which account') }])
  })

  test('survives the way into a path and back, whatever the subject', () => {
    const subject = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(subject, fc.option(fc.integer({ min: 1, max: 9999 }), { nil: undefined }), (text, page) => {
        const path = `some/where/${pathOf({ ...note, subject: text, region: 'eu-west-1' }, page)}`
        expect(noteOfPath(path)).toEqual({ ...note, subject: text, region: 'eu-west-1' })
      }),
    )
  })
})

describe('an answer that did not come', () => {
  const without = { kind: note.kind, account: ACCOUNT, subject: 'ledger' }

  test('is a fact where the provider says that there is none', async () => {
    const manifest = { permiscopeManifest: 1, absent: [{ ...without, code: 'NoSuchBucketPolicy' }] }
    const facts = await read(await folderOf({ 'permiscope-manifest.json': manifest }))
    const { findings, coverages } = facts
    expect(findings).toEqual([])
    expect(facts.entity(LEDGER)).toMatchObject({ document: null, properties: { policyState: 'ABSENT' } })
    expect(coverages).toMatchObject([{ id: `aws:s3:${ACCOUNT}`, complete: true }])
  })

  test('is a gap where it was refused, by the manifest or in its place', async () => {
    const said = [
      { 'permiscope-manifest.json': { permiscopeManifest: 1, missing: [{ ...without, code: 'AccessDenied', reason: 'not authorized' }] } },
      { [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Error: { Code: 'AccessDenied', Message: 'not authorized' } } },
    ]
    for (const files of said) {
      const facts = await read(await folderOf(files))
      const { findings, coverages } = facts
      expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('AccessDenied not authorized') }])
      expect(facts.entity(LEDGER)).toMatchObject({ document: null, properties: { policyState: 'NOT_LOADED' } })
      expect(coverages).toMatchObject([{ complete: false }])
    }
  })

  test('is a gap too where its place holds nothing, or the text of an error', async () => {
    const place = `${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`
    const texts = {
      FILE_EMPTY: '',
      NOT_JSON: 'An error occurred (AccessDenied) when calling the GetBucketPolicy operation: no',
    }
    for (const [code, text] of Object.entries(texts)) {
      const facts = await read(await folderOf({ [place]: text }))
      expect(facts.findings.map((finding) => finding.code).toSorted()).toEqual(['EXPORT_TRUNCATED', code].toSorted())
      expect(facts.entity(LEDGER)).toMatchObject({ document: null, properties: { policyState: 'NOT_LOADED' } })
      expect(facts.coverages).toMatchObject([{ complete: false }])
    }
  })

  test('of a kind that nobody knows is a finding all the same', async () => {
    const manifest = { permiscopeManifest: 1, missing: [{ kind: 'aws/quantum/list-cats', account: ACCOUNT, code: 'AccessDenied', reason: 'no' }] }
    const { findings } = await read(await folderOf({ 'permiscope-manifest.json': manifest }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', entity: ACCOUNT, message: expect.stringContaining('aws/quantum/list-cats') }])
  })
})

describe('an answer in pages', () => {
  const page = (bucket: string, token?: string): object => ({
    Buckets: [{ Name: bucket }],
    ...(token === undefined ? {} : { ContinuationToken: token }),
  })
  const place = (number: number): string => `${ACCOUNT}/global/s3api/list-buckets.000${number}.json`

  test('is complete with its last page', async () => {
    const { findings, coverages } = await read(await folderOf({ [place(1)]: page('a', 'more'), [place(2)]: page('b') }))
    expect(findings).toEqual([])
    expect(coverages).toMatchObject([{ complete: true }])
  })

  test('without its last page is loaded, with a finding', async () => {
    const facts = await read(await folderOf({ [place(1)]: page('a', 'more') }))
    const { findings, coverages } = facts
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', file: expect.stringContaining('list-buckets.0001.json') }])
    expect(coverages).toMatchObject([{ complete: false }])
    expect(facts.entity('arn:aws:s3:::a')).toBeDefined()
  })

  test('names the place of a broken row, and loads the others', async () => {
    const rows = { Buckets: [{ Name: 'a' }, { Name: 7 }, { Name: 'c' }] }
    const facts = await readWith({}, await folderOf({ [place(1)]: rows }))
    const { findings } = facts
    expect(findings).toMatchObject([{ code: 'WRONG_SHAPE', place: 'Buckets[1].Name' }])
    expect([facts.entity('arn:aws:s3:::a'), facts.entity('arn:aws:s3:::c')]).not.toContain(undefined)
  })
})
