import type { Reason } from '../../domain/decision.ts'

interface RuleText {
  readonly says: string
  readonly change: string | null
}

/** PUBLIC_ACCESS_BLOCKED where an allow is missing: a grant of an access control list that S3 ignores. */
const PUBLIC_ACL_IGNORED: RuleText = {
  says: '{statement} of {policy} would allow it to everybody, but S3 Block Public Access (IgnorePublicAcls) leaves such grants out.',
  change: 'Grant it by a policy, or to the account by its canonical user id, or switch IgnorePublicAcls off.',
}

/**
 * Every rule that can decide, as a sentence. `{statement}`, `{policy}` and `{level}` are filled in; `change` says what would have to change.
 */
const REASON_CODES = {
  STATEMENT_ALLOWS: { says: '{statement} of {policy} allows it.', change: null },
  STATEMENT_DENIES: {
    says: '{statement} of {policy} denies it explicitly, whatever allows it.',
    change: 'Narrow that statement, or make its condition spare this request.',
  },
  ROOT_HAS_ALL: { says: 'The root user holds every permission in its account.', change: null },
  CALLER_IDENTITY: { says: 'sts:GetCallerIdentity needs no permission and can’t be denied.', change: null },
  NO_IDENTITY_ALLOW: {
    says: 'No policy of the principal or its groups allows it.',
    change: 'Attach a policy with a matching Allow.',
  },
  NO_BOUNDARY_ALLOW: {
    says: 'The permissions boundary {policy} does not allow it.',
    change: 'Add a matching Allow to the boundary, or remove the boundary.',
  },
  NO_SESSION_ALLOW: { says: 'The session policies do not allow it.', change: 'Start the session with a policy that allows it.' },
  NO_SCP_ALLOW: {
    says: 'No service control policy at level {level} of the organisation, counted from the root, allows it.',
    change: 'Attach a service control policy with a matching Allow at that level.',
  },
  NO_RESOURCE_ALLOW: {
    says: 'The resource’s policy does not allow it to this principal, and its own policies are not enough.',
    change: 'Add an Allow for the principal to the resource’s policy.',
  },
  NO_TRUST: {
    says: 'The role’s trust policy does not let this principal assume it.',
    change: 'Name the principal, or its account, in the trust policy.',
  },
  NO_KEY_POLICY_ALLOW: {
    says: 'The key’s policy neither allows it to this principal nor leaves it to the account’s own policies.',
    change: 'Name the principal, or its account’s root, in the key policy.',
  },
  NO_ENDPOINT_ALLOW: {
    says: 'The policy of the VPC endpoint that the call goes through does not allow it.',
    change: 'Add a matching Allow to the endpoint policy, or call another way.',
  },
  PUBLIC_ACCESS_BLOCKED: {
    says: 'S3 Block Public Access (RestrictPublicBuckets) keeps everybody but the bucket’s own account and AWS services out, because {policy} is public.',
    change: 'Make the policy non-public, by naming principals or limiting it to fixed values, or switch RestrictPublicBuckets off.',
  },
  AWS_OWNED: {
    says: 'AWS owns this policy or role; nobody in the account can change it.',
    change: 'Copy it and change the copy.',
  },
  NEEDS_CREDENTIALS: { says: 'This call must be signed; nobody anonymous can make it.', change: 'Sign in as a principal that may do it.' },
  ROOT_CANNOT_ASSUME: { says: 'The root user can’t assume roles.', change: 'Assume the role as a user or role.' },
} as const satisfies Record<string, RuleText>
export type ReasonCode = keyof typeof REASON_CODES

function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASON_CODES, code)
}

/** One or two sentences for people: the rule, and what would have to change. */
export function renderReason(reason: Reason): string {
  if (!isReasonCode(reason.code)) return `${reason.layer} ${reason.kind}`
  const isIgnored = reason.code === 'PUBLIC_ACCESS_BLOCKED' && reason.kind === 'MISSING_ALLOW'
  const { says, change } = isIgnored ? PUBLIC_ACL_IGNORED : REASON_CODES[reason.code]
  const text = says
    .replace('{statement}', reason.statement ?? 'A statement')
    .replace(reason.policy === undefined ? ' {policy}' : '{policy}', reason.policy ?? '')
    .replace('{level}', String(reason.level ?? 0))
  return change === null ? text : `${text} ${change}`
}
