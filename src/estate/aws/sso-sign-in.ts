import type { ConditionLeaf } from '../../domain/decision.ts'
import type { EntityFact } from '../../domain/facts.ts'
import type { AwsDecision, ContextValue } from '../../policy/aws/types.ts'
import type { SsoWay } from './identity-center.ts'
import { namedPrincipals } from './named-principals.ts'

/** What a principal of Identity Center is told when it asks as itself: its assignments act, it doesn't. */
export const ASSIGNMENTS_ACT = 'ASSIGNMENTS_ACT'

const ONLY_ASSIGNMENTS: AwsDecision = {
  effect: 'DENY',
  because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW', code: ASSIGNMENTS_ACT }],
  faults: [],
}

/** Of a pattern, some of the actions are. */
export const isSigningIn = (action: string): boolean =>
  /^sts:(assumerolewithsaml|tagsession|setsourceidentity)$/i.test(action) || (/[*?]/.test(action) && /^(sts:|\*)/i.test(action))

/** Puts the question to the policies, as the identity provider that vouches for the user. */
type AskAs = (provider: string, given: readonly (readonly [string, ContextValue])[]) => AwsDecision

/**
 * A user of Identity Center has one thing to do with IAM: to sign in to the roles of its assignments, which trust Identity Center's SAML provider
 * in their account.
 * @param ways the ways by which the user takes the role that is the target; none: it is nothing that the user could sign in to
 */
export function decideSignIn(action: string, role: EntityFact, ways: readonly SsoWay[], ask: AskAs): AwsDecision {
  const [way] = ways
  if (way === undefined || !isSigningIn(action)) return ONLY_ASSIGNMENTS
  if (role.document === null) return open({ operator: 'PolicyNotLoaded', key: `trust policy of ${role.id}`, values: [], layer: 'RESOURCE' })
  const audience: readonly [string, ContextValue] = ['saml:aud', [audienceOf(role)]]
  const decisions = providersTrustedBy(role).map((provider) => ask(provider, [audience]))
  const decision = decisions.find(({ effect }) => effect === 'ALLOW') ?? decisions.find(({ effect }) => effect !== 'DENY') ?? decisions[0]
  if (decision === undefined) return untrusted(role)
  const doubt = doubtAbout(role, ways)
  return decision.effect !== 'ALLOW' || doubt === undefined ? decision : { ...decision, ...open(doubt), because: decision.because }
}

function doubtAbout(role: EntityFact, ways: readonly SsoWay[]): ConditionLeaf | undefined {
  if (ways.every(({ unsure }) => unsure)) return { operator: 'RoleOfAssignment', key: role.id, values: [], layer: 'RESOURCE' }
  return ways.some(({ unlisted }) => unlisted) ? { operator: 'UserExists', key: '', values: [], layer: 'IDENTITY' } : undefined
}

const open = (leaf: ConditionLeaf): AwsDecision => ({ effect: 'CONDITIONAL', because: [], conditions: leaf, faults: [] })

const untrusted = ({ id }: EntityFact): AwsDecision => ({
  effect: 'DENY',
  because: [{ layer: 'RESOURCE', kind: 'MISSING_ALLOW', policy: id, code: 'NO_TRUST' }],
  faults: [],
})

/** Identity Center keeps one in each account: `AWSSSO_{hex}_DO_NOT_DELETE`. */
const providersTrustedBy = (role: EntityFact): string[] => [...namedPrincipals(role.document).ids].filter((id) => /:saml-provider\/AWSSSO_/.test(id))

/** Signing in through Identity Center meets the audience that its roles ask for: the sign-in page of the partition or of a region. */
function audienceOf({ id, document }: EntityFact): string {
  const asked = /https:\/\/[a-z0-9.-]*signin[a-z0-9.-]*\.[a-z.]+\/saml/.exec(document ?? '')?.[0]
  return asked ?? AUDIENCES[id.split(':')[1] ?? ''] ?? 'https://signin.aws.amazon.com/saml'
}

const AUDIENCES: Readonly<Record<string, string>> = {
  'aws-cn': 'https://signin.amazonaws.cn/saml',
  'aws-us-gov': 'https://signin.amazonaws-us-gov.com/saml',
}
