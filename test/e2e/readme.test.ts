import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permiscope } from '../support/cli.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const data = mkdtempSync(join(tmpdir(), 'permiscope-readme-'))

/** Blocks that show a command and what it prints. */
const shown = [...readme.matchAll(/^```\n\$ npx --no-install permiscope (.+)\n([^]*?)\n```$/gm)].map(
  (match) => [match[1] ?? '', match[2] ?? ''] as const,
)

describe('the README', () => {
  beforeAll(async () => {
    expect((await permiscope(['ingest', join(root, 'demo'), '--data', data])).code).toBe(0)
  })
  afterAll(() => rmSync(data, { recursive: true, force: true }))

  it('shows commands with their output', () => {
    expect(shown.length).toBeGreaterThan(1)
  })

  it.each(shown)('tells what this really prints: permiscope %s', async (command, output) => {
    const { stdout } = await permiscope([...command.split(' '), '--data', data])
    expect(stdout.trimEnd()).toBe(output)
  })

  it('links to pages that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '').filter((link) => !link.includes('://'))
    expect(links.filter((link) => readFileSyncOrNull(join(root, link)) === null)).toEqual([])
  })
})

function readFileSyncOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EISDIR' ? '' : null
  }
}
