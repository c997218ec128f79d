/** A block of IPv4 or IPv6 addresses. */
export interface Cidr {
  readonly text: string
  readonly version: 4 | 6
  /** Its first address as a number. */
  readonly first: bigint
  /** Bits that its addresses have in common. */
  readonly length: number
}

/** @returns undefined where it is no block in CIDR notation */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', digits = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? []
  const version = address.includes(':') ? 6 : 4
  const first = version === 6 ? numberOfV6(address) : numberOfParts(address.split('.'), 4, 10, 8)
  const length = Number(digits)
  return first === undefined || digits === '' || length > BITS[version] ? undefined : { text, version, first, length }
}

const BITS = { 4: 32, 6: 128 } as const

function numberOfV6(address: string): bigint | undefined {
  const [before = '', after, more] = address.split('::')
  if (more !== undefined) return undefined
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = Array.from({ length: after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length) }, () => '0')
  return numberOfParts([...head, ...zeros, ...tail], 8, 16, 16)
}

function numberOfParts(parts: readonly string[], count: number, radix: 10 | 16, bits: number): bigint | undefined {
  const digits = radix === 10 ? /^\d{1,3}$/ : /^[0-9a-f]{1,4}$/i
  const numbers = parts.map((part) => (digits.test(part) ? Number.parseInt(part, radix) : Number.NaN))
  if (numbers.length !== count || numbers.some((number) => !(number < 2 ** bits))) return undefined
  return numbers.reduce((sum, number) => (sum << BigInt(bits)) | BigInt(number), 0n)
}

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.version === inner.version && outer.length <= inner.length && prefixOf(outer, outer.length) === prefixOf(inner, outer.length)

const prefixOf = ({ first, version }: Cidr, length: number): bigint => first >> BigInt(BITS[version] - length)

/** Blocks that nobody on the internet sends from. https://www.iana.org/assignments/iana-ipv4-special-registry/ and -ipv6-. */
const PRIVATE: readonly Cidr[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => parseCidr(text) ?? [])

export const isPrivate = (block: Cidr): boolean => PRIVATE.some((outer) => contains(outer, block))
