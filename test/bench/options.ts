import { parseArgs } from 'node:util'
import { TIERS, type TierName } from './world/tiers.ts'

export const PHASES = ['load', 'serve', 'cypher', 'evaluator', 'inventory', 'azure'] as const
export type PhaseName = (typeof PHASES)[number]

export interface BenchOptions {
  readonly tiers: readonly TierName[]
  readonly seed: string
  /** File for the numbers. */
  readonly json: string | undefined
  /** Where exports and stores are written; a temporary folder, removed at the end, unless given. */
  readonly folder: string | undefined
  /** This process is one that the benchmark started for a part of the work. */
  readonly phase: PhaseName | undefined
}

const USAGE = `npm run bench -- [--tier 1k|10k|100k]… [--seed TEXT] [--json FILE] [--folder DIR]`

/** @throws Error that says what was not understood */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tier: { type: 'string', multiple: true },
      seed: { type: 'string' },
      json: { type: 'string' },
      folder: { type: 'string' },
      phase: { type: 'string' },
    },
  })
  return {
    tiers: (values.tier ?? ['1k', '10k']).map(tierName),
    seed: values.seed ?? 'permiscope',
    json: values.json,
    folder: values.folder,
    phase: values.phase === undefined ? undefined : phaseName(values.phase),
  }
}

const isTier = (text: string): text is TierName => Object.hasOwn(TIERS, text)

function tierName(text: string): TierName {
  if (!isTier(text)) throw new Error(`There is no tier ${text}. ${USAGE}`)
  return text
}

function phaseName(text: string): PhaseName {
  const found = PHASES.find((name) => name === text)
  if (found === undefined) throw new Error(`There is no phase ${text}. ${USAGE}`)
  return found
}
