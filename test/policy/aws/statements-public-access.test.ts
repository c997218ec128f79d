import type { Case } from '../../reference/aws-cases.ts'
import { ALICE, OURS, THEIRS, admin, allow, ask, aws, deny, everyone, hold, policy } from '../../reference/aws-cases.ts'
import type { Json, JsonObject } from '../../reference/aws-question.ts'

/**
 * S40 and S41: access control lists of buckets, S3 Block Public Access, tags of buckets.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */

const EVE = `arn:aws:iam::${THEIRS}:user/eve`
const CLOUDTRAIL = 'cloudtrail.amazonaws.com'
const BUCKET = { arn: 'arn:aws:s3:::logs', account: OURS }
const eve = { principal: EVE, identityPolicies: admin }
const restrict = { publicAccessBlock: { RestrictPublicBuckets: true } }
const open = allow(everyone)
const onlyThem = allow(aws(THEIRS))
const onlyCloudTrail = allow({ Principal: { Service: CLOUDTRAIL } })
const limited = (Condition: JsonObject): JsonObject => policy(allow({ ...everyone, Condition }))
const shutOut = [{ layer: 'SERVICE', kind: 'EXPLICIT_DENY' }] as const

/** "How Amazon S3 evaluates a bucket policy that contains both public and non-public access grants" */
const restricting: readonly Case[] = [
  {
    name: 'S40 a public policy serves nobody who is not signed in',
    ask: ask({ principal: '*', resourcePolicy: policy(open), ...restrict }),
    effect: 'DENY',
    because: shutOut,
  },
  { name: 'S40 without the setting it does', ask: ask({ principal: '*', resourcePolicy: policy(open) }), effect: 'ALLOW' },
  {
    name: 'S40 a public policy serves no other account',
    ask: ask({ ...eve, resourcePolicy: policy(open), ...restrict }),
    effect: 'DENY',
    because: shutOut,
  },
  {
    name: 'S40 nor one that another statement names',
    ask: ask({ ...eve, resourcePolicy: policy(open, onlyThem), ...restrict }),
    effect: 'DENY',
    because: shutOut,
  },
  { name: 'S40 a policy that is not public serves it', ask: ask({ ...eve, resourcePolicy: policy(onlyThem), ...restrict }), effect: 'ALLOW' },
  {
    name: 'S40 an AWS service is served',
    ask: ask({ principal: CLOUDTRAIL, resourcePolicy: policy(open, onlyCloudTrail), ...restrict }),
    effect: 'ALLOW',
  },
  { name: 'S40 the bucket’s own account is served', ask: ask({ resourcePolicy: policy(open), ...restrict }), effect: 'ALLOW' },
  {
    name: 'S40 a statement about other actions makes the policy public too',
    ask: ask({ ...eve, resourcePolicy: policy(onlyThem, allow({ ...everyone, Action: 's3:PutObject' })), ...restrict }),
    effect: 'DENY',
  },
  {
    name: 'S40 a deny to everybody is not public',
    ask: ask({ ...eve, resourcePolicy: policy(onlyThem, deny({ ...everyone, Action: 's3:PutObject' })), ...restrict }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 a policy limited to one organization is not public',
    ask: ask({
      ...eve,
      context: { 'aws:PrincipalOrgID': 'o-1' },
      resourcePolicy: limited({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
      ...restrict,
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 a policy limited to any VPC is public',
    ask: ask({ ...eve, context: { 'aws:SourceVpc': 'vpc-1' }, resourcePolicy: limited({ StringLike: { 'aws:SourceVpc': 'vpc-*' } }), ...restrict }),
    effect: 'DENY',
  },
  {
    name: 'S40 a policy limited to the roles of one account: AWS does not say',
    ask: ask({ ...eve, resourcePolicy: limited({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${THEIRS}:*` } }), ...restrict }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S40 other services than S3 know no such setting',
    ask: ask({
      ...eve,
      action: 'sqs:SendMessage',
      resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:q` },
      resourcePolicy: policy(allow({ ...everyone, Action: 'sqs:SendMessage' })),
      ...restrict,
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 whose the bucket is: the account that is asked about',
    ask: ask({ resource: { arn: 'arn:aws:s3:::logs/a', account: THEIRS }, identityPolicies: admin, resourcePolicy: policy(open), ...restrict }),
    effect: 'DENY',
  },
]

const canonical = (ID: string): JsonObject => ({ Type: 'CanonicalUser', ID })
const group = (name: string): JsonObject => ({ Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` })
const ALL = group('global/AllUsers')
const SIGNED_IN = group('global/AuthenticatedUsers')
const acl = (...grants: readonly (readonly [JsonObject, string])[]): JsonObject => ({
  resourceAcl: { Owner: { ID: 'owner' }, Grants: grants.map(([Grantee, Permission]) => ({ Grantee, Permission })) },
  canonicalUsers: { theirs: THEIRS },
})
const list = (changes: JsonObject): JsonObject => ask({ action: 's3:ListBucket', resource: BUCKET, ...changes })
const onBucket = (action: string, principal: string, permission: string): JsonObject =>
  list({
    action,
    principal,
    ...acl([ALL, permission]),
    ...(action === 's3:PutObject' ? { resource: { arn: 'arn:aws:s3:::logs/a', account: OURS } } : {}),
  })
const ignore = { publicAccessBlock: { IgnorePublicAcls: true } }

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const PERMITTED: readonly (readonly [permission: string, lets: readonly string[]])[] = [
  ['READ', ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads']],
  ['WRITE', ['s3:PutObject']],
  ['READ_ACP', ['s3:GetBucketAcl']],
  ['WRITE_ACP', ['s3:PutBucketAcl']],
]
const EVERY = PERMITTED.flatMap(([, lets]) => lets)

const lists: readonly Case[] = [
  ...[...PERMITTED, ['FULL_CONTROL', EVERY] as const].flatMap(([permission, lets]) =>
    EVERY.map((action): Case => ({
      name: `S40 ${permission} on a bucket ${lets.includes(action) ? 'is' : 'is not'} ${action}`,
      ask: onBucket(action, '*', permission),
      effect: lets.includes(action) ? 'ALLOW' : 'DENY',
    })),
  ),
  { name: 'S40 no list of a bucket lets read objects', ask: ask({ principal: '*', ...acl([ALL, 'FULL_CONTROL']) }), effect: 'DENY' },
  { name: 'S40 a list names accounts by their canonical user ids', ask: list({ ...eve, ...acl([canonical('theirs'), 'READ']) }), effect: 'ALLOW' },
  { name: 'S40 the account then delegates', ask: list({ principal: EVE, ...acl([canonical('theirs'), 'READ']) }), effect: 'DENY' },
  { name: 'S40 a list that names the owner gives nothing', ask: list({ ...acl([canonical('owner'), 'FULL_CONTROL']) }), effect: 'DENY' },
  { name: 'S40 everybody need not sign in', ask: list({ principal: '*', ...acl([ALL, 'READ']) }), effect: 'ALLOW' },
  { name: 'S40 authenticated users are signed in', ask: list({ principal: '*', ...acl([SIGNED_IN, 'READ']) }), effect: 'DENY' },
  { name: 'S40 of any account', ask: list({ ...eve, ...acl([SIGNED_IN, 'READ']) }), effect: 'ALLOW' },
  {
    name: 'S40 log delivery is a service',
    ask: list({
      action: 's3:PutObject',
      principal: 'logging.s3.amazonaws.com',
      resource: { arn: 'arn:aws:s3:::logs/a', account: OURS },
      ...acl([group('s3/LogDelivery'), 'WRITE']),
    }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 a deny of the bucket’s policy overrides its list',
    ask: list({ principal: '*', ...acl([ALL, 'READ']), resourcePolicy: policy(deny({ ...everyone, Action: 's3:*' })) }),
    effect: 'DENY',
  },
  {
    name: 'S40 lists are off where the bucket’s owner owns all objects',
    ask: list({ principal: '*', ...acl([ALL, 'READ']), objectOwnership: 'BucketOwnerEnforced' }),
    effect: 'DENY',
  },
  {
    name: 'S40 and on with any other ownership',
    ask: list({ principal: '*', ...acl([ALL, 'READ']), objectOwnership: 'ObjectWriter' }),
    effect: 'ALLOW',
  },
  ...[ALL, SIGNED_IN].map((grantee, index): Case => ({
    name: `S40 grants to ${index === 0 ? 'everybody' : 'authenticated users'} are ignored`,
    ask: list({ ...eve, ...acl([grantee, 'READ']), ...ignore }),
    effect: 'DENY',
    because: [{ layer: 'SERVICE', kind: 'MISSING_ALLOW' }],
  })),
  {
    name: 'S40 grants to one account are not ignored',
    ask: list({ ...eve, ...acl([ALL, 'READ'], [canonical('theirs'), 'READ']), ...ignore }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 a list that is public does not make the policy so',
    ask: list({ principal: '*', ...acl([ALL, 'READ']), ...restrict }),
    effect: 'ALLOW',
  },
  {
    name: 'S40 behind a public policy nobody else gets in by the list either',
    ask: list({ ...eve, ...acl([canonical('theirs'), 'READ']), resourcePolicy: policy(open), ...restrict }),
    effect: 'DENY',
    because: shutOut,
  },
]

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html */
const red: Json = { StringEquals: { 'aws:ResourceTag/team': 'red' } }
const tagged = (changes: JsonObject, Condition: Json = red): JsonObject =>
  list({ unknownContext: true, identityPolicies: [policy(allow({ Action: 's3:*', Condition }))], ...changes })
const tags: readonly Case[] = [
  { name: 'S41 without ABAC a bucket has no tags', ask: tagged({ bucketAbac: false }), effect: 'DENY' },
  {
    name: 'S41 also for a deny',
    ask: tagged({ bucketAbac: false, identityPolicies: [policy(allow({ Action: 's3:*' }), deny({ Action: 's3:*', Condition: red }))] }),
    effect: 'ALLOW',
  },
  {
    name: 'S41 nor has an object those of its bucket',
    ask: tagged({ bucketAbac: false, action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::logs/a', account: OURS } }),
    effect: 'DENY',
  },
  { name: 'S41 nor has it s3:BucketTag', ask: tagged({ bucketAbac: false }, { StringEquals: { 's3:BucketTag/team': 'red' } }), effect: 'DENY' },
  { name: 'S41 with ABAC its tags are not known', ask: tagged({ bucketAbac: true }), effect: 'CONDITIONAL' },
  { name: 'S41 whether ABAC is on may not be known', ask: tagged({}), effect: 'CONDITIONAL' },
  { name: 'S41 what is given holds', ask: tagged({ bucketAbac: false, context: { 'aws:ResourceTag/team': 'red' } }), effect: 'ALLOW' },
  {
    name: 'S41 tags of objects are their own',
    ask: tagged(
      { bucketAbac: false, action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::logs/a', account: OURS } },
      { StringEquals: { 's3:ExistingObjectTag/team': 'red' } },
    ),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S41 tags of access points count always',
    ask: tagged({ bucketAbac: false, resource: { arn: `arn:aws:s3:eu-west-1:${OURS}:accesspoint/ap`, account: OURS } }),
    effect: 'CONDITIONAL',
  },
  {
    name: 'S41 other services do not ask',
    ask: ask({
      principal: ALICE,
      unknownContext: true,
      bucketAbac: false,
      action: 'sqs:SendMessage',
      resource: { arn: `arn:aws:sqs:eu-west-1:${OURS}:q` },
      identityPolicies: [policy(allow({ Action: 'sqs:SendMessage', Condition: red }))],
    }),
    effect: 'CONDITIONAL',
  },
]

hold('RestrictPublicBuckets', restricting)
hold('access control lists of buckets', lists)
hold('tags of buckets', tags)
