import type { Certainty, ReachVia } from '../../domain/vocabulary.ts'
import type { Actor } from '../../estate/aws/actors.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { actionCaveats, actionsInQuestion, levelsOf } from './actions.ts'
import type { WhoCanReachQuestion } from '../answers.ts'
import type { Proof, ReachAnswer } from '../engine.ts'
import { caveatsFor, suspended } from './caveats.ts'
import { evidenceOf } from './evidence.ts'
import { groupActions } from './who-can/group-actions.ts'
import { spreadThroughRoles, type Route } from './who-can/roles.ts'
import { resolveTarget } from './resolve.ts'
import { takingOf } from './taking.ts'
import { wayOfGrant, wayOfRoute } from './ways.ts'
import { partConditions, spoken } from './wording.ts'

/** One answer: a principal, a way, a certainty, and every action that it holds for. */
interface Row {
  readonly actor: Actor
  readonly via: ReachVia
  readonly certainty: Certainty
  readonly actions: string[]
  /** The roles taken on the way, for rows via ROLE and FEDERATION. */
  readonly route?: Route
}

/**
 * Who can do something to a target: acting as themselves (DIRECT, GROUP, RESOURCE_POLICY), or by taking a role (ROLE, FEDERATION). One row for
 * each principal, way and certainty. Exact for every row; evidence and conditions are made for the page shown.
 * @throws BAD_ID, AMBIGUOUS_NAME, BAD_USAGE
 */
export function whoCanReach(estate: Estate, question: WhoCanReachQuestion): ReachAnswer {
  const target = resolveTarget(estate, question.target, question.account, question.actions)
  const actions = actionsInQuestion(estate, target, question)
  const rows = new Map<string, Row>()
  for (const { sample, actions: alike } of groupActions(estate, target, actions)) {
    for (const row of rowsFor(estate, target, sample, question)) addRow(rows, row, alike)
  }
  const asked = { accounts: [target.account], target, ...(question.actions === undefined ? {} : { actions: question.actions }) }
  const elsewhere = new Set(
    [...rows.values()].flatMap(({ actor }) => (actor.account === null || actor.account === target.account ? [] : [actor.account])),
  )
  const caveats = [
    ...actionCaveats(estate, target, question.actions ?? []),
    ...caveatsFor(estate, asked),
    ...suspended(estate, [...elsewhere].sort()),
  ]
  return {
    target: target.entity,
    rows: [...rows.values()].map((row) => ({
      principal: row.actor.entity,
      via: row.via,
      certainty: row.certainty,
      actions: row.actions,
      levels: () => levelsOf(estate, row.actions),
      prove: () => proofOf(estate, target, row),
    })),
    caveats,
  }
}

function* rowsFor(estate: Estate, target: AwsTarget, action: string, question: WhoCanReachQuestion): Iterable<Omit<Row, 'actions'>> {
  const reaching = estate.aws.reach(action, target)
  for (const found of reaching) yield { actor: found.actor, via: wayOfGrant(found.actor, found), certainty: certaintyOf(found.effect) }
  if (!asks(question, 'ROLE') && !asks(question, 'FEDERATION')) return
  for (const route of spreadThroughRoles(estate, reaching)) {
    const via = wayOfRoute(route.actor)
    yield { actor: route.actor, via, certainty: certaintyOf(route.effect), route }
  }
}

const asks = ({ via }: WhoCanReachQuestion, way: ReachVia): boolean => via === undefined || via.length === 0 || via.includes(way)

const certaintyOf = (effect: 'ALLOW' | 'CONDITIONAL'): Certainty => (effect === 'ALLOW' ? 'ALLOWED' : 'CONDITIONAL')

const keyOf = ({ actor, via, certainty }: Omit<Row, 'actions'>): string => `${actor.entity.id}\n${via}\n${certainty}`

function addRow(rows: Map<string, Row>, row: Omit<Row, 'actions'>, actions: readonly string[]): void {
  const known = rows.get(keyOf(row))
  if (known === undefined) rows.set(keyOf(row), { ...row, actions: [...actions] })
  else known.actions.push(...actions)
}

function proofOf(estate: Estate, target: AwsTarget, row: Row): Proof {
  const [action = ''] = row.actions
  const last = row.route?.assumptions.at(-1)?.role ?? row.actor
  const decision = estate.aws.decide(last, action, target)
  const own = spoken(decision, [], evidenceOf(estate, { actor: last, decision, target }))
  const taken = (row.route?.assumptions ?? []).map((assumption) => takingOf(estate, assumption))
  const conditions = [...taken.flatMap((step) => step.conditions), ...own.conditions, ...partConditions(own.parts)]
  return { conditions: [...new Set(conditions)], evidence: [...taken.flatMap((step) => step.evidence), ...own.evidence] }
}
