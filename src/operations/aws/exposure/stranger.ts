import type { Effect, Expression } from '../../../domain/decision.ts'
import { ANYONE } from '../../../estate/aws/reach.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { AwsDecision, ContextValue } from '../../../policy/aws/types.ts'

const ACCOUNT = '000000000000'

/** A call from somewhere on the internet: through nobody's VPC, by nobody's account. */
const FROM_OUTSIDE: readonly (readonly [string, ContextValue])[] = [
  ['aws:sourcevpc', []],
  ['aws:sourcevpce', []],
  ['aws:vpceaccount', []],
  ['aws:vpceorgid', []],
  ['aws:vpceorgpaths', []],
  ['elasticfilesystem:accessedviamounttarget', []],
  ['kms:calleraccount', [ACCOUNT]],
]

/** Somebody whom nobody here knows: of an account and an organisation that no policy means. */
const STRANGER: ReadonlyMap<string, ContextValue> = new Map<string, ContextValue>([
  ...FROM_OUTSIDE,
  ['aws:principalaccount', [ACCOUNT]],
  ['aws:principalorgid', ['o-0000000000']],
  ['aws:principalorgpaths', ['o-0000000000/r-0000/']],
  ['aws:principalarn', [`arn:aws:iam::${ACCOUNT}:root`]],
  ['aws:userid', [ACCOUNT]],
])

/** What the public may do: the better of what somebody may who does not sign in, and somebody of any account. */
export function publicEffect({ aws }: Estate, action: string, target: AwsTarget): Effect {
  const anonymous = aws.decide(aws.outsider(ANYONE.Everyone), action, target, { given: new Map(FROM_OUTSIDE) }).effect
  if (anonymous === 'ALLOW') return 'ALLOW'
  const stranger = aws.outsider(ANYONE.AnyAuthenticated)
  const signedIn = aws.decide(stranger, action, target, { given: STRANGER }).effect
  if (signedIn === 'ALLOW') return 'ALLOW'
  if (anonymous === 'CONDITIONAL' || signedIn === 'CONDITIONAL') return 'CONDITIONAL'
  // Who is asked for by ARN may be anybody, where the pattern leaves the account open.
  const named = aws.decide(stranger, action, target, { given: new Map([...STRANGER, ['aws:principalarn', null]]) })
  return named.effect === 'CONDITIONAL' && asksForAnyAccount(named) ? 'CONDITIONAL' : 'DENY'
}

const asksForAnyAccount = ({ conditions }: AwsDecision): boolean =>
  conditions !== undefined &&
  arnsIn(conditions).some((pattern) => {
    const account = pattern.split(':')[4] ?? '*'
    return account !== '' && !/^\d{12}$/.test(account)
  })

function arnsIn(expression: Expression): readonly string[] {
  if ('and' in expression) return expression.and.flatMap(arnsIn)
  if ('or' in expression) return expression.or.flatMap(arnsIn)
  if ('not' in expression) return arnsIn(expression.not)
  return expression.key.toLowerCase() === 'aws:principalarn' ? expression.values : []
}
