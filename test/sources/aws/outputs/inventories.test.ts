import { describe, expect, test } from 'vitest'
import { folderOf, read } from '../../reading.ts'
import { ACCOUNT, allowing, bothRoads, bundle, loose, REGION } from './bundle.ts'

const OTHER = '444455556666'
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:bill`
const INSTANCE = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0abc`
const BUCKET = 'arn:aws:s3:::ledger'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`
const resourcesOf = (facts: readonly string[]): readonly string[] =>
  facts
    .map((fact): { label?: string; id?: string } => JSON.parse(fact))
    .filter(({ label }) => label === 'Resource')
    .map(({ id }) => String(id))

describe('tagged resources', () => {
  const listed = {
    PaginationToken: '',
    ResourceTagMappingList: [
      {
        ResourceARN: FUNCTION,
        Tags: [
          { Key: 'team', Value: 'pay' },
          { Key: 'env', Value: 'prod' },
        ],
      },
      { ResourceARN: INSTANCE, Tags: [{ Key: 'Name', Value: 'web-1' }] },
      { ResourceARN: BUCKET, Tags: [] },
      { ResourceARN: ROLE, Tags: [{ Key: 'team', Value: 'pay' }] },
      { ResourceARN: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/bill:*`, Tags: [] },
    ],
  }

  test('are in their account and region, under the ids that policies write', async () => {
    const { entity, findings, arrows, coverage, facts } = await bundle({ 'resourcegroupstaggingapi/get-resources': listed })
    expect(findings).toEqual([])
    expect(entity(FUNCTION)).toMatchObject({
      kind: 'AWS::Lambda::Function',
      name: 'bill',
      scope: ACCOUNT,
      properties: { region: REGION, tags: ['env=prod', 'team=pay'] },
    })
    expect(entity(INSTANCE)).toMatchObject({ kind: 'AWS::EC2::Instance', name: 'web-1' })
    expect(entity(BUCKET)).toMatchObject({ kind: 'AWS::S3::Bucket', scope: ACCOUNT, properties: { region: REGION, tags: [] } })
    expect(resourcesOf(facts)).toContain(`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/bill`)
    expect(arrows).toContain(`${ACCOUNT} CONTAINS ${BUCKET}`)
    expect(coverage).toEqual([`aws:tagging/${REGION}:${ACCOUNT} complete`])
  })

  test('principals among them are not taken for resources', async () => {
    const { entity } = await bundle({ 'resourcegroupstaggingapi/get-resources': listed })
    expect(entity(ROLE)).toBeUndefined()
  })

  test('say the same wherever the file lies, but for the region of what names none', async () => {
    const { placed, free } = await bothRoads({
      'resourcegroupstaggingapi/get-resources': {
        ResourceTagMappingList: listed.ResourceTagMappingList.filter(({ ResourceARN }) => ResourceARN.includes(REGION)),
      },
    })
    expect(free).toEqual(placed)
    expect((await loose({ 'x.json': listed })).entity(BUCKET)).toMatchObject({ scope: ACCOUNT })
  })

  test('a broken row stops no other, and a page that is missing is a gap', async () => {
    const page = { PaginationToken: 'more', ResourceTagMappingList: [{ ResourceARN: 7 }, ...listed.ResourceTagMappingList] }
    const { entity, findings, coverage } = await bundle({ 'resourcegroupstaggingapi/get-resources': page })
    expect(findings).toEqual(['EXPORT_TRUNCATED get-resources.json', 'WRONG_SHAPE get-resources.json ResourceTagMappingList[0].ResourceARN'])
    expect(entity(FUNCTION)).toBeDefined()
    expect(coverage).toEqual([`aws:tagging/${REGION}:${ACCOUNT} incomplete`])
  })
})

