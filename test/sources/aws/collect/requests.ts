import type { IncomingHttpHeaders } from 'node:http'

/**
 * Which operation of AWS a request asks for, by what AWS itself goes by: the target header, the `Action` of a form, or method and path as
 * the SDK's model of the service has them. Knows nothing of the tables of calls.
 */

export interface AwsRequest {
  readonly method: string
  /** With the query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Asked {
  /** As the CLI names the service: `s3api`. */
  readonly service: string
  /** `GetBucketPolicy` */
  readonly operation: string
}

/** What the SDK calls the service in its user agent, and its package. */
const SERVICES: Readonly<Record<string, readonly [cli: string, load?: () => Promise<object>]>> = {
  sts: ['sts'],
  iam: ['iam'],
  rolesanywhere: ['rolesanywhere'],
  organizations: ['organizations'],
  sso_admin: ['sso-admin'],
  identitystore: ['identitystore'],
  s3: ['s3api', () => import('@aws-sdk/client-s3')],
  s3_control: ['s3control', () => import('@aws-sdk/client-s3-control')],
  kms: ['kms'],
  sqs: ['sqs'],
  sns: ['sns'],
  eventbridge: ['events'],
  lambda: ['lambda', () => import('@aws-sdk/client-lambda')],
  sfn: ['stepfunctions'],
  api_gateway: ['apigateway', () => import('@aws-sdk/client-api-gateway')],
  apigatewayv2: ['apigatewayv2', () => import('@aws-sdk/client-apigatewayv2')],
  secrets_manager: ['secretsmanager'],
  ssm: ['ssm'],
  dynamodb: ['dynamodb'],
  opensearch: ['opensearch', () => import('@aws-sdk/client-opensearch')],
  efs: ['efs', () => import('@aws-sdk/client-efs')],
  backup: ['backup', () => import('@aws-sdk/client-backup')],
  glue: ['glue'],
  ec2: ['ec2'],
  auto_scaling: ['autoscaling'],
  ecs: ['ecs'],
  eks: ['eks', () => import('@aws-sdk/client-eks')],
  ecr: ['ecr'],
  apprunner: ['apprunner'],
  batch: ['batch', () => import('@aws-sdk/client-batch')],
  codebuild: ['codebuild'],
  sagemaker: ['sagemaker'],
  cloudformation: ['cloudformation'],
  ram: ['ram', () => import('@aws-sdk/client-ram')],
  config_service: ['configservice'],
  resource_groups_tagging_api: ['resourcegroupstaggingapi'],
}

export async function askedIn(request: AwsRequest): Promise<Asked> {
  const api = /\bapi\/([a-z0-9_-]+)#/i.exec(request.headers['user-agent'] ?? '')?.[1]?.toLowerCase() ?? ''
  const [service, load] = SERVICES[api.replaceAll('-', '_')] ?? []
  const target = request.headers['x-amz-target']
  const operation =
    typeof target === 'string'
      ? target.replace(/^.*\./, '')
      : (new URLSearchParams(request.body).get('Action') ?? operationAt(await operationsOf(load), request, service === 's3api'))
  if (service === 'rolesanywhere') return { service, operation: ROLES_ANYWHERE[new URL(request.url, 'http://localhost').pathname] ?? request.url }
  if (service === undefined || operation === undefined) throw new Error(`no operation that is known: ${api} ${request.method} ${request.url}`)
  return { service, operation }
}

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html */
const ROLES_ANYWHERE: Readonly<Record<string, string>> = { '/trustanchors': 'ListTrustAnchors', '/profiles': 'ListProfiles' }

interface RestOperation {
  readonly name: string
  readonly method: string
  readonly segments: readonly string[]
  readonly query: readonly (readonly [string, string])[]
}

const known = new Map<() => Promise<object>, Promise<readonly RestOperation[]>>()

function operationsOf(load: (() => Promise<object>) | undefined): Promise<readonly RestOperation[]> {
  if (load === undefined) return Promise.resolve([])
  const operations = known.get(load) ?? load().then(readOperations)
  known.set(load, operations)
  return operations
}

type Made = { readonly schema: readonly [unknown, unknown, string, { readonly http?: readonly [string, string, number] } | 0] }

function readOperations(module: object): readonly RestOperation[] {
  return Object.entries(module).flatMap(([name, Command]: [string, unknown]) => {
    if (!/^[A-Z].*Command$/.test(name) || typeof Command !== 'function') return []
    const { schema } = new (Command as new (input: object) => Made)({})
    const http = schema[3] === 0 ? undefined : schema[3].http
    if (http === undefined) return []
    const [path = '', query = ''] = http[1].split('?')
    return [{ name: schema[2], method: http[0], segments: segmentsOf(path), query: [...new URLSearchParams(query)] }]
  })
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '')

/** @param hasBucket the first segment is a bucket's name, which the model puts before the host */
function operationAt(operations: readonly RestOperation[], { method, url }: AwsRequest, hasBucket: boolean): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const segments = segmentsOf(pathname).slice(hasBucket ? 1 : 0)
  const fitting = operations.filter(
    (operation) =>
      operation.method === method &&
      fits(operation.segments, segments) &&
      operation.query.every(([name, value]) => searchParams.has(name) && (value === '' || searchParams.get(name) === value)),
  )
  // The more a path or query names, the more it is meant.
  const weight = ({ segments: of, query }: RestOperation): number => query.length + of.filter((segment) => !segment.startsWith('{')).length
  return [...fitting].sort((one, other) => weight(other) - weight(one))[0]?.name
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  const isGreedy = template.at(-1)?.endsWith('+}') === true
  if (isGreedy ? segments.length < template.length : segments.length !== template.length) return false
  return template.every((segment, index) => segment.startsWith('{') || segment === segments[index])
}
