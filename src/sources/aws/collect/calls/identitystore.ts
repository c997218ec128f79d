import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/identitystore/ */

const NEXT = ['NextToken', 'NextToken'] as const
const stores = [{ of: 'sso-admin/list-instances', list: 'Instances', take: { IdentityStoreId: 'IdentityStoreId' } }]

export const identitystore = service({
  cli: 'identitystore',
  gains: 'people and groups of Identity Center, and who is in which group',
  reach: 'REGIONAL',
  organization: true,
  load: () => import('@aws-sdk/client-identitystore'),
  client: 'IdentitystoreClient',
  calls: [
    // What concerns people and nobody's access stays where it is.
    { command: 'ListUsersCommand', each: stores, pages: NEXT, drops: ['Addresses', 'PhoneNumbers', 'Birthdate', 'Photos'] },
    { command: 'ListGroupsCommand', each: stores, pages: NEXT },
    {
      command: 'ListGroupMembershipsCommand',
      each: [{ of: 'list-groups', list: 'Groups', take: { GroupId: 'GroupId' }, keep: ['IdentityStoreId'] }],
      pages: NEXT,
      none: ['ResourceNotFoundException'],
    },
  ],
})
