import { isAllowed } from './aws-decision.ts'
import type { Effect, Json, Question } from './aws-question.ts'
import { readQuestion } from './aws-question.ts'
import { partsOf } from './aws-patterns.ts'
import { worldsOf } from './aws-worlds.ts'

/**
 * The reference: what AWS answers to a simulate document of the contract, read off AWS's documentation and as slow as it likes. A request of which
 * everything is known is allowed or not (aws-decision.ts); what isn't known is tried in every way that matters (aws-worlds.ts).
 */
export function referenceEffect(document: Json): Effect {
  return together(partsOf(readQuestion(document)).map(effectOf))
}

function effectOf(question: Question): Effect {
  const answers = new Set<Effect>()
  for (const world of worldsOf(question)) {
    answers.add(isAllowed(question, world) ? 'ALLOW' : 'DENY')
    if (answers.size > 1) break
  }
  return together([...answers])
}

/** Of all, or it depends. */
function together(effects: readonly Effect[]): Effect {
  const [first = 'DENY', ...rest] = new Set(effects)
  return rest.length === 0 ? first : 'CONDITIONAL'
}
