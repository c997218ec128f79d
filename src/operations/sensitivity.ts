import type { Entity, Sensitivity } from './answers.ts'
import { type CrownJewels, marksCrownJewel } from './crown-jewels.ts'

/** What kinds of resources hold, by the provider's own type names. */
const BY_KIND: Readonly<Record<string, Sensitivity>> = {
  'AWS::Athena::DataCatalog': 'DATA_STORE',
  'AWS::Backup::BackupVault': 'DATA_STORE',
  'AWS::Backup::RecoveryPoint': 'DATA_STORE',
  'AWS::Cassandra::Table': 'DATA_STORE',
  'AWS::Cognito::UserPool': 'DATA_STORE',
  'AWS::DAX::Cluster': 'DATA_STORE',
  'AWS::DocDB::DBCluster': 'DATA_STORE',
  'AWS::DynamoDB::GlobalTable': 'DATA_STORE',
  'AWS::DynamoDB::Table': 'DATA_STORE',
  'AWS::EC2::Image': 'DATA_STORE',
  'AWS::EC2::Snapshot': 'DATA_STORE',
  'AWS::EC2::Volume': 'DATA_STORE',
  'AWS::ECR::Repository': 'DATA_STORE',
  'AWS::EFS::FileSystem': 'DATA_STORE',
  'AWS::ElastiCache::CacheCluster': 'DATA_STORE',
  'AWS::ElastiCache::ReplicationGroup': 'DATA_STORE',
  'AWS::ElastiCache::ServerlessCache': 'DATA_STORE',
  'AWS::Elasticsearch::Domain': 'DATA_STORE',
  'AWS::FSx::FileSystem': 'DATA_STORE',
  'AWS::Glue::Catalog': 'DATA_STORE',
  'AWS::Glue::Database': 'DATA_STORE',
  'AWS::Glue::Table': 'DATA_STORE',
  'AWS::Kinesis::Stream': 'DATA_STORE',
  'AWS::KinesisFirehose::DeliveryStream': 'DATA_STORE',
  'AWS::Logs::LogGroup': 'DATA_STORE',
  'AWS::MemoryDB::Cluster': 'DATA_STORE',
  'AWS::Neptune::DBCluster': 'DATA_STORE',
  'AWS::OpenSearchService::Domain': 'DATA_STORE',
  'AWS::RDS::DBCluster': 'DATA_STORE',
  'AWS::RDS::DBClusterSnapshot': 'DATA_STORE',
  'AWS::RDS::DBInstance': 'DATA_STORE',
  'AWS::RDS::DBSnapshot': 'DATA_STORE',
  'AWS::Redshift::Cluster': 'DATA_STORE',
  'AWS::RedshiftServerless::Namespace': 'DATA_STORE',
  'AWS::S3::AccessPoint': 'DATA_STORE',
  'AWS::S3::Bucket': 'DATA_STORE',
  'AWS::S3::Object': 'DATA_STORE',
  'AWS::S3Express::DirectoryBucket': 'DATA_STORE',
  'AWS::S3Tables::TableBucket': 'DATA_STORE',
  'AWS::SNS::Topic': 'DATA_STORE',
  'AWS::SQS::Queue': 'DATA_STORE',
  'AWS::Timestream::Table': 'DATA_STORE',
  'AWS::KMS::Key': 'ENCRYPTION_KEY',
  'AWS::SSM::Parameter': 'SECRET',
  'AWS::SecretsManager::Secret': 'SECRET',
}

/** What makes a resource worth protecting: what its kind holds, and whether its tags mark it as a crown jewel. */
export function sensitivityOf({ kind, properties }: Entity, crownJewels: CrownJewels): Sensitivity[] {
  const held = BY_KIND[kind]
  return [...(held === undefined ? [] : [held]), ...(marksCrownJewel(properties.tags ?? [], crownJewels) ? (['CROWN_JEWEL'] as const) : [])]
}
