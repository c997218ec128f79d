import { callsOf, type Service, type ServiceCall } from '../service.ts'
import { cloudformation, codebuild, sagemaker } from './build.ts'
import { apprunner, batch, ecr, ecs, eks } from './containers.ts'
import { backup, dynamodb, efs, glue, opensearch } from './data-stores.ts'
import { autoscaling, ec2 } from './ec2.ts'
import { apigateway, apigatewayv2, lambda, stepfunctions } from './functions.ts'
import { iam } from './iam.ts'
import { identitystore } from './identitystore.ts'
import { configservice, resourcegroupstaggingapi } from './inventory.ts'
import { kms } from './kms.ts'
import { events, sns, sqs } from './messaging.ts'
import { organizations } from './organizations.ts'
import { rolesanywhere } from './rolesanywhere.ts'
import { s3, s3control } from './s3.ts'
import { secretsmanager, ssm } from './secrets.ts'
import { ram } from './sharing.ts'
import { ssoAdmin } from './sso-admin.ts'
import { sts } from './sts.ts'

export const SERVICES: readonly Service[] = [
  sts,
  iam,
  rolesanywhere,
  organizations,
  ssoAdmin,
  identitystore,
  s3,
  s3control,
  kms,
  sqs,
  sns,
  events,
  lambda,
  stepfunctions,
  apigateway,
  apigatewayv2,
  secretsmanager,
  ssm,
  dynamodb,
  opensearch,
  efs,
  backup,
  glue,
  ec2,
  autoscaling,
  ecs,
  eks,
  ecr,
  apprunner,
  batch,
  codebuild,
  sagemaker,
  cloudformation,
  ram,
  configservice,
  resourcegroupstaggingapi,
]

export const CALLS: readonly ServiceCall[] = SERVICES.flatMap(callsOf)
