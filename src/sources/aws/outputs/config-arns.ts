import { fileFinding } from '../../finding.ts'
import type { Mapped } from '../map/facts.ts'
import { NOTHING_MAPPED, saying, type About } from './output.ts'
import { arnIn } from './records.ts'

/**
 * ARNs of what AWS Config lists by type, id and name alone. Of types that aren't here the ARN can't be told from them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

type ArnOf = (id: string, name: string, about: About) => string

const byId =
  (service: string, prefix: string): ArnOf =>
  (id, _name, about) =>
    arnIn(about, service, `${prefix}${id}`)

const byName =
  (service: string, prefix: string): ArnOf =>
  (id, name, about) =>
    arnIn(about, service, `${prefix}${name === '' ? id : name}`)

const ARNS: Readonly<Record<string, ArnOf>> = {
  'AWS::S3::Bucket': (id, _name, { partition }) => `arn:${partition}:s3:::${id}`,
  'AWS::Lambda::Function': byId('lambda', 'function:'),
  'AWS::DynamoDB::Table': byId('dynamodb', 'table/'),
  'AWS::KMS::Key': byId('kms', 'key/'),
  'AWS::SQS::Queue': (id, name, about) => arnIn(about, 'sqs', name === '' ? id.slice(id.lastIndexOf('/') + 1) : name),
  'AWS::EC2::Instance': byId('ec2', 'instance/'),
  'AWS::EC2::Volume': byId('ec2', 'volume/'),
  'AWS::EC2::SecurityGroup': byId('ec2', 'security-group/'),
  'AWS::EC2::NetworkInterface': byId('ec2', 'network-interface/'),
  'AWS::EC2::Subnet': byId('ec2', 'subnet/'),
  'AWS::EC2::VPC': byId('ec2', 'vpc/'),
  'AWS::EC2::VPCEndpoint': byId('ec2', 'vpc-endpoint/'),
  'AWS::EC2::InternetGateway': byId('ec2', 'internet-gateway/'),
  'AWS::EC2::NatGateway': byId('ec2', 'natgateway/'),
  'AWS::EC2::RouteTable': byId('ec2', 'route-table/'),
  'AWS::EC2::NetworkAcl': byId('ec2', 'network-acl/'),
  'AWS::EC2::LaunchTemplate': byId('ec2', 'launch-template/'),
  'AWS::RDS::DBInstance': byName('rds', 'db:'),
  'AWS::RDS::DBCluster': byName('rds', 'cluster:'),
  'AWS::RDS::DBSnapshot': byName('rds', 'snapshot:'),
  'AWS::ECR::Repository': byName('ecr', 'repository/'),
  'AWS::EFS::FileSystem': byId('elasticfilesystem', 'file-system/'),
  'AWS::Kinesis::Stream': byName('kinesis', 'stream/'),
  'AWS::CodeBuild::Project': byName('codebuild', 'project/'),
  'AWS::CloudTrail::Trail': byName('cloudtrail', 'trail/'),
  'AWS::EKS::Cluster': byName('eks', 'cluster/'),
  'AWS::Redshift::Cluster': byName('redshift', 'cluster:'),
}

/** @returns undefined where the type's ARN isn't made of id or name */
export const arnOfDiscovered = (type: string, id: string, name: string, about: About): string | undefined =>
  id.startsWith('arn:') ? id : ARNS[type]?.(id, name, about)

/** Records of Config itself, of what is compliant with its rules. */
const NO_RESOURCES = ['AWS::Config::ResourceCompliance', 'AWS::Config::ConformancePackCompliance']

/** Without its ARN nobody can name a resource. Said once for each type of a file. */
export const nameless = (type: string, about: About): Mapped =>
  NO_RESOURCES.includes(type)
    ? NOTHING_MAPPED
    : saying(
        fileFinding(
          'WRONG_SHAPE',
          about.file,
          about.place,
          `Of ${type} it tells ids alone, from which the ARN can't be told. Ask for it with: aws configservice select-resource-config --expression "SELECT arn, resourceType, accountId, awsRegion, tags WHERE resourceType = '${type}'"`,
          { coverage: about.coverage },
        ),
      )
