import { service } from '../service.ts'

/** IAM Identity Center: https://docs.aws.amazon.com/cli/latest/reference/sso-admin/ */

const NEXT = ['NextToken', 'NextToken'] as const
const GONE = ['ResourceNotFoundException']
const permissionSets = [{ of: 'list-permission-sets', list: 'PermissionSets', take: { PermissionSetArn: '' }, keep: ['InstanceArn'] }]

export const ssoAdmin = service({
  cli: 'sso-admin',
  prefix: 'sso',
  gains: 'Identity Center: permission sets with their policies, and who is assigned which in which account',
  reach: 'REGIONAL',
  organization: true,
  load: () => import('@aws-sdk/client-sso-admin'),
  client: 'SSOAdminClient',
  calls: [
    { command: 'ListInstancesCommand', pages: NEXT },
    {
      command: 'ListPermissionSetsCommand',
      each: [{ of: 'list-instances', list: 'Instances', take: { InstanceArn: 'InstanceArn' } }],
      pages: NEXT,
      none: GONE,
    },
    { command: 'DescribePermissionSetCommand', each: permissionSets, none: GONE },
    { command: 'ListManagedPoliciesInPermissionSetCommand', each: permissionSets, pages: NEXT, none: GONE },
    { command: 'ListCustomerManagedPolicyReferencesInPermissionSetCommand', each: permissionSets, pages: NEXT, none: GONE },
    { command: 'GetInlinePolicyForPermissionSetCommand', each: permissionSets, none: GONE },
    { command: 'GetPermissionsBoundaryForPermissionSetCommand', each: permissionSets, none: GONE },
    { command: 'ListAccountsForProvisionedPermissionSetCommand', each: permissionSets, pages: NEXT, none: GONE },
    {
      command: 'ListAccountAssignmentsCommand',
      each: [
        {
          of: 'list-accounts-for-provisioned-permission-set',
          list: 'AccountIds',
          take: { AccountId: '' },
          keep: ['InstanceArn', 'PermissionSetArn'],
        },
      ],
      subject: ['PermissionSetArn', 'AccountId'],
      pages: NEXT,
      none: GONE,
    },
  ],
})
