import * as fc from 'fast-check'
import type { Key, Target } from './aws-arbitrary.ts'
import { ALICE, APP, APP_SESSION, FEDERATED, KEY, OURS, ROOT, THEIRS } from './aws-cases.ts'
import type { Json, JsonObject } from './aws-question.ts'

/** What hangs on a resource beside its policy: access control lists, grants on keys, shares, settings. */

type Arbitrary = fc.Arbitrary<JsonObject>

export const GRANT_KEYS: readonly Key[] = [
  {
    name: 'aws:ResourceTag/team',
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    wanted: ['a', 'a*', '${aws:PrincipalTag/team}'],
    present: ['a', 'b'],
  },
  { name: 'kms:EncryptionContext:dept', operators: ['StringEquals', 'StringNotEquals'], wanted: ['a', 'b'], present: ['a', 'c'] },
  {
    name: 'kms:EncryptionContextKeys',
    operators: ['ForAllValues:StringEquals', 'ForAnyValue:StringEquals'],
    wanted: ['dept', 'x'],
    present: ['dept', ['dept', 'x']],
  },
]

export const GRANT_TARGETS: readonly Target[] = [
  { action: 's3:ListBucket', arn: 'arn:aws:s3:::b', account: THEIRS, patterns: ['arn:aws:s3:::b*'] },
  { action: 's3:PutObject', arn: 'arn:aws:s3:::b/a', account: OURS, patterns: ['arn:aws:s3:::b/*'] },
]

const sometimes = (name: string, weight: number, arbitrary: fc.Arbitrary<Json>): Arbitrary =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant({}) }, { weight, arbitrary: arbitrary.map((value) => ({ [name]: value })) })

const merged = (parts: readonly JsonObject[]): JsonObject => Object.fromEntries(parts.flatMap((part) => Object.entries(part)))

const group = (name: string): JsonObject => ({ Type: 'Group', URI: `http://acs.amazonaws.com/groups/${name}` })
const grantee = fc.constantFrom<JsonObject>(
  ...['owner', 'ours', 'theirs'].map((ID) => ({ Type: 'CanonicalUser', ID })),
  ...['global/AllUsers', 'global/AllUsers', 'global/AuthenticatedUsers', 's3/LogDelivery'].map(group),
)
const acl: Arbitrary = fc
  .array(fc.record({ Grantee: grantee, Permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'FULL_CONTROL') }), { maxLength: 2 })
  .map((Grants) => ({ Owner: { ID: 'owner' }, Grants }))

const ofBucket: Arbitrary = fc
  .tuple(
    sometimes('resourceAcl', 6, acl),
    sometimes('objectOwnership', 4, fc.constantFrom('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter')),
    sometimes('publicAccessBlock', 6, fc.record({ RestrictPublicBuckets: fc.boolean(), IgnorePublicAcls: fc.boolean() })),
    sometimes('bucketAbac', 5, fc.boolean()),
  )
  .map((parts) => merged([{ canonicalUsers: { ours: OURS, theirs: THEIRS } }, ...parts]))

const principal = fc.constantFrom(ALICE, APP, APP_SESSION, FEDERATED, ROOT, `arn:aws:iam::${THEIRS}:user/eve`, `arn:aws:iam::${THEIRS}:root`)
const constraints = fc.constantFrom<JsonObject>(
  {},
  {},
  { Constraints: { EncryptionContextSubset: { dept: 'a' } } },
  { Constraints: { EncryptionContextEquals: { dept: 'a' } } },
)
const keyGrant = (arn: string): Arbitrary =>
  fc
    .record({
      KeyId: fc.constantFrom(arn, arn, arn, KEY.replace('1234', '5678')),
      GranteePrincipal: fc.oneof(principal, fc.constant('lambda.eu-west-1.amazonaws.com')),
      Operations: fc.constantFrom(['Decrypt'], ['Encrypt', 'Decrypt'], ['DescribeKey']),
    })
    .chain((row) => constraints.map((more) => ({ ...row, ...more })))

const ofKey = (arn: string): Arbitrary =>
  fc
    .tuple(
      sometimes('kmsGrants', 7, fc.array(keyGrant(arn), { minLength: 1, maxLength: 2 })),
      sometimes('keyManager', 4, fc.constantFrom('AWS', 'CUSTOMER')),
    )
    .map(merged)

const sharedWith = fc.constantFrom(OURS, THEIRS, ALICE, APP, 'arn:aws:organizations::777788889999:organization/o-1')
const share: Arbitrary = fc.record({
  principals: fc.array(sharedWith, { minLength: 1, maxLength: 2 }),
  permissions: fc.constantFrom<Json>(
    [['sqs:SendMessage']],
    [{ Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] }],
    [['sqs:GetQueueUrl']],
  ),
})

export function settingsOf({ action, arn }: Target): Arbitrary {
  if (arn.startsWith('arn:aws:s3:')) return ofBucket
  if (action.startsWith('kms:')) return ofKey(arn)
  return action.startsWith('sqs:') ? sometimes('resourceShares', 4, fc.array(share, { minLength: 1, maxLength: 2 })) : fc.constant({})
}
