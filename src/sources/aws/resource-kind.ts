import { parseArn, type Arn } from './arn.ts'

/**
 * CloudFormation's type names of what can carry a resource policy, by service and first part of the ARN's resource; an empty part is the
 * type whose ARN has none. For everything else the name is made from the ARN.
 */
const KINDS: Readonly<Record<string, string>> = {
  's3:': 'AWS::S3::Bucket',
  's3:accesspoint': 'AWS::S3::AccessPoint',
  'lambda:function': 'AWS::Lambda::Function',
  'lambda:layer': 'AWS::Lambda::LayerVersion',
  'kms:key': 'AWS::KMS::Key',
  'sqs:': 'AWS::SQS::Queue',
  'sns:': 'AWS::SNS::Topic',
  'secretsmanager:secret': 'AWS::SecretsManager::Secret',
  'dynamodb:table': 'AWS::DynamoDB::Table',
  'ecr:repository': 'AWS::ECR::Repository',
  'elasticfilesystem:file-system': 'AWS::EFS::FileSystem',
  'events:event-bus': 'AWS::Events::EventBus',
  'kinesis:stream': 'AWS::Kinesis::Stream',
  'backup:backup-vault': 'AWS::Backup::BackupVault',
  'es:domain': 'AWS::OpenSearchService::Domain',
  'logs:log-group': 'AWS::Logs::LogGroup',
  'codeartifact:domain': 'AWS::CodeArtifact::Domain',
  'codeartifact:repository': 'AWS::CodeArtifact::Repository',
  'iam:saml-provider': 'AWS::IAM::SAMLProvider',
  'iam:oidc-provider': 'AWS::IAM::OIDCProvider',
  'iam:instance-profile': 'AWS::IAM::InstanceProfile',
  'rolesanywhere:trust-anchor': 'AWS::RolesAnywhere::TrustAnchor',
  'rolesanywhere:profile': 'AWS::RolesAnywhere::Profile',
  'rds:db': 'AWS::RDS::DBInstance',
  'rds:cluster': 'AWS::RDS::DBCluster',
  'rds:snapshot': 'AWS::RDS::DBSnapshot',
  'ec2:natgateway': 'AWS::EC2::NatGateway',
  'ec2:elastic-ip': 'AWS::EC2::EIP',
  'cognito-idp:userpool': 'AWS::Cognito::UserPool',
  'cognito-identity:identitypool': 'AWS::Cognito::IdentityPool',
  'firehose:deliverystream': 'AWS::KinesisFirehose::DeliveryStream',
  'glacier:vaults': 'AWS::Glacier::Vault',
  'ssm:parameter': 'AWS::SSM::Parameter',
  'ssm:managed-instance': 'AWS::SSM::ManagedInstance',
  'ec2:instance': 'AWS::EC2::Instance',
  'ec2:launch-template': 'AWS::EC2::LaunchTemplate',
  'ec2:vpc': 'AWS::EC2::VPC',
  'ec2:vpc-endpoint': 'AWS::EC2::VPCEndpoint',
  'autoscaling:autoScalingGroup': 'AWS::AutoScaling::AutoScalingGroup',
  'autoscaling:launchConfiguration': 'AWS::AutoScaling::LaunchConfiguration',
  'ecs:cluster': 'AWS::ECS::Cluster',
  'ecs:service': 'AWS::ECS::Service',
  'ecs:task': 'AWS::ECS::Task',
  'ecs:task-definition': 'AWS::ECS::TaskDefinition',
  'eks:cluster': 'AWS::EKS::Cluster',
  'eks:nodegroup': 'AWS::EKS::Nodegroup',
  'eks:podidentityassociation': 'AWS::EKS::PodIdentityAssociation',
  'codebuild:project': 'AWS::CodeBuild::Project',
  'glue:job': 'AWS::Glue::Job',
  'glue:devEndpoint': 'AWS::Glue::DevEndpoint',
  'sagemaker:notebook-instance': 'AWS::SageMaker::NotebookInstance',
  'sagemaker:domain': 'AWS::SageMaker::Domain',
  'cloudformation:stack': 'AWS::CloudFormation::Stack',
  'cloudformation:stackset': 'AWS::CloudFormation::StackSet',
  'states:stateMachine': 'AWS::StepFunctions::StateMachine',
  'apprunner:service': 'AWS::AppRunner::Service',
  'batch:job-definition': 'AWS::Batch::JobDefinition',
  'batch:compute-environment': 'AWS::Batch::ComputeEnvironment',
  'execute-api:': 'AWS::ApiGateway::RestApi',
}

const API_KINDS = [
  [/^\/restapis\/[^/]+$/, 'AWS::ApiGateway::RestApi'],
  [/^\/apis\/[^/]+$/, 'AWS::ApiGatewayV2::Api'],
] as const

/** Services whose CloudFormation name isn't their ARN's with a capital. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  acm: 'CertificateManager',
  'acm-pca': 'ACMPCA',
  apigateway: 'ApiGateway',
  appsync: 'AppSync',
  autoscaling: 'AutoScaling',
  cloudformation: 'CloudFormation',
  cloudfront: 'CloudFront',
  cloudtrail: 'CloudTrail',
  cloudwatch: 'CloudWatch',
  codebuild: 'CodeBuild',
  codecommit: 'CodeCommit',
  codepipeline: 'CodePipeline',
  'cognito-identity': 'Cognito',
  'cognito-idp': 'Cognito',
  dynamodb: 'DynamoDB',
  ec2: 'EC2',
  ecr: 'ECR',
  ecs: 'ECS',
  eks: 'EKS',
  elasticache: 'ElastiCache',
  elasticfilesystem: 'EFS',
  elasticloadbalancing: 'ElasticLoadBalancingV2',
  elasticmapreduce: 'EMR',
  es: 'OpenSearchService',
  firehose: 'KinesisFirehose',
  fsx: 'FSx',
  guardduty: 'GuardDuty',
  iam: 'IAM',
  kms: 'KMS',
  mq: 'AmazonMQ',
  rds: 'RDS',
  route53: 'Route53',
  s3: 'S3',
  sagemaker: 'SageMaker',
  secretsmanager: 'SecretsManager',
  servicediscovery: 'ServiceDiscovery',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  states: 'StepFunctions',
  wafv2: 'WAFv2',
}

export function resourceKind(id: string): string {
  const known = knownResourceKind(id)
  if (known !== undefined) return known
  const arn = parseArn(id)
  if (arn === undefined) return 'AWS::Unknown::Resource'
  const type = typeIn(arn)
  return `AWS::${SERVICE_NAMES[arn.service] ?? capitalised(arn.service)}::${type === '' ? 'Resource' : capitalised(type)}`
}

/** Where the ARN's type has a name that can't be made from it. */
export function knownResourceKind(id: string): string | undefined {
  const arn = parseArn(id)
  if (arn === undefined) return undefined
  const type = typeIn(arn)
  if (arn.service === 's3' && arn.account === '' && arn.resource.includes('/')) return 'AWS::S3::Object'
  if (arn.service === 'apigateway') return API_KINDS.find(([path]) => path.test(arn.resource))?.[1]
  return KINDS[`${arn.service}:${type}`]
}

const typeIn = ({ service, resource }: Arn): string => (service === 'execute-api' ? '' : (/^\/?([^:/]+)[:/]/.exec(resource)?.[1] ?? ''))

const capitalised = (words: string): string =>
  words
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
