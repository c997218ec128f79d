import type { Unresolved } from '../../../estate/aws/identity-center.ts'
import { isOfIdentityCenter } from '../../../estate/aws/identity-center.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { Caveat } from '../../answers.ts'
import type { CaveatQuestion } from '../caveats.ts'

/** What of Identity Center was not loaded and could bring more users to an answer. An answer about anybody else is none of its business. */
export function assignmentsNotLoaded(estate: Estate, { actor, target, accounts }: CaveatQuestion): Caveat[] {
  if (actor !== undefined) return isOfIdentityCenter(actor.entity) ? rolesNotLoaded(estate, estate.aws.identityCenter.missingRoles(actor.node)) : []
  const { identityCenter } = estate.aws
  const reaching = target === undefined ? () => true : reachingFrom(estate, target)
  return [
    ...rolesNotLoaded(
      estate,
      identityCenter.missingRoles().filter(({ account }) => reaching(account)),
    ),
    ...groupsNotListed(identityCenter.unlistedGroups.filter(({ account }) => reaching(account))),
    ...accounts
      .filter((account) => account !== null && identityCenter.accountsOfUnknownUsers.has(account))
      .map((account) => usersNotLoaded(account ?? '')),
  ]
}

/**
 * Assignments whose role is in an account whose IAM was not loaded whole: what users reach as that role is not known. In an account that was, there
 * is no such role.
 */
function rolesNotLoaded(estate: Estate, missing: readonly Unresolved[]): Caveat[] {
  const byAccount = Map.groupBy(
    missing.filter(({ account }) => !isLoadedWhole(estate, account)),
    ({ account }) => account,
  )
  return [...byAccount]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, { length }]) => ({
      code: 'SSO_ROLE_NOT_LOADED',
      message: `Identity Center assigns roles of account ${account} (${length} in all), whose IAM was not loaded: what users reach as those is missing.`,
      source: `aws:iam:${account}`,
    }))
}

const isLoadedWhole = (estate: Estate, account: string): boolean =>
  estate.coverage.some(({ id, complete }) => complete && id === `aws:iam:${account}`)

function groupsNotListed(assignments: readonly Unresolved[]): Caveat[] {
  if (assignments.length === 0) return []
  const message = `Groups of Identity Center hold ${assignments.length} assignments, and their members were not loaded: those users are missing.`
  return [{ code: 'SSO_GROUP_NOT_LOADED', message, source: 'aws:identitystore' }]
}

const usersNotLoaded = (account: string): Caveat => ({
  code: 'IDENTITY_CENTER_NOT_LOADED',
  message: `Not all assignments of Identity Center in account ${account} were loaded: users who reach this by its roles are missing.`,
  source: 'aws:sso',
})

/** From another account only where the target's own policy or a grant says so. */
function reachingFrom({ aws }: Estate, target: AwsTarget): (account: string) => boolean {
  const admitted = aws.admittedBy(target)
  return (account) => {
    if (target.account === null || target.account === account) return true
    return admitted !== null && (admitted.everyone || admitted.accounts.has(account) || [...admitted.ids].some((id) => id.includes(account)))
  }
}
