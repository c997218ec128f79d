import type { Replay, Reply } from './replay-server.ts'

/**
 * What AWS says of a small account, in the shapes in which it says it: lists in pages, things without a policy, values that must not be
 * written down. Secrets all contain `hunter2`.
 */

export const ACCOUNT = '111122223333'
export const OTHER = '444455556666'
export const REGION = 'eu-west-1'
export const SECRET = 'hunter2'

export function smallWorld({ service, operation, input, request }: Replay): Reply {
  return ANSWERS[`${service} ${operation}`]?.(input, request.headers.authorization ?? '')
}

type Input = Replay['input']

const page = (list: string, items: readonly unknown[], size: number, token: unknown, [takes, gives] = ['nextToken', 'nextToken']): object => {
  const start = Number(token ?? 0)
  const end = start + size
  return { output: { [list]: items.slice(start, end), ...(end < items.length ? { [gives ?? takes ?? '']: String(end) } : {}) } }
}

const functions = ['one', 'two', 'three', 'four', 'five'].map((name) => ({
  FunctionName: name,
  FunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
  Role: `arn:aws:iam::${ACCOUNT}:role/worker`,
  Environment: { Variables: { DB_PASSWORD: `${SECRET}-${name}`, STAGE: `${SECRET}-stage` } },
  ImageConfigResponse: { ImageConfig: { Command: ['run', `--token=${SECRET}`], EntryPoint: [`/bin/sh ${SECRET}`] } },
}))

const clusters = ['blue', 'green'].map((name) => `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${name}`)
const services = (cluster: unknown): readonly string[] =>
  Array.from({ length: 23 }, (_, index) => `${String(cluster).replace(':cluster/', ':service/')}/s${String(index).padStart(2, '0')}`)

