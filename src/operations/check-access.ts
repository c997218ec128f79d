import type { Estate } from '../estate/estate.ts'
import type { AccessDecision, CheckAccessQuestion } from './answers.ts'
import { engineOfTarget } from './engines.ts'

/**
 * Whether a principal, acting as itself, may do an action to a target, and why. The target's provider decides.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, BAD_USAGE
 */
export function checkAccess(estate: Estate, question: CheckAccessQuestion): AccessDecision {
  return engineOfTarget(estate, question.target).checkAccess(estate, question)
}
