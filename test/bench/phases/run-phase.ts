import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import type { PhaseName } from '../options.ts'
import type { TierName } from '../world/tiers.ts'
import { measureAzure, type AzureFigures } from './azure.ts'
import { measureCypher, type CypherFigures } from './cypher.ts'
import { measureEvaluator, type EvaluatorFigures } from './evaluator.ts'
import { measureInventory, type InventoryFigures } from './inventory.ts'
import { measureLoad, type LoadFigures } from './load.ts'
import { measureServe, type ServeFigures } from './serve.ts'

export interface PhaseFigures {
  readonly load: LoadFigures
  readonly serve: ServeFigures
  readonly cypher: CypherFigures
  readonly evaluator: EvaluatorFigures
  readonly inventory: InventoryFigures
  readonly azure: AzureFigures
}

export interface PhaseTask {
  readonly tier: TierName
  readonly seed: string
  readonly folder: string
}

/** Does a part of the work in this process. */
export function doPhase(
  phase: PhaseName,
  { tier, seed, folder }: PhaseTask,
): EvaluatorFigures | Promise<LoadFigures | ServeFigures | CypherFigures | InventoryFigures | AzureFigures> {
  switch (phase) {
    case 'load':
      return measureLoad(tier, seed, folder)
    case 'serve':
      return measureServe(tier, seed, folder)
    case 'cypher':
      return measureCypher(tier, seed, folder)
    case 'inventory':
      return measureInventory(seed, folder)
    case 'azure':
      return measureAzure(seed, folder)
    case 'evaluator':
      return measureEvaluator(seed)
    default:
      return phase satisfies never
  }
}

/** Each part has a process of its own: memory left by one is not counted to the next, and one process at a time has the machine. */
export async function runPhase<Name extends PhaseName>(phase: Name, { tier, seed, folder }: PhaseTask): Promise<PhaseFigures[Name]> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const args = ['--expose-gc', '--max-old-space-size=12000', main, '--phase', phase, '--tier', tier, '--seed', seed, '--folder', folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (code !== 0) throw new Error(`The part "${phase}" of tier ${tier} failed`)
  const figures: PhaseFigures[Name] = JSON.parse(output)
  return figures
}