const container = {
  name: 'app',
  environment: [{ name: 'API_KEY', value: SECRET }],
  secrets: [{ name: 'FROM_STORE', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/key' }],
  command: ['serve', `--password=${SECRET}`],
  entryPoint: [SECRET],
  dockerLabels: { note: SECRET },
  logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': SECRET } },
}

const callerIdentity = (account: string, name: string): string =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/${name}/session</Arn><UserId>AROA:session</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

/** The credentials of an assumed role carry the account in their id, here as with AWS. */
const accountOf = (authorization: string): string => /Credential=ASIA(\d{12})/.exec(authorization)?.[1] ?? ACCOUNT

const ANSWERS: Readonly<Record<string, (input: Input, authorization: string) => Reply>> = {
  'sts GetCallerIdentity': (_, authorization) => ({ body: callerIdentity(accountOf(authorization), 'auditor') }),
  'sts AssumeRole': (input) => {
    const account = String(input['RoleArn']).split(':')[4] ?? ''
    if (account !== OTHER)
      return { error: 'AccessDenied', status: 403, message: `not authorized to perform: sts:AssumeRole on ${String(input['RoleArn'])}` }
    return {
      body: `<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:permiscope</AssumedRoleId><Arn>arn:aws:sts::${account}:assumed-role/audit/permiscope</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${SECRET}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    }
  },
  'ec2 DescribeRegions': () => ({
    body: `<DescribeRegionsResponse><regionInfo><item><regionName>${REGION}</regionName></item><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>`,
  }),
  'organizations ListAccounts': ({ NextToken }) =>
    page(
      'Accounts',
      [
        { Id: ACCOUNT, State: 'ACTIVE' },
        { Id: OTHER, State: 'ACTIVE' },
        { Id: '777788889999', State: 'ACTIVE' },
        { Id: '000000000000', State: 'SUSPENDED' },
      ],
      2,
      NextToken,
      ['NextToken', 'NextToken'],
    ) as Reply,
  'lambda ListFunctions': ({ Marker }) => page('Functions', functions, 2, Marker, ['Marker', 'NextMarker']) as Reply,
  'lambda GetPolicy': () => ({ error: 'ResourceNotFoundException', status: 404 }),
  'kms ListKeys': ({ Marker }) => page('Keys', [{ KeyId: 'k1' }, { KeyId: 'k2' }, { KeyId: 'k3' }], 1, Marker, ['Marker', 'NextMarker']) as Reply,
  'kms DescribeKey': ({ KeyId }) => ({ output: { KeyMetadata: { KeyId, KeyManager: 'CUSTOMER' } } }),
  'kms GetKeyPolicy': ({ KeyId }) =>
    KeyId === 'k2' ? { error: 'AccessDeniedException' } : { output: { Policy: '{"Statement":[]}', PolicyName: 'default' } },
  'kms ListGrants': () => ({ output: { Grants: [] } }),
  'kms ListResourceTags': () => ({ output: { Tags: [] } }),
  'ecs ListClusters': ({ nextToken }) => page('clusterArns', clusters, 1, nextToken) as Reply,
  'ecs ListServices': ({ cluster, nextToken }) => page('serviceArns', services(cluster), 15, nextToken) as Reply,
  'ecs DescribeServices': (input) => ({
    output: { services: (input['services'] as readonly string[]).map((serviceArn) => ({ serviceArn })), failures: [] },
  }),
  'ecs ListTaskDefinitions': () => ({ output: { taskDefinitionArns: [`arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/app:1`] } }),
  'ecs DescribeTaskDefinition': ({ taskDefinition }) => ({
    output: { taskDefinition: { taskDefinitionArn: taskDefinition, containerDefinitions: [container] } },
  }),
  'codebuild ListProjects': () => ({ output: { projects: ['build'] } }),
  'codebuild BatchGetProjects': () => ({
    output: {
      projects: [
        {
          name: 'build',
          source: { type: 'GITHUB', location: `https://${SECRET}:x@github.com/acme/app.git`, buildspec: `env: ${SECRET}` },
          environment: { environmentVariables: [{ name: 'TOKEN', value: SECRET, type: 'PLAINTEXT' }] },
          webhook: { url: 'https://api.github.com/repos', secret: SECRET },
        },
      ],
    },
  }),
  'stepfunctions ListStateMachines': () => ({
    output: { stateMachines: [{ stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:flow' }] },
  }),
  'stepfunctions DescribeStateMachine': () => ({
    output: { name: 'flow', roleArn: 'arn:aws:iam::111122223333:role/flow', definition: `{"x":"${SECRET}"}` },
  }),
  'glue GetJobs': () => ({
    output: {
      Jobs: [
        {
          Name: 'etl',
          Role: 'etl',
          DefaultArguments: { '--password': SECRET },
          CodeGenConfigurationNodes: { node: { SparkSQL: { SqlQuery: SECRET } } },
        },
      ],
    },
  }),
  'glue GetDatabases': () => ({ output: { DatabaseList: [{ Name: 'lake', Parameters: { connection: SECRET } }] } }),
  'batch DescribeJobDefinitions': () => ({
    output: {
      jobDefinitions: [
        {
          jobDefinitionName: 'nightly',
          parameters: { password: SECRET },
          containerProperties: container,
          nodeProperties: { nodeRangeProperties: [{ targetNodes: '0:', container }] },
          ecsProperties: { taskProperties: [{ containers: [container] }] },
          eksProperties: {
            podProperties: {
              containers: [{ env: [{ name: 'A', value: SECRET }], args: [SECRET], command: [SECRET] }],
              metadata: { annotations: { a: SECRET } },
            },
          },
        },
      ],
    },
  }),
  'apprunner ListServices': () => ({ output: { ServiceSummaryList: [{ ServiceArn: 'arn:aws:apprunner:eu-west-1:111122223333:service/web/1' }] } }),
  'apprunner DescribeService': () => ({
    output: {
      Service: {
        ServiceName: 'web',
        SourceConfiguration: {
          ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: { KEY: SECRET }, StartCommand: `run ${SECRET}` } },
          CodeRepository: { CodeConfiguration: { CodeConfigurationValues: { RuntimeEnvironmentVariables: { KEY: SECRET }, BuildCommand: SECRET } } },
        },
      },
    },
  }),
  'rolesanywhere ListTrustAnchors': ({ nextToken }) => page('trustAnchors', [{ name: 'factory' }, { name: 'office' }], 1, nextToken) as Reply,
  'rolesanywhere ListProfiles': () => ({ error: 'AccessDeniedException', status: 403 }),
  'sso-admin ListInstances': () => ({ output: { Instances: [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-1', IdentityStoreId: 'd-1' }] } }),
  'sso-admin ListPermissionSets': () => ({
    output: { PermissionSets: ['arn:aws:sso:::permissionSet/ssoins-1/ps-1', 'arn:aws:sso:::permissionSet/ssoins-1/ps-2'] },
  }),
  'sso-admin ListAccountsForProvisionedPermissionSet': () => ({ output: { AccountIds: [ACCOUNT, OTHER] } }),
  'sso-admin ListAccountAssignments': ({ AccountId, PermissionSetArn }) => ({
    output: { AccountAssignments: [{ AccountId, PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: 'g-1' }] },
  }),
  'identitystore ListUsers': () => ({
    output: { Users: [{ UserId: 'u-1', UserName: 'ada', PhoneNumbers: [{ Value: SECRET }], Addresses: [{ StreetAddress: SECRET }] }] },
  }),
  'identitystore ListGroups': () => ({ output: { Groups: [{ GroupId: 'g-1', DisplayName: 'admins' }] } }),
}
