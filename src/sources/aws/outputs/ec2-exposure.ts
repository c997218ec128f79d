import { contains, isPrivate, type Cidr } from './cidr.ts'
import { passing, type Traffic } from './ec2-filters.ts'
import type { Network, Route, SecurityGroup } from './ec2-network.ts'

/**
 * What of an instance can be connected to from the internet. Something is open where one of its interfaces has a public address, a security
 * group of that interface lets the traffic in from an address that isn't private, the subnet's routes lead back by an internet gateway, VPC
 * Block Public Access doesn't forbid it, and the network ACL passes the traffic and its answers. Each of these may be unknown, where the
 * output that tells it was not collected: one that is known to be false settles the matter, else it can't be told.
 *
 * Left aside: load balancers, NAT and proxies in front of an instance, and one-way datagrams that need no way back.
 */
export interface Interface {
  readonly subnet: string
  readonly vpc: string
  readonly groups: readonly string[]
  /** Versions of IP in which it has an address that the internet can reach. */
  readonly versions: readonly (4 | 6)[]
}

/** @returns `tcp/22 from 0.0.0.0/0` …, at least these where any is known; [] where there is none; undefined where it can't be told */
export function internetExposure(interfaces: readonly Interface[], network: Network): readonly string[] | undefined {
  const found = interfaces.flatMap((one) => one.versions.map((version) => exposureOf(one, version, network)))
  const open = [...new Set(found.flatMap((exposure) => exposure.open))]
  return open.length === 0 && found.some(({ isPartial }) => isPartial) ? undefined : withAllJoined(open).sort()
}

interface Exposure {
  readonly open: readonly string[]
  /** There may be more. */
  readonly isPartial: boolean
}

function exposureOf({ subnet, vpc, groups }: Interface, version: 4 | 6, network: Network): Exposure {
  const routes = network.routesOf(subnet, vpc)
  const isBlocked = network.blocked.get(subnet)
  if (isBlocked === true || routes?.some(mayLeadToInternet) === false) return { open: [], isPartial: false }
  const known = groups.map((id) => network.groups.get(id))
  const rules = known.flatMap((group) => group?.IpPermissions ?? [])
  const filters = network.filters.get(subnet)
  const parts = rules
    .flatMap((rule) => trafficOf(rule, version))
    .map((traffic) => {
      const routed = routes === undefined ? undefined : sourcesRouted(traffic.source, routes)
      const passed = filters === undefined ? undefined : (routed ?? [traffic.source]).flatMap((source) => passing(filters, { ...traffic, source }))
      if (routed?.length === 0 || passed?.length === 0) return []
      return routed === undefined || isBlocked === undefined ? undefined : passed
    })
  // What a prefix list holds is not known.
  const isPartial = known.includes(undefined) || parts.includes(undefined) || rules.some(({ PrefixListIds }) => PrefixListIds.length > 0)
  return { open: parts.flatMap((part) => part?.map(described) ?? []), isPartial }
}

type Rule = SecurityGroup['IpPermissions'][number]

const PROTOCOLS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' }

/** What a rule lets in from public addresses. A rule for all protocols is taken as one for TCP, UDP and ICMP each. */
function trafficOf(rule: Rule, version: 4 | 6): readonly Traffic[] {
  const blocks = version === 4 ? rule.IpRanges.map(({ CidrIp }) => CidrIp) : rule.Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)
  const protocol = PROTOCOLS[rule.IpProtocol] ?? rule.IpProtocol
  const protocols = protocol === '-1' ? ['6', '17', version === 4 ? '1' : '58'] : [protocol]
  const hasPorts = protocol === '6' || protocol === '17'
  const [from, to] = hasPorts ? [rule.FromPort ?? 0, rule.ToPort ?? 65535] : [0, 65535]
  return blocks.filter((source) => !isPrivate(source)).flatMap((source) => protocols.map((one) => ({ protocol: one, from, to, source })))
}

type Way = 'INTERNET' | 'ELSEWHERE' | 'UNKNOWN'

/**
 * Where traffic from the internet is led through an appliance first, the way back leads through it too: an interface, or the endpoint of a
 * firewall. What it lets through isn't known.
 */
function wayOf({ GatewayId, NetworkInterfaceId, DestinationPrefixListId, State }: Route): Way {
  if (State === 'blackhole') return 'ELSEWHERE'
  const gateway = GatewayId ?? ''
  const isOfService = typeof DestinationPrefixListId === 'string' && gateway.startsWith('vpce-')
  if (gateway.startsWith('igw-')) return 'INTERNET'
  return typeof NetworkInterfaceId === 'string' || (gateway.startsWith('vpce-') && !isOfService) ? 'UNKNOWN' : 'ELSEWHERE'
}

const mayLeadToInternet = (route: Route): boolean => wayOf(route) !== 'ELSEWHERE'

/** The source, or blocks within it, to which routes lead by an internet gateway; the longest that fits decides. Undefined: not known. */
function sourcesRouted(source: Cidr, routes: readonly Route[]): readonly Cidr[] | undefined {
  const all = routes.flatMap((route) => {
    const block = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock
    return block === undefined || block === null ? [] : [{ block, way: wayOf(route) }]
  })
  const [longest] = all.filter(({ block }) => contains(block, source)).sort((one, other) => other.block.length - one.block.length)
  if (longest?.way === 'INTERNET') return [source]
  const within = all.filter(({ block }) => contains(source, block) && !isPrivate(block))
  const open = within.filter(({ way }) => way === 'INTERNET').map(({ block }) => block)
  if (open.length > 0) return open
  const isUnknown = [longest, ...within].some((route) => route?.way === 'UNKNOWN')
  return isUnknown || routes.some((route) => typeof route.DestinationPrefixListId === 'string' && mayLeadToInternet(route)) ? undefined : []
}

const ALL_PORTS = '0-65535'

function described({ protocol, from, to, source }: Traffic): string {
  const ports = from === to ? String(from) : `${from}-${to}`
  if (protocol === '6') return `tcp/${ports} from ${source.text}`
  if (protocol === '17') return `udp/${ports} from ${source.text}`
  return `${protocol === '1' ? 'icmp' : protocol === '58' ? 'icmpv6' : `protocol ${protocol}`} from ${source.text}`
}

/** TCP, UDP and ICMP from the same addresses are `all`. */
function withAllJoined(open: readonly string[]): string[] {
  const sources = [...new Set(open.map((text) => text.slice(text.indexOf(' from ') + 6)))]
  return sources.flatMap((source) => {
    const of = open.filter((text) => text.endsWith(` from ${source}`))
    const isAll = [`tcp/${ALL_PORTS}`, `udp/${ALL_PORTS}`, source.includes(':') ? 'icmpv6' : 'icmp'].every((what) =>
      of.includes(`${what} from ${source}`),
    )
    return isAll ? [`all from ${source}`] : of
  })
}
