import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { GraphStore } from '../../src/graph/store.ts'
import { collected } from '../conformance/world.ts'

/** Starts a process that publishes without end, and kills it. */

const PROGRAM = fileURLToPath(new URL('publish-forever.ts', import.meta.url))

export interface Moment {
  /** How many snapshots it has said to be published: 0, while the first is being written. */
  readonly published: number
  readonly millisecondsLater: number
}

/** @returns ids that it said were published, oldest first */
export async function publishUntilKilled(where: 'data' | 'url', place: string, moment: Moment): Promise<readonly string[]> {
  const child = spawn(process.execPath, [PROGRAM, where, place], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complaints = ''
  child.stderr.on('data', (text: Buffer) => {
    complaints += text.toString()
  })
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      // The first line says that it is ready.
      if (said.split('\n').length > moment.published + 1) resolve()
    })
    child.once('exit', () => {
      resolve()
    })
  })
  await reached
  await new Promise((resolve) => {
    setTimeout(resolve, moment.millisecondsLater)
  })
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  // Killed, and not ended by a fault of its own: it would have shown nothing then.
  expect(complaints).toBe('')
  expect(child.signalCode).toBe('SIGKILL')
  return said.split('\n').filter((line) => line !== '' && line !== 'ready')
}

/** What is served is the last that was published, or the one whose publishing was just done when the kill came; and it is one whole generation. */
export async function expectWhole(store: GraphStore, published: readonly string[]): Promise<void> {
  const current = await store.current()
  const last = published.at(-1) ?? null
  if (current === null) return expect(last).toBeNull()
  expect(current >= (last ?? '')).toBe(true)
  const facts = await collected(store.read(current))
  const entities = facts.filter((fact) => fact.record === 'entity')
  const edges = facts.filter((fact) => fact.record === 'edge')
  expect([entities.length, edges.length]).toEqual([400, 399])
  expect(new Set([...entities.map(({ name }) => name), ...edges.map(({ coverage }) => coverage[0])]).size).toBe(1)
  for (const { id } of await store.snapshots()) await store.hydrate(id, ['arn:aws:iam::111122223333:user/u0'])
}
