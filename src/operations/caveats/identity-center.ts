import type { MissingRole } from '../../estate/aws/identity-center.ts'
import { isOfIdentityCenter } from '../../estate/aws/identity-center.ts'
import type { NamedPrincipals } from '../../estate/aws/named-principals.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import type { Caveat } from '../answers.ts'
import type { CaveatQuestion } from '../caveats.ts'

/**
 * Assignments whose role is in an account whose IAM was not loaded whole: what users reach as that role is not known. In an account that was, there
 * is no such role.
 */
export function assignmentsNotLoaded(estate: Estate, { actor, target }: CaveatQuestion): Caveat[] {
  if (actor !== undefined && !isOfIdentityCenter(actor.entity)) return []
  const { identityCenter } = estate.aws
  const missing = actor === undefined ? identityCenter.missingRoles() : identityCenter.missingRoles(actor.node)
  const open = missing.filter(({ account }) => !isLoadedWhole(estate, account))
  const admitted = target === undefined ? null : estate.aws.admittedBy(target)
  const relevant = actor === undefined && target !== undefined ? open.filter((one) => mayReach(one, target, admitted)) : open
  const byAccount = Map.groupBy(relevant, ({ account }) => account)
  return [...byAccount]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, assignments]) => ({
      code: 'SSO_ROLE_NOT_LOADED',
      message: `Identity Center assigns roles of account ${account} (${assignments.length} ${assignments.length === 1 ? 'assignment' : 'assignments'}), whose IAM was not loaded: what users reach as those is missing from this answer.`,
      source: `aws:iam:${account}`,
    }))
}

const isLoadedWhole = (estate: Estate, account: string): boolean =>
  estate.coverage.some(({ id, complete }) => complete && id === `aws:iam:${account}`)

/** From another account only where the target's own policy or a grant says so. */
function mayReach({ account }: MissingRole, { account: owner }: AwsTarget, admitted: NamedPrincipals | null): boolean {
  if (owner === null || owner === account) return true
  return admitted !== null && (admitted.everyone || admitted.accounts.has(account) || [...admitted.ids].some((id) => id.includes(account)))
}
