import { describe, expect, it } from 'vitest'
import { contains, parseRange } from '../../../src/policy/aws/conditions/addresses.ts'
import { parseDate } from '../../../src/policy/aws/conditions/dates.ts'
import { parseNumber } from '../../../src/policy/aws/conditions/numbers.ts'

function within(address: string, range: string): boolean {
  const [inner, outer] = [parseRange(address), parseRange(range)]
  return inner !== undefined && outer !== undefined && contains(outer, inner)
}

describe('dates', () => {
  const noon = Date.UTC(2026, 10, 25, 12)
  it.each(['2026-11-25T12:00:00Z', '2026-11-25T12:00Z', '2026-11-25T13:00:00+01:00', '2026-11-25T07:00:00.000-0500', String(noon / 1000)])(
    '%s is noon',
    (text) => expect(parseDate(text)).toBe(noon),
  )

  it('may be a day, a month or a year', () => {
    expect([parseDate('2026'), parseDate('2026-01'), parseDate('2026-01-01')]).toEqual(Array.from({ length: 3 }, () => Date.UTC(2026, 0, 1)))
  })

  it.each(['', 'soon', '2026-13-01', '2026-11-25T25:00:00Z', '2026-11-25T12:00:00+1', '2026-11-25T12:00:00.1234567890Z', '9223372036854775808'])(
    '%j is none',
    (text) => expect(parseDate(text)).toBeUndefined(),
  )
})

describe('addresses', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3'],
    ['203.0.113.9', '0.0.0.0/0'],
    ['2001:db8::1', '2001:DB8::/32'],
    ['::ffff:1', '::/0'],
    ['10.1.2.0/24', '10.1.0.0/16'],
  ])('%s is within %s', (address, range) => expect(within(address, range)).toBe(true))

  it.each([
    ['11.0.0.1', '10.0.0.0/8'],
    ['10.0.0.0/8', '10.1.0.0/16'],
    ['2001:db8::1', '0.0.0.0/0'],
    ['10.0.0.1', '::/0'],
    ['AWS Internal', '0.0.0.0/0'],
    ['10.0.0.1', '10.0.0.0/33'],
  ])('%s is not within %s', (address, range) => expect(within(address, range)).toBe(false))
})

describe('numbers', () => {
  it.each([
    ['10', 10],
    ['-1.5', -1.5],
    ['1e3', 1000],
    ['', undefined],
    ['0x10', undefined],
    ['ten', undefined],
  ])('%j is %s', (text, value) => expect(parseNumber(text)).toBe(value))
})
