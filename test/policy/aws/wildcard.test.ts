import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGlob, globOf, literalPrefix, matchesAll, matchGlob, type Glob } from '../../../src/policy/aws/wildcard.ts'

/** Obviously right, and exponential. */
function naive(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  const [first, rest] = [pattern.charAt(0), pattern.slice(1)]
  if (first === '*') return naive(rest, text) || (text !== '' && naive(pattern, text.slice(1)))
  return text !== '' && (first === '?' || first === text.charAt(0)) && naive(rest, text.slice(1))
}

/** The glob, with a count of how often one of its pieces is looked at. */
function counting(glob: Glob): { readonly glob: Glob; readonly looks: () => number } {
  let looks = 0
  const pieces = new Proxy(glob.pieces, {
    get(target, name, receiver): unknown {
      if (typeof name === 'string' && Number.isInteger(Number(name))) looks += 1
      return Reflect.get(target, name, receiver)
    },
  })
  return { glob: { ...glob, pieces }, looks: () => looks }
}

describe('wildcards', () => {
  it('match what an obviously right matcher matches', () => {
    const pattern = string({ unit: constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const text = string({ unit: constantFrom('a', 'b', 'c'), maxLength: 8 })
    const agree = property(pattern, text, (p, t) => {
      expect({ p, t, matches: matchGlob(globOf(p), t) }).toEqual({ p, t, matches: naive(p, t) })
    })
    assert(agree, { numRuns: 3000 })
  })

  it('look at each piece a fixed number of times, however many stars nearly match', () => {
    for (const stars of [10, 100, 1000]) {
      const { glob, looks } = counting(globOf(`${'a*'.repeat(stars)}b`))
      expect(matchGlob(glob, 'a'.repeat(stars * 50))).toBe(false)
      expect(matchGlob(glob, `${'a'.repeat(stars * 50)}b`)).toBe(true)
      expect(looks()).toBeLessThanOrEqual(4 * stars + 8)
    }
  })

  it('take substituted text literally', () => {
    const glob = compileGlob([
      { text: 'home/', literal: false },
      { text: '*', literal: true },
      { text: '/?', literal: false },
    ])
    expect(matchGlob(glob, 'home/*/x')).toBe(true)
    expect(matchGlob(glob, 'home/bob/x')).toBe(false)
  })

  it('do not let ? stand for the star of a pattern', () => {
    expect(matchGlob(globOf('logs/?', true), 'logs/*')).toBe(false)
    expect(matchGlob(globOf('logs/*', true), 'logs/?')).toBe(true)
    expect(matchGlob(globOf('logs/?'), 'logs/*')).toBe(true)
  })

  it.each([
    ['*', true, ''],
    ['**', true, ''],
    ['', false, ''],
    ['logs', false, 'logs'],
    ['lo?s*', false, 'lo'],
  ])('%s is everything: %s, begins with "%s"', (pattern, everything, prefix) => {
    const glob = globOf(pattern)
    expect({ everything: matchesAll(glob), prefix: literalPrefix(glob) }).toEqual({ everything, prefix })
  })
})
