import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/ram/ */

const NEXT = ['nextToken', 'nextToken'] as const
const owners = [{ value: 'resourceOwner', from: ['SELF', 'OTHER-ACCOUNTS'] }]

export const ram = service({
  cli: 'ram',
  gains: 'what is shared with whom, and which permissions a share gives',
  reach: 'REGIONAL',
  load: () => import('@aws-sdk/client-ram'),
  client: 'RAMClient',
  calls: [
    { command: 'GetResourceSharesCommand', input: { maxResults: 500 }, each: owners, pages: NEXT },
    { command: 'ListResourcesCommand', input: { maxResults: 500 }, each: owners, pages: NEXT },
    { command: 'ListPrincipalsCommand', input: { maxResults: 500 }, each: owners, pages: NEXT },
    {
      command: 'ListResourceSharePermissionsCommand',
      input: { maxResults: 500 },
      each: [{ of: 'get-resource-shares', list: 'resourceShares', take: { resourceShareArn: 'resourceShareArn' } }],
      pages: NEXT,
      none: ['UnknownResourceException'],
    },
    {
      command: 'GetPermissionCommand',
      each: [{ of: 'list-resource-share-permissions', list: 'permissions', take: { permissionArn: 'arn' } }],
      none: ['UnknownResourceException'],
    },
  ],
})
