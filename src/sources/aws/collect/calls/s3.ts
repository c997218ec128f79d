import { ACCOUNT } from '../call.ts'
import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/s3api/ and …/s3control/ */

const GONE = 'NoSuchBucket'
const buckets = [{ of: 'list-buckets', list: 'Buckets', take: { Bucket: 'Name' }, region: 'BucketRegion' }]
const accessPoints = [{ of: 'list-access-points', list: 'AccessPointList', take: { Name: 'Name' } }]

export const s3 = service({
  cli: 's3api',
  prefix: 's3',
  gains: 'buckets with their policies, ACLs, ownership, block public access, encryption and tags',
  reach: 'GLOBAL',
  load: () => import('@aws-sdk/client-s3'),
  client: 'S3Client',
  calls: [
    {
      command: 'ListBucketsCommand',
      needs: 's3:ListAllMyBuckets',
      input: { MaxBuckets: 1000 },
      pages: ['ContinuationToken', 'ContinuationToken'],
      lists: ['Buckets'],
    },
    { command: 'GetBucketPolicyCommand', each: buckets, none: ['NoSuchBucketPolicy', GONE] },
    {
      command: 'GetPublicAccessBlockCommand',
      needs: 's3:GetBucketPublicAccessBlock',
      each: buckets,
      none: ['NoSuchPublicAccessBlockConfiguration', GONE],
    },
    { command: 'GetBucketOwnershipControlsCommand', each: buckets, none: ['OwnershipControlsNotFoundError', GONE] },
    { command: 'GetBucketAclCommand', each: buckets, none: [GONE] },
    { command: 'GetBucketTaggingCommand', each: buckets, none: ['NoSuchTagSet', GONE] },
    { command: 'GetBucketPolicyStatusCommand', each: buckets, none: ['NoSuchBucketPolicy', GONE] },
    {
      command: 'GetBucketEncryptionCommand',
      needs: 's3:GetEncryptionConfiguration',
      each: buckets,
      none: ['ServerSideEncryptionConfigurationNotFoundError', GONE],
    },
    { command: 'GetBucketAbacCommand', each: buckets, none: [GONE] },
  ],
})

export const s3control = service({
  cli: 's3control',
  prefix: 's3',
  gains: "the account's block public access; access points with their policies",
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-s3-control'),
  client: 'S3ControlClient',
  // By itself it would put the account before any host, also where that is a number.
  elsewhere: (endpoint, signingRegion) => ({
    endpointProvider: () => ({ url: new URL(endpoint), properties: { authSchemes: [{ name: 'sigv4', signingName: 's3', signingRegion }] } }),
  }),
  calls: [
    {
      command: 'GetPublicAccessBlockCommand',
      needs: 's3:GetAccountPublicAccessBlock',
      reach: 'GLOBAL',
      input: { AccountId: ACCOUNT },
      none: ['NoSuchPublicAccessBlockConfiguration'],
    },
    { command: 'ListAccessPointsCommand', input: { AccountId: ACCOUNT, MaxResults: 1000 }, pages: ['NextToken', 'NextToken'] },
    { command: 'GetAccessPointCommand', input: { AccountId: ACCOUNT }, each: accessPoints, none: ['NoSuchAccessPoint'] },
    {
      command: 'GetAccessPointPolicyCommand',
      input: { AccountId: ACCOUNT },
      each: accessPoints,
      none: ['NoSuchAccessPointPolicy', 'NoSuchAccessPoint'],
    },
  ],
})
