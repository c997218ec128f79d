import { join } from 'node:path'
import type { EntityFact } from '../../../src/domain/facts.ts'
import { openStore } from '../../../src/graph/index.ts'
import type { GraphStore } from '../../../src/graph/store.ts'
import { createRandom } from '../random.ts'
import { timeEach, type Distribution } from '../statistics.ts'
import { makeQuestions, type BenchQuestion } from '../world/questions.ts'
import { TIERS, type TierName } from '../world/tiers.ts'

/**
 * The baseline: who-can as a graph database alone would answer it, by recursive Cypher from each policy that names the action back to the
 * principals, through groups. It finds candidates only: no deny, boundary, condition, resource or guardrail is looked at.
 */
export interface CypherFigures {
  /** One policy: who holds it. */
  readonly holdersOfPolicy: Distribution
  /** A whole question: every policy of the target's account that names the action. */
  readonly question: Distribution
  readonly policiesPerQuestion: number
}

const QUESTIONS = 30
const WARM_UP = 5

export async function measureCypher(tier: TierName, seed: string, folder: string): Promise<CypherFigures> {
  const questions = makeQuestions(TIERS[tier], createRandom(`${seed}/${tier}/questions`), QUESTIONS)
  const store = await openStore({ data: join(folder, 'store'), readOnly: true })
  try {
    const snapshot = (await store.current()) ?? ''
    const roles = await rolesOf(store, snapshot)
    const asked = questions.map((question) => naming(roles, question))
    const one = asked.flatMap((ids) => ids.slice(0, 10))
    const holdersOfPolicy = await timeEach(one, WARM_UP, (roleId) => holders(store, snapshot, roleId))
    const question = await timeEach(asked, WARM_UP, async (ids) => {
      for (const roleId of ids) await holders(store, snapshot, roleId)
    })
    const policiesPerQuestion = Math.round(asked.reduce((sum, ids) => sum + ids.length, 0) / asked.length)
    return { holdersOfPolicy, question, policiesPerQuestion }
  } finally {
    await store.close()
  }
}

const holders = (store: GraphStore, snapshot: string, roleId: string): Promise<unknown> => store.run(snapshot, 'principals-holding-role', { roleId })

async function rolesOf(store: GraphStore, snapshot: string): Promise<readonly EntityFact[]> {
  const roles: EntityFact[] = []
  for await (const fact of store.read(snapshot)) if (fact.record === 'entity' && fact.label === 'Role') roles.push(fact)
  return roles
}

/** Policies that the account can hold and that name the action, its service or everything, by their text. */
function naming(roles: readonly EntityFact[], { action, account }: BenchQuestion): readonly string[] {
  const [service = ''] = action.split(':')
  const words = [`"${action}"`, `"${service}:*"`, '"Action":"*"', '"NotAction"']
  return roles
    .filter(({ scope, id, document }) => (scope === account.id || id.includes(':iam::aws:')) && words.some((word) => document?.includes(word)))
    .map(({ id }) => id)
}
