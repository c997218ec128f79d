import type { DecisionPart, Effect, Reason } from '../../domain/decision.ts'
import { renderCondition, renderReason } from '../../policy/aws/index.ts'
import type { AwsDecision } from '../../policy/aws/types.ts'
import type { AccessDecision, Caveat, EvidenceStep } from '../answers.ts'

/** A decision with its words: what the API and the command line print. */
export function spoken(decision: AwsDecision, caveats: readonly Caveat[], evidence: readonly EvidenceStep[]): AccessDecision {
  return {
    effect: decision.effect,
    because: decision.because.map((reason) => ({ ...reason, message: messageFor(reason, decision.effect) })),
    conditions: decision.conditions === undefined ? [] : renderCondition(decision.conditions),
    ...(decision.conditions === undefined ? {} : { expression: decision.conditions }),
    ...(decision.parts === undefined ? {} : { parts: decision.parts }),
    ...(decision.faults.length === 0 ? {} : { findings: decision.faults.map(({ policy, place, message }) => ({ policy, place, message })) }),
    caveats,
    evidence,
  }
}

/** In an open decision a deny is one of the things that are open. */
function messageFor(reason: Reason, effect: Effect): string {
  if (effect !== 'CONDITIONAL' || reason.kind !== 'EXPLICIT_DENY') return renderReason(reason)
  return `${reason.statement ?? 'A statement'} of ${reason.policy ?? 'a policy'} denies it where its condition holds.`
}

/** The parts of a question about a pattern that don't hold alike, a line each. */
export const partConditions = (parts: readonly DecisionPart[] | undefined): string[] =>
  (parts ?? []).map(({ resource, action, effect }) => `${action} on ${resource}: ${effect}`)
