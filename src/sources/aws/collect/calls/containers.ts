import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/ecs/, …/eks/, …/ecr/, …/apprunner/, …/batch/ */

const NEXT = ['nextToken', 'nextToken'] as const
const GONE = ['ResourceNotFoundException']
/** Commands are often given passwords and tokens. */
const CONTAINER_SECRETS = ['environment.value', 'command', 'entryPoint', 'dockerLabels.*', 'options.*', 'driverOpts.*', 'labels.*']

const ofCluster = (of: string, list: string, member: string) => [{ of, list, take: { [member]: '' }, keep: ['clusterName'] }]
const clusters = [{ of: 'list-clusters', list: 'clusters', take: { clusterName: '' } }]
const accessEntries = ofCluster('list-access-entries', 'accessEntries', 'principalArn')

export const ecs = service({
  cli: 'ecs',
  gains: 'task definitions, services and tasks with the roles that they run as',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-ecs'),
  client: 'ECSClient',
  calls: [
    { command: 'ListClustersCommand', input: { maxResults: 100 }, pages: NEXT },
    {
      command: 'ListServicesCommand',
      input: { maxResults: 100 },
      each: [{ of: 'list-clusters', list: 'clusterArns', take: { cluster: '' } }],
      pages: NEXT,
      none: ['ClusterNotFoundException'],
    },
    {
      command: 'DescribeServicesCommand',
      each: [{ of: 'list-services', list: 'serviceArns', take: { services: '' }, keep: ['cluster'], batch: 10 }],
      subject: ['cluster'],
      drops: CONTAINER_SECRETS,
      none: ['ClusterNotFoundException'],
    },
    {
      command: 'ListTasksCommand',
      input: { maxResults: 100 },
      each: [{ of: 'list-clusters', list: 'clusterArns', take: { cluster: '' } }],
      pages: NEXT,
      none: ['ClusterNotFoundException'],
    },
    {
      command: 'DescribeTasksCommand',
      each: [{ of: 'list-tasks', list: 'taskArns', take: { tasks: '' }, keep: ['cluster'], batch: 100 }],
      subject: ['cluster'],
      drops: CONTAINER_SECRETS,
      none: ['ClusterNotFoundException'],
    },
    { command: 'ListTaskDefinitionsCommand', input: { status: 'ACTIVE', maxResults: 100 }, pages: NEXT },
    {
      command: 'DescribeTaskDefinitionCommand',
      each: [{ of: 'list-task-definitions', list: 'taskDefinitionArns', take: { taskDefinition: '' } }],
      drops: CONTAINER_SECRETS,
      none: ['ClientException'],
    },
  ],
})

export const eks = service({
  cli: 'eks',
  gains: 'clusters, who may enter them, which roles their pods and nodes carry',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-eks'),
  client: 'EKSClient',
  calls: [
    { command: 'ListClustersCommand', input: { maxResults: 100 }, pages: NEXT },
    { command: 'DescribeClusterCommand', each: [{ of: 'list-clusters', list: 'clusters', take: { name: '' } }], none: GONE },
    // A cluster that knows its people by its own ConfigMap alone has no entries, and says so with InvalidRequestException.
    { command: 'ListAccessEntriesCommand', each: clusters, pages: NEXT, none: [...GONE, 'InvalidRequestException'] },
    { command: 'DescribeAccessEntryCommand', each: accessEntries, subject: ['clusterName', 'principalArn'], none: GONE },
    { command: 'ListAssociatedAccessPoliciesCommand', each: accessEntries, subject: ['clusterName', 'principalArn'], pages: NEXT, none: GONE },
    { command: 'ListPodIdentityAssociationsCommand', each: clusters, pages: NEXT, none: GONE },
    {
      command: 'DescribePodIdentityAssociationCommand',
      each: [{ of: 'list-pod-identity-associations', list: 'associations', take: { associationId: 'associationId' }, keep: ['clusterName'] }],
      subject: ['clusterName', 'associationId'],
      none: GONE,
    },
    { command: 'ListNodegroupsCommand', each: clusters, pages: NEXT, none: GONE },
    {
      command: 'DescribeNodegroupCommand',
      each: ofCluster('list-nodegroups', 'nodegroups', 'nodegroupName'),
      subject: ['clusterName', 'nodegroupName'],
      none: GONE,
    },
  ],
})

export const ecr = service({
  cli: 'ecr',
  gains: 'image repositories with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-ecr'),
  client: 'ECRClient',
  calls: [
    { command: 'DescribeRepositoriesCommand', input: { maxResults: 1000 }, pages: NEXT },
    {
      command: 'GetRepositoryPolicyCommand',
      each: [{ of: 'describe-repositories', list: 'repositories', take: { repositoryName: 'repositoryName' } }],
      none: ['RepositoryPolicyNotFoundException', 'RepositoryNotFoundException'],
    },
  ],
})

export const apprunner = service({
  cli: 'apprunner',
  gains: 'App Runner services with the roles that they run as',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-apprunner'),
  client: 'AppRunnerClient',
  calls: [
    { command: 'ListServicesCommand', pages: ['NextToken', 'NextToken'] },
    {
      command: 'DescribeServiceCommand',
      each: [{ of: 'list-services', list: 'ServiceSummaryList', take: { ServiceArn: 'ServiceArn' } }],
      drops: ['RuntimeEnvironmentVariables.*', 'StartCommand', 'BuildCommand'],
      none: GONE,
    },
  ],
})

export const batch = service({
  cli: 'batch',
  gains: 'job definitions and compute environments with the roles that they run as',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-batch'),
  client: 'BatchClient',
  calls: [
    {
      command: 'DescribeJobDefinitionsCommand',
      input: { status: 'ACTIVE', maxResults: 100 },
      pages: NEXT,
      drops: [...CONTAINER_SECRETS, 'env.value', 'args', 'parameters.*', 'annotations.*'],
    },
    { command: 'DescribeComputeEnvironmentsCommand', input: { maxResults: 100 }, pages: NEXT },
  ],
})
