import type { ReachVia } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type { Connection, EffectivePermission, EffectivePermissionsQuestion } from './answers.ts'
import type { PermissionRow } from './engine.ts'
import { engineOfPrincipal, engineOfTarget } from './engines.ts'
import { page } from './paging.ts'

/**
 * What a principal can do, net of every deny, boundary, condition and guardrail, at the grain at which it was granted. With a target: every action on
 * that target.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, LIMIT_EXCEEDED
 */
export function effectivePermissions(estate: Estate, question: EffectivePermissionsQuestion): Connection<EffectivePermission> {
  const engine = question.target === undefined ? engineOfPrincipal(estate, question.principal) : engineOfTarget(estate, question.target)
  const { rows, caveats } = engine.effectivePermissions(estate, question)
  const wanted = withLevels(rows, question.levels).sort(byWayAndTarget)
  return page(wanted, question, ({ key }) => key, permissionOf, caveats)
}

/** Rows narrowed to the actions of the asked levels. */
function withLevels(rows: readonly PermissionRow[], levels: EffectivePermissionsQuestion['levels']): PermissionRow[] {
  if (levels === undefined || levels.length === 0) return [...rows]
  const wanted = new Set(levels)
  return rows.map((row) => ({ ...row, actions: row.ofLevels(wanted) })).filter(({ actions }) => actions.length > 0)
}

const WAYS: readonly ReachVia[] = ['DIRECT', 'GROUP', 'RESOURCE_POLICY', 'ROLE', 'FEDERATION', 'LATERAL_MOVEMENT']

function byWayAndTarget(a: PermissionRow, b: PermissionRow): number {
  return WAYS.indexOf(a.via) - WAYS.indexOf(b.via) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

function permissionOf(row: PermissionRow): EffectivePermission {
  const { target, actions, plane, certainty, via } = row
  return { target, actions, plane, levels: row.levelsOf(actions), certainty, via, ...row.prove() }
}
