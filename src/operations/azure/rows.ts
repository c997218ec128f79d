import type { Certainty, ReachVia } from '../../domain/vocabulary.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import type { Estate } from '../../estate/estate.ts'
import { wayOf, type MicrosoftDecision } from './decisions.ts'
import type { Subject } from './resolve.ts'

/** One thing that a principal can do, before it is put in words. */
export interface AzureRow {
  readonly subject: Subject
  readonly via: ReachVia
  readonly certainty: Certainty
  /** Whether its actions are of data; left out: as the table of operations tells. */
  readonly isData?: boolean
  /** Names and patterns. */
  readonly actions: Set<string>
  readonly conditions: readonly string[]
  /** An action of the row, decided; the evidence is made from it. */
  readonly decision: MicrosoftDecision
}

/** Collects rows: what is alike but for the action is one. */
export interface RowCollector {
  add(action: string, found: Found): void
  readonly rows: ReadonlyMap<string, AzureRow>
}

interface Found {
  readonly subject: Subject
  readonly decision: MicrosoftDecision
  /** What must be true besides what the decision says. */
  readonly conditions: readonly string[]
  readonly isData?: boolean
}

export function createCollector(estate: Estate, actor: AzureActor): RowCollector {
  const rows = new Map<string, AzureRow>()
  return {
    rows,
    add(action, { subject, decision, conditions, isData }) {
      if (decision.effect === 'DENY') return
      const via = wayOf(estate, actor, decision)
      const certainty = decision.effect === 'ALLOW' && conditions.length === 0 ? 'ALLOWED' : 'CONDITIONAL'
      const plane = isData === undefined ? '' : isData ? 'data' : 'control'
      const key = [subject.entity.id, via, certainty, plane, ...conditions].join('\n')
      const row = rows.get(key) ?? {
        subject,
        via,
        certainty,
        actions: new Set<string>(),
        conditions,
        decision,
        ...(isData === undefined ? {} : { isData }),
      }
      rows.set(key, row)
      row.actions.add(action)
    },
  }
}
