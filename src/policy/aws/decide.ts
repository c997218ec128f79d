import { becauseAllowed, becauseConditional, becauseDenied } from './because.ts'
import type { ActionKnowledge } from './actions/knowledge.ts'
import { evaluate } from './evaluation.ts'
import { faultsIn, type Faults } from './policy-index.ts'
import type { Question } from './question.ts'
import { makeQuestion } from './question.ts'
import { simplify, toExpression } from './residual/analyse.ts'
import { serviceRuleFor } from './service-rules.ts'
import type { AwsDecision, AwsPolicySet, AwsRequest, CompiledPolicy } from './types.ts'

/** Decides one request, of one action on one resource. Pure; reads no clock. */
export function decideExactly(request: AwsRequest, knowledge: ActionKnowledge): AwsDecision {
  const question = makeQuestion(request, knowledge)
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

function faultsOf(policies: AwsPolicySet): Faults {
  let faults = faultsIn(policies.identity)
  faults = addFaults(faults, policies.boundary)
  faults = addFaults(faults, policies.session)
  if (policies.resource !== undefined && policies.resource.faults.length > 0) faults = addFaults(faults, [policies.resource])
  faults = addFaults(faults, policies.resourceGrants)
  faults = addFaults(faults, policies.keyGrants)
  for (const level of policies.serviceControl ?? NO_LEVELS) faults = addFaults(faults, level)
  for (const level of policies.resourceControl ?? NO_LEVELS) faults = addFaults(faults, level)
  return addFaults(faults, policies.endpoint)
}

const NO_LEVELS: readonly (readonly CompiledPolicy[])[] = []

const keyOf = ({ policy, place, message }: Faults[number]): string => `${policy}\n${place}\n${message}`

function addFaults(faults: Faults, policies: readonly CompiledPolicy[] | undefined): Faults {
  const more = policies === undefined ? [] : faultsIn(policies)
  if (more.length === 0) return faults
  // A policy may hold on several levels of an organisation.
  const known = new Set(faults.map(keyOf))
  return [...faults, ...more.filter((fault) => !known.has(keyOf(fault)))]
}
