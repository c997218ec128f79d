import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/graph/index.ts'
import { loadEstate } from '../../src/operations/follow.ts'
import { whoCanReach } from '../../src/operations/who-can.ts'
import { accountExport } from '../support/account.ts'
import { permiscope } from '../support/cli.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'permiscope-killed-'))
const data = join(folder, 'data')
const USERS = 1500

/** One generation of an account: users who all may read, and nobody of another generation. */
function generation(number: number): string {
  const users = Object.fromEntries(Array.from({ length: USERS }, (_, at) => [`g${number}-${at}`, { policies: { p: [{ actions: 's3:GetObject' }] } }]))
  const path = join(folder, `${number}.json`)
  writeFileSync(path, JSON.stringify(accountExport({ users })))
  return path
}

/** @returns whether it ended by itself before it was killed */
function ingestKilledAfter(path: string, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'bin/permiscope.js'), 'ingest', path, '--data', data, '--quiet'], { stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0)
    })
  })
}

async function servedGenerations(): Promise<string[]> {
  const store = await openStore({ data, readOnly: true })
  try {
    const answer = whoCanReach(await loadEstate(store), { target: 'arn:aws:s3:::b/k', actions: ['s3:GetObject'], via: ['DIRECT'], first: 500 })
    expect(answer.totalCount).toBe(USERS + 1)
    return [...new Set(answer.edges.map(({ node }) => node.principal.name.split('-')[0] ?? ''))].filter((name) => /^g\d+$/.test(name))
  } finally {
    await store.close()
  }
}

describe('an ingest that is killed', () => {
  beforeAll(async () => {
    expect((await permiscope(['ingest', generation(0), '--data', data])).code).toBe(0)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('at any moment leaves a whole snapshot served: the former one, or its own', async () => {
    let last = 0
    for (const [at, milliseconds] of [60, 150, 250, 350, 450, 550, 650, 800, 1000, 4000].entries()) {
      const number = at + 1
      const ended = await ingestKilledAfter(generation(number), milliseconds)
      const served = await servedGenerations()
      expect(ended ? [`g${number}`] : [`g${last}`, `g${number}`]).toEqual(expect.arrayContaining(served))
      expect(served).toHaveLength(1)
      last = Number(served[0]?.slice(1))
    }
  })

  it('does not stop the next one', async () => {
    const { code, stderr } = await permiscope(['ingest', generation(99), '--data', data])
    expect(code, stderr).toBe(0)
    expect(await servedGenerations()).toEqual(['g99'])
  })
})
