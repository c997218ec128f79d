import { describe, expect, it } from 'vitest'
import { csv } from '../../src/cli/output/csv.ts'

const column = [{ title: 'Name', cell: (name: string) => name }]

describe('a CSV cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('is made harmless where a spreadsheet would run it: %j', (cell) => {
    const [, line] = csv([cell], column).split(/\n(.*)/s)
    expect(line?.replace(/^"/, '').startsWith("'")).toBe(true)
  })

  it('is left as it is otherwise, quoted where it must be', () => {
    expect(csv(['arn:aws:iam::1:user/a', 'a,b', 'a"b'], column)).toBe('name\narn:aws:iam::1:user/a\n"a,b"\n"a""b"\n')
  })
})
