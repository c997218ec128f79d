import type { Actor } from '../../estate/aws/actors.ts'
import type { Assumption } from '../../estate/aws/assumption.ts'
import type { Estate } from '../../estate/estate.ts'

/** The assumptions by which an actor comes to a role, in order. */
export type Route = readonly Assumption[]

/** The ways to every role that an actor can get to, by the fewest assumptions; surely before perhaps. */
export function routesOf(estate: Estate, actor: Actor): Route[] {
  const found = new Map<Actor, Route>([[actor, []]])
  for (const isEnough of [(assumption: Assumption) => assumption.effect === 'ALLOW', () => true]) {
    for (let frontier = [...found]; frontier.length > 0;) frontier = frontier.flatMap((from) => stepsFrom(estate, from, found, isEnough))
  }
  found.delete(actor)
  return [...found.values()]
}

/** Roles that are one assumption further and were not found before; they are now. */
function stepsFrom(
  estate: Estate,
  [at, route]: [Actor, Route],
  found: Map<Actor, Route>,
  isEnough: (assumption: Assumption) => boolean,
): [Actor, Route][] {
  const steps: [Actor, Route][] = []
  for (const assumption of estate.assumptions.rolesOf(at)) {
    if (found.has(assumption.role) || !isEnough(assumption)) continue
    const longer = [...route, assumption]
    found.set(assumption.role, longer)
    steps.push([assumption.role, longer])
  }
  return steps
}
