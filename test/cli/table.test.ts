import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { table, wrapped } from '../../src/cli/output/table.ts'

const columns = [
  { title: 'A', cell: ([a]: readonly string[]) => a ?? '' },
  { title: 'B', cell: ([, b]: readonly string[]) => b ?? '' },
  { title: 'C', cell: ([, , c]: readonly string[]) => c ?? '' },
]

describe('a table', () => {
  it('is never wider than it may be, and loses no letter', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string({ maxLength: 200 }), fc.string())), fc.integer({ min: 40, max: 160 }), (rows, width) => {
        const lines = table(rows, columns, width).split('\n')
        expect(lines.filter((line) => line.length > width)).toEqual([])
      }),
    )
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 8, max: 60 }), (text, width) => {
        expect(wrapped(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  it('lets no cell steer the terminal', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(table([['\u001b[31mred\u0007', 'two\nlines', '\u009b2J']], columns, 80)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })
})
