import { describe, expect, test } from 'vitest'
import { ACCOUNT, bothRoads, bundle, loose, REGION } from './bundle.ts'

const arn = (id: string): string => `arn:aws:ec2:${REGION}:${ACCOUNT}:${id}`
const INSTANCE = arn('instance/i-1234567890abcdef0')
const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/web`

const networkInterface = (more: object = {}): object => ({
  Association: { IpOwnerId: 'amazon', PublicDnsName: 'ec2-203-0-113-25.eu-west-1.compute.amazonaws.com', PublicIp: '203.0.113.25' },
  Attachment: { AttachmentId: 'eni-attach-1', DeviceIndex: 0, Status: 'attached' },
  Groups: [{ GroupName: 'web', GroupId: 'sg-web' }],
  Ipv6Addresses: [],
  NetworkInterfaceId: 'eni-1',
  PrivateIpAddress: '10.0.1.5',
  PrivateIpAddresses: [{ Association: { PublicIp: '203.0.113.25' }, Primary: true, PrivateIpAddress: '10.0.1.5' }],
  SubnetId: 'subnet-public',
  VpcId: 'vpc-1',
  ...more,
})
const instance = (more: object = {}): object => ({
  InstanceId: 'i-1234567890abcdef0',
  ImageId: 'ami-1',
  State: { Code: 16, Name: 'running' },
  IamInstanceProfile: { Arn: PROFILE, Id: 'AIPAEXAMPLE' },
  MetadataOptions: { State: 'applied', HttpTokens: 'optional', HttpEndpoint: 'enabled' },
  Placement: { AvailabilityZone: `${REGION}a`, GroupName: '', Tenancy: 'default' },
  PublicIpAddress: '203.0.113.25',
  NetworkInterfaces: [networkInterface()],
  VpcId: 'vpc-1',
  SubnetId: 'subnet-public',
  Tags: [
    { Key: 'team', Value: 'shop' },
    { Key: 'Name', Value: 'web-1' },
  ],
  ...more,
})
const instances = (...rows: readonly object[]): object => ({
  Reservations: [{ ReservationId: 'r-1', OwnerId: ACCOUNT, Groups: [], Instances: rows }],
})

const rule = (protocol: string, ports: readonly number[], more: object): object => ({
  IpProtocol: protocol,
  ...(ports.length === 0 ? {} : { FromPort: ports[0], ToPort: ports.at(-1) }),
  UserIdGroupPairs: [],
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  ...more,
})
const from = (...blocks: readonly string[]): object => ({ IpRanges: blocks.map((CidrIp) => ({ CidrIp, Description: 'some' })) })
const groups = (...rules: readonly object[]): object => ({
  SecurityGroups: [
    {
      GroupId: 'sg-web',
      GroupName: 'web',
      OwnerId: ACCOUNT,
      VpcId: 'vpc-1',
      IpPermissions: rules,
      IpPermissionsEgress: [rule('-1', [], from('0.0.0.0/0'))],
      SecurityGroupArn: arn('security-group/sg-web'),
    },
  ],
})
const entry = (RuleNumber: number, Egress: boolean, RuleAction: string, more: object = {}): object => ({
  RuleNumber,
  Egress,
  RuleAction,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...more,
})
const acl = (...entries: readonly object[]): object => ({
  NetworkAcls: [
    {
      NetworkAclId: 'acl-1',
      VpcId: 'vpc-1',
      IsDefault: true,
      OwnerId: ACCOUNT,
      Associations: [{ NetworkAclAssociationId: 'aclassoc-1', NetworkAclId: 'acl-1', SubnetId: 'subnet-public' }],
      Entries: [...entries, entry(32767, false, 'deny'), entry(32767, true, 'deny')],
    },
  ],
})
const PASSING = [entry(100, true, 'allow'), entry(100, false, 'allow')]
const route = (DestinationCidrBlock: string, more: object): object => ({ DestinationCidrBlock, Origin: 'CreateRoute', State: 'active', ...more })
const tables = (...routes: readonly object[]): object => ({
  RouteTables: [
    {
      RouteTableId: 'rtb-main',
      VpcId: 'vpc-1',
      Associations: [{ Main: true, RouteTableId: 'rtb-main', AssociationState: { State: 'associated' } }],
      Routes: [route('10.0.0.0/16', { GatewayId: 'local' }), ...routes],
    },
  ],
})
const OUT = route('0.0.0.0/0', { GatewayId: 'igw-1' })
const subnets = (mode = 'off'): object => ({
  Subnets: [
    {
      SubnetId: 'subnet-public',
      VpcId: 'vpc-1',
      AvailabilityZone: `${REGION}a`,
      CidrBlock: '10.0.1.0/24',
      OwnerId: ACCOUNT,
      BlockPublicAccessStates: { InternetGatewayBlockMode: mode },
    },
  ],
})

const around = (change: Readonly<Record<string, object>> = {}): Readonly<Record<string, object>> => ({
  'ec2/describe-instances': instances(instance()),
  'ec2/describe-security-groups': groups(rule('tcp', [22], from('0.0.0.0/0')), rule('tcp', [5432], from('10.0.0.0/8'))),
  'ec2/describe-network-acls': acl(...PASSING),
  'ec2/describe-route-tables': tables(OUT),
  'ec2/describe-subnets': subnets(),
  ...change,
})

const exposure = async (outputs: Readonly<Record<string, object>>): Promise<readonly string[] | undefined> => {
  const { entity, findings } = await bundle(outputs)
  expect(findings).toEqual([])
  return entity(INSTANCE)?.properties.internetExposure
}
const without = (outputs: Readonly<Record<string, object>>, left: string): Readonly<Record<string, object>> =>
  Object.fromEntries(Object.entries(outputs).filter(([path]) => path !== left))

describe('instances', () => {
  test('have a state, a name, a network, an address, tags and a profile', async () => {
    const { entity, arrows, findings, coverage } = await bundle(around())
    expect(findings).toEqual([])
    expect(entity(INSTANCE)).toMatchObject({
      label: 'Resource',
      kind: 'AWS::EC2::Instance',
      name: 'web-1',
      scope: ACCOUNT,
      properties: {
        state: 'running',
        vpc: 'vpc-1',
        publicAddress: '203.0.113.25',
        metadataTokens: 'optional',
        tags: ['Name=web-1', 'team=shop'],
        internetExposure: ['tcp/22 from 0.0.0.0/0'],
      },
    })
    expect(entity(PROFILE)).toMatchObject({ kind: 'AWS::IAM::InstanceProfile', name: 'web', scope: ACCOUNT })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`, `${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`])
    expect(coverage).toEqual([`aws:ec2/${REGION}:${ACCOUNT} complete`])
  })

  test('are the same from loose files, of which some tell account and region', async () => {
    const { placed, free } = await bothRoads(around())
    expect(free).toEqual(placed)
  })

  test('that are terminated carry no credentials and expose nothing', async () => {
    const gone = instance({ State: { Code: 48, Name: 'terminated' } })
    const { entity, arrows } = await bundle({ 'ec2/describe-instances': instances(gone) })
    expect(entity(INSTANCE)?.properties).toMatchObject({ state: 'terminated', internetExposure: [] })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`])
  })

  test('of which one is broken are read all the same', async () => {
    const { entity, findings, coverage } = await bundle({ 'ec2/describe-instances': instances({ ...instance(), InstanceId: 7 }, instance()) })
    expect(findings).toEqual(['WRONG_SHAPE describe-instances.json Reservations[0].Instances[0].InstanceId'])
    expect(entity(INSTANCE)?.name).toBe('web-1')
    expect(coverage).toEqual([`aws:ec2/${REGION}:${ACCOUNT} incomplete`])
  })

  test('have profiles by their associations too', async () => {
    const association = {
      AssociationId: 'iip-assoc-1',
      InstanceId: 'i-1234567890abcdef0',
      State: 'associated',
      IamInstanceProfile: { Arn: PROFILE, Id: 'AIPA' },
    }
    const past = { ...association, AssociationId: 'iip-assoc-2', InstanceId: 'i-2', State: 'disassociated' }
    const alone = await bundle({ 'ec2/describe-iam-instance-profile-associations': { IamInstanceProfileAssociations: [association, past] } })
    expect(alone.arrows).toEqual([`${ACCOUNT} CONTAINS ${INSTANCE}`, `${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`])
    const beside = await bundle({
      'ec2/describe-iam-instance-profile-associations': { IamInstanceProfileAssociations: [association] },
      'ec2/describe-instances': instances(instance({ IamInstanceProfile: undefined })),
    })
    expect(beside.findings).toEqual([])
    expect(beside.entity(INSTANCE)?.name).toBe('web-1')
    expect(beside.arrows).toContain(`${INSTANCE} CAN_AUTHENTICATE_AS ${PROFILE}`)
  })

  test('in loose files of no known region are a finding, not a guess', async () => {
    const { findings } = await loose({
      'vpcs.json': { Vpcs: [{ VpcId: 'vpc-1', OwnerId: ACCOUNT, State: 'available' }] },
      'caller.json': { UserId: 'AIDAEXAMPLE', Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/me` },
    })
    expect(findings).toEqual(['WRONG_SHAPE vpcs.json'])
  })
})

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

