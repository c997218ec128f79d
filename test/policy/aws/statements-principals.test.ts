import type { Case } from '../../reference/aws-cases.ts'
import {
  ALICE,
  APP,
  APP_SESSION,
  FEDERATED,
  OBJECT,
  OURS,
  ROOT,
  THEIRS,
  admin,
  allow,
  ask,
  aws,
  deny,
  elsewhere,
  everyone,
  hold,
  policy,
} from '../../reference/aws-cases.ts'
import type { Effect, Json, JsonObject } from '../../reference/aws-question.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */

const EVE = `arn:aws:iam::${THEIRS}:user/eve`
const LAMBDA = 'lambda.amazonaws.com'
const PATHED = `arn:aws:iam::${OURS}:user/team/alice`

/** Who asks, what Principal says, and whether the resource policy alone lets them in. */
const table: readonly (readonly [who: string, principal: Json, effect: Effect])[] = [
  [ALICE, { AWS: ALICE }, 'ALLOW'],
  [ALICE, { AWS: [APP, ALICE] }, 'ALLOW'],
  [ALICE, { AWS: ALICE.replace('alice', 'Alice') }, 'DENY'],
  [ALICE, { AWS: ALICE.replace('alice', 'alice2') }, 'DENY'],
  [ALICE, { AWS: PATHED }, 'DENY'],
  [PATHED, { AWS: PATHED }, 'ALLOW'],
  [PATHED, { AWS: ALICE }, 'DENY'],
  [ALICE, { AWS: EVE }, 'DENY'],
  [ALICE, '*', 'ALLOW'],
  [ALICE, { AWS: '*' }, 'ALLOW'],
  [ALICE, { AWS: ['*'] }, 'ALLOW'],
  [ALICE, { AWS: OURS }, 'DENY'],
  [ALICE, { AWS: ROOT }, 'DENY'],
  [ALICE, { AWS: [OURS, ALICE] }, 'ALLOW'],
  [ALICE, { Service: LAMBDA }, 'DENY'],
  [ALICE, { Service: LAMBDA, AWS: ALICE }, 'ALLOW'],
  [ALICE, { Federated: ALICE }, 'DENY'],
  [ALICE, { Service: ALICE }, 'DENY'],
  [ALICE, { AWS: 'AIDAEXAMPLEEXAMPLE12' }, 'DENY'],
  [ALICE, {}, 'DENY'],
  [APP_SESSION, { AWS: APP }, 'ALLOW'],
  [APP_SESSION, { AWS: APP_SESSION }, 'ALLOW'],
  [APP_SESSION, { AWS: APP.replace('app', 'App') }, 'DENY'],
  [APP_SESSION, { AWS: `arn:aws:iam::${OURS}:user/app` }, 'DENY'],
  [APP_SESSION, { AWS: `arn:aws:sts::${OURS}:assumed-role/app` }, 'DENY'],
  [APP, { AWS: APP }, 'ALLOW'],
  [FEDERATED, { AWS: FEDERATED }, 'ALLOW'],
  [FEDERATED, { AWS: `arn:aws:sts::${OURS}:federated-user/carol` }, 'DENY'],
  [FEDERATED, { AWS: OURS }, 'DENY'],
  [LAMBDA, { Service: LAMBDA }, 'ALLOW'],
  [LAMBDA, { Service: ['ec2.amazonaws.com', LAMBDA] }, 'ALLOW'],
  [LAMBDA, { Service: 'ec2.amazonaws.com' }, 'DENY'],
  [LAMBDA, { AWS: OURS }, 'DENY'],
  ['*', '*', 'ALLOW'],
  ['*', { AWS: OURS }, 'DENY'],
  ['*', { Service: LAMBDA }, 'DENY'],
  ['*', { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, 'DENY'],
]
const named = table.map(([principal, Principal, effect]): Case => ({
  name: `Principal ${JSON.stringify(Principal)} ${effect === 'ALLOW' ? 'lets' : 'does not let'} ${principal} in`,
  ask: ask({ principal, resourcePolicy: policy(allow({ Principal })) }),
  effect,
}))

/** Who asks, having everything by identity, what Principal of a deny says, and whether it hits. */
const denials: readonly (readonly [who: string, principal: Json, effect: Effect])[] = [
  [ALICE, { AWS: ALICE }, 'DENY'],
  [ALICE, { AWS: OURS }, 'DENY'],
  [ALICE, '*', 'DENY'],
  [ALICE, { AWS: EVE }, 'ALLOW'],
  [ALICE, { Service: LAMBDA }, 'ALLOW'],
  [APP_SESSION, { AWS: APP }, 'DENY'],
  [APP_SESSION, { AWS: APP_SESSION }, 'DENY'],
  [APP_SESSION, { AWS: ROOT }, 'DENY'],
  [APP_SESSION, { AWS: ALICE }, 'ALLOW'],
  [FEDERATED, { AWS: FEDERATED }, 'DENY'],
  [FEDERATED, { AWS: OURS }, 'DENY'],
  [ROOT, { AWS: ROOT }, 'DENY'],
  [ROOT, { AWS: ALICE }, 'ALLOW'],
]
const denied = denials.map(([principal, Principal, effect]): Case => ({
  name: `a deny on ${JSON.stringify(Principal)} ${effect === 'DENY' ? 'hits' : 'spares'} ${principal}`,
  ask: ask({
    principal,
    identityPolicies: admin,
    sessionPolicies: principal === FEDERATED ? admin : [],
    resourcePolicy: policy(deny({ Principal })),
  }),
  effect,
}))

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
const exceptions: readonly Case[] = [
  {
    name: 'Allow with NotPrincipal lets in whoever is not listed',
    ask: ask({ resourcePolicy: policy(allow({ NotPrincipal: { AWS: EVE } })) }),
    effect: 'ALLOW',
  },
  {
    name: 'Allow with NotPrincipal lets the anonymous in',
    ask: ask({ principal: '*', resourcePolicy: policy(allow({ NotPrincipal: { AWS: EVE } })) }),
    effect: 'ALLOW',
  },
  {
    name: 'Allow with NotPrincipal does not let in whoever is listed',
    ask: ask({ resourcePolicy: policy(allow({ NotPrincipal: { AWS: ALICE } })) }),
    effect: 'DENY',
  },
  {
    name: 'Deny with NotPrincipal of a service hits users',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny({ NotPrincipal: { Service: LAMBDA } })) }),
    effect: 'DENY',
  },
  {
    name: 'Deny with NotPrincipal of a service spares it',
    ask: ask({ principal: LAMBDA, resourcePolicy: policy(allow({ Principal: { Service: LAMBDA } }), deny({ NotPrincipal: { Service: LAMBDA } })) }),
    effect: 'ALLOW',
  },
  {
    name: 'Deny with NotPrincipal hits another service',
    ask: ask({
      principal: 'sns.amazonaws.com',
      resourcePolicy: policy(allow({ Principal: { Service: 'sns.amazonaws.com' } }), deny({ NotPrincipal: { Service: LAMBDA } })),
    }),
    effect: 'DENY',
  },
  {
    name: 'Deny with NotPrincipal spares a federated user that is listed with its account',
    ask: ask({
      principal: FEDERATED,
      identityPolicies: admin,
      sessionPolicies: admin,
      resourcePolicy: policy(deny({ NotPrincipal: { AWS: [FEDERATED, ROOT] } })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'Deny with NotPrincipal spares the root user where its account is listed',
    ask: ask({ principal: ROOT, resourcePolicy: policy(deny({ NotPrincipal: { AWS: ROOT } })) }),
    effect: 'ALLOW',
  },
  {
    name: 'Deny with NotPrincipal for another action hits nobody',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny({ Action: 's3:PutObject', NotPrincipal: { AWS: EVE } })) }),
    effect: 'ALLOW',
  },
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const knows = (changes: JsonObject, Condition: JsonObject): JsonObject =>
  ask({ ...changes, unknownContext: true, identityPolicies: [policy(allow({ Condition }))] })
