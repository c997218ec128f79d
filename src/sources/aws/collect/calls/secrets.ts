import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/ and …/ssm/ */

const NEXT = ['NextToken', 'NextToken'] as const

export const secretsmanager = service({
  cli: 'secretsmanager',
  gains: 'secrets (never their values) with their policies and tags',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-secrets-manager'),
  client: 'SecretsManagerClient',
  calls: [
    { command: 'ListSecretsCommand', input: { MaxResults: 100 }, pages: NEXT },
    {
      command: 'GetResourcePolicyCommand',
      each: [{ of: 'list-secrets', list: 'SecretList', take: { SecretId: 'ARN' } }],
      none: ['ResourceNotFoundException'],
    },
  ],
})

export const ssm = service({
  cli: 'ssm',
  gains: 'names of parameters (never their values); which machines Systems Manager can run commands on',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-ssm'),
  client: 'SSMClient',
  calls: [
    { command: 'DescribeParametersCommand', input: { MaxResults: 50 }, pages: NEXT },
    { command: 'DescribeInstanceInformationCommand', input: { MaxResults: 50 }, pages: NEXT },
  ],
})
