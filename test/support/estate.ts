import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileEstate } from '../../src/estate/compile.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { readSnapshotDraft } from '../../src/operations/ingest.ts'

/** The asking time of every estate in tests. */
export const NOW = new Date('2026-11-25T12:00:00Z')

/** Compiles an estate from export files, by the real road but for the store. @param files name → JSON value or text */
export async function estateOf(files: Readonly<Record<string, unknown>>): Promise<Estate> {
  const folder = mkdtempSync(join(tmpdir(), 'permiscope-test-'))
  try {
    for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
    return await estateAt([folder])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The same from files that exist. */
export async function estateAt(paths: readonly string[]): Promise<Estate> {
  const draft = await readSnapshotDraft(paths)
  return compileEstate({
    snapshot: 'test',
    createdAt: NOW.toISOString(),
    coverage: draft.coverage,
    findings: draft.findings,
    facts: [...draft.entities, ...draft.edges],
    now: () => NOW,
  })
}
