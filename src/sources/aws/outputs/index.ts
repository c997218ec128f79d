import { apigateway, apigatewayv2 } from './apigateway.ts'
import { apprunner } from './apprunner.ts'
import { autoscaling } from './autoscaling.ts'
import { backup } from './backup.ts'
import { batch } from './batch.ts'
import { cloudformation } from './cloudformation.ts'
import { codebuild } from './codebuild.ts'
import { config } from './config.ts'
import { dynamodb } from './dynamodb.ts'
import { ec2, ec2Regions } from './ec2.ts'
import { ecr } from './ecr.ts'
import { ecs } from './ecs.ts'
import { efs } from './efs.ts'
import { eks } from './eks.ts'
import { events } from './events.ts'
import { glueCatalog } from './glue-catalog.ts'
import { glueJobs } from './glue-jobs.ts'
import { iamCredentials } from './iam-credentials.ts'
import { iamInstanceProfiles } from './iam-instance-profiles.ts'
import { iamLastAccessed } from './iam-last-accessed.ts'
import { iamPolicyVersions } from './iam-policy-versions.ts'
import { iamProviders } from './iam-providers.ts'
import { iamRoles } from './iam-roles.ts'
import { rolesAnywhere } from './roles-anywhere.ts'
import { identitystore } from './identitystore.ts'
import { kms } from './kms.ts'
import { lambda } from './lambda.ts'
import { opensearch } from './opensearch.ts'
import { organizations } from './organizations.ts'
import type { OutputPart } from './output.ts'
import { ram } from './ram.ts'
import { resourceExplorer } from './resource-explorer.ts'
import { s3 } from './s3.ts'
import { s3control } from './s3control.ts'
import { sagemaker } from './sagemaker.ts'
import { secretsmanager } from './secretsmanager.ts'
import { sns } from './sns.ts'
import { sqs } from './sqs.ts'
import { ssm } from './ssm.ts'
import { tagging } from './tagging.ts'
import { ssoAdmin } from './sso-admin.ts'
import { stepfunctions } from './stepfunctions.ts'

/** Every service whose outputs are known: one file each. */
export const OUTPUT_PARTS: readonly OutputPart[] = [
  apigateway,
  apigatewayv2,
  backup,
  dynamodb,
  ecr,
  efs,
  events,
  glueCatalog,
  lambda,
  opensearch,
  secretsmanager,
  sns,
  sqs,
  ssm,
  iamCredentials,
  iamInstanceProfiles,
  iamLastAccessed,
  iamPolicyVersions,
  iamProviders,
  iamRoles,
  rolesAnywhere,
  config,
  resourceExplorer,
  tagging,
  s3,
  s3control,
  kms,
  organizations,
  ssoAdmin,
  identitystore,
  ram,
  ec2,
  ec2Regions,
  apprunner,
  autoscaling,
  batch,
  cloudformation,
  codebuild,
  ecs,
  eks,
  glueJobs,
  sagemaker,
  stepfunctions,
]
