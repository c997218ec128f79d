import { attributeKey, type AttributeValue } from '../../policy/azure/index.ts'
import type { Estate } from '../../estate/estate.ts'
import type { AccessDecision, CheckAccessQuestion } from '../answers.ts'
import { actionCaveats, checkAction } from './actions.ts'
import { caveatsFor } from './caveats.ts'
import { decideOn } from './decisions.ts'
import { evidenceOf } from './evidence.ts'
import { resolvePrincipal, resolveTarget } from './resolve.ts'
import { spoken } from './wording.ts'

/**
 * Whether a principal, acting as itself, may do an action to a target, and why. Of a group: what it gives to a member of whom nothing else is known.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, BAD_USAGE
 */
export function checkAccess(estate: Estate, question: CheckAccessQuestion): AccessDecision {
  const actor = resolvePrincipal(estate, question.principal)
  const action = checkAction(question.action)
  const subject = resolveTarget(estate, question.target)
  const decision = decideOn(estate, actor, action, subject, { given: givenIn(question) })
  const caveats = [...actionCaveats(subject, [action]), ...caveatsFor(estate, subject, actor)]
  return spoken(decision, caveats, evidenceOf(estate, actor, decision, subject))
}

function givenIn({ context = [] }: CheckAccessQuestion): ReadonlyMap<string, AttributeValue> {
  const given = new Map<string, string[]>()
  for (const { key, values } of context) {
    const spelled = attributeKey(key)
    given.set(spelled, [...(given.get(spelled) ?? []), ...values])
  }
  return given
}
