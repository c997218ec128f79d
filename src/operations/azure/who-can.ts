import type { Certainty, ReachVia } from '../../domain/vocabulary.ts'
import type { AzureActor } from '../../estate/azure/actors.ts'
import type { Estate } from '../../estate/estate.ts'
import type { WhoCanReachQuestion } from '../answers.ts'
import type { Proof, ReachAnswer } from '../engine.ts'
import { actionCaveats, actionsInQuestion, levelsOf } from './actions.ts'
import { caveatsFor } from './caveats.ts'
import { decideOn, reachOn, wayOf } from './decisions.ts'
import { evidenceOf } from './evidence.ts'
import { groupActions } from './group-actions.ts'
import { resolveTarget, type Subject } from './resolve.ts'
import { conditionsOf } from './wording.ts'

interface Row {
  readonly actor: AzureActor
  readonly via: ReachVia
  readonly certainty: Certainty
  readonly actions: string[]
}

/**
 * Who can do something to a target, acting as itself: by what it holds, or by its groups. Groups are listed besides, as what they give.
 * @throws BAD_ID, AMBIGUOUS_NAME, BAD_USAGE
 */
export function whoCanReach(estate: Estate, question: WhoCanReachQuestion): ReachAnswer {
  const subject = resolveTarget(estate, question.target)
  const rows = new Map<string, Row>()
  for (const { sample, actions } of groupActions(estate, subject, actionsInQuestion(estate, subject, question))) {
    for (const { actor, decision } of reachOn(estate, sample, subject)) {
      const certainty = decision.effect === 'ALLOW' ? 'ALLOWED' : 'CONDITIONAL'
      addRow(rows, { actor, via: wayOf(estate, actor, decision), certainty, actions: [...actions] })
    }
  }
  return {
    target: subject.entity,
    rows: [...rows.values()].map((row) => ({
      principal: row.actor.entity,
      via: row.via,
      certainty: row.certainty,
      actions: row.actions,
      levels: () => levelsOf(row.actions),
      prove: () => proofOf(estate, subject, row),
    })),
    caveats: [...actionCaveats(subject, question.actions ?? []), ...caveatsFor(estate, subject)],
  }
}

function addRow(rows: Map<string, Row>, row: Row): void {
  const key = `${row.actor.entity.id}\n${row.via}\n${row.certainty}`
  const known = rows.get(key)
  if (known === undefined) rows.set(key, row)
  else known.actions.push(...row.actions)
}

function proofOf(estate: Estate, subject: Subject, { actor, actions }: Row): Proof {
  const decision = decideOn(estate, actor, actions[0] ?? '*', subject)
  return { conditions: conditionsOf(decision), evidence: evidenceOf(estate, actor, decision, subject) }
}
