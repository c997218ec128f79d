import { z } from 'zod'
import { toIsoDate } from '../dates.ts'
import { date, listOf, name, struct, text } from '../schema.ts'
import { joined, type About, type OutputKind, type OutputPart } from './output.ts'
import { accountSaid, resource, tagsOf, type Said } from './records.ts'
import { policyOutput, subjectOfPolicy } from './resource-policy.ts'
import { mapRows, mapWhole, memberOf } from './rows.ts'
import { bucketAcl } from './s3-acl.ts'

/** Buckets: https://docs.aws.amazon.com/cli/latest/reference/s3api/ */

const GONE = ['NoSuchBucket']

const bucketArn = (about: About, bucket = about.subject): string => `arn:${about.partition}:s3:::${bucket}`

const bucketRow = struct({ Name: name, CreationDate: date, BucketRegion: text })
const owner = struct({ ID: text })

/** Whoever lists buckets owns them all. */
const listBuckets: OutputKind = {
  id: 'aws/s3api/list-buckets',
  knownBy: ['Buckets'],
  streams: 'Buckets',
  map: (value, about) => {
    const buckets = mapRows(value, 'Buckets', about, bucketRow, (row) =>
      bucket({ createdAt: toIsoDate(row.CreationDate), region: row.BucketRegion }, about, row.Name),
    )
    if (memberOf(value, 'Owner') === undefined) return buckets
    return joined([buckets, mapWhole(value, about, owner, ({ ID }) => accountSaid({ canonicalUserId: ID }, about), 'Owner')])
  },
}

const bucket = (properties: Said, about: About, of = about.subject) => resource({ id: bucketArn(about, of), properties }, about)

/** An output that is one setting of the bucket that was asked about. @param member where the setting is @param without what holds where there is none */
const setting = <Row>(
  operation: string,
  member: string,
  schema: z.ZodType<Row>,
  said: (row: Row) => Said,
  { absent = [], without = {} }: { readonly absent?: readonly string[]; readonly without?: Said } = {},
): OutputKind => ({
  id: `aws/s3api/${operation}`,
  // The account has such a block too.
  ...(member === 'PublicAccessBlockConfiguration' ? {} : { knownBy: [member] }),
  needsSubject: true,
  map: (value, about) => mapWhole(value, about, schema, (row) => bucket(said(row), about), member),
  absent,
  gone: GONE,
  mapAbsent: (about) => bucket(without, about),
})

export const publicAccessBlock = struct({
  BlockPublicAcls: z.boolean().nullish(),
  IgnorePublicAcls: z.boolean().nullish(),
  BlockPublicPolicy: z.boolean().nullish(),
  RestrictPublicBuckets: z.boolean().nullish(),
})

export const blocked = (row: z.output<typeof publicAccessBlock>): Said => ({
  blockPublicAcls: row.BlockPublicAcls,
  ignorePublicAcls: row.IgnorePublicAcls,
  blockPublicPolicy: row.BlockPublicPolicy,
  restrictPublicBuckets: row.RestrictPublicBuckets,
})

/** What holds where there is no configuration. */
export const NOTHING_BLOCKED = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false }

const ownershipControls = struct({ Rules: z.array(struct({ ObjectOwnership: name })).min(1) })

const encryption = struct({
  Rules: listOf(struct({ ApplyServerSideEncryptionByDefault: struct({ SSEAlgorithm: text, KMSMasterKeyID: text }).nullish() })),
})

/** With KMS and no key named, the account's `aws/s3` key. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function keyOf({ Rules }: z.output<typeof encryption>): string | undefined {
  const byDefault = Rules.map((rule) => rule.ApplyServerSideEncryptionByDefault).find((found) => found?.SSEAlgorithm?.startsWith('aws:kms') === true)
  return byDefault === undefined || byDefault === null ? undefined : (byDefault.KMSMasterKeyID ?? 'alias/aws/s3')
}

const enabled = (status: string | null | undefined): boolean | undefined => (status === 'Enabled' ? true : status === 'Disabled' ? false : undefined)

/** The oldest regions go by other names. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
const regionOfBucket = (constraint: string | null | undefined): string =>
  constraint === undefined || constraint === null || constraint === '' ? 'us-east-1' : constraint === 'EU' ? 'eu-west-1' : constraint

/** Null, or left out, where it is us-east-1. */
const location: OutputKind = {
  id: 'aws/s3api/get-bucket-location',
  knownBy: ['LocationConstraint'],
  gone: GONE,
  needsSubject: true,
  map: (value, about) =>
    mapWhole(value, about, struct({ LocationConstraint: text }), (row) => bucket({ region: regionOfBucket(row.LocationConstraint) }, about)),
}

/** Its statements may name the bucket and its objects, and nothing else. */
const inPolicy = (value: Readonly<Record<string, unknown>>): string | undefined =>
  subjectOfPolicy(value['Policy'], /^(arn:[^:]+:s3:::[^*?/]+)(?:\/.*)?$/s)

export const s3: OutputPart = {
  part: 's3',
  regional: false,
  kinds: [
    listBuckets,
    policyOutput({
      id: 'aws/s3api/get-bucket-policy',
      member: 'Policy',
      knownBy: ['Policy'],
      is: (value) => Object.keys(value).length === 1 && inPolicy(value) !== undefined,
      resourceOf: (about, value) => {
        const id = about.subject === '' ? inPolicy(value) : bucketArn(about)
        return id === undefined ? undefined : { id }
      },
      absent: ['NoSuchBucketPolicy'],
      gone: GONE,
    }),
    // What it says is worked out from the policy and the blocks themselves.
    { id: 'aws/s3api/get-bucket-policy-status', absent: ['NoSuchBucketPolicy'], gone: GONE },
    setting('get-bucket-tagging', 'TagSet', z.array(z.unknown()), (tags) => ({ tags: tagsOf(tags) }), {
      absent: ['NoSuchTagSet'],
      without: { tags: [] },
    }),
    setting('get-public-access-block', 'PublicAccessBlockConfiguration', publicAccessBlock, blocked, {
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      without: NOTHING_BLOCKED,
    }),
    setting(
      'get-bucket-ownership-controls',
      'OwnershipControls',
      ownershipControls,
      ({ Rules: [rule] }) => ({ objectOwnership: rule?.ObjectOwnership }),
      // Buckets from before April 2023 may have none: whoever uploads an object owns it, and ACLs hold.
      { absent: ['OwnershipControlsNotFoundError'], without: { objectOwnership: 'ObjectWriter' } },
    ),
    setting('get-bucket-encryption', 'ServerSideEncryptionConfiguration', encryption, (row) => ({ encryptionKey: keyOf(row) }), {
      absent: ['ServerSideEncryptionConfigurationNotFoundError'],
    }),
    setting('get-bucket-abac', 'AbacStatus', struct({ Status: text }), ({ Status }) => ({ abacEnabled: enabled(Status) })),
    location,
    {
      id: 'aws/s3api/get-bucket-acl',
      knownBy: ['Owner', 'Grants'],
      gone: GONE,
      needsSubject: true,
      map: (value, about) => bucketAcl(value, bucketArn(about), about),
    },
  ],
}
