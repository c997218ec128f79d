import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, OURS, ROOT, admin, allow, anything, ask, aws, deny, everyone, hold, policy } from '../../reference/aws-cases.ts'

/** S23. */

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const through = { context: { 'aws:SourceVpce': 'vpce-1' } }
const open = policy(allow({ ...anything, ...everyone }))
const endpoints: readonly Case[] = [
  {
    name: 'S23 an endpoint policy must allow what goes through it',
    ask: ask({ ...through, identityPolicies: admin, endpointPolicy: [policy(allow({ Action: 'sqs:*', ...everyone }))] }),
    effect: 'DENY',
    because: [{ layer: 'ENDPOINT', kind: 'MISSING_ALLOW' }],
  },
  {
    name: 'S23 an endpoint policy that allows lets through',
    ask: ask({ ...through, identityPolicies: admin, endpointPolicy: [open] }),
    effect: 'ALLOW',
  },
  { name: 'S23 an endpoint policy grants nothing', ask: ask({ ...through, endpointPolicy: [open] }), effect: 'DENY' },
  {
    name: 'S23 an endpoint policy does not bind a call that does not go through it',
    ask: ask({ identityPolicies: admin, endpointPolicy: [policy(deny({ ...anything, ...everyone }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S23 a deny of the endpoint policy denies',
    ask: ask({ ...through, identityPolicies: admin, endpointPolicy: [policy(allow({ ...anything, ...everyone }), deny(everyone))] }),
    effect: 'DENY',
    because: [{ layer: 'ENDPOINT', kind: 'EXPLICIT_DENY' }],
  },
  {
    name: 'S23 it is not known whether a call goes through the endpoint',
    ask: ask({ unknownContext: ['aws:SourceVpce'], identityPolicies: admin, endpointPolicy: [policy(allow({ Action: 'sqs:*', ...everyone }))] }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S23 it does not matter whether a call goes through an endpoint that allows',
    ask: ask({ unknownContext: ['aws:SourceVpce'], identityPolicies: admin, endpointPolicy: [open] }),
    effect: 'ALLOW',
  },
  {
    name: 'S23 a call from a VPC goes through an endpoint',
    ask: ask({ context: { 'aws:SourceVpc': 'vpc-1' }, identityPolicies: admin, endpointPolicy: [policy(allow({ Action: 'sqs:*', ...everyone }))] }),
    effect: 'DENY',
  },
  {
    name: 'S23 the endpoint policy limits even a grant to the user itself',
    ask: ask({
      ...through,
      resourcePolicy: policy(allow(aws(ALICE))),
      endpointPolicy: [policy(allow({ ...everyone, Resource: 'arn:aws:s3:::other/*' }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S23 the endpoint policy binds the root user',
    ask: ask({ ...through, principal: ROOT, endpointPolicy: [policy(allow({ Action: 'sqs:*', ...everyone }))] }),
    effect: 'DENY',
  },
  {
    name: 'S23 the endpoint policy binds the anonymous',
    ask: ask({
      ...through,
      principal: '*',
      resourcePolicy: policy(allow(everyone)),
      endpointPolicy: [policy(allow({ Action: 'sqs:*', ...everyone }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S23 an endpoint policy narrowed to a role by aws:PrincipalArn',
    ask: ask({
      ...through,
      identityPolicies: admin,
      endpointPolicy: [policy(allow({ ...everyone, Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OURS}:role/app` } } }))],
    }),
    effect: 'DENY',
  },
  {
    name: 'S23 a bucket that only serves an endpoint',
    ask: ask({
      ...through,
      identityPolicies: admin,
      resourcePolicy: policy(deny({ ...everyone, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S23 a bucket that only serves an endpoint denies calls without one',
    ask: ask({
      identityPolicies: admin,
      resourcePolicy: policy(deny({ ...everyone, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })),
    }),
    effect: 'DENY',
  },
]

hold('VPC endpoint policies', endpoints)
