import type { DecisionPart } from '../domain/decision.ts'
import { renderCondition, renderReason } from '../policy/aws/index.ts'
import type { AwsDecision } from '../policy/aws/types.ts'
import type { AccessDecision, Caveat, EvidenceStep } from './answers.ts'

/** A decision with its words: what the API and the command line print. */
export function spoken(decision: AwsDecision, caveats: readonly Caveat[], evidence: readonly EvidenceStep[]): AccessDecision {
  return {
    effect: decision.effect,
    because: decision.because.map((reason) => ({ ...reason, message: renderReason(reason) })),
    conditions: decision.conditions === undefined ? [] : renderCondition(decision.conditions),
    ...(decision.conditions === undefined ? {} : { expression: decision.conditions }),
    ...(decision.parts === undefined ? {} : { parts: decision.parts }),
    ...(decision.faults.length === 0 ? {} : { findings: decision.faults.map(({ policy, place, message }) => ({ policy, place, message })) }),
    caveats,
    evidence,
  }
}

/** The parts of a question about a pattern that don't hold alike, a line each. */
export const partConditions = (parts: readonly DecisionPart[] | undefined): string[] =>
  (parts ?? []).map(({ resource, action, effect }) => `${action} on ${resource}: ${effect}`)