describe('launch templates', () => {
  const TEMPLATE = arn('launch-template/lt-0abcd290751193123')
  const template = {
    LaunchTemplateId: 'lt-0abcd290751193123',
    LaunchTemplateName: 'workers',
    CreateTime: '2017-11-20T13:12:32+00:00',
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersionNumber: 2,
    LatestVersionNumber: 2,
    Tags: [{ Key: 'team', Value: 'shop' }],
  }
  const version = (VersionNumber: number, IamInstanceProfile: object): object => ({
    LaunchTemplateId: 'lt-0abcd290751193123',
    LaunchTemplateName: 'workers',
    VersionNumber,
    CreateTime: '2017-11-20T13:12:32+00:00',
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersion: VersionNumber === 2,
    LaunchTemplateData: { ImageId: 'ami-1', UserData: 'ZXhwb3J0IFRPS0VOPWh1bnRlcjI=', IamInstanceProfile },
  })
  const outputs = {
    'ec2/describe-launch-templates': { LaunchTemplates: [template] },
    'ec2/describe-launch-template-versions': { LaunchTemplateVersions: [version(1, { Arn: PROFILE }), version(2, { Name: 'batch' })] },
  }

  test('carry the profiles of their versions, and no user data', async () => {
    const { entity, arrows, findings, text } = await bundle(outputs)
    expect(findings).toEqual([])
    expect(entity(TEMPLATE)).toMatchObject({
      kind: 'AWS::EC2::LaunchTemplate',
      name: 'workers',
      properties: { createdAt: '2017-11-20T13:12:32.000Z', tags: ['team=shop'] },
    })
    expect(arrows).toEqual([
      `${ACCOUNT} CONTAINS ${TEMPLATE}`,
      `${TEMPLATE} CAN_AUTHENTICATE_AS arn:aws:iam::${ACCOUNT}:instance-profile/batch`,
      `${TEMPLATE} CAN_AUTHENTICATE_AS ${PROFILE}`,
    ])
    expect(text).not.toContain('ZXhwb3J0')
  })
})

