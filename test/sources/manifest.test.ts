import { describe, expect, test } from 'vitest'
import { findingsOf, folderOf, read } from './reading.ts'
import { accountNumbered, smallAccount } from './small-account.ts'
import { zipOf } from './zip-file.ts'

const taken = '2026-11-20T10:00:00Z'
const manifest = (files: object, more: object = {}): object => ({ permiscopeManifest: 1, account: '111122223333', takenAt: taken, files, ...more })

describe('a manifest', () => {
  test('tells when an export was taken', async () => {
    const { coverages, findings } = await read(
      await folderOf({ 'export.json': smallAccount, 'permiscope-manifest.json': manifest({ 'export.json': {} }) }),
    )
    expect(findings).toEqual([])
    expect(coverages).toMatchObject([{ asOf: '2026-11-20T10:00:00.000Z', complete: true }])
  })

  test('speaks for its own folder or archive only', async () => {
    const archive = zipOf({
      'in/export.json': smallAccount,
      'in/permiscope-manifest.json': manifest({ 'export.json': { takenAt: '2026-11-21T10:00:00+01:00' } }),
    })
    expect((await read(await folderOf({ 'a.zip': archive }))).coverages).toMatchObject([{ asOf: '2026-11-21T09:00:00.000Z' }])
    const elsewhere = await read(await folderOf({ 'a/export.json': smallAccount, 'b/permiscope-manifest.json': manifest({ 'export.json': {} }) }))
    expect(elsewhere.coverages).toMatchObject([{ asOf: '2024-05-05T05:05:05.000Z' }])
  })

  test('can say that an export is not complete, and why', async () => {
    const note = { 'export.json': { complete: false, reason: 'the session expired' } }
    const { coverages, findings } = await read(await folderOf({ 'export.json': smallAccount, 'm.json': manifest(note) }))
    expect(findings).toMatchObject([{ code: 'EXPORT_TRUNCATED', message: expect.stringContaining('the session expired') }])
    expect(coverages).toMatchObject([{ complete: false }])
  })

  test('can say what is missing', async () => {
    const { findings } = await read(
      await folderOf({ 'm.json': manifest({}, { missing: [{ what: 'aws/account-aliases', reason: 'AccessDenied' }] }) }),
    )
    expect(findings).toMatchObject([
      { code: 'EXPORT_TRUNCATED', severity: 'warning', place: 'missing[0]', message: expect.stringContaining('AccessDenied') },
    ])
  })

  test('of a wrong shape is named and the exports are read', async () => {
    const facts = await read(
      await folderOf({ 'export.json': smallAccount, 'm.json': { permiscopeManifest: 1, files: { 'export.json': { takenAt: 'noon' } } } }),
    )
    expect(findingsOf(facts)).toEqual(['WRONG_SHAPE m.json files.export.json.takenAt'])
    expect(facts.coverages).toHaveLength(1)
  })
})

describe('account aliases', () => {
  test('name the account that their manifest names', async () => {
    const files = {
      'aliases.json': { AccountAliases: ['acme-production'] },
      'm.json': manifest({ 'aliases.json': {} }),
      'sub/export.json': smallAccount,
    }
    const facts = await read(await folderOf(files))
    expect(facts.entity('111122223333')).toMatchObject({ name: 'acme-production', properties: { aliases: ['acme-production'] } })
  })

  test('name the only account of their folder', async () => {
    const facts = await read(await folderOf({ 'aliases.json': { accountAliases: ['acme'] }, 'export.json': smallAccount }))
    expect(facts.findings).toEqual([])
    expect(facts.entity('111122223333')?.name).toBe('acme')
  })

  test('are refused where several accounts could be meant', async () => {
    const other = accountNumbered('444455556666')
    const facts = await read(await folderOf({ 'aliases.json': { AccountAliases: ['acme'] }, 'one.json': smallAccount, 'two.json': other }))
    expect(findingsOf(facts)).toEqual(['WRONG_SHAPE aliases.json'])
    expect(facts.entity('111122223333')?.name).toBe('111122223333')
  })

  test('an account without alias is named by its number', async () => {
    const facts = await read(await folderOf({ 'aliases.json': { AccountAliases: [] }, 'export.json': smallAccount }))
    expect(facts.findings).toEqual([])
    expect(facts.entity('111122223333')).toMatchObject({ name: '111122223333', properties: {} })
  })
})
