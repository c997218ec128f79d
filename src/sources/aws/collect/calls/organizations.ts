import { service } from '../service.ts'

/** https://docs.aws.amazon.com/cli/latest/reference/organizations/ */

const NEXT = ['NextToken', 'NextToken'] as const
const NO_ORGANIZATION = ['AWSOrganizationsNotInUseException']
const parents = [
  { of: 'list-roots', list: 'Roots', take: { ParentId: 'Id' } },
  { of: 'list-organizational-units-for-parent', list: 'OrganizationalUnits', take: { ParentId: 'Id' } },
]
const policies = { of: 'list-policies', list: 'Policies', take: { PolicyId: 'Id' } }

export const organizations = service({
  cli: 'organizations',
  gains: 'the organisation, its units and accounts; service and resource control policies and what they limit; delegated administrators',
  reach: 'GLOBAL',
  organization: true,
  load: () => import('@aws-sdk/client-organizations'),
  client: 'OrganizationsClient',
  calls: [
    { command: 'DescribeOrganizationCommand', none: NO_ORGANIZATION },
    { command: 'ListRootsCommand', pages: NEXT, none: NO_ORGANIZATION },
    { command: 'ListOrganizationalUnitsForParentCommand', each: parents, pages: NEXT, none: ['ParentNotFoundException'] },
    { command: 'ListAccountsCommand', pages: NEXT, none: NO_ORGANIZATION },
    { command: 'ListAccountsForParentCommand', each: parents, pages: NEXT, none: ['ParentNotFoundException'] },
    {
      command: 'ListPoliciesCommand',
      each: [{ value: 'Filter', from: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] }],
      pages: NEXT,
      none: NO_ORGANIZATION,
    },
    { command: 'DescribePolicyCommand', each: [policies], none: ['PolicyNotFoundException'] },
    { command: 'ListTargetsForPolicyCommand', each: [policies], pages: NEXT, none: ['PolicyNotFoundException'] },
    { command: 'ListDelegatedAdministratorsCommand', pages: NEXT, none: NO_ORGANIZATION },
    {
      command: 'ListDelegatedServicesForAccountCommand',
      each: [{ of: 'list-delegated-administrators', list: 'DelegatedAdministrators', take: { AccountId: 'Id' } }],
      pages: NEXT,
      none: ['AccountNotRegisteredException'],
    },
  ],
})
