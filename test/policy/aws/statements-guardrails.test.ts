import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, KEY, OURS, THEIRS, admin, allow, anything, ask, aws, deny, elsewhere, everyone, hold, policy } from '../../reference/aws-cases.ts'

/** S19 to S22. */

const full = policy(allow(anything))

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html */
const scps: readonly Case[] = [
  { name: 'S19 every level allows', ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full], [full], [full]] }), effect: 'ALLOW' },
  ...[0, 1, 2].map((level): Case => ({
    name: `S19 level ${level} without an allow denies`,
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [0, 1, 2].map((place) => [place === level ? elsewhere : full]) }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'MISSING_ALLOW' }],
  })),
  {
    name: 'S19 an empty level denies',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full], []] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'MISSING_ALLOW' }],
  },
  { name: 'S19 no levels do not apply', ask: ask({ identityPolicies: admin, serviceControlPolicies: [] }), effect: 'ALLOW' },
  {
    name: 'S19 a deny at the root level denies',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full, policy(deny())], [full]] }),
    effect: 'DENY',
    because: [{ layer: 'SCP', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S19 a deny at the account level denies',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full], [full, policy(deny())]] }),
    effect: 'DENY',
  },
  {
    name: 'S19 two SCPs of one level allow together',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[elsewhere, policy(allow())]] }),
    effect: 'ALLOW',
  },
  {
    name: 'S19 allows of two levels do not add up',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[elsewhere], [policy(allow())]] }),
    effect: 'DENY',
  },
  {
    name: 'S19 an SCP grants nothing',
    ask: ask({ serviceControlPolicies: [[full]] }),
    effect: 'DENY',
    because: [{ layer: 'IDENTITY', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S19 an SCP deny by NotAction spares what it lists',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full, policy(deny({ NotAction: ['s3:*', 'iam:*'] }))]] }),
    effect: 'ALLOW',
  },
  {
    name: 'S19 an SCP deny by NotAction hits the rest',
    ask: ask({ identityPolicies: admin, serviceControlPolicies: [[full, policy(deny({ NotAction: 'iam:*' }))]] }),
    effect: 'DENY',
  },
  {
    name: 'S19 an SCP deny outside a region',
    ask: ask({
      identityPolicies: admin,
      context: { 'aws:RequestedRegion': 'us-east-1' },
      serviceControlPolicies: [
        [full, policy(deny({ NotAction: 'iam:*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } } }))],
      ],
    }),
    effect: 'DENY',
  },
  {
    name: 'S19 an SCP deny outside a region spares that region',
    ask: ask({
      identityPolicies: admin,
      context: { 'aws:RequestedRegion': 'eu-central-1' },
      serviceControlPolicies: [
        [full, policy(deny({ NotAction: 'iam:*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } } }))],
      ],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S19 an SCP deny on everybody but a role',
    ask: ask({
      identityPolicies: admin,
      serviceControlPolicies: [[full, policy(deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } } }))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S19 SCPs bind a principal across accounts too',
    ask: ask({
      resource: { arn: 'arn:aws:s3:::logs/a', account: THEIRS },
      identityPolicies: admin,
      serviceControlPolicies: [[elsewhere]],
      resourcePolicy: policy(allow(aws(ALICE))),
    }),
    effect: 'DENY',
  },
  {
    name: 'S20 SCPs do not bind a service-linked role',
    ask: ask({
      principal: `arn:aws:iam::${OURS}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
      identityPolicies: admin,
      serviceControlPolicies: [[policy(deny(anything))]],
    }),
    effect: 'ALLOW',
  },
]

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
const shut = policy(deny({ Action: 's3:*', ...everyone }))
const rcps: readonly Case[] = [
  {
    name: 'S21 an RCP deny denies',
    ask: ask({ identityPolicies: admin, resourceControlPolicies: [[shut]] }),
    effect: 'DENY',
    because: [{ layer: 'RCP', kind: 'EXPLICIT_DENY' }],
  },
  { name: 'S21 an RCP deny at a lower level denies', ask: ask({ identityPolicies: admin, resourceControlPolicies: [[], [shut]] }), effect: 'DENY' },
  { name: 'S21 RCP levels need no allow', ask: ask({ identityPolicies: admin, resourceControlPolicies: [[], [], []] }), effect: 'ALLOW' },
  { name: 'S21 an RCP grants nothing', ask: ask({ resourceControlPolicies: [[policy(allow({ ...anything, ...everyone }))]] }), effect: 'DENY' },
  {
    name: 'S21 an RCP binds callers from outside',
    ask: ask({
      principal: `arn:aws:iam::${THEIRS}:user/eve`,
      identityPolicies: admin,
      resourcePolicy: policy(allow(everyone)),
      context: { 'aws:PrincipalOrgID': 'o-theirs' },
      resourceControlPolicies: [
        [policy(deny({ Action: 's3:*', ...everyone, Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ours' } } }))],
      ],
    }),
    effect: 'DENY',
  },
  {
    name: 'S21 an RCP that spares the organisation spares it',
    ask: ask({
      identityPolicies: admin,
      context: { 'aws:PrincipalOrgID': 'o-ours' },
      resourceControlPolicies: [
        [policy(deny({ Action: 's3:*', ...everyone, Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ours' } } }))],
      ],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S21 an RCP binds services',
    ask: ask({
      principal: 'logging.s3.amazonaws.com',
      resourcePolicy: policy(allow({ Principal: { Service: 'logging.s3.amazonaws.com' } })),
      resourceControlPolicies: [[shut]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S21 an RCP that spares services spares them',
    ask: ask({
      principal: 'logging.s3.amazonaws.com',
      resourcePolicy: policy(allow({ Principal: { Service: 'logging.s3.amazonaws.com' } })),
      resourceControlPolicies: [
        [policy(deny({ Action: 's3:*', ...everyone, Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } }))],
      ],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S22 an RCP does not reach services that RCPs do not cover',
    ask: ask({
      action: 'ec2:TerminateInstances',
      resource: { arn: `arn:aws:ec2:eu-west-1:${OURS}:instance/i-1` },
      identityPolicies: admin,
      resourceControlPolicies: [[policy(deny({ Action: 'ec2:*', ...everyone }))]],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S22 an RCP does not bind kms:RetireGrant',
    ask: ask({
      action: 'kms:RetireGrant',
      resource: { arn: KEY },
      resourcePolicy: policy(allow({ Action: 'kms:*', ...aws(ALICE) })),
      resourceControlPolicies: [[policy(deny({ Action: 'kms:*', ...everyone }))]],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S22 an RCP binds other actions on keys',
    ask: ask({
      action: 'kms:Decrypt',
      resource: { arn: KEY },
      resourcePolicy: policy(allow({ Action: 'kms:*', ...aws(ALICE) })),
      resourceControlPolicies: [[policy(deny({ Action: 'kms:*', ...everyone }))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S22 an RCP does not bind service-linked roles',
    ask: ask({
      principal: `arn:aws:iam::${OURS}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
      identityPolicies: admin,
      resourceControlPolicies: [[shut]],
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S22 an RCP binds sts:AssumeRole',
    ask: ask({
      action: 'sts:AssumeRole',
      resource: { arn: `arn:aws:iam::${OURS}:role/r` },
      resourcePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...aws(ALICE), Action: 'sts:AssumeRole' }] },
      resourceControlPolicies: [[policy(deny({ Action: 'sts:*', ...everyone }))]],
    }),
    effect: 'DENY',
  },
]

hold('service control policies', scps)
hold('resource control policies', rcps)
