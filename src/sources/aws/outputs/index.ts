import { apigateway, apigatewayv2 } from './apigateway.ts'
import { apprunner } from './apprunner.ts'
import { autoscaling } from './autoscaling.ts'
import { backup } from './backup.ts'
import { batch } from './batch.ts'
import { cloudformation } from './cloudformation.ts'
import { codebuild } from './codebuild.ts'
import { dynamodb } from './dynamodb.ts'
import { ec2 } from './ec2.ts'
import { ecr } from './ecr.ts'
import { ecs } from './ecs.ts'
import { efs } from './efs.ts'
import { eks } from './eks.ts'
import { events } from './events.ts'
import { glueCatalog } from './glue-catalog.ts'
import { glueJobs } from './glue-jobs.ts'
import { iamCredentials } from './iam-credentials.ts'
import { kms } from './kms.ts'
import { lambda } from './lambda.ts'
import { opensearch } from './opensearch.ts'
import { organizations } from './organizations.ts'
import type { OutputPart } from './output.ts'
import { s3 } from './s3.ts'
import { s3control } from './s3control.ts'
import { sagemaker } from './sagemaker.ts'
import { secretsmanager } from './secretsmanager.ts'
import { sns } from './sns.ts'
import { sqs } from './sqs.ts'
import { ssm } from './ssm.ts'
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
  s3,
  s3control,
  kms,
  organizations,
  ec2,
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
