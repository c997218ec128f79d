/** The services that the generated policies are about: a few actions each, and the ARN of the nth resource of an account. */
export interface BenchService {
  readonly prefix: string
  readonly actions: readonly string[]
  readonly arn: (account: string, number: number) => string
  /** What goes after the ARN in a policy about what is inside. */
  readonly inside: '' | '/*' | ':*'
  /** Its resources carry policies. */
  readonly hasPolicies: boolean
}

const REGION = 'eu-west-1'

export const SERVICES: readonly BenchService[] = [
  {
    prefix: 's3',
    actions: ['GetObject', 'PutObject', 'DeleteObject', 'ListBucket', 'GetBucketPolicy', 'PutBucketPolicy', 'GetObjectTagging', 'GetBucketLocation'],
    arn: (account, number) => `arn:aws:s3:::data-${account}-${number}`,
    inside: '/*',
    hasPolicies: true,
  },
  {
    prefix: 'dynamodb',
    actions: ['GetItem', 'PutItem', 'Query', 'Scan', 'BatchGetItem', 'UpdateItem', 'DeleteItem', 'DescribeTable'],
    arn: (account, number) => `arn:aws:dynamodb:${REGION}:${account}:table/table-${number}`,
    inside: '/*',
    hasPolicies: false,
  },
  {
    prefix: 'sqs',
    actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'PurgeQueue'],
    arn: (account, number) => `arn:aws:sqs:${REGION}:${account}:queue-${number}`,
    inside: '',
    hasPolicies: true,
  },
  {
    prefix: 'sns',
    actions: ['Publish', 'Subscribe', 'GetTopicAttributes', 'SetTopicAttributes'],
    arn: (account, number) => `arn:aws:sns:${REGION}:${account}:topic-${number}`,
    inside: '',
    hasPolicies: true,
  },
  {
    prefix: 'lambda',
    actions: ['InvokeFunction', 'GetFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'AddPermission', 'DeleteFunction'],
    arn: (account, number) => `arn:aws:lambda:${REGION}:${account}:function:function-${number}`,
    inside: ':*',
    hasPolicies: true,
  },
  {
    prefix: 'kms',
    actions: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'CreateGrant'],
    arn: (account, number) => `arn:aws:kms:${REGION}:${account}:key/00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    inside: '',
    hasPolicies: true,
  },
  {
    prefix: 'secretsmanager',
    actions: ['GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'UpdateSecret'],
    arn: (account, number) => `arn:aws:secretsmanager:${REGION}:${account}:secret:team/secret-${number}-AbCdEf`,
    inside: '',
    hasPolicies: true,
  },
  {
    prefix: 'ssm',
    actions: ['GetParameter', 'GetParameters', 'GetParametersByPath', 'PutParameter'],
    arn: (account, number) => `arn:aws:ssm:${REGION}:${account}:parameter/app/parameter-${number}`,
    inside: '',
    hasPolicies: false,
  },
  {
    prefix: 'ec2',
    actions: ['StartInstances', 'StopInstances', 'TerminateInstances', 'RebootInstances', 'CreateTags', 'RunInstances'],
    arn: (account, number) => `arn:aws:ec2:${REGION}:${account}:instance/i-${number.toString(16).padStart(17, '0')}`,
    inside: '',
    hasPolicies: false,
  },
  {
    prefix: 'logs',
    actions: ['GetLogEvents', 'FilterLogEvents', 'PutLogEvents', 'CreateLogStream', 'DeleteLogGroup'],
    arn: (account, number) => `arn:aws:logs:${REGION}:${account}:log-group:/aws/lambda/function-${number}`,
    inside: ':*',
    hasPolicies: false,
  },
]

export function serviceAt(number: number): BenchService {
  const service = SERVICES[number % SERVICES.length]
  if (service === undefined) throw new RangeError(`${number} is not the number of a resource`)
  return service
}

/** The nth resource of an account; the services take turns. */
export const resourceArn = (account: string, number: number): string => serviceAt(number).arn(account, number)
