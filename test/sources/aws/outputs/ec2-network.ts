import { ACCOUNT, REGION } from './bundle.ts'

/** An instance with a public address, and what `aws ec2` prints of what surrounds it. */

export const arn = (id: string): string => `arn:aws:ec2:${REGION}:${ACCOUNT}:${id}`
export const INSTANCE = arn('instance/i-1234567890abcdef0')
export const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/web`

export const networkInterface = (more: object = {}): object => ({
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
export const instance = (more: object = {}): object => ({
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
export const instances = (...rows: readonly object[]): object => ({
  Reservations: [{ ReservationId: 'r-1', OwnerId: ACCOUNT, Groups: [], Instances: rows }],
})

export const rule = (protocol: string, ports: readonly number[], more: object): object => ({
  IpProtocol: protocol,
  ...(ports.length === 0 ? {} : { FromPort: ports[0], ToPort: ports.at(-1) }),
  UserIdGroupPairs: [],
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  ...more,
})
export const from = (...blocks: readonly string[]): object => ({ IpRanges: blocks.map((CidrIp) => ({ CidrIp, Description: 'some' })) })
export const groups = (...rules: readonly object[]): object => ({
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
export const entry = (RuleNumber: number, Egress: boolean, RuleAction: string, more: object = {}): object => ({
  RuleNumber,
  Egress,
  RuleAction,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...more,
})
export const acl = (...entries: readonly object[]): object => ({
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
export const PASSING = [entry(100, true, 'allow'), entry(100, false, 'allow')]
export const route = (DestinationCidrBlock: string, more: object): object => ({
  DestinationCidrBlock,
  Origin: 'CreateRoute',
  State: 'active',
  ...more,
})
export const tables = (...routes: readonly object[]): object => ({
  RouteTables: [
    {
      RouteTableId: 'rtb-main',
      VpcId: 'vpc-1',
      Associations: [{ Main: true, RouteTableId: 'rtb-main', AssociationState: { State: 'associated' } }],
      Routes: [route('10.0.0.0/16', { GatewayId: 'local' }), ...routes],
    },
  ],
})
export const OUT = route('0.0.0.0/0', { GatewayId: 'igw-1' })
export const subnets = (mode = 'off'): object => ({
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

export const around = (change: Readonly<Record<string, object>> = {}): Readonly<Record<string, object>> => ({
  'ec2/describe-instances': instances(instance()),
  'ec2/describe-security-groups': groups(rule('tcp', [22], from('0.0.0.0/0')), rule('tcp', [5432], from('10.0.0.0/8'))),
  'ec2/describe-network-acls': acl(...PASSING),
  'ec2/describe-route-tables': tables(OUT),
  'ec2/describe-subnets': subnets(),
  ...change,
})
