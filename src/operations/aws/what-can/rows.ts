import type { Certainty, ReachVia } from '../../../domain/vocabulary.ts'
import type { Actor } from '../../../estate/aws/actors.ts'
import type { Assumption } from '../../../estate/aws/assumption.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { AwsDecision } from '../../../policy/aws/types.ts'

/** One thing that a principal can do, before it is put in words. */
export interface PermissionRow {
  readonly target: AwsTarget
  readonly via: ReachVia
  readonly certainty: Certainty
  /** Names, or `service:*` for whole services where the row is of everything that was granted. */
  readonly actions: readonly string[]
  readonly conditions: readonly string[]
  /** The identity that acts: the principal itself, or the last role that it takes. */
  readonly actor: Actor
  /** An action of the row, decided; the evidence is made from it. */
  readonly decision: AwsDecision
  readonly route: readonly Assumption[]
}

export const rowKey = ({ target, via, certainty, conditions, actor }: PermissionRow): string =>
  [target.entity.id, target.arn, via, certainty, actor.entity.id, ...conditions].join('\n')

/** Rows of one key made one: a grant to an identity and the target's own policy may say the same. */
export function mergeRows(rows: readonly PermissionRow[]): readonly PermissionRow[] {
  const merged = new Map<string, PermissionRow>()
  for (const row of rows) {
    const key = rowKey(row)
    const known = merged.get(key)
    merged.set(key, known === undefined ? row : { ...known, actions: [...new Set([...known.actions, ...row.actions])] })
  }
  return [...merged.values()]
}
