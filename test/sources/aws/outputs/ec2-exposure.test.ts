import { describe, expect, test } from 'vitest'
import { ACCOUNT, bundle } from './bundle.ts'
import {
  acl,
  around,
  entry,
  from,
  groups,
  INSTANCE,
  instance,
  instances,
  networkInterface,
  PASSING,
  OUT,
  route,
  rule,
  subnets,
  tables,
} from './ec2-network.ts'

const exposure = async (outputs: Readonly<Record<string, object>>): Promise<readonly string[] | undefined> => {
  const { entity, findings } = await bundle(outputs)
  expect(findings).toEqual([])
  return entity(INSTANCE)?.properties.internetExposure
}
const without = (outputs: Readonly<Record<string, object>>, left: string): Readonly<Record<string, object>> =>
  Object.fromEntries(Object.entries(outputs).filter(([path]) => path !== left))

describe('exposure to the internet', () => {
  test('is what groups let in from addresses that are not private', async () => {
    const rules = [
      rule('tcp', [8000, 8100], from('198.51.100.0/24', '192.168.0.0/16')),
      rule('udp', [53], from('0.0.0.0/0')),
      rule('icmp', [-1], from('0.0.0.0/0')),
      rule('50', [], from('0.0.0.0/0')),
    ]
    expect(await exposure(around({ 'ec2/describe-security-groups': groups(...rules) }))).toEqual([
      'icmp from 0.0.0.0/0',
      'protocol 50 from 0.0.0.0/0',
      'tcp/8000-8100 from 198.51.100.0/24',
      'udp/53 from 0.0.0.0/0',
    ])
    expect(await exposure(around({ 'ec2/describe-security-groups': groups(rule('-1', [], from('0.0.0.0/0'))) }))).toEqual(['all from 0.0.0.0/0'])
  })

  test('is none where groups let in private addresses and other groups only', async () => {
    const inside = groups(rule('tcp', [22], { UserIdGroupPairs: [{ GroupId: 'sg-lb', UserId: ACCOUNT }] }), rule('tcp', [22], from('172.16.0.0/12')))
    expect(await exposure(around({ 'ec2/describe-security-groups': inside }))).toEqual([])
  })

  test('is none without a public address, whatever else is known', async () => {
    const hidden = instance({ PublicIpAddress: undefined, NetworkInterfaces: [networkInterface({ Association: undefined, PrivateIpAddresses: [] })] })
    expect(await exposure({ 'ec2/describe-instances': instances(hidden) })).toEqual([])
  })

  test('comes by any of the interfaces, and by IPv6', async () => {
    const v6 = networkInterface({
      Association: undefined,
      PrivateIpAddresses: [],
      Ipv6Addresses: [{ Ipv6Address: '2001:db8::5', IsPrimaryIpv6: false }],
    })
    const two = instance({ NetworkInterfaces: [networkInterface({ Association: undefined, PrivateIpAddresses: [], Groups: [] }), v6] })
    const outputs = around({
      'ec2/describe-instances': instances(two),
      'ec2/describe-security-groups': groups(rule('tcp', [443], { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }), rule('tcp', [22], from('0.0.0.0/0'))),
      'ec2/describe-network-acls': acl(
        entry(101, false, 'allow', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
        entry(101, true, 'allow', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
      ),
      'ec2/describe-route-tables': tables({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', Origin: 'CreateRoute', State: 'active' }),
    })
    expect(await exposure(outputs)).toEqual(['tcp/443 from ::/0'])
    const onlyOut = tables({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', Origin: 'CreateRoute', State: 'active' })
    expect(await exposure({ ...outputs, 'ec2/describe-route-tables': onlyOut })).toEqual([])
  })

  test('needs a route to an internet gateway', async () => {
    const elsewhere = [
      route('0.0.0.0/0', { NatGatewayId: 'nat-1' }),
      route('0.0.0.0/0', { TransitGatewayId: 'tgw-1' }),
      route('0.0.0.0/0', { GatewayId: 'igw-1', State: 'blackhole' }),
      { DestinationPrefixListId: 'pl-6da54004', GatewayId: 'vpce-1', Origin: 'CreateRoute', State: 'active' },
    ]
    for (const one of elsewhere) expect(await exposure(around({ 'ec2/describe-route-tables': tables(one) }))).toEqual([])
    const office = tables(route('198.51.100.0/24', { GatewayId: 'igw-1' }), route('0.0.0.0/0', { TransitGatewayId: 'tgw-1' }))
    expect(await exposure(around({ 'ec2/describe-route-tables': office }))).toEqual(['tcp/22 from 198.51.100.0/24'])
  })

  test('is judged by the route table of the subnet itself, where it has one', async () => {
    const own = {
      RouteTableId: 'rtb-own',
      VpcId: 'vpc-1',
      Associations: [{ Main: false, RouteTableId: 'rtb-own', SubnetId: 'subnet-public' }],
      Routes: [route('10.0.0.0/16', { GatewayId: 'local' })],
    }
    const { RouteTables } = tables(OUT) as { RouteTables: object[] }
    expect(await exposure(around({ 'ec2/describe-route-tables': { RouteTables: [...RouteTables, own] } }))).toEqual([])
  })

  test('is not known where traffic is led through an appliance', async () => {
    const firewall = [route('0.0.0.0/0', { GatewayId: 'vpce-firewall' }), route('0.0.0.0/0', { NetworkInterfaceId: 'eni-9', InstanceId: 'i-9' })]
    for (const one of firewall) expect(await exposure(around({ 'ec2/describe-route-tables': tables(one) }))).toBeUndefined()
  })

  test('is not known where a prefix list stands, but what is known is told', async () => {
    const listed = rule('tcp', [443], { PrefixListIds: [{ PrefixListId: 'pl-1' }] })
    expect(await exposure(around({ 'ec2/describe-security-groups': groups(listed) }))).toBeUndefined()
    expect(await exposure(around({ 'ec2/describe-security-groups': groups(listed, rule('tcp', [22], from('0.0.0.0/0'))) }))).toEqual([
      'tcp/22 from 0.0.0.0/0',
    ])
  })

  test('is none where VPC Block Public Access is on', async () => {
    expect(await exposure(around({ 'ec2/describe-subnets': subnets('block-ingress') }))).toEqual([])
    expect(await exposure(around({ 'ec2/describe-subnets': subnets('block-bidirectional') }))).toEqual([])
  })

  test('is what the network ACL leaves of it, the first rule that fits deciding', async () => {
    const open = groups(rule('tcp', [20, 30], from('0.0.0.0/0')))
    const left = (...entries: readonly object[]) =>
      exposure(around({ 'ec2/describe-security-groups': open, 'ec2/describe-network-acls': acl(entry(100, true, 'allow'), ...entries) }))
    expect(await left(entry(90, false, 'deny', { Protocol: '6', PortRange: { From: 22, To: 22 } }), entry(100, false, 'allow'))).toEqual([
      'tcp/20-21 from 0.0.0.0/0',
      'tcp/23-30 from 0.0.0.0/0',
    ])
    expect(await left(entry(100, false, 'allow'), entry(110, false, 'deny'))).toEqual(['tcp/20-30 from 0.0.0.0/0'])
    expect(await left(entry(100, false, 'allow', { CidrBlock: '203.0.113.0/24' }))).toEqual(['tcp/20-30 from 203.0.113.0/24'])
    expect(await left(entry(100, false, 'allow', { CidrBlock: '10.0.0.0/8' }))).toEqual([])
    expect(await left(entry(100, false, 'allow', { Protocol: '17' }))).toEqual([])
    expect(await left()).toEqual([])
  })

  test('is none where the network ACL lets no answer out', async () => {
    expect(await exposure(around({ 'ec2/describe-network-acls': acl(entry(100, false, 'allow')) }))).toEqual([])
    const narrow = acl(entry(100, false, 'allow'), entry(100, true, 'allow', { Protocol: '6', PortRange: { From: 443, To: 443 } }))
    expect(await exposure(around({ 'ec2/describe-network-acls': narrow }))).toEqual([])
  })

  test('needs answers to the ports that callers choose for themselves, and no others', async () => {
    const chosen = entry(100, true, 'allow', { Protocol: '6', PortRange: { From: 1024, To: 65535 } })
    expect(await exposure(around({ 'ec2/describe-network-acls': acl(entry(100, false, 'allow'), chosen) }))).toEqual(['tcp/22 from 0.0.0.0/0'])
  })

  test('is told once where a network ACL lets a part through twice', async () => {
    const twice = acl(...PASSING, entry(90, false, 'allow', { CidrBlock: '203.0.113.0/24' }))
    expect(await exposure(around({ 'ec2/describe-network-acls': twice }))).toEqual(['tcp/22 from 0.0.0.0/0'])
  })

  test('is none by addresses of IPv6 that are private, and from such', async () => {
    const local = networkInterface({ Association: undefined, PrivateIpAddresses: [], Ipv6Addresses: [{ Ipv6Address: 'fd00::5' }] })
    const open = groups(rule('tcp', [22], { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }))
    const hidden = instance({ PublicIpAddress: undefined, NetworkInterfaces: [local] })
    expect(await exposure({ 'ec2/describe-instances': instances(hidden), 'ec2/describe-security-groups': open })).toEqual([])
    const v6 = networkInterface({ Association: undefined, PrivateIpAddresses: [], Ipv6Addresses: [{ Ipv6Address: '2600:1f18::5' }] })
    const inside = groups(rule('tcp', [22], { Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }] }))
    const seen = instances(instance({ NetworkInterfaces: [v6] }))
    expect(await exposure(around({ 'ec2/describe-instances': seen, 'ec2/describe-security-groups': inside }))).toEqual([])
  })

  test('is not known where a route table can’t be read, which may be that of the subnet', async () => {
    const { RouteTables } = tables(OUT) as { RouteTables: object[] }
    const { entity, findings } = await bundle(around({ 'ec2/describe-route-tables': { RouteTables: [...RouteTables, { Associations: 7 }] } }))
    expect(findings).toEqual(['WRONG_SHAPE describe-route-tables.json RouteTables[1].Associations'])
    expect(entity(INSTANCE)?.properties.internetExposure).toBeUndefined()
  })

  test('is not known where one of the outputs that would tell it is missing', async () => {
    for (const missing of ['security-groups', 'network-acls', 'route-tables', 'subnets'])
      expect(await exposure(without(around(), `ec2/describe-${missing}`)), missing).toBeUndefined()
    expect(await exposure(around({ 'ec2/describe-security-groups': { SecurityGroups: [] } }))).toBeUndefined()
  })

  test('is none where one output shuts it and another is missing', async () => {
    expect(await exposure(without(around({ 'ec2/describe-route-tables': tables() }), 'ec2/describe-network-acls'))).toEqual([])
    expect(await exposure(without(around({ 'ec2/describe-network-acls': acl() }), 'ec2/describe-route-tables'))).toEqual([])
  })

  test('is not known where the main route table may not be that of the subnet', async () => {
    const { entity, findings } = await bundle(around({ 'ec2/describe-route-tables': { ...tables(OUT), NextToken: 'more' } }))
    expect(entity(INSTANCE)?.properties.internetExposure).toBeUndefined()
    expect(findings).toEqual(['EXPORT_TRUNCATED describe-route-tables.json'])
  })

  test('is not known behind a group whose row is broken, which is named', async () => {
    const { entity, findings } = await bundle(around({ 'ec2/describe-security-groups': groups(rule('tcp', [22], from('0.0.0.0'))) }))
    expect(findings).toEqual(['WRONG_SHAPE describe-security-groups.json SecurityGroups[0].IpPermissions[0].IpRanges[0].CidrIp'])
    expect(entity(INSTANCE)?.properties.internetExposure).toBeUndefined()
  })
})
