import { z } from 'zod'
import type { Mapped } from '../map/facts.ts'
import { listOf, name, struct, text } from '../schema.ts'
import { parseCidr, type Cidr } from './cidr.ts'
import { joined, NOTHING_MAPPED, type Held } from './output.ts'
import { mapRows, memberOf } from './rows.ts'

/** What surrounds instances, as far as it was collected: https://docs.aws.amazon.com/cli/latest/reference/ec2/ */
export interface Network {
  readonly groups: ReadonlyMap<string, SecurityGroup>
  /** Of the network ACL, by subnet; in the order in which they are tried. */
  readonly filters: ReadonlyMap<string, readonly Filter[]>
  /** Whether VPC Block Public Access shuts out what comes from an internet gateway, by subnet. */
  readonly blocked: ReadonlyMap<string, boolean>
  /** Of the route table that is in force; undefined where it was not collected. */
  routesOf(subnet: string, vpc: string): readonly Route[] | undefined
}

export type SecurityGroup = z.output<typeof groupRow>
export type Filter = z.output<typeof filterRow>
export type Route = z.output<typeof routeRow>

export const SECURITY_GROUPS = 'aws/ec2/describe-security-groups'
export const NETWORK_ACLS = 'aws/ec2/describe-network-acls'
export const ROUTE_TABLES = 'aws/ec2/describe-route-tables'
export const SUBNETS = 'aws/ec2/describe-subnets'

const cidr = z.string().transform((value, context): Cidr => {
  const parsed = parseCidr(value)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'not a block of addresses as 10.0.0.0/8' })
  return z.NEVER
})
const port = z.number().nullish()

const groupRow = struct({
  GroupId: name,
  IpPermissions: listOf(
    struct({
      IpProtocol: z.string(),
      FromPort: port,
      ToPort: port,
      IpRanges: listOf(struct({ CidrIp: cidr })),
      Ipv6Ranges: listOf(struct({ CidrIpv6: cidr })),
      PrefixListIds: listOf(z.unknown()),
    }),
  ),
})

const filterRow = struct({
  RuleNumber: z.number(),
  Egress: z.boolean(),
  /** Its number; `-1` is all. */
  Protocol: z.string(),
  RuleAction: z.enum(['allow', 'deny']),
  CidrBlock: cidr.nullish(),
  Ipv6CidrBlock: cidr.nullish(),
  PortRange: struct({ From: port, To: port }).nullish(),
})
const aclRow = struct({ Associations: listOf(struct({ SubnetId: name })), Entries: listOf(filterRow) })

const routeRow = struct({
  DestinationCidrBlock: cidr.nullish(),
  DestinationIpv6CidrBlock: cidr.nullish(),
  DestinationPrefixListId: text,
  GatewayId: text,
  NetworkInterfaceId: text,
  State: text,
})
const tableRow = struct({
  VpcId: text,
  Associations: listOf(struct({ Main: z.boolean().nullish(), SubnetId: text })),
  Routes: listOf(routeRow),
})

const subnetRow = struct({ SubnetId: name, BlockPublicAccessStates: struct({ InternetGatewayBlockMode: text }).nullish() })

export function networkOf(of: (kind: string) => readonly Held[]): { readonly network: Network; readonly faults: Mapped } {
  const groups = new Map<string, SecurityGroup>()
  const filters = new Map<string, readonly Filter[]>()
  const blocked = new Map<string, boolean>()
  const own = new Map<string, readonly Route[]>()
  const main = new Map<string, readonly Route[]>()
  const outputs = { groups: of(SECURITY_GROUPS), acls: of(NETWORK_ACLS), tables: of(ROUTE_TABLES), subnets: of(SUBNETS) }
  const tableFaults = rowsOf(outputs.tables, 'RouteTables', tableRow, ({ VpcId, Associations, Routes }) => {
    for (const { Main, SubnetId } of Associations) {
      if (Main === true) main.set(VpcId ?? '', Routes)
      if (typeof SubnetId === 'string') own.set(SubnetId, Routes)
    }
  })
  const faults = joined([
    tableFaults,
    rowsOf(outputs.groups, 'SecurityGroups', groupRow, (row) => groups.set(row.GroupId, row)),
    rowsOf(outputs.acls, 'NetworkAcls', aclRow, ({ Associations, Entries }) => {
      const sorted = [...Entries].sort((one, other) => one.RuleNumber - other.RuleNumber)
      for (const { SubnetId } of Associations) filters.set(SubnetId, sorted)
    }),
    rowsOf(outputs.subnets, 'Subnets', subnetRow, (row) => blocked.set(row.SubnetId, isBlocking(row))),
  ])
  // A subnet of which no table says that it is its own has the VPC's main table, provided that all tables are there.
  const isWhole = tableFaults.records.length === 0 && outputs.tables.some(({ value }) => (memberOf(value, 'NextToken') ?? '') === '')
  const routesOf = (subnet: string, vpc: string): readonly Route[] | undefined => own.get(subnet) ?? (isWhole ? main.get(vpc) : undefined)
  return { network: { groups, filters, blocked, routesOf }, faults }
}

/** `off`, `block-ingress` or `block-bidirectional`; left out where the account doesn't use it. */
const isBlocking = ({ BlockPublicAccessStates: states }: z.output<typeof subnetRow>): boolean =>
  (states?.InternetGatewayBlockMode ?? 'off').startsWith('block')

function rowsOf<Row>(outputs: readonly Held[], list: string, schema: z.ZodType<Row>, take: (row: Row) => unknown): Mapped {
  return joined(
    outputs.map(({ value, about }) =>
      mapRows(value, list, about, schema, (row) => {
        take(row)
        return NOTHING_MAPPED
      }),
    ),
  )
}
