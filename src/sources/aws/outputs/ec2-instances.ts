import { z } from 'zod'
import type { Mapped } from '../map/facts.ts'
import { listOf, name, struct, text } from '../schema.ts'
import { isPrivate, parseCidr } from './cidr.ts'
import { internetExposure, type Interface } from './ec2-exposure.ts'
import { networkOf, type Network } from './ec2-network.ts'
import { firstIn, firstRow, textIn } from './first-row.ts'
import { joined, type About, type Held } from './output.ts'
import { arnIn, resource, tagsOf, usesInstanceProfile } from './records.ts'
import { mapRows, memberOf } from './rows.ts'

/** Instances, with what their surroundings make reachable: https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-instances.html */

const association = struct({ PublicIp: text }).nullish()

const networkInterface = struct({
  Association: association,
  PrivateIpAddresses: listOf(struct({ Association: association })),
  Ipv6Addresses: listOf(struct({ Ipv6Address: name })),
  Groups: listOf(struct({ GroupId: name })),
  SubnetId: text,
  VpcId: text,
})

const instanceRow = struct({
  InstanceId: z.string().startsWith('i-'),
  State: struct({ Name: text }).nullish(),
  IamInstanceProfile: struct({ Arn: text }).nullish(),
  VpcId: text,
  PublicIpAddress: text,
  Tags: z.unknown().optional(),
  MetadataOptions: struct({ HttpTokens: text }).nullish(),
  NetworkInterfaces: z.array(networkInterface).nullish(),
})
type InstanceRow = z.output<typeof instanceRow>

export const INSTANCES = 'aws/ec2/describe-instances'

export function instancesOf(of: (kind: string) => readonly Held[]): Mapped {
  const { network, faults } = networkOf(of)
  const instances = of(INSTANCES).map(({ value, about }) =>
    mapRows(value, 'Reservations', about, z.unknown(), (reservation, at) =>
      mapRows(reservation, 'Instances', { ...about, place: at.place, firstIndex: 0 }, instanceRow, (row) => instance(row, about, network)),
    ),
  )
  return joined([faults, ...instances])
}

function instance(row: InstanceRow, about: About, network: Network): Mapped {
  const id = instanceArn(row.InstanceId, about)
  const tags = tagsOf(row.Tags)
  // What is terminated still shows for an hour, and nothing brings it back.
  const isGone = row.State?.Name === 'terminated'
  const interfaces = isGone ? [] : row.NetworkInterfaces?.map(interfaceOf)
  const properties = {
    state: row.State?.Name,
    vpc: row.VpcId,
    publicAddress: row.PublicIpAddress ?? row.NetworkInterfaces?.flatMap(publicAddresses)[0],
    tags,
    metadataTokens: row.MetadataOptions?.HttpTokens,
    internetExposure: interfaces === undefined ? undefined : internetExposure(interfaces, network),
  }
  const facts = resource({ id, name: nameTag(tags), properties }, about)
  return joined([facts, ...(isGone ? [] : [usesInstanceProfile(id, row.IamInstanceProfile?.Arn, about)])])
}

export const instanceArn = (id: string, about: About): string => arnIn(about, 'ec2', `instance/${id}`)

/** What the console shows as the name. */
export const nameTag = (tags: readonly string[] | undefined): string | undefined =>
  tags?.find((tag) => tag.startsWith('Name='))?.slice('Name='.length) || undefined

type NetworkInterface = z.output<typeof networkInterface>

function interfaceOf(row: NetworkInterface): Interface {
  const addresses = publicAddresses(row)
  return {
    subnet: row.SubnetId ?? '',
    vpc: row.VpcId ?? '',
    groups: row.Groups.map(({ GroupId }) => GroupId),
    versions: ([4, 6] as const).filter((version) => addresses.some((address) => address.includes(':') === (version === 6))),
  }
}

function publicAddresses({ Association, PrivateIpAddresses, Ipv6Addresses }: NetworkInterface): readonly string[] {
  const v4 = [Association, ...PrivateIpAddresses.map((address) => address.Association)].flatMap((one) => one?.PublicIp ?? [])
  return [...v4, ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address).filter(isPublicV6)]
}

function isPublicV6(address: string): boolean {
  const block = parseCidr(`${address}/128`)
  return block !== undefined && !isPrivate(block)
}

/** Other services have reservations without instances. Reservations name the account, and the instances' zones the region. */
export const instancesKnown = {
  knownBy: ['Reservations'],
  is: (value: unknown) => {
    const first = firstRow(value, 'Reservations')
    return first === undefined || memberOf(first, 'Instances') !== undefined
  },
  accountOf: (value: unknown) => firstIn(value, 'Reservations', 'OwnerId'),
  regionOf: (value: unknown) => {
    const placement = memberOf(firstRow(firstRow(value, 'Reservations'), 'Instances'), 'Placement')
    return regionOfZone(textIn(placement, 'AvailabilityZone'))
  },
}

/** `us-east-1a`, `us-west-2-lax-1a` (a local zone) → the region. */
export const regionOfZone = (zone: string | undefined): string | undefined => /^[a-z]{2,}(-[a-z]+)+-\d+/.exec(zone ?? '')?.[0]
