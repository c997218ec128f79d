import { describe, expect, test } from 'vitest'
import { findingsOf, folderOf, read } from '../reading.ts'
import { smallAccount } from '../small-account.ts'

const BUCKET = 'arn:aws:s3:::shop-data'
const policy = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements })
const allow = (principal: unknown): object => ({ Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: `${BUCKET}/*` })
const bucket = (...statements: readonly object[]): object => ({ Resource: BUCKET, Policy: policy(...statements), Account: '111122223333' })

describe('resource policies', () => {
  test('a resource lies in its account, carries its policy, and grants to whom it names', async () => {
    const facts = await read(
      await folderOf({ 'policies.json': [bucket({ ...allow('*'), Effect: 'Deny' }, { Sid: 'All', ...allow('*') }, allow({ AWS: '999988887777' }))] }),
    )
    expect(facts.findings).toEqual([])
    expect(facts.entity(BUCKET)).toMatchObject({
      label: 'Resource',
      kind: 'AWS::S3::Bucket',
      name: 'shop-data',
      scope: '111122223333',
      origin: { place: '[0].Policy' },
    })
    expect([...facts.arrows].sort()).toEqual([
      `* HOLDS ${BUCKET}#policy/1`,
      `111122223333 CONTAINS ${BUCKET}`,
      `arn:aws:iam::999988887777:root HOLDS ${BUCKET}#policy/2`,
      `${BUCKET}#policy/1 AT ${BUCKET}`,
      `${BUCKET}#policy/2 AT ${BUCKET}`,
    ])
    expect(facts.entity(`${BUCKET}#policy/1`)).toMatchObject({
      kind: 'AwsResourcePolicyStatement',
      name: 'All',
      properties: { statementIndex: 1, statementId: 'All' },
    })
    expect(facts.entity('*')).toMatchObject({ kind: 'Everyone' })
    expect(facts.coverages).toEqual([
      { record: 'coverage', id: 'aws:resource-policies:111122223333', provider: 'aws', scope: '111122223333', asOf: null, complete: true },
    ])
    expect(facts.entity('111122223333')).toMatchObject({ kind: 'AwsAccount', coverage: ['aws:resource-policies:111122223333'] })
  })

  test('come in a list, on lines of their own, with keys in lower case, with policies as text', async () => {
    const text = JSON.stringify(policy(allow('*')))
    const files = {
      'lines.ndjson': `${JSON.stringify(bucket(allow('*')))}\n${JSON.stringify({ resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs', policy: text })}\n`,
    }
    const { entities, findings } = await read(await folderOf(files))
    expect(findings).toEqual([])
    expect(entities.filter(({ label }) => label === 'Resource').map(({ kind, name, document }) => [kind, name, document === null])).toEqual([
      ['AWS::S3::Bucket', 'shop-data', false],
      ['AWS::SQS::Queue', 'jobs', false],
    ])
  })

  test('may name the principals of an account whose own export is loaded', async () => {
    const facts = await read(
      await folderOf({ 'policies.json': [bucket(allow({ AWS: 'arn:aws:iam::111122223333:role/ci/deployer' }))], 'iam.json': smallAccount }),
    )
    expect(facts.arrows).toContain(`arn:aws:iam::111122223333:role/ci/deployer HOLDS ${BUCKET}#policy/0`)
    expect(facts.entity('111122223333')?.coverage).toEqual(['aws:iam:111122223333', 'aws:resource-policies:111122223333'])
  })

  test('are refused one by one where nobody can tell whose they are', async () => {
    const { findings, entities } = await read(
      await folderOf({
        'p.json': [
          { Resource: BUCKET, Policy: policy() },
          { Resource: 7, Policy: {} },
          { Resource: 'arn:aws:iam::111122223333:role/x', Policy: {} },
          bucket(),
        ],
      }),
    )
    expect(findings.map(({ code, place }) => `${code} ${place}`)).toEqual(['WRONG_SHAPE [0].Account', 'WRONG_SHAPE [1].Resource', 'WRONG_SHAPE [2]'])
    expect(entities.filter(({ label }) => label === 'Resource')).toHaveLength(1)
  })

  test.each([
    ['arn:aws:kms:eu-west-1:111122223333:key/0123', 'AWS::KMS::Key', '0123'],
    ['arn:aws:lambda:eu-west-1:111122223333:function:hello', 'AWS::Lambda::Function', 'hello'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/pay-AbCdEf', 'AWS::SecretsManager::Secret', 'pay-AbCdEf'],
    ['arn:aws:s3:::shop-data/key', 'AWS::S3::Object', 'key'],
    ['arn:aws:new-service:eu-west-1:111122223333:some-thing/x', 'AWS::NewService::SomeThing', 'x'],
  ])('%s is of kind %s', async (arn, kind, name) => {
    const { entities } = await read(await folderOf({ 'p.json': [{ Resource: arn, Policy: policy(), Account: '111122223333' }] }))
    expect(entities.find(({ id }) => id === arn)).toMatchObject({ kind, name })
  })
})

const scp = (id: string, type = 'SERVICE_CONTROL_POLICY'): object => ({
  Id: id,
  Arn: `arn:aws:organizations::111122223333:policy/o-abc123/${type.toLowerCase()}/${id}`,
  Name: `name of ${id}`,
  Type: type,
  AwsManaged: false,
  Content: policy({ Effect: 'Deny', Action: 'lambda:*', Resource: '*' }),
})
const nodeArn = (rest: string): string => `arn:aws:organizations::111122223333:${rest}`
const account = (id: string, policies: unknown): object => ({
  Id: id,
  Arn: nodeArn(`account/o-abc123/${id}`),
  Name: `account ${id}`,
  JoinedTimestamp: '2020-01-01 00:00:00.000000+00:00',
  Policies: policies,
  Type: 'Account',
})
const tree = {
  Id: 'r-ab12',
  Arn: nodeArn('root/o-abc123/r-ab12'),
  Name: 'Root',
  Policies: [scp('p-root0001'), scp('p-rcp00001', 'RESOURCE_CONTROL_POLICY'), scp('p-tags0001', 'TAG_POLICY')],
  Children: [
    account('111122223333', [scp('p-root0001')]),
    {
      Id: 'ou-ab12-cdef3456',
      Arn: nodeArn('ou/o-abc123/ou-ab12-cdef3456'),
      Name: 'Workloads',
      Policies: [],
      Children: [account('444455556666', [scp('p-deep0001')])],
    },
  ],
}
const idOf = (id: string, type = 'service_control_policy'): string => nodeArn(`policy/o-abc123/${type}/${id}`)

describe("an organisation's tree", () => {
  test('is scopes within scopes, with policies that limit them', async () => {
    const facts = await read(await folderOf({ 'org.json': tree }))
    expect(facts.findings).toEqual([])
    expect([...new Set(facts.arrows)].sort()).toEqual(
      [
        'o-abc123 CONTAINS r-ab12',
        'r-ab12 CONTAINS 111122223333',
        'r-ab12 CONTAINS ou-ab12-cdef3456',
        'ou-ab12-cdef3456 CONTAINS 444455556666',
        `o-abc123 CONTAINS ${idOf('p-root0001')}`,
        `o-abc123 CONTAINS ${idOf('p-deep0001')}`,
        `o-abc123 CONTAINS ${idOf('p-rcp00001', 'resource_control_policy')}`,
        `${idOf('p-root0001')} LIMITS r-ab12`,
        `${idOf('p-root0001')} LIMITS 111122223333`,
        `${idOf('p-deep0001')} LIMITS 444455556666`,
        `${idOf('p-rcp00001', 'resource_control_policy')} LIMITS r-ab12`,
      ].sort(),
    )
    expect(facts.entity(idOf('p-rcp00001', 'resource_control_policy'))).toMatchObject({ kind: 'ResourceControlPolicy', label: 'Guardrail' })
    expect(facts.entity(idOf('p-deep0001'))).toMatchObject({
      kind: 'ServiceControlPolicy',
      origin: { place: 'Children[1].Children[0].Policies[0].Content' },
    })
    expect(facts.entity('111122223333')).toMatchObject({ name: 'account 111122223333', scope: 'r-ab12', properties: { managementAccount: true } })
    expect(facts.entity('444455556666')).toMatchObject({ scope: 'ou-ab12-cdef3456', properties: { managementAccount: false } })
    expect(facts.coverages).toMatchObject([{ id: 'aws:organizations:o-abc123', asOf: '2020-01-01T00:00:00.000Z', complete: true }])
  })

  test('places an account whose own export is loaded, too', async () => {
    const facts = await read(await folderOf({ 'org.json': tree, 'iam.json': smallAccount }))
    const accounts = facts.entities.filter(({ id }) => id === '111122223333')
    expect(accounts).toMatchObject([{ scope: 'r-ab12', coverage: ['aws:iam:111122223333', 'aws:organizations:o-abc123'] }])
  })

  test('a node of a wrong shape loses no other, and policies that were not listed are a gap', async () => {
    const broken = { ...tree, Children: [{ Id: 'what' }, account('444455556666', undefined)] }
    const facts = await read(await folderOf({ 'org.json': broken }))
    expect(findingsOf(facts)).toEqual(['EXPORT_TRUNCATED org.json Children[1]', 'WRONG_SHAPE org.json Children[0].Id'])
    expect(facts.entity('444455556666')).toBeDefined()
    expect(facts.coverages).toMatchObject([{ complete: false }])
  })

  test('a policy without content is a gap, named with what it limits', async () => {
    const facts = await read(await folderOf({ 'org.json': { ...tree, Policies: [{ ...scp('p-x'), Content: undefined }] } }))
    expect(facts.findings).toMatchObject([{ code: 'POLICY_MISSING', entity: 'r-ab12' }])
  })
})
