import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/lambda/, …/stepfunctions/, …/apigateway/, …/apigatewayv2/ */

const MARKER = ['Marker', 'NextMarker'] as const
const GONE = ['ResourceNotFoundException']
const functions = [{ of: 'list-functions', list: 'Functions', take: { FunctionName: 'FunctionName' } }]

export const lambda = service({
  cli: 'lambda',
  gains: 'functions with the roles that they run as, their policies, URLs and tags; names of environment variables, never values',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-lambda'),
  client: 'LambdaClient',
  calls: [
    {
      command: 'ListFunctionsCommand',
      input: { MaxItems: 50 },
      pages: MARKER,
      drops: ['Environment.Variables.*', 'ImageConfig.Command', 'ImageConfig.EntryPoint'],
    },
    { command: 'GetPolicyCommand', each: functions, none: GONE },
    { command: 'ListFunctionUrlConfigsCommand', each: functions, pages: MARKER, none: GONE },
    { command: 'ListTagsCommand', each: [{ of: 'list-functions', list: 'Functions', take: { Resource: 'FunctionArn' } }], none: GONE },
  ],
})

export const stepfunctions = service({
  cli: 'stepfunctions',
  prefix: 'states',
  gains: 'state machines with the roles that they run as, never their definitions',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-sfn'),
  client: 'SFNClient',
  calls: [
    { command: 'ListStateMachinesCommand', input: { maxResults: 1000 }, pages: ['nextToken', 'nextToken'] },
    {
      command: 'DescribeStateMachineCommand',
      each: [{ of: 'list-state-machines', list: 'stateMachines', take: { stateMachineArn: 'stateMachineArn' } }],
      drops: ['definition'],
      none: ['StateMachineDoesNotExist'],
    },
  ],
})

export const apigateway = service({
  cli: 'apigateway',
  gains: 'REST APIs with their policies',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-api-gateway'),
  client: 'APIGatewayClient',
  calls: [{ command: 'GetRestApisCommand', needs: 'apigateway:GET', input: { limit: 500 }, pages: ['position', 'position'] }],
})

export const apigatewayv2 = service({
  cli: 'apigatewayv2',
  gains: 'HTTP and WebSocket APIs',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-apigatewayv2'),
  client: 'ApiGatewayV2Client',
  calls: [{ command: 'GetApisCommand', needs: 'apigateway:GET', input: { MaxResults: '500' }, pages: ['NextToken', 'NextToken'] }],
})
