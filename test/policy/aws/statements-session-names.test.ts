import type { Case } from '../../reference/aws-cases.ts'
import { APP, APP_SESSION, OURS, THEIRS, admin, allow, ask, aws, deny, hold, policy } from '../../reference/aws-cases.ts'

/** S16 and S17: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */

const mayRead = [policy(allow())]
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

hold('sessions', identity)
