import type { Actor } from '../../../estate/aws/actors.ts'
import type { Assumption } from '../../../estate/aws/assumption.ts'
import type { Reaching } from '../../../estate/aws/reach.ts'
import type { Estate } from '../../../estate/estate.ts'

/** A way to a target through roles: the assumptions in order, the first by `actor`, the last into a role that reaches the target itself. */
export interface Route {
  readonly actor: Actor
  readonly effect: 'ALLOW' | 'CONDITIONAL'
  readonly assumptions: readonly Assumption[]
}

interface Leg {
  readonly assumption: Assumption
  readonly next: Leg | null
}

/**
 * Everybody who can get to one of the roles that reach the target, by the fewest assumptions; surely first, then on conditions. Each actor
 * at most once for each way in (federation or role) and once for each certainty that it really has: the better one.
 */
export function spreadThroughRoles(estate: Estate, reaching: readonly Reaching[]): Route[] {
  const roles = reaching.filter(({ actor }) => actor.entity.kind === 'AwsRole')
  const sure = waysTo(
    estate,
    roles.filter(({ effect }) => effect === 'ALLOW').map(({ actor }) => actor),
    ({ effect }) => effect === 'ALLOW',
  )
  const perhaps = waysTo(
    estate,
    roles.map(({ actor }) => actor),
    () => true,
  )
  return [
    ...[...sure].map(([actor, assumptions]): Route => ({ actor, effect: 'ALLOW', assumptions })),
    ...[...perhaps].filter(([actor]) => !sure.has(actor)).map(([actor, assumptions]): Route => ({ actor, effect: 'CONDITIONAL', assumptions })),
  ]
}

function waysTo(estate: Estate, goals: readonly Actor[], passes: (assumption: Assumption) => boolean): Map<Actor, readonly Assumption[]> {
  const ways = new Map<Actor, readonly Assumption[]>()
  const goalSet = new Set(goals)
  for (const [actor, leg] of spread(estate, goals, passes)) {
    const path = pathOf(leg)
    const way = path.at(-1)?.role === actor ? wayElsewhere(estate, actor, goalSet, passes) : path
    if (way !== null) ways.set(actor, way)
  }
  return ways
}

/** Breadth-first from the roles back to whoever can take them. */
function spread(estate: Estate, goals: readonly Actor[], passes: (assumption: Assumption) => boolean): Map<Actor, Leg> {
  const legs = new Map<Actor, Leg>()
  let frontier: readonly { readonly role: Actor; readonly next: Leg | null }[] = goals.map((role) => ({ role, next: null }))
  while (frontier.length > 0) {
    const reached: { readonly role: Actor; readonly next: Leg | null }[] = []
    for (const { role, next } of frontier) {
      for (const assumption of estate.assumptions.takersOf(role)) {
        if (legs.has(assumption.actor) || !passes(assumption)) continue
        const leg = { assumption, next }
        legs.set(assumption.actor, leg)
        if (assumption.actor.entity.kind === 'AwsRole') reached.push({ role: assumption.actor, next: leg })
      }
    }
    frontier = reached
  }
  return legs
}

function pathOf(first: Leg): Assumption[] {
  const assumptions: Assumption[] = []
  for (let leg: Leg | null = first; leg !== null; leg = leg.next) assumptions.push(leg.assumption)
  return assumptions
}

/**
 * A role that reaches the target itself and whose shortest way leads back to itself: the shortest way to another such role, if there is one.
 */
function wayElsewhere(estate: Estate, start: Actor, goals: ReadonlySet<Actor>, passes: (assumption: Assumption) => boolean): Assumption[] | null {
  const seen = new Set([start])
  let frontier: readonly { readonly at: Actor; readonly path: readonly Assumption[] }[] = [{ at: start, path: [] }]
  while (frontier.length > 0) {
    const next: { readonly at: Actor; readonly path: readonly Assumption[] }[] = []
    for (const { at, path } of frontier) {
      for (const assumption of estate.assumptions.rolesOf(at)) {
        if (seen.has(assumption.role) || !passes(assumption)) continue
        seen.add(assumption.role)
        const longer = [...path, assumption]
        if (goals.has(assumption.role)) return longer
        next.push({ at: assumption.role, path: longer })
      }
    }
    frontier = next
  }
  return null
}
