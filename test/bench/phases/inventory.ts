import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openStore } from '../../../src/graph/index.ts'
import { ingest } from '../../../src/operations/ingest.ts'
import { createRandom } from '../random.ts'
import { residentMegabytes, timed } from '../statistics.ts'
import { writeInventory } from '../world/write-inventory.ts'

/** A collected bundle to a published snapshot: parse, map, merge, check the documents, load. */
export interface InventoryFigures {
  readonly resources: number
  readonly entities: number
  readonly edges: number
  readonly seconds: number
  readonly residentMegabytes: number
}

const PLAN = { accounts: 20, resources: 5000 }

export async function measureInventory(seed: string, folder: string): Promise<InventoryFigures> {
  const bundle = join(folder, 'inventory')
  const data = join(folder, 'inventory-store')
  await Promise.all([bundle, data].map((path) => rm(path, { recursive: true, force: true })))
  const resources = await writeInventory(bundle, PLAN, createRandom(`${seed}/inventory`))
  const store = await openStore({ data })
  const [report, seconds] = await timed(() => ingest(store, [bundle]))
  await store.close()
  const refused = report.findings.filter(({ severity }) => severity === 'refused')
  if (refused.length > 0) throw new Error(`The generated bundle is faulty: ${refused[0]?.file} ${refused[0]?.place}: ${refused[0]?.message}`)
  return { resources, entities: report.entities, edges: report.edges, seconds, residentMegabytes: residentMegabytes() }
}
