import type { Actor } from '../../estate/aws/actors.ts'
import { assignedRoles } from '../../estate/aws/assigned.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { actionsOfLevels, levelsOf } from './actions.ts'
import type { EffectivePermissionsQuestion } from '../answers.ts'
import type { PermissionAnswer, Proof } from '../engine.ts'
import { caveatsFor } from './caveats.ts'
import { evidenceOf } from './evidence.ts'
import { resolvePrincipal, resolveTarget } from './resolve.ts'
import { type Route, routesOf } from './routes.ts'
import { takingOf } from './taking.ts'
import { wayOfRoute } from './ways.ts'
import { identityRows } from './what-can/identity-rows.ts'
import { resourceRows, targetRows } from './what-can/resource-rows.ts'
import { mergeRows, type PermissionRow, rowKey } from './what-can/rows.ts'

/**
 * What a principal can do, net of every deny, boundary, condition and guardrail: by its own and group policies at the grain at which they were
 * granted, by resource policies that name it, and as every role that it can take. With a target: every action on that target.
 * Whole services are spelled `service:*` where there is no target.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME
 */
export function effectivePermissions(estate: Estate, question: EffectivePermissionsQuestion): PermissionAnswer {
  const { actor } = resolvePrincipal(estate, question.principal)
  const target = question.target === undefined ? null : resolveTarget(estate, question.target)
  const rows = [...rowsOf(estate, actor, target), ...routesOf(estate, actor).flatMap((route) => asRole(estate, route, target))]
  const caveats = caveatsFor(estate, {
    accounts: [actor.account, ...assignedRoles(estate.aws, actor).map(({ account }) => account)],
    actor,
    ...(target === null ? {} : { target }),
  })
  return {
    rows: rows.map((row) => ({
      key: rowKey(row),
      target: row.target.entity,
      via: row.via,
      certainty: row.certainty,
      plane: null,
      actions: row.actions,
      levelsOf: (actions) => levelsOf(estate, actions),
      ofLevels: (levels) => actionsOfLevels(estate, row.actions, levels),
      prove: () => proofOf(estate, row),
    })),
    caveats,
  }
}

const rowsOf = (estate: Estate, actor: Actor, target: AwsTarget | null): readonly PermissionRow[] =>
  target === null ? allRows(estate, actor) : targetRows(estate, actor, target)

/** Rows of the identities that were asked about last: pages of one answer, and roles that many can take, ask for the same. */
const recent = new WeakMap<Estate, Map<Actor, readonly PermissionRow[]>>()
const RECENT_ACTORS = 500

function allRows(estate: Estate, actor: Actor): readonly PermissionRow[] {
  const known = recent.get(estate) ?? new Map<Actor, readonly PermissionRow[]>()
  recent.set(estate, known)
  const rows = known.get(actor) ?? mergeRows([...identityRows(estate, actor), ...resourceRows(estate, actor)])
  if (known.size >= RECENT_ACTORS) known.clear()
  known.set(actor, rows)
  return rows
}

function asRole(estate: Estate, route: Route, target: AwsTarget | null): PermissionRow[] {
  const [first] = route
  const last = route.at(-1)
  if (first === undefined || last === undefined) return []
  const via = wayOfRoute(first.actor)
  const sure = route.every(({ effect }) => effect === 'ALLOW')
  return rowsOf(estate, last.role, target).map((row) => ({ ...row, via, certainty: sure ? row.certainty : 'CONDITIONAL', route }))
}

function proofOf(estate: Estate, row: PermissionRow): Proof {
  const taken = row.route.map((assumption) => takingOf(estate, assumption))
  const own = evidenceOf(estate, { actor: row.actor, decision: row.decision, target: row.target })
  return {
    conditions: [...new Set([...taken.flatMap(({ conditions }) => conditions), ...row.conditions])],
    evidence: [...taken.flatMap(({ evidence }) => evidence), ...own],
  }
}
