import type { ReachVia } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type { Connection, Entity, Reach, WhoCanReachQuestion } from './answers.ts'
import type { ReachRow } from './engine.ts'
import { engineOfTarget } from './engines.ts'
import { page } from './paging.ts'

/**
 * Who can do something to a target. One row for each principal, way and certainty. Exact for every row; evidence and conditions are made for the page
 * shown.
 * @throws BAD_ID, AMBIGUOUS_NAME, BAD_USAGE, LIMIT_EXCEEDED
 */
export function whoCanReach(estate: Estate, question: WhoCanReachQuestion): Connection<Reach> {
  const { target, rows, caveats } = engineOfTarget(estate, question.target).whoCanReach(estate, question)
  const wanted = rows.filter((row) => matches(row, question)).sort(byWayAndId)
  return page(wanted, question, keyOf, (row) => reachOf(target, row), caveats)
}

const keyOf = ({ principal, via, certainty }: ReachRow): string => `${principal.id}\n${via}\n${certainty}`

function matches(row: ReachRow, { certainty, via }: WhoCanReachQuestion): boolean {
  const certain = certainty === undefined || certainty.length === 0 || certainty.includes(row.certainty)
  return certain && (via === undefined || via.length === 0 || via.includes(row.via))
}

const WAYS: readonly ReachVia[] = ['DIRECT', 'GROUP', 'RESOURCE_POLICY', 'ROLE', 'FEDERATION', 'LATERAL_MOVEMENT']

function byWayAndId(a: ReachRow, b: ReachRow): number {
  return WAYS.indexOf(a.via) - WAYS.indexOf(b.via) || compare(a.certainty, b.certainty) || compare(a.principal.id, b.principal.id)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function reachOf(target: Entity, row: ReachRow): Reach {
  const { principal, certainty, via } = row
  const { conditions, evidence } = row.prove()
  return {
    principal,
    target,
    actions: row.actions.toSorted(),
    levels: row.levels(),
    certainty,
    via,
    conditions,
    evidence,
    lastUsed: principal.properties.lastUsedAt ?? null,
  }
}
