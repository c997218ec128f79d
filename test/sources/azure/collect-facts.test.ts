import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SourceRecord } from '../../../src/domain/facts.ts'
import { pathOf } from '../../../src/sources/bundle/layout.ts'
import { readExports } from '../../../src/sources/index.ts'
import { asAzPrints } from '../../azure/as-az-prints.ts'
import { SUBSCRIPTION, TENANT } from '../../azure/tenant-ids.ts'
import { collect, filesOf, manifestOf, newFolder, serve } from './collecting.ts'

async function recordsOf(folder: string): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = []
  for await (const batch of readExports([folder])) records.push(...batch)
  return records
}

/** Without what differs by the road: the text as it was printed, where it was read, when it was taken. */
function comparable(records: readonly SourceRecord[]): readonly string[] {
  const plain = records.flatMap((record): readonly object[] => {
    if (record.record === 'entity') return [{ ...record, document: record.document === null ? null : 'as printed', origin: undefined }]
    if (record.record === 'coverage') return [{ ...record, asOf: undefined }]
    return record.record === 'finding' ? [{ code: record.code }] : [record]
  })
  return [...new Set(plain.map((record) => JSON.stringify(record)))].sort()
}

async function written(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await newFolder()
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

/** What the CLI prints of the same tenant: answers as it prints them, and errors in the place of those that there are none of. */
async function printedByAz(out: string): Promise<Readonly<Record<string, string>>> {
  const answers = Object.entries(await filesOf(out)).filter(([path]) => path.startsWith(TENANT))
  const errors = (await manifestOf(out)).absent.map((note) => [pathOf(note), JSON.stringify({ Error: { Code: note.code } })] as const)
  return { ...asAzPrints(Object.fromEntries(answers)), ...Object.fromEntries(errors) }
}

describe('facts', () => {
  test('are the same, whether Azure was asked or its CLI has printed them', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const live = comparable(await recordsOf(out))
    const files = comparable(await recordsOf(await written(await printedByAz(out))))
    expect(files).toEqual(live)
    expect(live.length).toBeGreaterThan(80)
  })

  test('of a tenant that was collected whole lack nothing', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const records = await recordsOf(out)
    expect(records.filter(({ record }) => record === 'finding')).toEqual([])
    expect(records.filter((record) => record.record === 'coverage' && !record.complete)).toEqual([])
  })

  test('are the same, however many pages they come in', async () => {
    const [small, large] = [await newFolder(), await newFolder()]
    await collect(await serve(), small)
    await collect(await serve(undefined, 1000), large)
    expect(comparable(await recordsOf(small))).toEqual(comparable(await recordsOf(large)))
  })

  test('of what was refused are not taken for all that there is', async () => {
    const out = await newFolder()
    await collect(
      await serve(({ path }) =>
        path.includes(SUBSCRIPTION) && path.endsWith('/roleAssignments') ? { status: 403, code: 'AuthorizationFailed' } : undefined,
      ),
      out,
    )
    const records = await recordsOf(out)
    expect(
      records.find((record) => record.record === 'coverage' && record.id === `azure:role-assignments/subscription:${SUBSCRIPTION}`),
    ).toMatchObject({ complete: false })
    expect(records.filter((record) => record.record === 'finding' && record.message.includes('AuthorizationFailed'))).toHaveLength(1)
    expect(records.filter((record) => record.record === 'coverage' && record.id.startsWith('azure:') && !record.complete)).toHaveLength(1)
  })

  test('are of the tenant that was collected', async () => {
    const out = await newFolder()
    await collect(await serve(), out)
    const ids = (await recordsOf(out)).flatMap((record) => (record.record === 'coverage' ? [record.id] : []))
    expect(ids).toEqual(
      expect.arrayContaining([`azure:subscriptions:${TENANT}`, `azure:management-groups:${TENANT}`, `azure:role-definitions/tenant:${TENANT}`]),
    )
  })
})
