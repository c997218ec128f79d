import { describe, expect, test } from 'vitest'
import { ACCOUNT, allowing, bothRoads, bundle, failed, loose } from './bundle.ts'

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`
const as = (id: string): string => encodeURIComponent(id)
const VALUE = 'hunter2-never-keep-this'
const policyOn = (id: string, action: string): string => JSON.stringify(allowing({ AWS: '999988887777' }, action, id))
const KEY = arn('kms', 'key/1')

const SECRET = arn('secretsmanager', 'secret:shop/pay-AbCdEf')
const PARAMETER = arn('ssm', 'parameter/shop/db/password')
const REPOSITORY = arn('ecr', 'repository/team/app')
const TABLE = arn('dynamodb', 'table/orders')
const FILES = arn('elasticfilesystem', 'file-system/fs-0123')
const VAULT = arn('backup', 'backup-vault:daily')
const CATALOG = arn('glue', 'catalog')
const DOMAIN = arn('es', 'domain/search')

const secret = {
  ARN: SECRET,
  Name: 'shop/pay',
  Description: 'card processor',
  KmsKeyId: KEY,
  CreatedDate: '2025-01-01T00:00:00+00:00',
  LastChangedDate: '2025-02-01T00:00:00+00:00',
  LastAccessedDate: '2025-03-01T00:00:00+00:00',
  Tags: [{ Key: 'team', Value: 'pay' }],
  SecretVersionsToStages: { a: ['AWSCURRENT'] },
}
const domain = {
  DomainId: `${ACCOUNT}/search`,
  DomainName: 'search',
  ARN: DOMAIN,
  Endpoint: 'search-x.eu-west-1.es.amazonaws.com',
  AccessPolicies: policyOn(`${DOMAIN}/*`, 'es:ESHttpGet'),
  EncryptionAtRestOptions: { Enabled: true, KmsKeyId: KEY },
}

const recognised = {
  'secretsmanager/list-secrets': { SecretList: [secret] },
  [`secretsmanager/get-resource-policy/${as(SECRET)}`]: {
    ARN: SECRET,
    Name: 'shop/pay',
    ResourcePolicy: policyOn(SECRET, 'secretsmanager:GetSecretValue'),
  },
  'ssm/describe-parameters': {
    Parameters: [
      {
        Name: '/shop/db/password',
        ARN: PARAMETER,
        Type: 'SecureString',
        KeyId: 'alias/aws/ssm',
        LastModifiedDate: 1700000000,
        LastModifiedUser: `arn:aws:iam::${ACCOUNT}:user/me`,
        Version: 3,
        Tier: 'Standard',
      },
    ],
  },
  'ssm/describe-instance-information': {
    InstanceInformationList: [
      { InstanceId: 'i-0aa', PingStatus: 'Online', PlatformType: 'Linux', ResourceType: 'EC2Instance' },
      { InstanceId: 'i-0bb', PingStatus: 'ConnectionLost' },
      { InstanceId: 'mi-0cc', PingStatus: 'Online', IamRole: 'service-role/onprem', ComputerName: 'db1' },
    ],
  },
  'ecr/describe-repositories': {
    repositories: [
      {
        repositoryArn: REPOSITORY,
        registryId: ACCOUNT,
        repositoryName: 'team/app',
        createdAt: '2025-01-01T00:00:00+00:00',
        encryptionConfiguration: { encryptionType: 'KMS', kmsKey: KEY },
      },
    ],
  },
  [`ecr/get-repository-policy/${as('team/app')}`]: {
    registryId: ACCOUNT,
    repositoryName: 'team/app',
    policyText: policyOn('*', 'ecr:BatchGetImage'),
  },
  'dynamodb/list-tables': { TableNames: ['orders'] },
  'dynamodb/describe-table/orders': {
    Table: {
      TableArn: TABLE,
      TableName: 'orders',
      TableStatus: 'ACTIVE',
      CreationDateTime: 1700000000.5,
      SSEDescription: { Status: 'ENABLED', KMSMasterKeyArn: KEY },
    },
  },
  [`dynamodb/get-resource-policy/${as(TABLE)}`]: { Policy: policyOn(TABLE, 'dynamodb:GetItem'), RevisionId: '1' },
  'efs/describe-file-systems': {
    FileSystems: [
      {
        OwnerId: ACCOUNT,
        FileSystemId: 'fs-0123',
        FileSystemArn: FILES,
        CreationTime: '2025-01-01T00:00:00+00:00',
        LifeCycleState: 'available',
        Name: 'home',
        KmsKeyId: KEY,
        Tags: [{ Key: 'Name', Value: 'home' }],
      },
    ],
  },
  'efs/describe-file-system-policy/fs-0123': { FileSystemId: 'fs-0123', Policy: policyOn(FILES, 'elasticfilesystem:ClientMount') },
  'backup/list-backup-vaults': {
    BackupVaultList: [{ BackupVaultName: 'daily', BackupVaultArn: VAULT, CreationDate: '2025-01-01T00:00:00+00:00', EncryptionKeyArn: KEY }],
  },
  'backup/get-backup-vault-access-policy/daily': {
    BackupVaultName: 'daily',
    BackupVaultArn: VAULT,
    Policy: policyOn('*', 'backup:CopyIntoBackupVault'),
  },
  'glue/get-resource-policy': { PolicyInJson: policyOn(CATALOG, 'glue:GetTable'), PolicyHash: 'x' },
  'glue/get-databases': { DatabaseList: [{ Name: 'sales', CatalogId: ACCOUNT, CreateTime: '2025-01-01T00:00:00+00:00' }] },
  'opensearch/list-domain-names': { DomainNames: [{ DomainName: 'search', EngineType: 'OpenSearch' }] },
  'opensearch/describe-domains/search': { DomainStatusList: [domain] },
}
const outputs = {
  ...recognised,
  [`dynamodb/list-tags-of-resource/${as(TABLE)}`]: { Tags: [{ Key: 'team', Value: 'pay' }] },
}

describe('stores of data', () => {
  test('come from their listings, descriptions and policies', async () => {
    const { entity, findings, coverage } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(coverage.every((line) => line.endsWith(' complete'))).toBe(true)
    const created = '2025-01-01T00:00:00.000Z'
    expect(entity(SECRET)).toMatchObject({
      kind: 'AWS::SecretsManager::Secret',
      name: 'shop/pay',
      properties: {
        description: 'card processor',
        encryptionKey: KEY,
        createdAt: created,
        updatedAt: '2025-02-01T00:00:00.000Z',
        tags: ['team=pay'],
      },
    })
    expect(entity(PARAMETER)).toMatchObject({
      kind: 'AWS::SSM::Parameter',
      name: '/shop/db/password',
      properties: { parameterType: 'SecureString', encryptionKey: 'alias/aws/ssm', updatedAt: '2023-11-14T22:13:20.000Z' },
    })
    expect(entity(REPOSITORY)).toMatchObject({
      kind: 'AWS::ECR::Repository',
      name: 'team/app',
      properties: { createdAt: created, encryptionKey: KEY },
    })
    expect(entity(TABLE)).toMatchObject({
      kind: 'AWS::DynamoDB::Table',
      name: 'orders',
      properties: { state: 'ACTIVE', encryptionKey: KEY, tags: ['team=pay'] },
    })
    expect(entity(FILES)).toMatchObject({
      kind: 'AWS::EFS::FileSystem',
      name: 'fs-0123',
      properties: { aliases: ['home'], state: 'available', encryptionKey: KEY, tags: ['Name=home'] },
    })
    expect(entity(VAULT)).toMatchObject({ kind: 'AWS::Backup::BackupVault', name: 'daily', properties: { createdAt: created, encryptionKey: KEY } })
    expect(entity(CATALOG)).toMatchObject({ kind: 'AWS::Glue::Catalog' })
    expect(entity(arn('glue', 'database/sales'))).toMatchObject({ kind: 'AWS::Glue::Database', name: 'sales', properties: { createdAt: created } })
    expect(entity(DOMAIN)).toMatchObject({
      kind: 'AWS::OpenSearchService::Domain',
      name: 'search',
      properties: { internetExposure: ['https'], encryptionKey: KEY },
    })
  })

  test.each([SECRET, REPOSITORY, TABLE, FILES, VAULT, CATALOG, DOMAIN])('%s carries its policy, whose statements are grants', async (id) => {
    const { entity, arrows } = await bundle(outputs)
    expect(entity(id)?.document).toContain('999988887777')
    expect(arrows).toContain(`arn:aws:iam::999988887777:root HOLDS ${id}#policy/0`)
    expect(arrows).toContain(`${ACCOUNT} CONTAINS ${id}`)
  })

  test('are recognised by their content, with the caller beside them or the account and region of the others', async () => {
    const { placed, free } = await bothRoads(recognised)
    expect(free).toEqual(placed)
  })

  test('say the same when they are there twice, and in another order', async () => {
    const once = await bundle(outputs)
    const entries = Object.entries(outputs).map(([path, output]) => [`${ACCOUNT}/eu-west-1/${path}.json`, output] as const)
    const twice = entries.flatMap(([path, output], index) => [[path, output] as const, [`${entries.length - index}/${path}`, output] as const])
    const { facts, findings, coverage } = await loose(Object.fromEntries(twice))
    expect(findings).toEqual([])
    expect(facts).toEqual(once.facts)
    expect(coverage).toEqual(once.coverage)
  })

  test('are described one by one as they are listed', async () => {
    const listed = await bundle({
      'secretsmanager/list-secrets': { SecretList: [secret] },
      'opensearch/describe-domains/search': { DomainStatusList: [domain] },
    })
    const { SecretVersionsToStages, ...rest } = secret
    const { placed, free } = await bothRoads({
      [`secretsmanager/describe-secret/${as(SECRET)}`]: { ...rest, VersionIdsToStages: SecretVersionsToStages },
      'opensearch/describe-domain/search': { DomainStatus: domain },
    })
    expect(placed).toEqual({ facts: listed.facts, findings: [], coverage: listed.coverage })
    expect(free).toEqual(placed)
  })

  test.each([
    ['ecr/list-tags-for-resource', REPOSITORY, { tags: [{ Key: 'team', Value: 'pay' }] }],
    ['dynamodb/list-tags-of-resource', TABLE, { Tags: [{ Key: 'team', Value: 'pay' }] }],
    ['lambda/list-tags', arn('lambda', 'function:hello'), { Tags: { team: 'pay' } }],
    ['opensearch/list-tags', DOMAIN, { TagList: [{ Key: 'team', Value: 'pay' }] }],
    ['events/list-tags-for-resource', arn('events', 'event-bus/orders'), { Tags: [{ Key: 'team', Value: 'pay' }] }],
  ])('have the tags that %s prints, none where it prints none, and unknown ones where it prints nonsense', async (operation, id, output) => {
    const path = `${operation}/${as(id)}`
    expect((await bundle({ [path]: output })).entity(id)?.properties).toEqual({ tags: ['team=pay'] })
    expect((await bundle({ [path]: {} })).entity(id)?.properties).toEqual({ tags: [] })
    const nonsense = await bundle({ [path]: { Tags: 7, TagList: 7 } })
    expect(nonsense.findings).toHaveLength(1)
    expect(nonsense.entity(id)).toBeUndefined()
  })

  test('databases lie in the catalog', async () => {
    expect((await bundle(outputs)).arrows).toContain(`${CATALOG} CONTAINS ${arn('glue', 'database/sales')}`)
  })

  test.each([
    [SECRET, 'secretsmanager/get-resource-policy', as(SECRET), undefined],
    [REPOSITORY, 'ecr/get-repository-policy', as('team/app'), 'RepositoryPolicyNotFoundException'],
    [TABLE, 'dynamodb/get-resource-policy', as(TABLE), 'PolicyNotFoundException'],
    [FILES, 'efs/describe-file-system-policy', 'fs-0123', 'PolicyNotFound'],
    [VAULT, 'backup/get-backup-vault-access-policy', 'daily', 'ResourceNotFoundException'],
    [CATALOG, 'glue/get-resource-policy', '', 'EntityNotFoundException'],
  ])('%s has no policy where AWS says so, and may have one where it was refused', async (id, operation, subject, absent) => {
    const path = subject === '' ? operation : `${operation}/${subject}`
    const none = await bundle({ [path]: absent === undefined ? { ARN: SECRET, Name: 'shop/pay' } : failed(absent) })
    expect(none.findings).toEqual([])
    expect(none.entity(id)).toMatchObject({ document: null, properties: { policyState: 'ABSENT' } })
    const refused = await bundle({ [path]: failed('AccessDeniedException') })
    expect(refused.findings).toHaveLength(1)
    expect(refused.entity(id)).toMatchObject({ document: null, properties: { policyState: 'NOT_LOADED' } })
    expect(refused.entity(id)?.name).toBe(none.entity(id)?.name)
  })

  test('a stream has a policy of its own', async () => {
    const stream = `${TABLE}/stream/2025-01-01T00:00:00.000`
    const { entity } = await bundle({
      [`dynamodb/get-resource-policy/${as(stream).replaceAll('.', '%2E')}`]: { Policy: policyOn(stream, 'dynamodb:GetRecords') },
    })
    expect(entity(stream)?.kind).toBe('AWS::DynamoDB::Stream')
  })

  test('one broken row stops no other', async () => {
    const broken = Object.fromEntries(
      Object.entries(recognised).flatMap(([path, output]) =>
        Object.entries(output).flatMap(([list, rows]) => (Array.isArray(rows) ? [[path, { [list]: [{ broken: true }, ...rows] }]] : [])),
      ),
    )
    const whole = await bundle(Object.fromEntries(Object.entries(recognised).filter(([path]) => path in broken)))
    const { facts, findings, coverage } = await bundle(broken)
    expect(facts).toEqual(whole.facts)
    expect(findings).toHaveLength(Object.keys(broken).length)
    expect(findings.every((finding) => finding.startsWith('WRONG_SHAPE ') && finding.includes('[0]'))).toBe(true)
    expect(coverage.every((line) => line.endsWith(' incomplete'))).toBe(true)
  })
})

describe('values of secrets and parameters', () => {
  test('are in no output that is read', async () => {
    const { findings, text } = await loose({
      'secret.json': { ARN: SECRET, Name: 'shop/pay', VersionId: 'a', SecretString: VALUE },
      'parameters.json': { Parameters: [{ Name: '/shop/db/password', ARN: PARAMETER, Type: 'SecureString', Value: VALUE, LastModifiedDate: 1 }] },
    })
    expect(findings).toEqual(['NOT_RECOGNISED parameters.json', 'NOT_RECOGNISED secret.json'])
    expect(text).not.toContain(VALUE)
  })

  test('are dropped where they stand in one all the same', async () => {
    const { entity, text } = await bundle({ 'ssm/describe-parameters': { Parameters: [{ Name: 'plain', Type: 'String', Value: VALUE }] } })
    expect(entity(arn('ssm', 'parameter/plain'))).toMatchObject({ name: 'plain', properties: { parameterType: 'String' } })
    expect(text).not.toContain(VALUE)
  })
})

describe('managed machines', () => {
  test('are those that answer; what does not answer now may again', async () => {
    const { entity, arrows } = await bundle({ 'ssm/describe-instance-information': recognised['ssm/describe-instance-information'] })
    expect(entity(arn('ec2', 'instance/i-0aa'))).toMatchObject({ kind: 'AWS::EC2::Instance', properties: { ssmManaged: true } })
    expect(entity(arn('ec2', 'instance/i-0bb'))?.properties).toEqual({})
    expect(entity(arn('ssm', 'managed-instance/mi-0cc'))).toMatchObject({ properties: { ssmManaged: true, aliases: ['db1'] } })
    expect(arrows).toContain(`${arn('ssm', 'managed-instance/mi-0cc')} CAN_AUTHENTICATE_AS arn:aws:iam::${ACCOUNT}:role/service-role/onprem`)
  })
})

describe('search domains', () => {
  test('in a VPC are open to nobody outside; without policy they have none', async () => {
    const inside = {
      ...domain,
      AccessPolicies: '',
      VPCOptions: { VPCId: 'vpc-0aa' },
      Endpoint: undefined,
      Endpoints: { vpc: 'vpc-search.es.amazonaws.com' },
    }
    const { entity } = await bundle({ 'es/describe-elasticsearch-domain/search': { DomainStatus: inside } })
    expect(entity(DOMAIN)?.properties).toEqual({ vpc: 'vpc-0aa', internetExposure: [], encryptionKey: KEY, policyState: 'ABSENT' })
  })
})
