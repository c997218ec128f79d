import type { Actor } from '../../estate/aws/actors.ts'
import { ASSIGNMENTS_ACT } from '../../estate/aws/sso-sign-in.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import { isDisabled } from '../../estate/aws/identity-center.ts'
import type { Estate } from '../../estate/estate.ts'
import type { SpokenReason } from '../answers.ts'
import { type Route, routesOf } from './routes.ts'

/** Why a user of Identity Center may not do something as itself: one reason for each assignment by which it could, or that none would do. */
export function assignmentReasons(estate: Estate, actor: Actor, action: string, target: AwsTarget): readonly SpokenReason[] {
  if (isDisabled(actor.entity)) return [reason(`${actor.entity.name} is disabled in Identity Center: its assignments give it nothing.`)]
  const found = new Map<string, SpokenReason>()
  for (const route of routesOf(estate, actor)) {
    const last = route.at(-1)
    const effect = last === undefined ? 'DENY' : estate.aws.decide(last.role, action, target).effect
    const assignment = effect === 'DENY' ? undefined : assignmentOf(estate, actor, route)
    if (assignment === undefined || found.has(assignment)) continue
    const sure = effect === 'ALLOW' && route.every((step) => step.effect === 'ALLOW')
    found.set(
      assignment,
      reason(`${actor.entity.name} does not act itself: by ${assignment} it ${sure ? 'may' : 'perhaps may'}, as ${asWhom(route)}.`, assignment),
    )
  }
  if (found.size > 0) return [...found.values()]
  return [reason(`${actor.entity.name} does not act itself but as the roles of its assignments, and none of them may.`)]
}

function reason(message: string, policy?: string): SpokenReason {
  return { layer: 'IDENTITY', kind: 'MISSING_ALLOW', code: ASSIGNMENTS_ACT, ...(policy === undefined ? {} : { policy }), message }
}

function assignmentOf({ aws, graph }: Estate, { node }: Actor, [first]: Route): string | undefined {
  const way = aws.identityCenter.waysOf(node).find(({ role }) => role === first?.role.node)
  return way === undefined ? undefined : graph.entityAt(way.assignment).id
}

const asWhom = (route: Route): string => route.map(({ role }) => role.entity.id).join(', then ')
