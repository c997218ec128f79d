/**
 * Address ranges of conditions. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */

export interface AddressRange {
  /** Groups of 16 bits: two of IPv4, eight of IPv6. */
  readonly groups: readonly number[]
  readonly prefix: number
}

/** An address, with or without `/prefix`; undefined for any other text. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/')
  const groups = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (groups === undefined) return undefined
  const bits = groups.length * 16
  if (slash < 0) return { groups, prefix: bits }
  const prefix = decimal(text.slice(slash + 1), bits)
  return prefix === undefined ? undefined : { groups, prefix }
}

/** Whether `inner` lies within `outer`. IPv4 and IPv6 never do. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  if (outer.groups.length !== inner.groups.length || inner.prefix < outer.prefix) return false
  return outer.groups.every((group, i) => {
    const bits = Math.min(16, Math.max(0, outer.prefix - i * 16))
    const mask = (0xffff << (16 - bits)) & 0xffff
    return (group & mask) === ((inner.groups[i] ?? 0) & mask)
  })
}

const DIGITS = '0123456789'
const HEX = '0123456789abcdefABCDEF'

function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

function parseV4(text: string): readonly number[] | undefined {
  const bytes = text.split('.').map((byte) => decimal(byte, 255))
  const [a, b, c, d] = bytes
  if (bytes.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) return undefined
  return [a * 256 + b, c * 256 + d]
}

function parseV6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return undefined
  const front = parseGroups(head)
  if (front === undefined) return undefined
  if (tail === undefined) return front.length === 8 ? front : undefined
  const back = parseGroups(tail)
  if (back === undefined || front.length + back.length > 7) return undefined
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back]
}

function parseGroups(text: string): readonly number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  for (const part of text.split(':')) {
    const v4 = part.includes('.') ? parseV4(part) : undefined
    if (v4 !== undefined) groups.push(...v4)
    else if (!isOf(part, HEX, 4)) return undefined
    else groups.push(Number.parseInt(part, 16))
  }
  return groups
}

function decimal(text: string, max: number): number | undefined {
  if (!isOf(text, DIGITS, 3)) return undefined
  const value = Number(text)
  return value <= max ? value : undefined
}

/** Only of those characters, and between one and `max` long. */
function isOf(text: string, characters: string, max: number): boolean {
  if (text === '' || text.length > max) return false
  for (let i = 0; i < text.length; i += 1) if (!characters.includes(text.charAt(i))) return false
  return true
}
