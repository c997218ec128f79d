import type { Actor } from '../../../estate/aws/actors.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { DecisionPart } from '../../../domain/decision.ts'
import { intersects, renderCondition } from '../../../policy/aws/index.ts'
import type { AwsDecision, StatementProgram } from '../../../policy/aws/types.ts'
import { guardedBy } from '../guarded-by.ts'
import type { PermissionRow } from './rows.ts'

/** Resources within a pattern whose own policies deny: what is allowed on the pattern may not be on them. */
interface Exceptions {
  /** Statements of their policies that tell actions apart. */
  readonly denying: readonly StatementProgram[]
  /** The parts on which an action is allowed less surely, or on other conditions, than on the whole. */
  of(action: string, whole: AwsDecision): readonly DecisionPart[]
}

/** How many exceptions a row names; of more it gives the number. */
const NAMED = 5

export function exceptionsWithin(estate: Estate, actor: Actor, target: AwsTarget): Exceptions {
  const account = target.account ?? actor.account
  // A target that has a policy of its own is decided with it.
  const denying = account === null || target.policy !== undefined || !/[*?]/.test(target.arn) ? [] : estate.resources.denyingIn(account)
  const parts = denying.flatMap(({ id }) => guardedBy(id)).filter((arn) => target.arn === '*' || intersects(target.arn, arn))
  const targets = parts.map((arn) => estate.aws.target(arn)).filter(({ policy, policyUnknown }) => policy !== undefined || policyUnknown)
  return {
    denying: targets.flatMap((part) => [...tellingApart(part), ...estate.aws.programsOfUnknown(part)]),
    of: (action, whole) => targets.flatMap((part) => exceptionOf(estate, { actor, action, part, whole })),
  }
}

/** A key's policy must allow, so that what it allows tells actions apart too. */
const tellingApart = ({ arn, policy }: AwsTarget): StatementProgram[] =>
  policy?.statements.map(({ program }) => program).filter(({ effect, unreadable }) => effect === 'Deny' || unreadable || arn.includes(':kms:')) ?? []

interface Part {
  readonly actor: Actor
  readonly action: string
  readonly part: AwsTarget
  readonly whole: AwsDecision
}

function exceptionOf(estate: Estate, { actor, action, part, whole }: Part): DecisionPart[] {
  const { knowledge } = estate.aws
  const types = knowledge.resourceTypesOf(knowledge.idOf(action))
  if (!knowledge.typesOfArn(part.arn).some(({ name }) => types.includes(name))) return []
  const decision = estate.aws.decide(actor, action, part)
  const same = decision.effect === 'ALLOW' || (decision.effect === whole.effect && conditionsOf(decision) === conditionsOf(whole))
  return same ? [] : [{ resource: part.arn, action, effect: decision.effect }]
}

const conditionsOf = ({ conditions }: AwsDecision): string => (conditions === undefined ? '' : renderCondition(conditions).toSorted().join('\n'))

const exceptionText = ({ resource, effect }: DecisionPart): string =>
  effect === 'DENY' ? `not on ${resource}, whose own policy does not let it` : `on ${resource}, what its own policy asks for besides`

/** A row that does not hold for all of its target is on a condition: that it is not about one of the exceptions. */
export function exceptFor(row: PermissionRow, exceptions: readonly DecisionPart[]): PermissionRow {
  if (exceptions.length === 0) return row
  const named = exceptions.slice(0, NAMED).map(exceptionText)
  const more = exceptions.length > NAMED ? [`and on ${exceptions.length - NAMED} more resources, whose own policies deny or ask for more`] : []
  return { ...row, certainty: 'CONDITIONAL', conditions: [...row.conditions, ...named, ...more] }
}
