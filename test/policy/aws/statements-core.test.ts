import type { Case } from '../../reference/aws-cases.ts'
import {
  ALICE,
  APP,
  APP_SESSION,
  KEY,
  OURS,
  ROOT,
  THEIRS,
  admin,
  allow,
  anything,
  ask,
  aws,
  deny,
  elsewhere,
  everyone,
  hold,
  policy,
} from '../../reference/aws-cases.ts'

/** S1 to S11 of the statements: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */

const theirObject = { resource: { arn: 'arn:aws:s3:::logs/a', account: THEIRS } }
const role = `arn:aws:iam::${OURS}:role/target`
const theirRole = `arn:aws:iam::${THEIRS}:role/target`
const trust = (principal: object, action = 'sts:AssumeRole') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...principal, Action: action }],
})
const assume = { action: 'sts:AssumeRole', resource: { arn: role } }
const mayAssume = [policy(allow({ Action: 'sts:AssumeRole' }))]
const decrypt = { action: 'kms:Decrypt', resource: { arn: KEY } }
const mayDecrypt = [policy(allow({ Action: 'kms:Decrypt' }))]
const keyPolicy = (...names: readonly string[]) => policy(allow({ Action: 'kms:*', ...aws(...names) }))

const decisions: readonly Case[] = [
  { name: 'S1 nothing that allows is a deny', ask: ask({}), effect: 'DENY', because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }] },
  {
    name: 'S1 an allow is needed',
    ask: ask({ identityPolicies: [policy(allow())] }),
    effect: 'ALLOW',
    because: [{ layer: 'IDENTITY', kind: 'ALLOW' }],
  },
  {
    name: 'S1 a deny in one policy wins over an allow in another',
    ask: ask({ identityPolicies: [policy(allow()), policy(deny())] }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'EXPLICIT_DENY' }],
  },
  { name: 'S1 the order of allow and deny does not matter', ask: ask({ identityPolicies: [policy(deny(), allow())] }), effect: 'DENY' },
  {
    name: 'S1 an identity deny wins over an allow of the resource policy',
    ask: ask({ identityPolicies: [policy(deny())], resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'DENY',
  },
  {
    name: 'S1 a resource deny wins over an identity allow',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny(everyone)) }),
    effect: 'DENY',
    because: [{ layer: 'RESOURCE', kind: 'EXPLICIT_DENY' }],
  },
  ...(['permissionsBoundary', 'sessionPolicies'] as const).map((layer): Case => ({
    name: `S1 a deny in ${layer} wins over a resource policy that names the session`,
    ask: ask({ principal: APP_SESSION, [layer]: [policy(deny())], resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'DENY',
  })),
  {
    name: 'S1 a deny of another action does not count',
    ask: ask({ identityPolicies: [policy(allow(), deny({ Action: 's3:PutObject' }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S2 same account: the identity policy alone suffices',
    ask: ask({ identityPolicies: [policy(allow())], resourcePolicy: elsewhere }),
    effect: 'ALLOW',
  },
  {
    name: 'S2 same account: the resource policy alone suffices',
    ask: ask({ resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'ALLOW',
    because: [{ layer: 'RESOURCE', kind: 'ALLOW' }],
  },
]

const acrossAccounts: readonly Case[] = [
  {
    name: 'S3 across accounts, identity alone is not enough',
    ask: ask({ ...theirObject, identityPolicies: admin }),
    effect: 'DENY',
    because: [{ layer: 'RESOURCE', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S3 across accounts, the resource alone is not enough',
    ask: ask({ ...theirObject, resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S3 across accounts, both together allow',
    ask: ask({ ...theirObject, identityPolicies: admin, resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'ALLOW',
  },
  { name: 'S3 Principal * does not waive the identity side', ask: ask({ ...theirObject, resourcePolicy: policy(allow(everyone)) }), effect: 'DENY' },
  {
    name: 'S3 Principal * with the identity side allows',
    ask: ask({ ...theirObject, identityPolicies: admin, resourcePolicy: policy(allow(everyone)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S3 naming another account than the caller’s does not allow',
    ask: ask({ ...theirObject, identityPolicies: admin, resourcePolicy: policy(allow(aws(THEIRS))) }),
    effect: 'DENY',
  },
  { name: 'S4 the account’s 12 digits delegate only, in its own account', ask: ask({ resourcePolicy: policy(allow(aws(OURS))) }), effect: 'DENY' },
  { name: 'S4 the account’s root ARN delegates only, in its own account', ask: ask({ resourcePolicy: policy(allow(aws(ROOT))) }), effect: 'DENY' },
  {
    name: 'S4 the account delegates, and the identity uses it across accounts',
    ask: ask({ ...theirObject, identityPolicies: admin, resourcePolicy: policy(allow(aws(ROOT))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S4 digits delegate across accounts like the root ARN',
    ask: ask({ ...theirObject, identityPolicies: admin, resourcePolicy: policy(allow(aws(OURS))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S4 the account delegates across accounts, but nothing is taken up',
    ask: ask({ ...theirObject, resourcePolicy: policy(allow(aws(ROOT))) }),
    effect: 'DENY',
  },
  {
    name: 'S5 a deny on the account’s root ARN hits its users',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny(aws(ROOT))) }),
    effect: 'DENY',
  },
  {
    name: 'S5 a deny on the account’s digits hits its sessions',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, resourcePolicy: policy(deny(aws(OURS))) }),
    effect: 'DENY',
  },
  {
    name: 'S5 a deny on another account does not hit',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny(aws(THEIRS))) }),
    effect: 'ALLOW',
  },
]

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

const service = { principal: 'lambda.amazonaws.com' }
const others: readonly Case[] = [
  {
    name: 'S8 a service is allowed by the resource policy alone',
    ask: ask({ ...service, resourcePolicy: policy(allow({ Principal: { Service: 'lambda.amazonaws.com' } })) }),
    effect: 'ALLOW',
  },
  { name: 'S8 a service needs a resource policy', ask: ask({ ...service, identityPolicies: admin }), effect: 'DENY' },
  {
    name: 'S8 another service is not it',
    ask: ask({ ...service, resourcePolicy: policy(allow({ Principal: { Service: 'sns.amazonaws.com' } })) }),
    effect: 'DENY',
  },
  {
    name: 'S8 SCPs do not bind a service',
    ask: ask({
      ...service,
      serviceControlPolicies: [[policy(deny(anything))]],
      resourcePolicy: policy(allow({ Principal: { Service: 'lambda.amazonaws.com' } })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S8 a service assumes a role that trusts it',
    ask: ask({ ...service, ...assume, resourcePolicy: trust({ Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }) }),
    effect: 'ALLOW',
  },
  { name: 'S8 an account in Principal is no service', ask: ask({ ...service, resourcePolicy: policy(allow(aws(OURS))) }), effect: 'DENY' },
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: "No permissions are required to perform this operation."
  {
    name: 'S9 sts:GetCallerIdentity needs nothing',
    ask: ask({ action: 'sts:GetCallerIdentity', resource: { arn: '*', account: OURS } }),
    effect: 'ALLOW',
  },
  {
    name: 'S9 sts:GetCallerIdentity is allowed whatever denies exist',
    ask: ask({
      action: 'sts:GetCallerIdentity',
      resource: { arn: '*', account: OURS },
      identityPolicies: [policy(deny(anything))],
      serviceControlPolicies: [[]],
    }),
    effect: 'ALLOW',
  },
  { name: 'S10 Principal * lets the anonymous in', ask: ask({ principal: '*', resourcePolicy: policy(allow(everyone)) }), effect: 'ALLOW' },
  { name: 'S10 {"AWS": "*"} lets the anonymous in', ask: ask({ principal: '*', resourcePolicy: policy(allow(aws('*'))) }), effect: 'ALLOW' },
  { name: 'S10 a named user is not the anonymous', ask: ask({ principal: '*', resourcePolicy: policy(allow(aws(ALICE, OURS))) }), effect: 'DENY' },
  {
    name: 'S10 a deny on accounts does not hit the anonymous',
    ask: ask({ principal: '*', resourcePolicy: policy(allow(everyone), deny(aws(OURS))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S10 Deny with NotPrincipal hits the anonymous',
    ask: ask({ principal: '*', resourcePolicy: policy(allow(everyone), deny({ NotPrincipal: { AWS: [ALICE, ROOT] } })) }),
    effect: 'DENY',
  },
  {
    name: 'S10 SCPs do not bind the anonymous',
    ask: ask({ principal: '*', serviceControlPolicies: [[]], resourcePolicy: policy(allow(everyone)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S10 RCPs bind the anonymous',
    ask: ask({ principal: '*', resourceControlPolicies: [[policy(deny({ Action: 's3:*', ...everyone }))]], resourcePolicy: policy(allow(everyone)) }),
    effect: 'DENY',
    because: [{ layer: 'RCP', kind: 'EXPLICIT_DENY' }],
  },
  { name: 'S11 the root user may do everything in its account', ask: ask({ principal: ROOT }), effect: 'ALLOW' },
  {
    name: 'S11 SCPs bind the root user',
    ask: ask({ principal: ROOT, serviceControlPolicies: [[policy(allow(anything), deny({ Action: 's3:*' }))]] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S11 SCPs that allow nothing bind the root user',
    ask: ask({ principal: ROOT, serviceControlPolicies: [[elsewhere]] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S11 a resource deny binds the root user', ask: ask({ principal: ROOT, resourcePolicy: policy(deny(everyone)) }), effect: 'DENY' },
  {
    name: 'S11 RCPs bind the root user',
    ask: ask({ principal: ROOT, resourceControlPolicies: [[policy(deny({ Action: 's3:*', ...everyone }))]] }),
    effect: 'DENY',
  },
  { name: 'S11 the root user may do nothing in another account that does not let it', ask: ask({ ...theirObject, principal: ROOT }), effect: 'DENY' },
  {
    name: 'S11 another account lets the root user in by naming its account',
    ask: ask({ ...theirObject, principal: ROOT, resourcePolicy: policy(allow(aws(OURS))) }),
    effect: 'ALLOW',
  },
]

hold('default, deny and the two sides of one account', decisions)
hold('across accounts and whole accounts', acrossAccounts)
hold('KMS keys', keys)
hold('assuming roles', trusts)
hold('services, the anonymous and root', others)
