import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bundle, bothRoads, failed } from './bundle.ts'

const POINT = `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/reports`
const listing = {
  AccessPointList: [
    {
      Name: 'reports',
      NetworkOrigin: 'VPC',
      VpcConfiguration: { VpcId: 'vpc-0aa' },
      Bucket: 'ledger',
      AccessPointArn: POINT,
      Alias: 'reports-abc123-s3alias',
      BucketAccountId: '444455556666',
    },
  ],
}
const details = {
  Name: 'reports',
  Bucket: 'ledger',
  NetworkOrigin: 'VPC',
  VpcConfiguration: { VpcId: 'vpc-0aa' },
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: false },
  CreationDate: '2025-04-01T08:00:00+00:00',
  Alias: 'reports-abc123-s3alias',
  AccessPointArn: POINT,
  Endpoints: { ipv4: 's3-accesspoint.eu-west-1.amazonaws.com' },
  BucketAccountId: '444455556666',
}
const policy = allowing({ AWS: '999988887777' }, 's3:GetObject', `${POINT}/object/*`)

describe('access points', () => {
  test('lead to a bucket and have settings and a policy of their own', async () => {
    const { entity, arrows, findings, coverage } = await bundle({
      's3control/list-access-points': listing,
      's3control/get-access-point/reports': details,
      's3control/get-access-point-policy/reports': { Policy: JSON.stringify(policy) },
    })
    expect(findings).toEqual([])
    expect(entity(POINT)).toMatchObject({
      kind: 'AWS::S3::AccessPoint',
      name: 'reports',
      scope: ACCOUNT,
      document: JSON.stringify(policy),
      properties: {
        bucket: 'arn:aws:s3:::ledger',
        vpc: 'vpc-0aa',
        aliases: ['reports-abc123-s3alias'],
        createdAt: '2025-04-01T08:00:00.000Z',
        blockPublicPolicy: true,
        restrictPublicBuckets: false,
      },
    })
    expect(arrows).toContain(`arn:aws:iam::999988887777:root HOLDS ${POINT}#policy/0`)
    expect(coverage).toEqual([`aws:s3control/eu-west-1:${ACCOUNT} complete`])
  })

  test('are recognised by their ARNs wherever the files lie', async () => {
    const { placed, free } = await bothRoads({
      's3control/list-access-points': listing,
      's3control/get-access-point/reports': details,
      's3control/get-access-point-policy/reports': { Policy: JSON.stringify(policy) },
    })
    expect(free).toEqual(placed)
  })

  test.each([
    ['NoSuchAccessPointPolicy', 'ABSENT', []],
    ['AccessDenied', 'NOT_LOADED', ['EXPORT_TRUNCATED reports.json']],
  ])('whose policy is answered with %s: %s', async (code, policyState, expected) => {
    const { entity, findings } = await bundle({ 's3control/get-access-point-policy/reports': failed(code) })
    expect(findings).toEqual(expected)
    expect(entity(POINT)).toMatchObject({ document: null, properties: { policyState } })
  })

  test('of file systems have no bucket', async () => {
    const [row] = listing.AccessPointList
    const output = { AccessPointList: [{ ...row, Bucket: 'arn:aws:fsx:eu-west-1:111122223333:volume/fs-1/fsvol-1' }, { Name: 'broken' }] }
    const { entity, findings } = await bundle({ 's3control/list-access-points': output })
    expect(entity(POINT)?.properties.bucket).toBeUndefined()
    expect(findings).toEqual(['WRONG_SHAPE list-access-points.json AccessPointList[1].AccessPointArn'])
  })
})

describe('public access of all buckets of an account', () => {
  const [off, on] = [false, true].map((value) => ({
    blockPublicAcls: value,
    ignorePublicAcls: value,
    blockPublicPolicy: value,
    restrictPublicBuckets: value,
  }))

  test('is blocked as configured', async () => {
    const output = {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    }
    expect((await bundle({ 'global/s3control/get-public-access-block': output })).entity(ACCOUNT)).toMatchObject({
      kind: 'AwsAccount',
      properties: on,
    })
  })

  test('is not blocked without a configuration', async () => {
    const { entity, findings } = await bundle({
      'global/s3control/get-public-access-block': failed('NoSuchPublicAccessBlockConfiguration'),
    })
    expect(findings).toEqual([])
    expect(entity(ACCOUNT)?.properties).toEqual(off)
  })

  test('is not known where the configuration was refused', async () => {
    const { entity, findings } = await bundle({ 'global/s3control/get-public-access-block': failed('AccessDenied') })
    expect(findings).toEqual(['EXPORT_TRUNCATED get-public-access-block.json'])
    expect(entity(ACCOUNT)?.properties).toEqual({})
  })
})
