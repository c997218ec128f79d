import type { Case } from '../../reference/aws-cases.ts'
import {
  ALICE,
  APP_SESSION,
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

/** S1 to S5 and S8 to S11 (S6 and S7: statements-keys.test.ts): https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */

const theirObject = { resource: { arn: 'arn:aws:s3:::logs/a', account: THEIRS } }

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
hold('services, the anonymous and root', others)
