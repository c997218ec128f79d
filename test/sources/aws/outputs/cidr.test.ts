import { describe, expect, test } from 'vitest'
import { contains, isPrivate, parseCidr, type Cidr } from '../../../../src/sources/aws/outputs/cidr.ts'

const block = (text: string): Cidr => {
  const parsed = parseCidr(text)
  if (parsed === undefined) throw new Error(`${text} is not read as a block`)
  return parsed
}

describe('blocks of addresses', () => {
  test.each([
    ['10.0.0.0/8', '10.255.0.0/16'],
    ['0.0.0.0/0', '203.0.113.7/32'],
    ['::/0', '2001:db8::/32'],
    ['2001:db8::/32', '2001:db8:1:2:3:4:5:6/128'],
    ['fe80::/10', 'febf::1/128'],
    ['198.51.100.0/23', '198.51.101.0/24'],
  ])('%s contains %s, and not the other way round', (outer, inner) => {
    expect(contains(block(outer), block(inner))).toBe(true)
    expect(contains(block(inner), block(outer))).toBe(false)
  })

  test.each([
    ['10.0.0.0/8', '11.0.0.0/8'],
    ['0.0.0.0/0', '::/0'],
    ['2001:db8::/32', '2001:db9::/32'],
  ])('%s and %s have nothing in common', (one, other) => {
    expect(contains(block(one), block(other))).toBe(false)
    expect(contains(block(other), block(one))).toBe(false)
  })

  test.each(['10.0.0.0', '10.0.0/8', '10.0.0.256/8', '10.0.0.0/33', '::/129', '2001:db8:::/32', '1:2:3:4:5:6:7:8:9/128', '12345::/16', 'any/0', ''])(
    '%j is none',
    (text) => expect(parseCidr(text)).toBeUndefined(),
  )

  test.each(['10.1.0.0/16', '172.31.0.0/16', '192.168.1.1/32', '100.64.0.0/10', '169.254.169.254/32', 'fd00::/8', 'fe80::1/128', '::1/128'])(
    '%s is private',
    (text) => expect(isPrivate(block(text))).toBe(true),
  )

  test.each(['0.0.0.0/0', '172.32.0.0/16', '10.0.0.0/7', '203.0.113.0/24', '::/0', '2600:1f18::/32'])('%s is not private', (text) =>
    expect(isPrivate(block(text))).toBe(false),
  )
})
