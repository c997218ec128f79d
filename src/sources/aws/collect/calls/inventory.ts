import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/configservice/ and …/resourcegroupstaggingapi/ */

/** Without `configuration`: it holds the values of environment variables. */
const EXPRESSION =
  'SELECT resourceId, resourceName, resourceType, arn, accountId, awsRegion, availabilityZone, resourceCreationTime, tags, relationships'

export const configservice = service({
  cli: 'configservice',
  prefix: 'config',
  gains: 'everything else that AWS Config has recorded',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-config-service'),
  client: 'ConfigServiceClient',
  calls: [
    {
      command: 'SelectResourceConfigCommand',
      input: { Expression: EXPRESSION, Limit: 100 },
      pages: ['NextToken', 'NextToken'],
      optIn: 'inventory',
    },
  ],
})

export const resourcegroupstaggingapi = service({
  cli: 'resourcegroupstaggingapi',
  prefix: 'tag',
  gains: 'everything that is or was tagged, with its tags',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-resource-groups-tagging-api'),
  client: 'ResourceGroupsTaggingAPIClient',
  calls: [
    {
      command: 'GetResourcesCommand',
      input: { ResourcesPerPage: 100 },
      pages: ['PaginationToken', 'PaginationToken'],
      optIn: 'inventory',
    },
  ],
})