describe('AWS Resource Explorer', () => {
  const row = (arn: string, owner: string, type: string, tags: readonly object[] = []): object => ({
    Arn: arn,
    LastReportedAt: '2026-11-20T10:00:00+00:00',
    OwningAccountId: owner,
    Properties: tags.length === 0 ? [] : [{ Data: tags, LastReportedAt: '2026-11-20T10:00:00+00:00', Name: 'tags' }],
    Region: 'eu-west-1',
    ResourceType: type,
    Service: type.split(':')[0],
  })
  const THEIRS = `arn:aws:rds:eu-west-1:${OTHER}:db:ledger`
  const found = {
    Count: { Complete: true, TotalResources: 4 },
    Resources: [
      row(FUNCTION, ACCOUNT, 'lambda:function', [{ Key: 'team', Value: 'pay' }]),
      row(BUCKET, OTHER, 's3:bucket'),
      row(THEIRS, OTHER, 'rds:db'),
      row(ROLE, ACCOUNT, 'iam:role'),
    ],
    ViewArn: `arn:aws:resource-explorer-2:eu-west-1:${ACCOUNT}:view/all/1111`,
  }

  test.each(['search', 'list-resources'])('%s tells of the resources of all accounts, each in its own', async (operation) => {
    const { entity, findings, coverage, arrows } = await bundle({ [`resource-explorer-2/${operation}`]: found })
    expect(findings).toEqual([])
    expect(entity(FUNCTION)).toMatchObject({ scope: ACCOUNT, properties: { region: 'eu-west-1', tags: ['team=pay'] } })
    expect(entity(BUCKET)).toMatchObject({ scope: OTHER, kind: 'AWS::S3::Bucket', properties: { region: 'eu-west-1' } })
    expect(entity(THEIRS)).toMatchObject({ scope: OTHER, kind: 'AWS::RDS::DBInstance' })
    expect(entity(OTHER)).toMatchObject({ kind: 'AwsAccount' })
    expect(entity(ROLE)).toBeUndefined()
    expect(arrows).toContain(`${OTHER} CONTAINS ${BUCKET}`)
    expect(coverage).toEqual([ACCOUNT, OTHER].map((account) => `aws:resource-explorer:${account} complete`))
  })

  test('says the same wherever the file lies', async () => {
    const { placed, free } = await bothRoads({ 'resource-explorer-2/search': found })
    expect(free).toEqual(placed)
  })

  test('a search that ends at its limit is a gap for all accounts in it', async () => {
    const { findings, coverage } = await loose({ 'x.json': { ...found, Count: { Complete: false, TotalResources: 1000 } } })
    expect(findings).toEqual(['EXPORT_TRUNCATED x.json', 'EXPORT_TRUNCATED x.json'])
    expect(coverage).toEqual([ACCOUNT, OTHER].map((account) => `aws:resource-explorer:${account} incomplete`))
  })

  test('a search that finds nothing covers the account that asked', async () => {
    const { findings, coverage } = await loose({ 'x.json': { ...found, Resources: [] } })
    expect(findings).toEqual([])
    expect(coverage).toEqual([`aws:resource-explorer:${ACCOUNT} complete`])
  })

  test('lists of shared resources are not taken for it', async () => {
    const shared = { resources: [{ arn: FUNCTION, type: 'lambda:Function', status: 'AVAILABLE' }] }
    const { coverage } = await loose({ 'x.json': shared })
    expect(coverage.filter((id) => id.includes('resource-explorer'))).toEqual([])
  })

  test('a broken row stops no other, and a file that breaks off is not complete', async () => {
    const text = JSON.stringify({ ...found, Resources: [{ OwningAccountId: ACCOUNT }, ...found.Resources] })
    const { entity, findings, coverage } = await loose({ 'x.json': text.slice(0, text.indexOf('"ViewArn"')) })
    expect(findings).toEqual([expect.stringMatching(/^NOT_JSON x\.json/), 'WRONG_SHAPE x.json Resources[0].Arn'])
    expect(entity(THEIRS)).toBeDefined()
    expect(coverage).toEqual([ACCOUNT, OTHER].map((account) => `aws:resource-explorer:${account} incomplete`))
  })
})

const policy = allowing({ AWS: 'arn:aws:iam::999988887777:root' }, 's3:GetObject', `${BUCKET}/*`)
const policyText = JSON.stringify(policy)

