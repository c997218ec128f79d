import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/dynamodb/, …/opensearch/, …/efs/, …/backup/, …/glue/ */

const NEXT = ['NextToken', 'NextToken'] as const
const GONE = ['ResourceNotFoundException']

export const dynamodb = service({
  cli: 'dynamodb',
  gains: 'tables with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-dynamodb'),
  client: 'DynamoDBClient',
  calls: [
    { command: 'ListTablesCommand', input: { Limit: 100 }, pages: ['ExclusiveStartTableName', 'LastEvaluatedTableName'] },
    { command: 'DescribeTableCommand', each: [{ of: 'list-tables', list: 'TableNames', take: { TableName: '' } }], none: GONE },
    {
      command: 'GetResourcePolicyCommand',
      each: [{ of: 'describe-table', list: 'Table', take: { ResourceArn: 'TableArn' } }],
      none: ['PolicyNotFoundException', ...GONE],
    },
  ],
})

export const opensearch = service({
  cli: 'opensearch',
  prefix: 'es',
  gains: 'search domains with their access policies and whether they lie in a VPC',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-opensearch'),
  client: 'OpenSearchClient',
  calls: [
    { command: 'ListDomainNamesCommand' },
    { command: 'DescribeDomainsCommand', each: [{ of: 'list-domain-names', list: 'DomainNames', take: { DomainNames: 'DomainName' }, batch: 5 }] },
  ],
})

export const efs = service({
  cli: 'efs',
  prefix: 'elasticfilesystem',
  gains: 'file systems with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-efs'),
  client: 'EFSClient',
  calls: [
    { command: 'DescribeFileSystemsCommand', input: { MaxItems: 100 }, pages: ['Marker', 'NextMarker'] },
    {
      command: 'DescribeFileSystemPolicyCommand',
      each: [{ of: 'describe-file-systems', list: 'FileSystems', take: { FileSystemId: 'FileSystemId' } }],
      none: ['PolicyNotFound', 'FileSystemNotFound'],
    },
  ],
})

export const backup = service({
  cli: 'backup',
  gains: 'backup vaults with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-backup'),
  client: 'BackupClient',
  calls: [
    { command: 'ListBackupVaultsCommand', input: { MaxResults: 1000 }, pages: NEXT },
    {
      command: 'GetBackupVaultAccessPolicyCommand',
      each: [{ of: 'list-backup-vaults', list: 'BackupVaultList', take: { BackupVaultName: 'BackupVaultName' } }],
      none: GONE,
    },
  ],
})

export const glue = service({
  cli: 'glue',
  gains: "the data catalogue's policy and databases; jobs and endpoints with the roles that they run as",
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-glue'),
  client: 'GlueClient',
  calls: [
    { command: 'GetResourcePolicyCommand', none: ['EntityNotFoundException'] },
    { command: 'GetDatabasesCommand', input: { MaxResults: 100 }, pages: NEXT, drops: ['Parameters.*'] },
    {
      command: 'GetJobsCommand',
      input: { MaxResults: 100 },
      pages: NEXT,
      drops: ['DefaultArguments.*', 'NonOverridableArguments.*', 'CodeGenConfigurationNodes.*'],
    },
    { command: 'GetDevEndpointsCommand', input: { MaxResults: 100 }, pages: NEXT, drops: ['Arguments.*'] },
  ],
})
