import type { Case } from '../../reference/aws-cases.ts'
import {
  ALICE,
  APP,
  APP_SESSION,
  FEDERATED,
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

/** S12 to S18: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */

const mayRead = [policy(allow())]
const theirObject = { resource: { arn: 'arn:aws:s3:::logs/a', account: THEIRS } }

const intersection: readonly Case[] = [
  {
    name: 'S12 a boundary that does not allow limits the identity policy',
    ask: ask({ identityPolicies: mayRead, permissionsBoundary: [elsewhere] }),
    effect: 'DENY',
    because: [{ layer: 'BOUNDARY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S12 a boundary grants nothing',
    ask: ask({ permissionsBoundary: admin }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S12 identity and boundary together allow', ask: ask({ identityPolicies: admin, permissionsBoundary: mayRead }), effect: 'ALLOW' },
  {
    name: 'S12 a session policy that does not allow limits the identity policy',
    ask: ask({ principal: APP_SESSION, identityPolicies: mayRead, sessionPolicies: [elsewhere] }),
    effect: 'DENY',
    because: [{ layer: 'SESSION', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S12 a session policy grants nothing', ask: ask({ principal: APP_SESSION, sessionPolicies: admin }), effect: 'DENY' },
  {
    name: 'S12 boundary and session policy both bind',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, permissionsBoundary: mayRead, sessionPolicies: [elsewhere] }),
    effect: 'DENY',
  },
  {
    name: 'S12 all three allow',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, permissionsBoundary: mayRead, sessionPolicies: mayRead }),
    effect: 'ALLOW',
  },
  {
    name: 'S12 every layer that alone denies is named',
    ask: ask({ principal: APP_SESSION, permissionsBoundary: [elsewhere], sessionPolicies: [elsewhere] }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S12 an empty list of boundaries does not apply', ask: ask({ identityPolicies: mayRead, permissionsBoundary: [] }), effect: 'ALLOW' },
]

const limits = { permissionsBoundary: [elsewhere] }
const session = { principal: APP_SESSION, sessionPolicies: [elsewhere] }
const named: readonly Case[] = [
  {
    name: 'S13 a resource policy that names the user is not limited by the boundary',
    ask: ask({ ...limits, resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 one that names the session is not limited by session policy or boundary',
    ask: ask({ ...limits, ...session, resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 one that names the role is limited by the session policy',
    ask: ask({ ...session, resourcePolicy: policy(allow(aws(APP))) }),
    effect: 'DENY',
    because: [{ layer: 'SESSION', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S13 one that names the role is limited by the boundary',
    ask: ask({ ...limits, principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP))) }),
    effect: 'DENY',
    because: [{ layer: 'BOUNDARY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S13 one that names the role needs no identity policy',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 one that names the role allows where the ceilings do',
    ask: ask({ principal: APP_SESSION, permissionsBoundary: mayRead, sessionPolicies: mayRead, resourcePolicy: policy(allow(aws(APP))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 one that names the federated user is not limited by its session policy',
    ask: ask({ principal: FEDERATED, sessionPolicies: [elsewhere], resourcePolicy: policy(allow(aws(FEDERATED))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 a role and its session named together: the session’s grant is not limited',
    ask: ask({ ...session, resourcePolicy: policy(allow(aws(APP, APP_SESSION))) }),
    effect: 'ALLOW',
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, "IAM role principals"
  {
    name: 'S13 Principal * is not limited by boundary or session policy',
    ask: ask({ ...limits, ...session, resourcePolicy: policy(allow(everyone)) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 Principal * narrowed to the role by aws:PrincipalArn is not limited',
    ask: ask({ ...limits, ...session, resourcePolicy: policy(allow({ ...everyone, Condition: { ArnEquals: { 'aws:PrincipalArn': APP } } })) }),
    effect: 'ALLOW',
  },
  {
    name: 'S13 an SCP limits even a grant to the user itself',
    ask: ask({ serviceControlPolicies: [[elsewhere]], resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S13 an account that is named delegates, so that the boundary limits',
    ask: ask({ ...limits, identityPolicies: admin, resourcePolicy: policy(allow(aws(ROOT))) }),
    effect: 'DENY',
  },
  {
    name: 'S14 across accounts the boundary limits a named user',
    ask: ask({ ...theirObject, ...limits, identityPolicies: admin, resourcePolicy: policy(allow(aws(ALICE))) }),
    effect: 'DENY',
    because: [{ layer: 'BOUNDARY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S14 across accounts the session policy limits a named session',
    ask: ask({ ...theirObject, ...session, identityPolicies: admin, resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'DENY',
    because: [{ layer: 'SESSION', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S14 across accounts a named session still needs the identity side',
    ask: ask({ ...theirObject, principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'DENY',
  },
  {
    name: 'S14 across accounts all ceilings allow',
    ask: ask({
      ...theirObject,
      principal: APP_SESSION,
      identityPolicies: admin,
      permissionsBoundary: mayRead,
      sessionPolicies: mayRead,
      resourcePolicy: policy(allow(aws(APP))),
    }),
    effect: 'ALLOW',
  },
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
const except = (...names: readonly string[]) => policy(deny({ NotPrincipal: { AWS: names } }))
const exceptions: readonly Case[] = [
  {
    name: 'S15 Deny with NotPrincipal denies whoever has a boundary, named or not',
    ask: ask({ identityPolicies: admin, permissionsBoundary: admin, resourcePolicy: except(ALICE, ROOT) }),
    effect: 'DENY',
    because: [{ layer: 'RESOURCE', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S15 without a boundary the named user with its account is exempt',
    ask: ask({ identityPolicies: admin, resourcePolicy: except(ALICE, ROOT) }),
    effect: 'ALLOW',
  },
  {
    name: 'S15 account digits exempt like the root ARN',
    ask: ask({ identityPolicies: admin, resourcePolicy: except(ALICE, OURS) }),
    effect: 'ALLOW',
  },
  {
    name: 'S15 whoever is not named is denied',
    ask: ask({ identityPolicies: admin, resourcePolicy: except(`arn:aws:iam::${OURS}:user/carol`, ROOT) }),
    effect: 'DENY',
  },
  {
    name: 'S18 a role alone in NotPrincipal does not exempt its sessions',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, resourcePolicy: except(APP) }),
    effect: 'DENY',
  },
  {
    name: 'S18 session, role and account together exempt',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, resourcePolicy: except(APP_SESSION, APP, ROOT) }),
    effect: 'ALLOW',
  },
  {
    name: 'S18 another session of the role is not exempt',
    ask: ask({ principal: `${APP_SESSION}x`, identityPolicies: admin, resourcePolicy: except(APP_SESSION, APP, ROOT) }),
    effect: 'DENY',
  },
  {
    name: 'S18 aws:PrincipalArn is the way to exempt a role',
    ask: ask({
      principal: APP_SESSION,
      identityPolicies: admin,
      permissionsBoundary: admin,
      resourcePolicy: policy(deny({ ...everyone, Condition: { ArnNotEquals: { 'aws:PrincipalArn': APP } } })),
    }),
    effect: 'ALLOW',
  },
]

hold('boundaries and session policies', intersection)
hold('what a resource policy names', named)
hold('NotPrincipal', exceptions)
