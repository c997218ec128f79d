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

const pathed = `arn:aws:iam::${OURS}:role/team/app`
const identity: readonly Case[] = [
  {
    name: 'S16 a session is meant by its role’s ARN',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S16 a session is meant by its role’s ARN with path',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(pathed))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S16 a role of the same name in another account is another',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP.replace(OURS, THEIRS)))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a role whose name merely ends alike is another',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(`arn:aws:iam::${OURS}:role/my-app`))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a session is not meant by another session of its role',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP_SESSION.replace('s1', 's2')))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a deny on the role hits its sessions',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, resourcePolicy: policy(deny(aws(APP))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a deny on one session spares another',
    ask: ask({ principal: APP_SESSION, identityPolicies: admin, resourcePolicy: policy(deny(aws(APP_SESSION.replace('s1', 's2')))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S16 session names are case-sensitive',
    ask: ask({ principal: APP_SESSION, resourcePolicy: policy(allow(aws(APP_SESSION.replace('s1', 'S1')))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a statement that names one session is unknown for an unnamed session',
    ask: ask({ principal: APP, resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S16 a deny on one session leaves an unnamed session open',
    ask: ask({ principal: APP, identityPolicies: admin, resourcePolicy: policy(deny(aws(APP_SESSION))) }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S16 a deny on one session does not matter where nothing allows',
    ask: ask({ principal: APP, resourcePolicy: policy(deny(aws(APP_SESSION))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 a session of another role that is named is not it',
    ask: ask({ principal: APP, resourcePolicy: policy(allow(aws(`arn:aws:sts::${OURS}:assumed-role/other/s1`))) }),
    effect: 'DENY',
  },
  {
    name: 'S16 allowed for one session and for all others is allowed',
    ask: ask({ principal: APP, identityPolicies: mayRead, resourcePolicy: policy(allow(aws(APP_SESSION))) }),
    effect: 'ALLOW',
  },
  {
    name: 'S17 aws:PrincipalArn of a session is the role’s ARN',
    ask: ask({ principal: APP_SESSION, identityPolicies: [policy(allow({ Condition: { ArnEquals: { 'aws:PrincipalArn': APP } } }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S17 aws:PrincipalArn of a session is not the session’s ARN',
    ask: ask({ principal: APP_SESSION, identityPolicies: [policy(allow({ Condition: { ArnEquals: { 'aws:PrincipalArn': APP_SESSION } } }))] }),
    effect: 'DENY',
  },
  {
    name: 'S17 aws:PrincipalArn has the role’s path',
    ask: ask({
      principal: pathed,
      identityPolicies: [policy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OURS}:role/team/*` } } }))],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S17 aws:userid of a session is role id and session name',
    ask: ask({
      principal: APP_SESSION,
      context: { 'aws:userid': 'AROAEXAMPLEID:s1' },
      identityPolicies: [policy(allow({ Condition: { StringLike: { 'aws:userid': 'AROAEXAMPLEID:*' } } }))],
    }),
    effect: 'ALLOW',
  },
]

hold('boundaries and session policies', intersection)
hold('what a resource policy names', named)
hold('NotPrincipal', exceptions)
hold('sessions', identity)
