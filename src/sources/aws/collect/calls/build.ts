import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/codebuild/, …/sagemaker/, …/cloudformation/ */

const NEXT = ['NextToken', 'NextToken'] as const

export const codebuild = service({
  cli: 'codebuild',
  gains: 'build projects with the roles that they run as',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-codebuild'),
  client: 'CodeBuildClient',
  calls: [
    { command: 'ListProjectsCommand', pages: ['nextToken', 'nextToken'] },
    {
      command: 'BatchGetProjectsCommand',
      each: [{ of: 'list-projects', list: 'projects', take: { names: '' }, batch: 100 }],
      drops: ['environmentVariables.value', 'buildspec', 'webhook.secret'],
    },
  ],
})

export const sagemaker = service({
  cli: 'sagemaker',
  gains: 'notebooks and domains with the roles that they run as',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-sagemaker'),
  client: 'SageMakerClient',
  calls: [
    { command: 'ListNotebookInstancesCommand', input: { MaxResults: 100 }, pages: NEXT, drops: [] },
    {
      command: 'DescribeNotebookInstanceCommand',
      each: [{ of: 'list-notebook-instances', list: 'NotebookInstances', take: { NotebookInstanceName: 'NotebookInstanceName' } }],
      drops: [],
      none: ['RecordNotFound'],
    },
    { command: 'ListDomainsCommand', input: { MaxResults: 100 }, pages: NEXT },
    {
      command: 'DescribeDomainCommand',
      each: [{ of: 'list-domains', list: 'Domains', take: { DomainId: 'DomainId' } }],
      drops: [],
      none: ['ResourceNotFound'],
    },
  ],
})

export const cloudformation = service({
  cli: 'cloudformation',
  gains: 'stacks and stack sets with the roles that they act as; names of parameters and outputs, never values',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-cloudformation'),
  client: 'CloudFormationClient',
  calls: [
    { command: 'DescribeStacksCommand', pages: NEXT, drops: ['ParameterValue', 'ResolvedValue', 'OutputValue'] },
    { command: 'ListStackSetsCommand', input: { Status: 'ACTIVE', MaxResults: 100 }, pages: NEXT },
    {
      command: 'DescribeStackSetCommand',
      each: [{ of: 'list-stack-sets', list: 'Summaries', take: { StackSetName: 'StackSetName' } }],
      drops: ['ParameterValue', 'ResolvedValue', 'TemplateBody'],
      none: ['StackSetNotFoundException'],
    },
  ],
})
