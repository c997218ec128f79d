import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../../src/graph/index.ts'
import { readSnapshotDraft } from '../../../src/operations/ingest.ts'
import { readExports } from '../../../src/sources/index.ts'
import { createRandom } from '../random.ts'
import { residentMegabytes, timed } from '../statistics.ts'
import { TIERS, type TierName } from '../world/tiers.ts'
import { writeWorld } from '../world/write-world.ts'

/** Export files to a published snapshot. Rates are facts (entities and edges) a second. */
export interface LoadFigures {
  readonly exportMegabytes: number
  readonly generateSeconds: number
  readonly facts: number
  readonly readSeconds: number
  readonly draftSeconds: number
  readonly entities: number
  readonly edges: number
  readonly publishSeconds: number
  readonly storeMegabytes: number
  readonly residentMegabytes: number
}

export async function measureLoad(tier: TierName, seed: string, folder: string): Promise<LoadFigures> {
  const exports = join(folder, 'exports')
  const data = join(folder, 'store')
  await rm(data, { recursive: true, force: true })
  const [, generateSeconds] = await timed(() => writeWorld(exports, TIERS[tier], createRandom(`${seed}/${tier}`)))
  const [facts, readSeconds] = await timed(() => countFacts(exports))
  const [draft, draftSeconds] = await timed(() => readSnapshotDraft([exports]))
  const refused = draft.findings.filter(({ severity }) => severity === 'refused')
  if (refused.length > 0) throw new Error(`The generated exports are faulty: ${refused[0]?.file} ${refused[0]?.place}: ${refused[0]?.message}`)
  const store = await openStore({ data })
  const [snapshot, publishSeconds] = await timed(() => store.publish(draft))
  await store.close()
  return {
    exportMegabytes: await megabytesIn(exports),
    generateSeconds,
    facts,
    readSeconds,
    draftSeconds,
    entities: snapshot.entities,
    edges: snapshot.edges,
    publishSeconds,
    storeMegabytes: await megabytesIn(data),
    residentMegabytes: residentMegabytes(),
  }
}

/** Reads, checks and maps, and keeps nothing. */
async function countFacts(folder: string): Promise<number> {
  let facts = 0
  for await (const batch of readExports([folder])) for (const { record } of batch) if (record === 'entity' || record === 'edge') facts++
  return facts
}

async function megabytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size))
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20)
}