describe('AWS Config', () => {
  const item = (arn: string, resourceType: string, more: object = {}): object => ({
    relatedEvents: [],
    relationships: [],
    configuration: { environment: { variables: { PASSWORD: 'hunter2' } } },
    supplementaryConfiguration: {},
    tags: {},
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: '2026-11-20T10:00:00.000Z',
    configurationStateId: 1,
    awsAccountId: ACCOUNT,
    configurationItemStatus: 'OK',
    resourceType,
    resourceId: arn.slice(arn.lastIndexOf(':') + 1),
    ARN: arn,
    awsRegion: REGION,
    availabilityZone: 'Not Applicable',
    ...more,
  })
  const bucket = (BucketPolicy: unknown): object =>
    item(BUCKET, 'AWS::S3::Bucket', { resourceName: 'ledger', supplementaryConfiguration: { BucketPolicy } })
  const snapshot = (...configurationItems: readonly object[]): object => ({ fileVersion: '1.0', configSnapshotId: '1111-2222', configurationItems })

  test('a snapshot tells what there is, and keeps no configuration', async () => {
    const table = `arn:aws:dynamodb:${REGION}:${OTHER}:table/ledger`
    const found = snapshot(
      item(FUNCTION, 'AWS::Lambda::Function', { tags: { team: 'pay' }, resourceCreationTime: '2024-01-01T00:00:00.000Z' }),
      item(INSTANCE, 'AWS::EC2::Instance', { resourceName: null }),
      item(table, 'AWS::DynamoDB::Table', { awsAccountId: OTHER }),
      item(ROLE, 'AWS::IAM::Role', { awsRegion: 'global' }),
    )
    const { entity, findings, coverage, text } = await loose({ 'snapshot.json': found })
    expect(findings).toEqual([])
    expect(entity(FUNCTION)).toMatchObject({
      kind: 'AWS::Lambda::Function',
      name: 'bill',
      properties: { region: REGION, tags: ['team=pay'], createdAt: '2024-01-01T00:00:00.000Z' },
    })
    expect(entity(table)).toMatchObject({ scope: OTHER })
    expect(entity(ROLE)).toBeUndefined()
    expect(text).not.toMatch(/hunter2|PASSWORD/)
    expect(coverage).toEqual([`aws:config/${REGION}:${ACCOUNT} complete`, `aws:config/${REGION}:${OTHER} complete`, `aws:config:${ACCOUNT} complete`])
  })

  test('what was deleted is left out, and tells that it is no snapshot', async () => {
    const { entity, findings } = await loose({
      'h.json': snapshot(item(FUNCTION, 'AWS::Lambda::Function', { configurationItemStatus: 'ResourceDeleted' })),
    })
    expect(findings).toEqual(['EXPORT_TRUNCATED h.json'])
    expect(entity(FUNCTION)).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['of a snapshot', { policyText }],
    ['as the API prints it', JSON.stringify({ policyText })],
  ])("a bucket's policy %s is its policy", async (_what, BucketPolicy) => {
    const { entity, arrows } = await loose({ 's.json': snapshot(bucket(BucketPolicy)) })
    expect(entity(BUCKET)).toMatchObject({
      document: policyText,
      origin: { place: 'ConfigurationItems[0].supplementaryConfiguration.BucketPolicy.policyText' },
    })
    expect(arrows).toContain(`${BUCKET}#policy/0 AT ${BUCKET}`)
    expect(arrows).toContain(`arn:aws:iam::999988887777:root HOLDS ${BUCKET}#policy/0`)
  })

  test('a bucket without policy has none; where nothing is said of it, nothing is known', async () => {
    const none = await loose({ 's.json': snapshot(bucket({ policyText: null })) })
    expect(none.entity(BUCKET)?.properties.policyState).toBe('ABSENT')
    const unsaid = await loose({ 's.json': snapshot(item(BUCKET, 'AWS::S3::Bucket')) })
    expect(unsaid.entity(BUCKET)?.properties).not.toHaveProperty('policyState')
    expect(unsaid.entity(BUCKET)?.document).toBeNull()
  })

  test("what S3 itself says of a bucket's policy goes before what Config recorded", async () => {
    const now = allowing('*', 's3:GetObject', `${BUCKET}/public/*`)
    const changed = await loose({
      's.json': snapshot(bucket({ policyText })),
      [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Policy: JSON.stringify(now) },
    })
    expect(changed.entity(BUCKET)?.document).toBe(JSON.stringify(now))
    expect(changed.arrows.filter((arrow) => arrow.includes('999988887777'))).toEqual([])
    const removed = await loose({
      's.json': snapshot(bucket({ policyText })),
      [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Error: { Code: 'NoSuchBucketPolicy', Message: 'none' } },
    })
    expect(removed.entity(BUCKET)).toMatchObject({ document: null, properties: { policyState: 'ABSENT' } })
  })

  test("what Config recorded of a bucket's policy is better than nothing where S3 refused to tell it", async () => {
    const { entity } = await loose({
      's.json': snapshot(bucket({ policyText })),
      [`${ACCOUNT}/global/s3api/get-bucket-policy/ledger.json`]: { Error: { Code: 'AccessDenied', Message: 'no' } },
    })
    expect(entity(BUCKET)).toMatchObject({ document: policyText, properties: { policyState: 'NOT_LOADED' } })
  })

  test.each(['select-resource-config', 'select-aggregate-resource-config'])('%s prints a text for each resource', async (operation) => {
    const selected = {
      Results: [
        JSON.stringify({
          arn: FUNCTION,
          resourceType: 'AWS::Lambda::Function',
          accountId: ACCOUNT,
          awsRegion: REGION,
          tags: [{ tag: 'a=b', key: 'a', value: 'b' }],
        }),
        JSON.stringify({ arn: `arn:aws:sqs:us-east-1:${OTHER}:jobs`, resourceType: 'AWS::SQS::Queue', accountId: OTHER, awsRegion: 'us-east-1' }),
        '{"resourceId": "neither ARN nor type"}',
        '{"resourceId": "AWS::EC2::Instance/i-1", "resourceType": "AWS::Config::ResourceCompliance"}',
        '{"resourceId": "i-0abc", "resourceType": "AWS::EC2::Instance"}',
        '{not json',
      ],
      QueryInfo: { SelectFields: [{ Name: 'arn' }] },
    }
    const { entity, findings, coverage } = await bundle({ [`configservice/${operation}`]: selected })
    expect(findings).toEqual([`WRONG_SHAPE ${operation}.json Results[2]`, `WRONG_SHAPE ${operation}.json Results[5]`])
    expect(entity(FUNCTION)).toMatchObject({ kind: 'AWS::Lambda::Function', properties: { tags: ['a=b'] } })
    expect(entity(`arn:aws:sqs:us-east-1:${OTHER}:jobs`)).toMatchObject({ scope: OTHER })
    expect(entity(INSTANCE)).toMatchObject({ scope: ACCOUNT })
    expect(coverage).toEqual([`aws:config/${REGION}:${ACCOUNT} incomplete`, `aws:config/us-east-1:${OTHER} complete`])
  })

  test('a selection is recognised wherever the file lies', async () => {
    const selected = { Results: [JSON.stringify({ arn: FUNCTION, resourceType: 'AWS::Lambda::Function', accountId: ACCOUNT, awsRegion: REGION })] }
    const { placed, free } = await bothRoads({ 'configservice/select-resource-config': selected })
    expect(free).toEqual(placed)
  })

  test('a listing of ids is read where an ARN is made of them, and says how to ask for the others', async () => {
    const listed = {
      resourceIdentifiers: [
        { resourceType: 'AWS::EC2::Instance', resourceId: 'i-0abc' },
        { resourceType: 'AWS::RDS::DBInstance', resourceId: 'db-ABC', resourceName: 'ledger' },
        { resourceType: 'AWS::SNS::Topic', resourceId: `arn:aws:sns:${REGION}:${ACCOUNT}:news` },
        { resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLE', resourceName: 'deploy' },
      ],
    }
    const { entity, findings, facts } = await bundle({ 'configservice/list-discovered-resources': listed })
    expect(resourcesOf(facts).toSorted()).toEqual(
      [INSTANCE, `arn:aws:rds:${REGION}:${ACCOUNT}:db:ledger`, `arn:aws:sns:${REGION}:${ACCOUNT}:news`].toSorted(),
    )
    expect(entity(INSTANCE)).toMatchObject({ kind: 'AWS::EC2::Instance', properties: { region: REGION } })
    expect(findings).toEqual(['WRONG_SHAPE list-discovered-resources.json'])
  })

  test("an aggregator's listing names account and region of each", async () => {
    const listed = {
      ResourceIdentifiers: [{ SourceAccountId: OTHER, SourceRegion: 'us-east-1', ResourceId: 'orders', ResourceType: 'AWS::DynamoDB::Table' }],
    }
    const { entity } = await bundle({ 'configservice/list-aggregate-discovered-resources': listed })
    expect(entity(`arn:aws:dynamodb:us-east-1:${OTHER}:table/orders`)).toMatchObject({ scope: OTHER, properties: { region: 'us-east-1' } })
  })
})

test('an inventory that is given twice, in pieces and in another order says the same', async () => {
  const rows = [FUNCTION, INSTANCE].map((arn) => ({ ResourceARN: arn, Tags: [{ Key: 'team', Value: 'pay' }] }))
  const once = await loose({ 'x.json': { ResourceTagMappingList: rows } })
  const pieces = await loose({
    'a.json': { PaginationToken: 'more', ResourceTagMappingList: rows.slice(1) },
    'b.json': { ResourceTagMappingList: rows },
    'c.json': { PaginationToken: '', ResourceTagMappingList: rows.slice(0, 1) },
  })
  expect(pieces.facts).toEqual(once.facts)
  expect(pieces.findings).toEqual([])
  expect(pieces.coverage).toEqual(once.coverage)
})

test('inventories and the outputs of the services speak of the same things', async () => {
  const facts = await read(
    await folderOf({
      [`${ACCOUNT}/global/s3api/list-buckets.json`]: { Buckets: [{ Name: 'ledger', CreationDate: '2024-03-01T10:00:00+00:00' }] },
      't.json': { ResourceTagMappingList: [{ ResourceARN: BUCKET, Tags: [{ Key: 'data', Value: 'secret' }] }] },
    }),
  )
  const said = facts.entities.filter(({ id }) => id === BUCKET)
  expect(said.map(({ kind, name, scope }) => [kind, name, scope])).toEqual([
    ['AWS::S3::Bucket', 'ledger', ACCOUNT],
    ['AWS::S3::Bucket', 'ledger', ACCOUNT],
  ])
})
