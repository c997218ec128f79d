import { setImmediate } from 'node:timers/promises'
import { PermiscopeError } from '../domain/errors.ts'
import { compileEstate } from '../estate/compile.ts'
import type { Estate } from '../estate/estate.ts'
import type { GraphStore } from '../graph/store.ts'

/** Keeps the estate of the served snapshot at hand and goes over to a new one when it is published. */
export interface Follower {
  /** The estate of the snapshot served now. @throws NO_SNAPSHOT */
  estate(): Estate
  close(): Promise<void>
}

export interface FollowOptions {
  /** How often `store.current()` is asked; 1000 unless given. */
  readonly intervalMs?: number
  /** Told of each swap, and of a snapshot that can't be loaded (the former one stays). */
  readonly onChange?: (event: { readonly snapshot: string; readonly error?: unknown }) => void
}

/** Loads and compiles a snapshot (the current one unless named). @throws NO_SNAPSHOT */
export async function loadEstate(store: GraphStore, snapshot?: string): Promise<Estate> {
  const id = snapshot ?? (await store.current())
  if (id === null) throw noSnapshot()
  const info = (await store.snapshots()).find((known) => known.id === id)
  if (info === undefined) throw new PermiscopeError('NO_SNAPSHOT', `there is no snapshot ${id} in ${store.location}`)
  return compileEstate({
    snapshot: id,
    createdAt: info.createdAt,
    coverage: info.coverage,
    findings: await store.findings(id),
    facts: store.read(id),
  })
}

const noSnapshot = (): PermiscopeError => new PermiscopeError('NO_SNAPSHOT', 'nothing has been ingested yet: run `permiscope ingest PATH`')

/** How long warming may keep requests waiting at a time, in milliseconds. */
const SLICE_MS = 8

/** Warms an estate in slices, until it is warm or of no use any more. */
async function warm(estate: Estate, isStale: () => boolean): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS
  for (const _turn of estate.warmUp()) {
    if (performance.now() < sliceEnd) continue
    await setImmediate()
    if (isStale()) return
    sliceEnd = performance.now() + SLICE_MS
  }
}

/** Polls the store; requests under way keep the estate that they began with. */
export async function follow(store: GraphStore, options: FollowOptions = {}): Promise<Follower> {
  let served: Estate | null = null
  let failed: string | null = null
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let turn = Promise.resolve()

  const goOver = async (): Promise<void> => {
    const current = await store.current()
    if (current === null || current === served?.snapshot) return
    try {
      served = await loadEstate(store, current)
      void warm(served, () => closed || served?.snapshot !== current)
      failed = null
      options.onChange?.({ snapshot: current })
    } catch (error) {
      if (failed !== current) options.onChange?.({ snapshot: current, error })
      failed = current
    }
  }
  const poll = (): void => {
    if (closed) return
    timer = setTimeout(() => {
      // A store that doesn't answer for a moment is asked again; the estate in memory goes on answering.
      turn = goOver()
        .catch(() => undefined)
        .finally(poll)
    }, options.intervalMs ?? 1000)
    timer.unref()
  }
  await goOver()
  poll()
  return {
    estate() {
      if (served === null) throw noSnapshot()
      return served
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await turn
    },
  }
}
