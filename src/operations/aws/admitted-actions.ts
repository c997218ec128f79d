import { admittingPolicies } from '../../estate/aws/admission.ts'
import { hasBit } from '../../estate/aws/bitmap.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { applicableActions } from './actions.ts'

/** Of the actions on a target, those that an Allow of its own policy, or a grant on it, names: no other is given by them. @returns ids */
export function admittedActions(estate: Estate, target: AwsTarget): number[] {
  const programs = admittingPolicies(target).flatMap(({ statements }) => statements.map(({ program }) => program))
  const allows = programs.filter(({ effect, unreadable }) => effect === 'Allow' || unreadable)
  if (allows.length === 0) return []
  return applicableActions(estate, target).filter((action) => allows.some(({ actions, unreadable }) => unreadable || hasBit(actions, action)))
}
