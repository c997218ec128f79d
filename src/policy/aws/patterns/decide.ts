import type { ActionKnowledge } from '../actions/knowledge.ts'
import { decideExactly } from '../decide.ts'
import type { AwsDecision, AwsRequest } from '../types.ts'
import { decidePattern, isPatternQuestion } from './decide-pattern.ts'

/** Whether a request is allowed, and why. A request may name a pattern of actions or resources. Pure; reads no clock. */
export function decide(request: AwsRequest, knowledge: ActionKnowledge): AwsDecision {
  return isPatternQuestion(request, knowledge) ? decidePattern(request, knowledge) : decideExactly(request, knowledge)
}
