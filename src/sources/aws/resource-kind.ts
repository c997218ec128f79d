import { parseArn } from './arn.ts'

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

export function resourceKind(id: string): string {
  const arn = parseArn(id)
  if (arn === undefined) return 'AWS::Unknown::Resource'
  const [, type = ''] = /^([^:/]+)[:/]/.exec(arn.resource) ?? []
  if (arn.service === 's3' && arn.resource.includes('/') && type !== 'accesspoint') return 'AWS::S3::Object'
  const typed = arn.service === 'execute-api' ? '' : type
  return KINDS[`${arn.service}:${typed}`] ?? `AWS::${capitalised(arn.service)}::${typed === '' ? 'Resource' : capitalised(typed)}`
}

const capitalised = (words: string): string =>
  words
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
