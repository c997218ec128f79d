import type { Certainty, ReachVia } from '../../domain/vocabulary.ts'
import type { Actor } from '../../estate/aws/actors.ts'
import type { Assumption } from '../../estate/aws/assumption.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { AwsDecision } from '../../policy/aws/types.ts'

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
