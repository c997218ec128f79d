import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closure, createEdgeList } from '../../src/estate/adjacency.ts'

const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 })

function listOf(edges: readonly (readonly [number, number])[]) {
  const list = createEdgeList()
  for (const [from, to] of edges) list.add(from, to)
  return list.compress(10)
}

describe('compressed edges', () => {
  it('give the neighbours of a node in both directions, once each', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const { out, into } = listOf(edges)
        for (let node = 0; node < 10; node++) {
          const expected = [...new Set(edges.filter(([from]) => from === node).map(([, to]) => to))].toSorted((a, b) => a - b)
          expect([...out.of(node)]).toEqual(expected)
          const back = [...new Set(edges.filter(([, to]) => to === node).map(([from]) => from))].toSorted((a, b) => a - b)
          expect([...into.of(node)]).toEqual(back)
        }
      }),
    )
  })

  it('close over cycles without the start', () => {
    const { out } = listOf([
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 3],
    ])
    expect(closure(out, 0).toSorted()).toEqual([1, 2, 3])
    expect(closure(out, 5)).toEqual([])
  })
})
