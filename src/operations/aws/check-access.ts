import { PermiscopeError } from '../../domain/errors.ts'
import { isOfIdentityCenter } from '../../estate/aws/identity-center.ts'
import type { Estate } from '../../estate/estate.ts'
import type { ContextValue } from '../../policy/aws/types.ts'
import { actionCaveats, checkAction } from './actions.ts'
import type { AccessDecision, CheckAccessQuestion } from '../answers.ts'
import { caveatsFor } from './caveats.ts'
import { assignmentReasons } from './assignment-reasons.ts'
import { evidenceOf } from './evidence.ts'
import { resolvePrincipal, resolveTarget } from './resolve.ts'
import { spoken } from './wording.ts'

/**
 * Whether a principal, acting as itself, may do an action to a target, and why.
 * @throws BAD_ID, NOT_FOUND, AMBIGUOUS_NAME, BAD_USAGE
 */
export function checkAccess(estate: Estate, question: CheckAccessQuestion): AccessDecision {
  const { actor, principal } = resolvePrincipal(estate, question.principal)
  if (actor.entity.kind === 'AwsGroup' || actor.entity.kind === 'IdentityCenterGroup') {
    throw new PermiscopeError(
      'BAD_USAGE',
      `${actor.entity.id} is a group, and groups don't act: ask about one of its members, or what-can for what it gives`,
    )
  }
  const action = checkAction(question.action)
  // What takes no resource is done in one's own account.
  const account = question.account ?? (question.target.trim() === '*' ? (actor.account ?? undefined) : undefined)
  const target = resolveTarget(estate, question.target, account, [action])
  const given = new Map((question.context ?? []).map(({ key, values }): [string, ContextValue] => [key.toLowerCase(), values]))
  const decision = estate.aws.decide(actor, action, target, { given, ...(principal === undefined ? {} : { principal }) })
  const caveats = [
    ...actionCaveats(estate, target, [action]),
    ...caveatsFor(estate, { accounts: [actor.account, target.account], actor, target, actions: [action] }),
  ]
  const answer = spoken(decision, caveats, evidenceOf(estate, { actor, decision, target }))
  return isOfIdentityCenter(actor.entity) && decision.effect === 'DENY'
    ? { ...answer, because: assignmentReasons(estate, actor, action, target) }
    : answer
}
