import { join } from 'node:path'
import type { GraphFact } from '../../../src/domain/facts.ts'
import { compileEstate } from '../../../src/estate/compile.ts'
import type { Estate } from '../../../src/estate/estate.ts'
import { openStore } from '../../../src/graph/index.ts'
import type { GraphStore } from '../../../src/graph/store.ts'
import { checkAccess } from '../../../src/operations/check-access.ts'
import { loadEstate } from '../../../src/operations/follow.ts'
import { effectivePermissions } from '../../../src/operations/what-can.ts'
import { whoCanReach } from '../../../src/operations/who-can.ts'
import { createRandom } from '../random.ts'
import { residentMegabytes, timed, timeEach, type Distribution } from '../statistics.ts'
import { makeQuestions, type BenchQuestion } from '../world/questions.ts'
import { TIERS, type TierName } from '../world/tiers.ts'
import { measureGraphql } from './graphql.ts'

/** A fresh process that serves what was loaded. Times are milliseconds a question. */
export interface ServeFigures {
  readonly coldStartSeconds: number
  readonly compileSeconds: number
  readonly whoCan: Distribution
  /** With rows via ROLE and FEDERATION left out. */
  readonly whoCanThemselves: Distribution
  readonly whoCanRows: { readonly median: number; readonly most: number }
  readonly check: Distribution
  readonly whatCan: Distribution
  readonly graphqlFirstPage: Distribution
  /** Resident set after garbage was collected, with the estate compiled. */
  readonly residentMegabytes: number
}

const WARM_UP = 50
const SAMPLES = 250

export async function measureServe(tier: TierName, seed: string, folder: string): Promise<ServeFigures> {
  const questions = makeQuestions(TIERS[tier], createRandom(`${seed}/${tier}/questions`), WARM_UP + SAMPLES)
  const [{ store, estate }, coldStartSeconds] = await timed(() => coldStart(join(folder, 'store'), questions))
  globalThis.gc?.()
  const resident = residentMegabytes()
  const rows: number[] = []
  const whoCan = await timeEach(questions, WARM_UP, (question) => rows.push(whoCanReach(estate, askWho(question)).totalCount))
  const themselves = { via: ['DIRECT', 'GROUP', 'RESOURCE_POLICY'] } as const
  const whoCanThemselves = await timeEach(questions, WARM_UP, (question) => whoCanReach(estate, { ...askWho(question), ...themselves }))
  const check = await timeEach(questions, WARM_UP, ({ principal, action, target, account }) =>
    checkAccess(estate, { principal, action, target, account: account.id }),
  )
  const whatCan = await timeEach(questions, WARM_UP, ({ principal }) => effectivePermissions(estate, { principal }))
  const graphqlFirstPage = await measureGraphql(store, questions, WARM_UP)
  const compileSeconds = await measureCompile(store, estate)
  await store.close()
  const sorted = rows.toSorted((a, b) => a - b)
  const whoCanRows = { median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 }
  return { coldStartSeconds, compileSeconds, whoCan, whoCanThemselves, whoCanRows, check, whatCan, graphqlFirstPage, residentMegabytes: resident }
}

const askWho = ({ target, action, account }: BenchQuestion): { target: string; actions: string[]; account: string } => ({
  target,
  actions: [action],
  account: account.id,
})

/** From an opened store to the first answer. */
async function coldStart(data: string, [first]: readonly BenchQuestion[]): Promise<{ readonly store: GraphStore; readonly estate: Estate }> {
  const store = await openStore({ data, readOnly: true })
  const estate = await loadEstate(store)
  if (first !== undefined) whoCanReach(estate, askWho(first))
  return { store, estate }
}

/** Compiling alone, from facts in memory. */
async function measureCompile(store: GraphStore, { snapshot, createdAt, coverage, findings }: Estate): Promise<number> {
  const facts: GraphFact[] = []
  for await (const fact of store.read(snapshot)) facts.push(fact)
  const [, seconds] = await timed(() => compileEstate({ snapshot, createdAt, coverage, findings, facts }))
  return seconds
}
