/**
 * What exports say about users, service principals and groups, as facts. Undefined: not told.
 */

/** A guest, by its type or by its name where the type isn't told. A member can come from outside too: see `isExternal`. */
export function isGuest({ userType, userPrincipalName }: { readonly userType?: string; readonly userPrincipalName?: string }): boolean | undefined {
  if (userType !== undefined && userType !== '') return userType.toLowerCase() === 'guest'
  return userPrincipalName === undefined ? undefined : /#ext#@/i.test(userPrincipalName) || undefined
}

/** It signs in somewhere else, whatever type it has. */
export function isExternal(user: {
  readonly userPrincipalName?: string
  readonly creationType?: string
  readonly issuers?: readonly string[]
  readonly ownDomains?: readonly string[]
}): boolean | undefined {
  if (/#ext#@/i.test(user.userPrincipalName ?? '') || user.creationType?.toLowerCase() === 'invitation') return true
  if (user.issuers === undefined || user.ownDomains === undefined) return undefined
  const own = new Set(user.ownDomains.map((domain) => domain.toLowerCase()))
  return user.issuers.some((issuer) => !own.has(issuer.toLowerCase()))
}

/** Tenants in which Microsoft keeps its own applications. */
const MICROSOFT = new Set(['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47'])

/** Whose application a service principal is of. */
export function publisherOf(appOwnerOrganizationId: string | undefined, tenantId: string): 'OWN' | 'MICROSOFT' | 'THIRD_PARTY' | 'UNKNOWN' {
  if (appOwnerOrganizationId === undefined || appOwnerOrganizationId === '') return 'UNKNOWN'
  const owner = appOwnerOrganizationId.toLowerCase()
  if (owner === tenantId.toLowerCase()) return 'OWN'
  return MICROSOFT.has(owner) ? 'MICROSOFT' : 'THIRD_PARTY'
}

/** The ARM id that a managed identity's service principal states, lower-cased, and whether it is a user-assigned one. */
export function managedIdentityOf(alternativeNames: readonly string[]): { readonly armId: string; readonly isUserAssigned: boolean } | undefined {
  const armId = alternativeNames.find((name) => /^\/subscriptions\//i.test(name))
  if (armId === undefined) return undefined
  return { armId: armId.toLowerCase(), isUserAssigned: /\/providers\/microsoft\.managedidentity\/userassignedidentities\//i.test(armId) }
}

/** A group whose members a rule decides, while the rule is in force. */
export function isDynamic(group: { readonly groupTypes?: readonly string[]; readonly membershipRuleProcessingState?: string }): boolean {
  const isRuled = group.groupTypes?.some((type) => type.toLowerCase() === 'dynamicmembership') === true
  return isRuled && group.membershipRuleProcessingState?.toLowerCase() !== 'paused'
}

/** Attributes that a membership rule looks at, as `user.department`: who can change one of them can join. */
export function attributesOfRule(membershipRule: string): readonly string[] {
  const withoutTexts = membershipRule.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...new Set([...withoutTexts.matchAll(/\b(?:user|device)\.[a-z_][\w]*/gi)].map(([attribute]) => attribute.toLowerCase()))]
}

/** One row of Privileged Identity Management for groups. */
export interface GroupAccessRow {
  readonly accessId: string
  readonly isEligible: boolean
  readonly startsAt?: number
  readonly endsAt?: number
}

/** Active members have what the group has; owners and eligible ones don't. Undefined where it depends on the time, which isn't known. */
export function isMemberNow({ accessId, isEligible, startsAt, endsAt }: GroupAccessRow, now?: number): boolean | undefined {
  if (accessId.toLowerCase() !== 'member' || isEligible) return false
  if (startsAt === undefined && endsAt === undefined) return true
  return now === undefined ? undefined : (startsAt === undefined || startsAt <= now) && (endsAt === undefined || now < endsAt)
}
