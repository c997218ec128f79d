import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PermiscopeError } from '../../domain/errors.ts'
import type { GraphStore } from '../../graph/store.ts'
import { ingestWithProgress } from '../ingest-with-progress.ts'
import { hint } from '../messages.ts'
import type { CommonOptions } from '../options.ts'
import { version } from '../version.ts'
import { fingerprint } from './fingerprint.ts'
import { lastStarted, noteStarted } from './started.ts'

const DEMO = fileURLToPath(new URL('../../../demo', import.meta.url))

/**
 * Brings what is to be served into the store, unless it is there. Without paths that is whatever the store holds; the bundled demo where it
 * holds nothing, or holds an older demo.
 * @throws BAD_INPUT where nothing could be loaded and so nothing can be served
 */
export async function loadForStart(store: GraphStore, paths: readonly string[], options: CommonOptions): Promise<void> {
  const demo = paths.length === 0
  const from = demo ? [demoFolder()] : paths
  const print = await fingerprint(from, version())
  const current = await store.current()
  const before = await lastStarted(options)
  if (current !== null && before?.fingerprint === print) return hint(options, 'the exports are unchanged: starting from what is stored')
  const isDemoStored = before?.demo === true && before.snapshot === current
  if (current !== null && demo && !isDemoStored) return hint(options, `starting from what is stored in ${store.location}`)
  hint(options, demo ? 'loading the bundled demo estate' : `loading ${paths.join(', ')}`)
  const report = await ingestWithProgress(store, from, { ...options, replace: true })
  if (report.snapshot === null) throw new PermiscopeError('BAD_INPUT', 'nothing could be loaded from these exports')
  hint(options, `${report.entities} entities and ${report.edges} edges loaded${report.refused === 0 ? '' : `, ${report.refused} things refused`}`)
  await noteStarted(options, { demo, fingerprint: print, snapshot: report.snapshot })
}

function demoFolder(): string {
  if (!existsSync(DEMO)) throw new PermiscopeError('BAD_USAGE', 'the bundled demo is missing here: name your own exports')
  return DEMO
}
