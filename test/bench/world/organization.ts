import { serviceControlPolicies } from './documents.ts'
import type { AccountPlan } from './tiers.ts'

const ORGANIZATION = 'o-bench00001'

/** The organisation's tree: a root, units of up to 40 accounts, a policy level each. The last and smallest account manages it. */
export function organizationTree(accounts: readonly AccountPlan[]): unknown {
  const management = accounts.at(-1)?.id ?? ''
  const arn = (kind: string, id: string): string => `arn:aws:organizations::${management}:${kind}/${ORGANIZATION}/${id}`
  const policy = (name: keyof typeof serviceControlPolicies): unknown => ({
    Id: name === 'full' ? 'p-FullAWSAccess' : `p-bench${name}`,
    Arn:
      name === 'full'
        ? 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess'
        : arn('policy', `service_control_policy/p-bench${name}`),
    Name: name === 'full' ? 'FullAWSAccess' : name,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: name === 'full',
    Content: serviceControlPolicies[name],
  })
  const account = ({ id, number }: AccountPlan): unknown => ({
    Id: id,
    Arn: arn('account', id),
    Name: `account-${number}`,
    JoinedTimestamp: '2024-01-01T00:00:00+00:00',
    Policies: [policy('full'), policy('account')],
    Children: [],
  })
  const units = Array.from({ length: Math.ceil(accounts.length / 40) }, (_, number) => {
    const id = `ou-benc-${String(number).padStart(8, '0')}`
    return {
      Id: id,
      Arn: arn('ou', id),
      Name: `unit-${number}`,
      Policies: [policy('full'), policy('unit')],
      Children: accounts.slice(number * 40, number * 40 + 40).map(account),
    }
  })
  return { Id: 'r-benc', Arn: arn('root', 'r-benc'), Name: 'Root', Policies: [policy('full'), policy('root')], Children: units }
}
