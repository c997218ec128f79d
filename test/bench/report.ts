import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import type { PhaseFigures } from './phases/run-phase.ts'
import type { Distribution } from './statistics.ts'
import type { TierName } from './world/tiers.ts'

export type TierFigures = Omit<PhaseFigures, 'evaluator' | 'inventory' | 'azure'> & { readonly tier: TierName }

export interface BenchResult {
  readonly machine: Machine
  readonly seed: string
  readonly date: string
  readonly evaluator: PhaseFigures['evaluator']
  readonly inventory: PhaseFigures['inventory']
  readonly azure: PhaseFigures['azure']
  readonly tiers: readonly TierFigures[]
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  /** Processes that wanted to run in the last minute before the start. */
  readonly loadBefore: number
}

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})

/** The table of design.md §7: what, the budget at 100k principals, what was measured, and the measured as a share of the budget (1.00 is just met). */
export function reportText(result: BenchResult): string {
  const { cpu, cores, memoryGigabytes, node, loadBefore } = result.machine
  const busy = loadBefore > cores / 2 ? `\nThe machine was busy (load ${loadBefore}): take the times for upper bounds.` : ''
  const heading = `${cpu}, ${cores} cores, ${memoryGigabytes} GB; Node ${node}; seed "${result.seed}"; ${result.date}${busy}`
  return [
    heading,
    ...result.tiers.map((tier) => tierText(tier)),
    inventoryText(result.inventory),
    azureText(result.azure),
    evaluatorText(result.evaluator),
  ].join('\n\n')
}

function tierText(figures: TierFigures): string {
  const { tier, load, serve, cypher } = figures
  const size = `${count(load.entities)} entities and ${count(load.edges)} edges from ${load.exportMegabytes} MB of exports`
  const details = [
    `generate ${seconds(load.generateSeconds)}; read, check and map ${seconds(load.readSeconds)}, ${count(load.facts / load.readSeconds)} facts/s;`,
    `the same with merging and compiling every document ${seconds(load.draftSeconds)}; publish ${seconds(load.publishSeconds)}; store ${load.storeMegabytes} MB;`,
    `memory of the ingest ${load.residentMegabytes} MB`,
  ].join(' ')
  const more: readonly (readonly [string, Distribution])[] = [
    ['who-can, all ways, asked for the first time', serve.whoCanFirst],
    ['who-can, all ways, asked again', serve.whoCan],
    ['who-can, acting as themselves', serve.whoCanThemselves],
    ['check', serve.check],
    ['effective permissions', serve.whatCan],
    ['GraphQL, first page of who-can', serve.graphqlFirstPage],
    ['baseline: recursive Cypher, one policy', cypher.holdersOfPolicy],
    [`baseline: recursive Cypher, a whole question (${cypher.policiesPerQuestion} policies)`, cypher.question],
  ]
  return [
    `Tier ${tier}: ${size}`,
    details,
    table(['what', 'budget at 100k', 'measured', 'share of budget'], budgetRows(figures)),
    table(
      ['milliseconds', 'p50', 'p95', 'p99', 'max', 'samples'],
      more.map(([name, { p50, p95, p99, max, samples }]) => [name, ...[p50, p95, p99, max].map(milliseconds), String(samples)]),
    ),
    `who-can has ${serve.whoCanRows.median} rows in the median and ${serve.whoCanRows.most} at most.`,
  ].join('\n\n')
}

function budgetRows({ load, serve }: TierFigures): readonly (readonly string[])[] {
  const rate = (load.entities + load.edges) / load.publishSeconds
  return [
    ['facts into the embedded store', '≥ 500,000/s', `${count(rate)}/s`, share(500_000 / rate)],
    ['compile the estate', '≤ 10 s', seconds(serve.compileSeconds), share(serve.compileSeconds / 10)],
    [deriveName(serve.derive.covered), '≤ 60 s', seconds(serve.derive.seconds), share(serve.derive.seconds / 60)],
    ['cold start to the first answer', '≤ 10 s', seconds(serve.coldStartSeconds), share(serve.coldStartSeconds / 10)],
    ['who-can in process, p99, asked for the first time', '≤ 10 ms', `${milliseconds(serve.whoCanFirst.p99)} ms`, share(serve.whoCanFirst.p99 / 10)],
    ['who-can in process, p99, asked again', '≤ 10 ms', `${milliseconds(serve.whoCan.p99)} ms`, share(serve.whoCan.p99 / 10)],
    ['first page over GraphQL, p99', '≤ 100 ms', `${milliseconds(serve.graphqlFirstPage.p99)} ms`, share(serve.graphqlFirstPage.p99 / 100)],
    ['effective permissions, first page, p99', '≤ 250 ms', `${milliseconds(serve.whatCan.p99)} ms`, share(serve.whatCan.p99 / 250)],
    ['memory of the serving process', '≤ 1,500 MB', `${count(serve.residentMegabytes)} MB`, share(serve.residentMegabytes / 1500)],
  ]
}

function inventoryText({ resources, entities, edges, seconds: took, residentMegabytes }: PhaseFigures['inventory']): string {
  const rate = resources / took
  return [
    'A collected bundle, from files to a published snapshot (buckets, keys, functions, instances, queues, with what was asked of each)',
    table(['what', 'budget', 'measured', 'share of budget'], [['resources ingested', '≥ 20,000/s', `${count(rate)}/s`, share(20_000 / rate)]]),
    `${count(resources)} resources, ${count(entities)} entities and ${count(edges)} edges in ${seconds(took)}; memory ${residentMegabytes} MB`,
  ].join('\n\n')
}

function azureText(figures: PhaseFigures['azure']): string {
  const { assignments, subscriptions, entities, edges, ingestSeconds, compileSeconds, whoCan, check, whatCan, residentMegabytes } = figures
  const rows = [
    ['compile the estate', '≤ 10 s', seconds(compileSeconds), share(compileSeconds / 10)],
    ['who-can in process, p99', '≤ 10 ms', `${milliseconds(whoCan.p99)} ms`, share(whoCan.p99 / 10)],
    ['check, p99', '', `${milliseconds(check.p99)} ms`, ''],
    ['effective permissions, first page, p99', '≤ 250 ms', `${milliseconds(whatCan.p99)} ms`, share(whatCan.p99 / 250)],
  ]
  return [
    `A tenant of Azure: ${count(assignments)} role assignments over ${count(subscriptions)} subscriptions, from files to answers`,
    table(['what', 'budget at 100k', 'measured', 'share of budget'], rows),
    `${count(entities)} entities and ${count(edges)} edges ingested in ${seconds(ingestSeconds)}; memory ${residentMegabytes} MB`,
  ].join('\n\n')
}

function evaluatorText({ simple, typical, heavy, compiled }: PhaseFigures['evaluator']): string {
  const row = (name: string, value: number): readonly string[] => [name, '≥ 100,000/s', `${count(value)}/s`, share(100_000 / value)]
  const rows = [
    row('exact AWS decisions: one policy', simple),
    row('five policies', typical),
    row('120 statements, boundary, 3 SCP levels, resource policy', heavy),
  ]
  const heading = 'The evaluator alone, one core, policies compiled before'
  return [heading, table(['what', 'budget', 'measured', 'share of budget'], rows), `Policies compiled: ${count(compiled)}/s`].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}

const deriveName = (covered: number): string =>
  covered < 1 ? `derive who can take which role, reckoned from ${(covered * 100).toFixed(1)} %` : 'derive who can take which role'

const count = (value: number): string => Math.round(value).toLocaleString('en')
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`
const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1)
const share = (value: number): string => value.toFixed(2)