const is = (key: string, value: Json): JsonObject => ({ StringEquals: { [key]: value } })
const known: readonly Case[] = [
  { name: 'aws:PrincipalArn of a user is known', ask: knows({}, { ArnEquals: { 'aws:PrincipalArn': ALICE } }), effect: 'ALLOW' },
  {
    name: 'aws:PrincipalArn of a user with path has the path',
    ask: knows({ principal: PATHED }, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/team/*' } }),
    effect: 'ALLOW',
  },
  { name: 'aws:PrincipalArn of a role is known', ask: knows({ principal: APP }, { ArnEquals: { 'aws:PrincipalArn': APP } }), effect: 'ALLOW' },
  {
    name: 'aws:PrincipalArn of a federated user is its own',
    ask: knows({ principal: FEDERATED, sessionPolicies: admin }, { ArnEquals: { 'aws:PrincipalArn': FEDERATED } }),
    effect: 'ALLOW',
  },
  { name: 'aws:PrincipalAccount is known', ask: knows({}, is('aws:PrincipalAccount', OURS)), effect: 'ALLOW' },
  { name: 'aws:PrincipalAccount of another account is known to differ', ask: knows({}, is('aws:PrincipalAccount', THEIRS)), effect: 'DENY' },
  { name: 'aws:PrincipalType of a user', ask: knows({}, is('aws:PrincipalType', 'User')), effect: 'ALLOW' },
  { name: 'aws:PrincipalType of a session', ask: knows({ principal: APP_SESSION }, is('aws:PrincipalType', 'AssumedRole')), effect: 'ALLOW' },
  {
    name: 'aws:PrincipalType of a federated user',
    ask: knows({ principal: FEDERATED, sessionPolicies: admin }, is('aws:PrincipalType', 'FederatedUser')),
    effect: 'ALLOW',
  },
  {
    name: 'aws:PrincipalType of the root user',
    ask: ask({ principal: ROOT, unknownContext: true, resourcePolicy: policy(deny({ ...everyone, Condition: is('aws:PrincipalType', 'Account') })) }),
    effect: 'DENY',
  },
  { name: 'aws:PrincipalIsAWSService of a user is false', ask: knows({}, { Bool: { 'aws:PrincipalIsAWSService': 'false' } }), effect: 'ALLOW' },
  {
    name: 'aws:PrincipalIsAWSService of a service is true',
    ask: ask({
      principal: LAMBDA,
      unknownContext: true,
      resourcePolicy: policy(allow({ Principal: { Service: LAMBDA }, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'aws:PrincipalIsAWSService is not sent by the anonymous',
    ask: ask({
      principal: '*',
      unknownContext: true,
      resourcePolicy: policy(allow({ ...everyone, Condition: { Null: { 'aws:PrincipalIsAWSService': 'true' } } })),
    }),
    effect: 'ALLOW',
  },
  { name: 'aws:username of a user is its name without path', ask: knows({ principal: PATHED }, is('aws:username', 'alice')), effect: 'ALLOW' },
  { name: 'aws:username is not sent by sessions', ask: knows({ principal: APP_SESSION }, { Null: { 'aws:username': 'true' } }), effect: 'ALLOW' },
  { name: 'aws:ResourceAccount is known', ask: knows({}, is('aws:ResourceAccount', OURS)), effect: 'ALLOW' },
  { name: 's3:ResourceAccount is known', ask: knows({}, is('s3:ResourceAccount', OURS)), effect: 'ALLOW' },
  {
    name: 'what is given goes before what is known',
    ask: knows({ context: { 'aws:PrincipalAccount': THEIRS } }, is('aws:PrincipalAccount', THEIRS)),
    effect: 'ALLOW',
  },
  { name: 'aws:PrincipalOrgID is not known', ask: knows({}, is('aws:PrincipalOrgID', 'o-1')), effect: 'CONDITIONAL' },
  {
    name: 'aws:PrincipalOrgID is not sent by the anonymous',
    ask: ask({ principal: '*', unknownContext: true, resourcePolicy: policy(allow({ ...everyone, Condition: is('aws:PrincipalOrgID', 'o-1') })) }),
    effect: 'DENY',
  },
  { name: 'aws:PrincipalTag is not known', ask: knows({}, is('aws:PrincipalTag/team', 'red')), effect: 'CONDITIONAL' },
  { name: 'a key that the action never carries is absent', ask: knows({}, is('s3:prefix', 'a')), effect: 'DENY' },
  {
    name: 'a key that the action carries is not known',
    ask: ask({
      action: 's3:ListBucket',
      resource: { arn: 'arn:aws:s3:::logs', account: OURS },
      unknownContext: true,
      identityPolicies: [policy(allow({ Action: 's3:*', Condition: is('s3:prefix', 'a') }))],
    }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'a key of a list is not known, others are absent',
    ask: ask({ unknownContext: ['aws:SourceIp'], identityPolicies: [policy(allow({ Condition: is('aws:PrincipalTag/team', 'red') }))] }),
    effect: 'DENY',
  },
  {
    name: 'a prefix of a list is not known',
    ask: ask({ unknownContext: ['aws:PrincipalTag/*'], identityPolicies: [policy(allow({ Condition: is('aws:PrincipalTag/team', 'red') }))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'keys of a list are case-insensitive',
    ask: ask({ unknownContext: ['AWS:principaltag/*'], identityPolicies: [policy(allow({ Condition: is('aws:PrincipalTag/team', 'red') }))] }),
    effect: 'CONDITIONAL',
  },
]

/** Every combination of who is named and which ceilings don't allow, in one account and across. */
const identities = [[], admin] as const
const ceilings = [{}, { permissionsBoundary: [elsewhere] }, { sessionPolicies: [elsewhere] }] as const
const grants: readonly (readonly [string, JsonObject | null, 'SELF' | 'ROLE' | 'ACCOUNT' | 'NOBODY'])[] = [
  ['nobody', null, 'NOBODY'],
  ['the session', policy(allow(aws(APP_SESSION))), 'SELF'],
  ['everyone', policy(allow(everyone)), 'SELF'],
  ['the role', policy(allow(aws(APP))), 'ROLE'],
  ['the account', policy(allow(aws(OURS))), 'ACCOUNT'],
]
const outcome = (across: boolean, identity: boolean, limited: boolean, grip: string): Effect => {
  if (across) return identity && !limited && grip !== 'NOBODY' ? 'ALLOW' : 'DENY'
  return grip === 'SELF' || (!limited && (identity || grip === 'ROLE')) ? 'ALLOW' : 'DENY'
}
const interplay = [false, true].flatMap((across) =>
  identities.flatMap((identity) =>
    ceilings.flatMap((limit) =>
      grants.map(([name, resourcePolicy, grip]): Case => ({
        name: `${across ? 'across accounts' : 'in one account'}, identity ${identity.length > 0 ? 'allows' : 'is silent'}, ${Object.keys(limit)[0] ?? 'no ceiling'} limits, the resource names ${name}`,
        ask: ask({
          principal: APP_SESSION,
          resource: { arn: OBJECT, account: across ? THEIRS : OURS },
          identityPolicies: identity,
          ...limit,
          ...(resourcePolicy === null ? {} : { resourcePolicy }),
        }),
        effect: outcome(across, identity.length > 0, Object.keys(limit).length > 0, grip),
      })),
    ),
  ),
)

hold('Principal', named)
hold('Principal of a deny', denied)
hold('NotPrincipal', exceptions)
hold('keys that the request decides', known)
hold('who is named, and what limits', interplay)
