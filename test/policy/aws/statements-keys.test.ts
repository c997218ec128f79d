import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, APP, APP_SESSION, KEY, OURS, ROOT, THEIRS, allow, ask, aws, deny, everyone, hold, policy } from '../../reference/aws-cases.ts'

/** S6 and S7: what only the resource's own policy opens. */

const role = `arn:aws:iam::${OURS}:role/target`
const trust = (principal: object, action = 'sts:AssumeRole') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...principal, Action: action }],
})
const assume = { action: 'sts:AssumeRole', resource: { arn: role } }
const theirRole = `arn:aws:iam::${THEIRS}:role/target`
const mayAssume = [policy(allow({ Action: 'sts:AssumeRole' }))]
const decrypt = { action: 'kms:Decrypt', resource: { arn: KEY } }
const mayDecrypt = [policy(allow({ Action: 'kms:Decrypt' }))]
const keyPolicy = (...names: readonly string[]) => policy(allow({ Action: 'kms:*', ...aws(...names) }))

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
const keys: readonly Case[] = [
  {
    name: 'S6 an identity policy alone opens no key',
    ask: ask({ ...decrypt, identityPolicies: mayDecrypt }),
    effect: 'DENY',
    because: [{ layer: 'RESOURCE', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S6 an identity policy counts where the key trusts the account',
    ask: ask({ ...decrypt, identityPolicies: mayDecrypt, resourcePolicy: keyPolicy(ROOT) }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 the key’s trust in the account alone gives nothing',
    ask: ask({ ...decrypt, resourcePolicy: keyPolicy(ROOT) }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S6 a key policy that names the user needs no identity policy',
    ask: ask({ ...decrypt, resourcePolicy: keyPolicy(ALICE) }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 a key policy that names somebody else leaves the identity policy without force',
    ask: ask({ ...decrypt, identityPolicies: mayDecrypt, resourcePolicy: keyPolicy(APP) }),
    effect: 'DENY',
  },
  {
    name: 'S6 a key that trusts the account for another action does not count',
    ask: ask({ ...decrypt, identityPolicies: mayDecrypt, resourcePolicy: policy(allow({ Action: 'kms:Encrypt', ...aws(ROOT) })) }),
    effect: 'DENY',
  },
  { name: 'S6 even the root user needs the key policy', ask: ask({ ...decrypt, principal: ROOT, resourcePolicy: keyPolicy(ALICE) }), effect: 'DENY' },
  {
    name: 'S6 the root user uses a key that trusts the account',
    ask: ask({ ...decrypt, principal: ROOT, resourcePolicy: keyPolicy(ROOT) }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 an action on no key needs no key policy',
    ask: ask({ action: 'kms:ListKeys', resource: { arn: '*', account: OURS }, identityPolicies: [policy(allow({ Action: 'kms:ListKeys' }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 an alias has no key policy',
    ask: ask({
      action: 'kms:CreateAlias',
      resource: { arn: `arn:aws:kms:eu-west-1:${OURS}:alias/a` },
      identityPolicies: [policy(allow({ Action: 'kms:*' }))],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 a key for everyone, narrowed by kms:CallerAccount, needs no identity policy',
    ask: ask({
      ...decrypt,
      resourcePolicy: policy(allow({ Action: 'kms:Decrypt', ...everyone, Condition: { StringEquals: { 'kms:CallerAccount': OURS } } })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S6 kms:CallerAccount of another account shuts it',
    ask: ask({
      ...decrypt,
      identityPolicies: mayDecrypt,
      resourcePolicy: policy(allow({ Action: 'kms:Decrypt', ...everyone, Condition: { StringEquals: { 'kms:CallerAccount': THEIRS } } })),
    }),
    effect: 'DENY',
  },
  {
    name: 'S6 a key of another account needs both sides',
    ask: ask({ ...decrypt, resource: { arn: KEY.replace(OURS, THEIRS) }, resourcePolicy: keyPolicy(ALICE) }),
    effect: 'DENY',
  },
  {
    name: 'S6 a key of another account with both sides',
    ask: ask({ ...decrypt, resource: { arn: KEY.replace(OURS, THEIRS) }, identityPolicies: mayDecrypt, resourcePolicy: keyPolicy(ROOT) }),
    effect: 'ALLOW',
  },
]

const trusts: readonly Case[] = [
  {
    name: 'S8 a service assumes a role that trusts it',
    ask: ask({
      principal: 'lambda.amazonaws.com',
      ...assume,
      resourcePolicy: trust({ Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S7 identity alone assumes no role',
    ask: ask({ ...assume, identityPolicies: mayAssume }),
    effect: 'DENY',
    because: [{ layer: 'RESOURCE', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S7 same account: a trust that names the user needs no identity policy',
    ask: ask({ ...assume, resourcePolicy: trust(aws(ALICE)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S7 same account: a trust in the account needs the identity policy',
    ask: ask({ ...assume, resourcePolicy: trust(aws(ROOT)) }),
    effect: 'DENY',
  },
  {
    name: 'S7 same account: a trust in the account with the identity policy',
    ask: ask({ ...assume, identityPolicies: mayAssume, resourcePolicy: trust(aws(ROOT)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S7 a trust in another account does not help',
    ask: ask({ ...assume, identityPolicies: mayAssume, resourcePolicy: trust(aws(THEIRS)) }),
    effect: 'DENY',
  },
  {
    name: 'S7 across accounts a named user still needs the identity policy',
    ask: ask({ ...assume, resource: { arn: theirRole }, resourcePolicy: trust(aws(ALICE)) }),
    effect: 'DENY',
  },
  {
    name: 'S7 across accounts both sides allow',
    ask: ask({ ...assume, resource: { arn: theirRole }, identityPolicies: mayAssume, resourcePolicy: trust(aws(ALICE)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S7 a session assumes a role that trusts its role',
    ask: ask({ ...assume, principal: APP_SESSION, resourcePolicy: trust(aws(APP)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S7 an identity deny stops a named user',
    ask: ask({ ...assume, identityPolicies: [policy(deny({ Action: 'sts:*' }))], resourcePolicy: trust(aws(ALICE)) }),
    effect: 'DENY',
  },
  {
    name: 'S7 the trust of another action is none',
    ask: ask({ ...assume, identityPolicies: mayAssume, resourcePolicy: trust(aws(ALICE), 'sts:TagSession') }),
    effect: 'DENY',
  },
  {
    name: 'S7 sts:TagSession is trusted like sts:AssumeRole',
    ask: ask({ ...assume, action: 'sts:TagSession', identityPolicies: [policy(allow({ Action: 'sts:*' }))], resourcePolicy: trust(aws(ROOT)) }),
    effect: 'DENY',
  },
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: "You cannot call AssumeRole by using AWS account root user credentials"
  { name: 'S7 the root user can assume no role', ask: ask({ ...assume, principal: ROOT, resourcePolicy: trust(aws(ROOT)) }), effect: 'DENY' },
  {
    name: 'S7 sts:ExternalId that differs stops',
    ask: ask({
      ...assume,
      context: { 'sts:ExternalId': 'b' },
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', ...aws(ALICE), Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'a' } } }],
      },
    }),
    effect: 'DENY',
  },
]

hold('KMS keys', keys)
hold('assuming roles', trusts)
