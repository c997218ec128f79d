import { contains, isPrivate, type Cidr } from './cidr.ts'
import type { Filter } from './ec2-network.ts'

/** What a network ACL passes: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
export interface Traffic {
  /** IANA's number. */
  readonly protocol: string
  /** Ports; 0 to 65535 where the protocol has none. */
  readonly from: number
  readonly to: number
  readonly source: Cidr
}

/** The parts of the traffic that come in and whose answers get out again. @param filters in the order of their numbers */
export function passing(filters: readonly Filter[], traffic: Traffic): readonly Traffic[] {
  const [inbound, outbound] = [filters.filter(({ Egress }) => !Egress), filters.filter(({ Egress }) => Egress)]
  const parts = letThrough(inbound, traffic).flatMap((part) => letThrough(outbound, answerTo(part)).map(({ source }) => ({ ...part, source })))
  return parts.filter((part, at) => !parts.some((other, place) => place !== at && covers(other, part) && (!covers(part, other) || place < at)))
}

/** Answers go to the port that the caller has chosen for itself. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html */
const answerTo = (part: Traffic): Traffic => (hasPorts(part.protocol) ? { ...part, from: 1024, to: 65535 } : part)

const hasPorts = (protocol: string): boolean => protocol === '6' || protocol === '17'

const covers = (outer: Traffic, inner: Traffic): boolean => contains(outer.source, inner.source) && outer.from <= inner.from && inner.to <= outer.to

/** The traffic as a whole, and the parts of it from narrower blocks that are let through by themselves. */
function letThrough(filters: readonly Filter[], traffic: Traffic): readonly Traffic[] {
  const concerned = filters.filter(({ Protocol }) => Protocol === '-1' || Protocol === traffic.protocol)
  const narrower = concerned
    .filter(({ RuleAction }) => RuleAction === 'allow')
    .flatMap((filter) => blockOf(filter) ?? [])
    .filter((block) => contains(traffic.source, block) && block.length > traffic.source.length && !isPrivate(block))
  return [traffic.source, ...narrower].flatMap((source) =>
    openPorts(concerned, { ...traffic, source }).map(([from, to]) => ({ ...traffic, source, from, to })),
  )
}

const blockOf = ({ CidrBlock, Ipv6CidrBlock }: Filter): Cidr | undefined => CidrBlock ?? Ipv6CidrBlock ?? undefined

type Ports = readonly [from: number, to: number]

/** The first filter that fits decides; what none fits is denied. */
function openPorts(filters: readonly Filter[], { protocol, from, to, source }: Traffic): readonly Ports[] {
  const open: Ports[] = []
  let undecided: readonly Ports[] = [[from, to]]
  for (const filter of filters) {
    const block = blockOf(filter)
    if (block === undefined || !contains(block, source)) continue
    const range = hasPorts(protocol) ? filter.PortRange : undefined
    const ports: Ports = [range?.From ?? 0, range?.To ?? 65535]
    if (filter.RuleAction === 'allow') open.push(...undecided.flatMap((one) => within(one, ports)))
    undecided = undecided.flatMap((one) => without(one, ports))
  }
  return joinedPorts(open)
}

const within = ([from, to]: Ports, [first, last]: Ports): readonly Ports[] => existing([Math.max(from, first), Math.min(to, last)])

const without = ([from, to]: Ports, [first, last]: Ports): readonly Ports[] =>
  last < from || to < first ? [[from, to]] : [...existing([from, first - 1]), ...existing([last + 1, to])]

const existing = ([from, to]: Ports): readonly Ports[] => (from <= to ? [[from, to]] : [])

/** Adjacent ranges are one. */
function joinedPorts(ranges: readonly Ports[]): readonly Ports[] {
  const sorted = [...ranges].sort(([one], [other]) => one - other)
  return sorted.reduce<readonly Ports[]>((done, [from, to]) => {
    const last = done.at(-1)
    return last !== undefined && last[1] + 1 === from ? [...done.slice(0, -1), [last[0], to]] : [...done, [from, to]]
  }, [])
}