describe('VPC endpoints', () => {
  const ENDPOINT = arn('vpc-endpoint/vpce-032a826a')
  const policy = { Version: '2008-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }
  const row = {
    VpcEndpointId: 'vpce-032a826a',
    VpcEndpointType: 'Gateway',
    VpcId: 'vpc-aabb1122',
    ServiceName: `com.amazonaws.${REGION}.s3`,
    State: 'available',
    PolicyDocument: JSON.stringify(policy),
    RouteTableIds: ['rtb-1'],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    CreationTimestamp: '2017-09-05T20:41:28Z',
    Tags: [],
    OwnerId: ACCOUNT,
  }

  test('are limited by their policies', async () => {
    const { entity, arrows, findings } = await bundle({ 'ec2/describe-vpc-endpoints': { VpcEndpoints: [row] } })
    expect(findings).toEqual([])
    expect(entity(ENDPOINT)).toMatchObject({
      kind: 'AWS::EC2::VPCEndpoint',
      name: 'vpce-032a826a',
      document: null,
      properties: {
        uniqueId: 'vpce-032a826a',
        vpc: 'vpc-aabb1122',
        endpointService: `com.amazonaws.${REGION}.s3`,
        endpointType: 'Gateway',
        state: 'available',
        createdAt: '2017-09-05T20:41:28.000Z',
        tags: [],
      },
    })
    expect(entity(`${ENDPOINT}#policy`)).toMatchObject({
      label: 'Guardrail',
      kind: 'VpcEndpointPolicy',
      scope: ACCOUNT,
      document: JSON.stringify(policy),
      origin: { place: 'VpcEndpoints[0].PolicyDocument' },
    })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${ENDPOINT}`, `${ACCOUNT} CONTAINS ${ENDPOINT}#policy`, `${ENDPOINT}#policy LIMITS ${ENDPOINT}`])
  })

  test('have a policy that is not known where it was not printed, and none where they take none', async () => {
    const { entity } = await bundle({
      'ec2/describe-vpc-endpoints': {
        VpcEndpoints: [
          { ...row, PolicyDocument: undefined },
          {
            ...row,
            VpcEndpointId: 'vpce-lb',
            VpcEndpointType: 'GatewayLoadBalancer',
            ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
            PolicyDocument: undefined,
          },
        ],
      },
    })
    expect(entity(`${ENDPOINT}#policy`)).toMatchObject({ document: null })
    expect(entity(arn('vpc-endpoint/vpce-lb'))).toBeDefined()
    expect(entity(`${arn('vpc-endpoint/vpce-lb')}#policy`)).toBeUndefined()
  })

  test('tell their account and region in a loose file', async () => {
    const { placed, free } = await bothRoads({ 'ec2/describe-vpc-endpoints': { VpcEndpoints: [row] } })
    expect(free).toEqual(placed)
  })

  test('of OpenSearch are no endpoints of a VPC', async () => {
    const { entity } = await loose({ 'a.json': { VpcEndpoints: [{ VpcEndpointId: 'aos-1', VpcEndpointOwner: ACCOUNT }], VpcEndpointErrors: [] } })
    expect(entity(arn('vpc-endpoint/aos-1'))).toBeUndefined()
  })
})

describe('VPCs', () => {
  test('have a name and a state; one that another account shares is not stated', async () => {
    const own = { VpcId: 'vpc-1', OwnerId: ACCOUNT, State: 'available', CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'shop' }] }
    const { entity, arrows } = await bundle({ 'ec2/describe-vpcs': { Vpcs: [own, { ...own, VpcId: 'vpc-2', OwnerId: '444455556666' }] } })
    expect(entity(arn('vpc/vpc-1'))).toMatchObject({ kind: 'AWS::EC2::VPC', name: 'shop', properties: { state: 'available', tags: ['Name=shop'] } })
    expect(arrows).toEqual([`${ACCOUNT} CONTAINS ${arn('vpc/vpc-1')}`])
  })
})
