import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOptions, type BenchOptions } from './options.ts'
import { doPhase, runPhase } from './phases/run-phase.ts'
import { describeMachine, reportText, type BenchResult, type TierFigures } from './report.ts'
import { TIERS, type TierName } from './world/tiers.ts'

/** `npm run bench`: generates estates, measures every step from export files to answers, and holds the figures to the budgets. See docs/performance.md. */
async function bench({ tiers, seed, json, folder: given }: BenchOptions): Promise<void> {
  const machine = describeMachine()
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'permiscope-bench-')))
  try {
    const figures: TierFigures[] = []
    for (const tier of tiers) figures.push(await measureTier(tier, seed, join(folder, tier)))
    console.error('measuring the evaluator')
    const evaluator = await runPhase('evaluator', { tier: '1k', seed, folder })
    console.error('measuring the ingest of an inventory')
    const inventory = await runPhase('inventory', { tier: '1k', seed, folder })
    console.error('measuring a tenant of Azure')
    const azure = await runPhase('azure', { tier: '1k', seed, folder })
    const date = new Date().toISOString().slice(0, 10)
    const result: BenchResult = { machine, seed, date, evaluator, inventory, azure, tiers: figures }
    console.log(reportText(result))
    if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`)
  } finally {
    if (given === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function measureTier(tier: TierName, seed: string, folder: string): Promise<TierFigures> {
  const { principals, accounts, resources } = TIERS[tier]
  console.error(`tier ${tier}: ${principals} principals and ${resources} resources in ${accounts} accounts`)
  const task = { tier, seed, folder }
  const load = await runPhase('load', task)
  const serve = await runPhase('serve', task)
  const cypher = await runPhase('cypher', task)
  return { tier, load, serve, cypher }
}

const options = readOptions(process.argv.slice(2))
if (options.phase === undefined) await bench(options)
else
  console.log(
    JSON.stringify(await doPhase(options.phase, { tier: options.tiers[0] ?? '1k', seed: options.seed, folder: options.folder ?? tmpdir() })),
  )
