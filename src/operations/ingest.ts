import type { CoverageFact, EdgeFact, EntityFact, SourceRecord } from '../domain/facts.ts'
import type { GraphStore, SnapshotDraft, SnapshotInfo } from '../graph/store.ts'
import { readExports } from '../sources/index.ts'
import type { ReadOptions } from '../sources/source.ts'
import type { IngestReport } from './answers.ts'
import { carryOver, keptCoverage } from './ingest/carry-over.ts'
import { createMerger, edgeKey, type Merged, supersede } from './ingest/merge.ts'
import { spokenFor } from './ingest/spoken-for.ts'
import { validateDocuments } from './ingest/validate.ts'

export interface IngestOptions extends ReadOptions {
  /** Start from nothing instead of carrying over what other coverages said. */
  readonly replace?: boolean
  /** How many snapshots to keep, the new one included; all unless given. */
  readonly keep?: number
}

/**
 * Reads exports and publishes a new snapshot. What the exports cover replaces what was known of it; everything else is carried over.
 * Publishes nothing where nothing was loaded. Bad data is in `findings`; `refused` counts those that were not loaded.
 * @throws STORE_BUSY, STORE_UNAVAILABLE
 */
export async function ingest(store: GraphStore, paths: readonly string[], options: IngestOptions = {}): Promise<IngestReport> {
  const fresh = await readAll(paths, options)
  const findings = fresh.findings
  const refused = findings.filter(({ severity }) => severity === 'refused').length
  if (fresh.coverage.size === 0) {
    return { snapshot: null, entities: 0, edges: 0, coverage: [], carriedOver: [], findings, refused, removedSnapshots: [] }
  }
  const former = options.replace === true ? undefined : await currentSnapshot(store)
  const replaced = spokenFor(fresh)
  const snapshot = await store.publish(await draftOf(fresh, former === undefined ? [] : carryOver(store, former, replaced)))
  const removedSnapshots = options.keep === undefined ? [] : await store.prune(options.keep)
  return {
    snapshot: snapshot.id,
    entities: snapshot.entities,
    edges: snapshot.edges,
    coverage: [...replaced].sort(),
    carriedOver: former === undefined ? [] : keptCoverage(former, replaced).map(({ id }) => id),
    findings,
    refused,
    removedSnapshots,
  }
}

async function readAll(paths: readonly string[], options: ReadOptions): Promise<Merged> {
  const merger = createMerger()
  for await (const batch of readExports(paths, options)) for (const record of batch) merger.add(record)
  for (const finding of validateDocuments(merger.result().entities.values())) merger.add(finding)
  return merger.result()
}

/** The facts of exports as a snapshot would hold them, with nothing carried over. */
export async function readSnapshotDraft(paths: readonly string[], options: ReadOptions = {}): Promise<SnapshotDraft> {
  return draftOf(await readAll(paths, options), [])
}

async function currentSnapshot(store: GraphStore): Promise<SnapshotInfo | undefined> {
  const current = await store.current()
  return (await store.snapshots()).find(({ id }) => id === current)
}

async function draftOf(fresh: Merged, carried: AsyncIterable<SourceRecord> | Iterable<SourceRecord>): Promise<SnapshotDraft> {
  const { entities, edges, coverage } = fresh
  const findings = [...fresh.findings]
  for await (const record of carried) {
    if (record.record === 'entity') addEntity(entities, record)
    else if (record.record === 'edge') addEdge(edges, record)
    else if (record.record === 'coverage') coverage.set(record.id, record)
    else findings.push(record)
  }
  settleStubs(entities, coverage)
  return { coverage: [...coverage.values()].sort(byId), ...complete(entities, edges), findings }
}

/**
 * Whether what is only named is of somebody else depends on everything that is covered now, not on the ingest that named it.
 */
function settleStubs(entities: Map<string, EntityFact>, coverage: ReadonlyMap<string, CoverageFact>): void {
  const scopes = new Set([...coverage.values()].map(({ scope }) => scope))
  for (const entity of entities.values()) if (isOfSomeAccount(entity)) entities.set(entity.id, settle(entity, !scopes.has(entity.scope ?? '')))
}

const isOfSomeAccount = ({ coverage, label, scope }: EntityFact): boolean => coverage.length === 0 && label === 'Principal' && scope !== null

function settle(entity: EntityFact, external: boolean): EntityFact {
  const { external: _, ...properties } = entity.properties
  return { ...entity, properties: external ? { ...properties, external } : properties }
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/** What the new exports say of an entity goes before what was known; what they don't speak for is kept. */
function addEntity(entities: Map<string, EntityFact>, former: EntityFact): void {
  const fresh = entities.get(former.id)
  entities.set(former.id, fresh === undefined ? former : supersede(fresh, former))
}

function addEdge(edges: Map<string, EdgeFact>, former: EdgeFact): void {
  const key = edgeKey(former)
  const fresh = edges.get(key)
  edges.set(key, fresh === undefined ? former : { ...fresh, coverage: [...new Set([...fresh.coverage, ...former.coverage])].sort() })
}

/** Drops edges without an end, and stubs that no edge names. */
function complete(entities: Map<string, EntityFact>, edges: ReadonlyMap<string, EdgeFact>): { entities: EntityFact[]; edges: EdgeFact[] } {
  const whole: EdgeFact[] = []
  const unnamed = new Set<string>()
  for (const { id, coverage } of entities.values()) if (coverage.length === 0) unnamed.add(id)
  for (const edge of edges.values()) {
    if (!entities.has(edge.from.id) || !entities.has(edge.to.id)) continue
    whole.push(edge)
    unnamed.delete(edge.from.id)
    unnamed.delete(edge.to.id)
  }
  for (const id of unnamed) entities.delete(id)
  return { entities: [...entities.values()], edges: whole }
}
