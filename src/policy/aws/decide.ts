import { becauseAllowed, becauseConditional, becauseDenied } from './because.ts'
import type { ActionKnowledge } from './actions/knowledge.ts'
import { evaluate } from './evaluation.ts'
import type { Question } from './question.ts'
import { questionOf } from './question.ts'
import { simplify, toExpression } from './residual/analyse.ts'
import { serviceRuleFor } from './service-rules.ts'
import type { AwsDecision, AwsPolicySet, AwsRequest, CompiledPolicy } from './types.ts'

/** Decides one request, of one action on one resource. Pure; reads no clock. */
export function decideExactly(request: AwsRequest, knowledge: ActionKnowledge): AwsDecision {
  const question = questionOf(request, knowledge)
  const faults = faultsOf(request.policies)
  const rule = serviceRuleFor(question)
  if (rule !== undefined) {
    const because = [{ layer: 'SERVICE', kind: rule.kind, code: rule.code } as const]
    return { effect: rule.kind === 'ALLOW' ? 'ALLOW' : 'DENY', because, faults }
  }
  return { ...conclude(question), faults }
}

function conclude(question: Question): Omit<AwsDecision, 'faults'> {
  const evaluation = evaluate(question)
  const allowed = typeof evaluation.allowed === 'boolean' ? evaluation.allowed : simplify(evaluation.allowed)
  if (allowed === true) return { effect: 'ALLOW', because: becauseAllowed(evaluation, question) }
  if (allowed === false) return { effect: 'DENY', because: becauseDenied(evaluation, question) }
  return { effect: 'CONDITIONAL', because: becauseConditional(evaluation, question), conditions: toExpression(allowed) }
}

const NO_FAULTS: AwsDecision['faults'] = []

function faultsOf(policies: AwsPolicySet): AwsDecision['faults'] {
  let faults = NO_FAULTS
  for (const policy of allPolicies(policies)) {
    if (policy.faults.length > 0) faults = [...faults, ...policy.faults.map((fault) => ({ ...fault, policy: policy.id }))]
  }
  return faults
}

function* allPolicies(policies: AwsPolicySet): Iterable<CompiledPolicy> {
  yield* policies.identity
  yield* policies.boundary ?? []
  yield* policies.session ?? []
  if (policies.resource !== undefined) yield policies.resource
  for (const level of policies.serviceControl ?? []) yield* level
  for (const level of policies.resourceControl ?? []) yield* level
  yield* policies.endpoint ?? []
}
