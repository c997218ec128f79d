import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, APP_SESSION, OBJECT, OURS, admin, allow, ask, aws, deny, everyone, hold, policy } from '../../reference/aws-cases.ts'
import type { Effect, JsonObject } from '../../reference/aws-question.ts'

/** S24 to S29. */

const by = (parts: JsonObject): JsonObject => ({ identityPolicies: [policy(allow(parts))] })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
const actions: readonly (readonly [pattern: string, action: string, effect: Effect])[] = [
  ['s3:getobject', 's3:GetObject', 'ALLOW'],
  ['S3:GETOBJECT', 's3:GetObject', 'ALLOW'],
  ['s3:GetObject', 'S3:getobject', 'ALLOW'],
  ['*', 's3:GetObject', 'ALLOW'],
  ['s3:*', 's3:GetObject', 'ALLOW'],
  ['s3:Get*', 's3:GetObject', 'ALLOW'],
  ['s3:*Object', 's3:GetObject', 'ALLOW'],
  ['s3:G*t*ject', 's3:GetObject', 'ALLOW'],
  ['s3:Get?bject', 's3:GetObject', 'ALLOW'],
  ['s3:???Object', 's3:GetObject', 'ALLOW'],
  ['*:*', 's3:GetObject', 'ALLOW'],
  ['s3:Get?', 's3:GetObject', 'DENY'],
  ['s3:GetObject?', 's3:GetObject', 'DENY'],
  ['s3:GetObject*', 's3:GetObject', 'ALLOW'],
  ['s3:GetObjec', 's3:GetObject', 'DENY'],
  ['s3:GetObject', 's3:GetObjectAcl', 'DENY'],
  ['s3:Put*', 's3:GetObject', 'DENY'],
  ['sqs:*', 's3:GetObject', 'DENY'],
  ['s3:GetObject,s3:PutObject', 's3:GetObject', 'DENY'],
  ['s3:Get Object', 's3:GetObject', 'DENY'],
  ['', 's3:GetObject', 'DENY'],
]
const actionCases = actions.map(([pattern, action, effect]): Case => ({
  name: `S24 "${pattern}" ${effect === 'ALLOW' ? 'names' : 'does not name'} ${action}`,
  ask: ask({ action, ...by({ Action: pattern }) }),
  effect,
}))
const notActions: readonly Case[] = [
  {
    name: 'S24 NotAction with a name that can match nothing always matches',
    ask: ask(by({ NotAction: 's3:GetObject,s3:PutObject' })),
    effect: 'ALLOW',
  },
  { name: 'S27 NotAction spares what it lists', ask: ask(by({ NotAction: ['iam:*', 's3:get*'] })), effect: 'DENY' },
  { name: 'S27 NotAction grants what it does not list', ask: ask(by({ NotAction: ['iam:*', 's3:Put*'] })), effect: 'ALLOW' },
  { name: 'S27 NotAction * grants nothing', ask: ask(by({ NotAction: '*' })), effect: 'DENY' },
  {
    name: 'S27 a deny by NotAction hits what is not listed',
    ask: ask({ identityPolicies: [...admin, policy(deny({ NotAction: 'iam:*' }))] }),
    effect: 'DENY',
  },
  {
    name: 'S27 a deny by NotAction spares what is listed',
    ask: ask({ identityPolicies: [...admin, policy(deny({ NotAction: 's3:*' }))] }),
    effect: 'ALLOW',
  },
  { name: 'an action list grants each of its actions', ask: ask(by({ Action: ['s3:PutObject', 's3:GetObject'] })), effect: 'ALLOW' },
]

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
const resources: readonly (readonly [pattern: string, resource: string, effect: Effect])[] = [
  ['*', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::logs/a', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::logs/A', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs/*', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::logs*', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::*', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::l*/a', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::logs/?', OBJECT, 'ALLOW'],
  ['arn:aws:s3:::logs/??', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs/', OBJECT, 'DENY'],
  ['arn:aws:s3:::log', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs/*', 'arn:aws:s3:::logs/a/b/c', 'ALLOW'],
  ['arn:aws:s3:::logs/*/c', 'arn:aws:s3:::logs/a/b/c', 'ALLOW'],
  ['arn:aws:s3:::logs/*', 'arn:aws:s3:::logs/a:b', 'ALLOW'],
  ['arn:aws:s3:::logs/*a*a*', 'arn:aws:s3:::logs/xaya', 'ALLOW'],
  ['arn:aws:s3:::logs/*a*a*a*', 'arn:aws:s3:::logs/xaya', 'DENY'],
  ['arn:*:s3:::logs/a', OBJECT, 'ALLOW'],
  ['arn:aws:s3:*:*:logs/a', OBJECT, 'ALLOW'],
  ['arn:aws:sqs:::logs/a', OBJECT, 'DENY'],
  ['arn:aws-cn:s3:::logs/a', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs/*.txt', 'arn:aws:s3:::logs/a.txt', 'ALLOW'],
  ['arn:aws:s3:::logs/*.txt', 'arn:aws:s3:::logs/axtxt', 'DENY'],
  ['arn:aws:s3:::logs/[a]', OBJECT, 'DENY'],
  ['arn:aws:s3:::logs/a+', 'arn:aws:s3:::logs/aa', 'DENY'],
]
const resourceCases = resources.map(([pattern, arn, effect]): Case => ({
  name: `S25 ${pattern} ${effect === 'ALLOW' ? 'covers' : 'does not cover'} ${arn}`,
  ask: ask({ resource: { arn, account: OURS }, ...by({ Resource: pattern }) }),
  effect,
}))

const queue = { action: 'sqs:SendMessage', resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:orders` } }
const send = (Resource: string): JsonObject => policy(allow({ Action: 'sqs:SendMessage', Resource }))
const full = policy(allow({ Action: '*' }))
const incomplete: readonly Case[] = [
  {
    name: 'S25 an identity policy’s incomplete ARN is filled up with *',
    ask: ask({ ...queue, identityPolicies: [send('arn:aws:sqs')] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 an identity policy’s incomplete ARN of another service is not',
    ask: ask({ ...queue, identityPolicies: [send('arn:aws:sns')] }),
    effect: 'DENY',
  },
  {
    name: 'S25 an incomplete ARN with region holds in that region',
    ask: ask({ ...queue, identityPolicies: [send('arn:aws:sqs:eu-west-1')] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 an incomplete ARN with another region does not',
    ask: ask({ ...queue, identityPolicies: [send('arn:aws:sqs:us-east-1')] }),
    effect: 'DENY',
  },
  {
    name: 'S25 a boundary’s incomplete ARN is filled up',
    ask: ask({ ...queue, identityPolicies: admin, permissionsBoundary: [send('arn:aws:sqs')] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 a session policy’s incomplete ARN is filled up',
    ask: ask({ ...queue, principal: APP_SESSION, identityPolicies: admin, sessionPolicies: [send('arn:aws:sqs')] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 an SCP’s incomplete ARN must end in *',
    ask: ask({ ...queue, identityPolicies: admin, serviceControlPolicies: [[send('arn:aws:sqs')]] }),
    effect: 'DENY',
  },
  {
    name: 'S25 an SCP’s incomplete ARN that ends in * counts',
    ask: ask({ ...queue, identityPolicies: admin, serviceControlPolicies: [[send('arn:aws:sqs:*')]] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 an SCP deny on an incomplete ARN that ends in * denies',
    ask: ask({
      ...queue,
      identityPolicies: admin,
      serviceControlPolicies: [[full, policy(deny({ Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:*' }))]],
    }),
    effect: 'DENY',
  },
  {
    name: 'S25 a resource policy’s incomplete ARN without wildcard matches nothing',
    ask: ask({ ...queue, resourcePolicy: policy(allow({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs', ...aws(ALICE) })) }),
    effect: 'DENY',
  },
  {
    name: 'S25 * at the end of a segment goes on beyond the colon',
    ask: ask({ ...queue, identityPolicies: [send('arn:aws:sqs:*')] }),
    effect: 'ALLOW',
  },
  {
    name: 'S25 the account of an ARN must match',
    ask: ask({ ...queue, identityPolicies: [send(`arn:aws:sqs:eu-west-1:444455556666:orders`)] }),
    effect: 'DENY',
  },
  { name: 'S25 a region by wildcard', ask: ask({ ...queue, identityPolicies: [send(`arn:aws:sqs:eu-*:${OURS}:orders`)] }), effect: 'ALLOW' },
  { name: 'S25 an account by ?', ask: ask({ ...queue, identityPolicies: [send(`arn:aws:sqs:eu-west-1:11112222333?:orders`)] }), effect: 'ALLOW' },
  {
    name: 'S25 queue names are case-sensitive',
    ask: ask({ ...queue, identityPolicies: [send(`arn:aws:sqs:eu-west-1:${OURS}:Orders`)] }),
    effect: 'DENY',
  },
]

const listAll = { action: 's3:ListAllMyBuckets', resource: { arn: '*', account: OURS } }
const kinds: readonly Case[] = [
  {
    name: 'S26 an action without resource types matches *',
    ask: ask({ ...listAll, ...by({ Action: 's3:ListAllMyBuckets', Resource: '*' }) }),
    effect: 'ALLOW',
  },
  {
    name: 'S26 an ARN grants no action without resource types',
    ask: ask({ ...listAll, ...by({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::logs' }) }),
    effect: 'DENY',
  },
  {
    name: 'S26 an ARN that is nearly * grants no action without resource types',
    ask: ask({ ...listAll, ...by({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }) }),
    effect: 'DENY',
  },
  {
    name: 'S26 an ARN grants no action without resource types even where that ARN is asked about',
    ask: ask({
      ...listAll,
      resource: { arn: 'arn:aws:s3:::logs', account: OURS },
      ...by({ Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::logs' }),
    }),
    effect: 'DENY',
  },
  {
    name: 'S26 NotResource that does not cover * matches',
    ask: ask({ ...listAll, ...by({ Action: 's3:*', NotResource: 'arn:aws:s3:::secret' }) }),
    effect: 'ALLOW',
  },
  { name: 'S26 NotResource * matches nothing', ask: ask({ ...listAll, ...by({ Action: 's3:*', NotResource: '*' }) }), effect: 'DENY' },
  {
    name: 'S26 a deny on an ARN does not hit an action without resource types',
    ask: ask({ ...listAll, identityPolicies: [...admin, policy(deny({ Action: 's3:*', Resource: 'arn:aws:s3:::*' }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S26 ec2:DescribeInstances on an instance grants nothing',
    ask: ask({
      action: 'ec2:DescribeInstances',
      resource: { arn: '*', account: OURS },
      ...by({ Action: 'ec2:DescribeInstances', Resource: `arn:aws:ec2:eu-west-1:${OURS}:instance/*` }),
    }),
    effect: 'DENY',
  },
  { name: 'S27 NotResource spares what it lists', ask: ask(by({ NotResource: 'arn:aws:s3:::logs/*' })), effect: 'DENY' },
  {
    name: 'S27 NotResource grants what it does not list',
    ask: ask(by({ NotResource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })),
    effect: 'ALLOW',
  },
  { name: 'S27 one match in a list of NotResource spares', ask: ask(by({ NotResource: ['arn:aws:s3:::other/*', OBJECT] })), effect: 'DENY' },
  {
    name: 'S27 a deny by NotResource hits what is not listed',
    ask: ask({ identityPolicies: [...admin, policy(deny({ Action: 's3:*', NotResource: 'arn:aws:s3:::other/*' }))] }),
    effect: 'DENY',
  },
  {
    name: 'S27 a deny by NotResource spares what is listed',
    ask: ask({ identityPolicies: [...admin, policy(deny({ Action: 's3:*', NotResource: 'arn:aws:s3:::logs/*' }))] }),
    effect: 'ALLOW',
  },
  { name: 'S27 NotResource that is no ARN does not turn into a match', ask: ask(by({ NotResource: 'logs' })), effect: 'DENY' },
  { name: 'S27 Resource that is no ARN matches nothing', ask: ask(by({ Resource: ['logs', OBJECT] })), effect: 'ALLOW' },
  { name: 'S28 a grant on the bucket does not cover objects', ask: ask(by({ Action: 's3:*', Resource: 'arn:aws:s3:::logs' })), effect: 'DENY' },
  {
    name: 'S28 s3:ListBucket is granted on the bucket',
    ask: ask({
      action: 's3:ListBucket',
      resource: { arn: 'arn:aws:s3:::logs', account: OURS },
      ...by({ Action: 's3:ListBucket', Resource: 'arn:aws:s3:::logs' }),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S28 a grant on the objects does not cover the bucket',
    ask: ask({
      action: 's3:ListBucket',
      resource: { arn: 'arn:aws:s3:::logs', account: OURS },
      ...by({ Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' }),
    }),
    effect: 'DENY',
  },
  { name: 'S29 a statement without Principal in a resource policy matches nobody', ask: ask({ resourcePolicy: policy(allow()) }), effect: 'DENY' },
  {
    name: 'S29 a deny without Principal in a resource policy hits nobody',
    ask: ask({ identityPolicies: admin, resourcePolicy: policy(deny()) }),
    effect: 'ALLOW',
  },
  {
    name: 'S29 a trust statement without Resource is about its role',
    ask: ask({
      action: 'sts:AssumeRole',
      resource: { arn: `arn:aws:iam::${OURS}:role/r` },
      resourcePolicy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...aws(ALICE) } },
    }),
    effect: 'ALLOW',
  },
  {
    name: 'a bucket policy on another bucket’s objects does not count',
    ask: ask({ resourcePolicy: policy(allow({ ...everyone, Resource: 'arn:aws:s3:::other/*' })) }),
    effect: 'DENY',
  },
  {
    name: 'a single statement need not be in a list',
    ask: ask({ identityPolicies: [{ Version: '2012-10-17', Statement: allow() }] }),
    effect: 'ALLOW',
  },
]

hold('action names', [...actionCases, ...notActions])
hold('resource ARNs', [...resourceCases, ...incomplete])
hold('resource types, NotResource and missing parts', kinds)
