import type { Effect, Expression, Layer, Reason } from '../../domain/decision.ts'
import { renderCondition, renderReason } from '../../policy/azure/index.ts'
import { renderDirectoryCondition, renderDirectoryReason } from '../../policy/entra/index.ts'
import type { AccessDecision, Caveat, EvidenceStep } from '../answers.ts'
import type { MicrosoftDecision } from './decisions.ts'

const OF_DIRECTORY: ReadonlySet<Layer> = new Set<Layer>(['DIRECTORY_ROLE', 'APP_PERMISSION'])

/** A decision with its words: what the API and the command line print. */
export function spoken(decision: MicrosoftDecision, caveats: readonly Caveat[], evidence: readonly EvidenceStep[]): AccessDecision {
  const { effect, because, conditions, parts, faults = [] } = decision
  return {
    effect,
    because: because.map((reason) => ({ ...reason, message: messageFor(reason, effect) })),
    conditions: conditionsOf(decision),
    ...(conditions === undefined ? {} : { expression: conditions }),
    ...(parts === undefined ? {} : { parts }),
    ...(faults.length === 0 ? {} : { findings: faults.map(({ document, place, message }) => ({ policy: document, place, message })) }),
    caveats,
    evidence,
  }
}

/** In an open decision a deny is one of the things that are open. */
function messageFor(reason: Reason, effect: Effect): string {
  if (OF_DIRECTORY.has(reason.layer)) return renderDirectoryReason(reason)
  if (effect === 'CONDITIONAL' && reason.kind === 'EXPLICIT_DENY')
    return `${reason.policy ?? 'A deny assignment'} denies it where its condition holds.`
  return renderReason(reason)
}

/** What must still be true, a line each; for a pattern also the parts that don't hold alike. */
export function conditionsOf({ conditions, parts, because }: MicrosoftDecision): string[] {
  const isOfDirectory = because.some(({ layer }) => OF_DIRECTORY.has(layer))
  return [
    ...(conditions === undefined ? [] : rendered(conditions, isOfDirectory)),
    ...(parts ?? []).map(({ action, effect }) => `${action}: ${effect}`),
  ]
}

const rendered = (conditions: Expression, isOfDirectory: boolean): readonly string[] =>
  isOfDirectory ? renderDirectoryCondition(conditions) : renderCondition(conditions)
