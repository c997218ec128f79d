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
import { createRandom, type Random } from '../random.ts'
import { residentMegabytes, timed, timeEach, type Distribution } from '../statistics.ts'
import { makeQuestions, type BenchQuestion } from '../world/questions.ts'
import { TIERS, type TierName } from '../world/tiers.ts'
import { measureGraphql } from './graphql.ts'

/** A fresh process that serves what was loaded. Times are milliseconds a question. */
export interface ServeFigures {
  readonly coldStartSeconds: number
  readonly compileSeconds: number
  /** Who can take which role, for every role; `covered` below 1: reckoned from that share of them. */
  readonly derive: { readonly seconds: number; readonly covered: number }
  /** Asked for the first time: who can take the roles on the way is worked out then, and kept. */
  readonly whoCanFirst: Distribution
  /** The same questions again. */
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
  const whoCanFirst = await timeEach(questions, WARM_UP, (question) => rows.push(whoCanReach(estate, askWho(question)).totalCount))
  const answered = questions.slice(0, rows.length)
  const whoCan = await timeEach(answered, WARM_UP, (question) => whoCanReach(estate, askWho(question)))
  const themselves = { via: ['DIRECT', 'GROUP', 'RESOURCE_POLICY'] } as const
  const whoCanThemselves = await timeEach(questions, WARM_UP, (question) => whoCanReach(estate, { ...askWho(question), ...themselves }))
  const check = await timeEach(questions, WARM_UP, ({ principal, action, target, account }) =>
    checkAccess(estate, { principal, action, target, account: account.id }),
  )
  const whatCan = await timeEach(questions, WARM_UP, ({ principal }) => effectivePermissions(estate, { principal }))
  const graphqlFirstPage = await measureGraphql(store, questions, WARM_UP)
  const fresh = await measureCompile(store, estate)
  const derive = measureDerive(fresh.estate, createRandom(`${seed}/${tier}/derive`))
  await store.close()
  const sorted = rows.toSorted((a, b) => a - b)
  const whoCanRows = { median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 }
  const times = { coldStartSeconds, compileSeconds: fresh.seconds, derive }
  return { ...times, whoCanFirst, whoCan, whoCanThemselves, whoCanRows, check, whatCan, graphqlFirstPage, residentMegabytes: resident }
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
async function measureCompile(store: GraphStore, former: Estate): Promise<{ readonly estate: Estate; readonly seconds: number }> {
  const { snapshot, createdAt, coverage, findings } = former
  const facts: GraphFact[] = []
  for await (const fact of store.read(snapshot)) facts.push(fact)
  const [estate, seconds] = await timed(() => compileEstate({ snapshot, createdAt, coverage, findings, facts }))
  return { estate, seconds }
}

const DERIVE_LIMIT_SECONDS = 60

/** Roles in random order until the time is up; the rest is reckoned from them. */
function measureDerive({ aws, assumptions }: Estate, random: Random): ServeFigures['derive'] {
  const roles = aws.actors.filter(({ entity }) => entity.kind === 'AwsRole').map((role) => ({ role, at: random.next() }))
  const started = performance.now()
  let done = 0
  for (const { role } of roles.toSorted((a, b) => a.at - b.at)) {
    if (performance.now() - started > DERIVE_LIMIT_SECONDS * 1000) break
    assumptions.takersOf(role)
    done++
  }
  const covered = done / Math.max(1, roles.length)
  return { seconds: (performance.now() - started) / 1000 / covered, covered }
}
