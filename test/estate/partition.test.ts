import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/estate/aws/actors.ts'
import { partition } from '../../src/estate/aws/partition.ts'
import type { IndexedProgram } from '../../src/estate/aws/program-index.ts'

const actor = (number: number, account: string, bounded: boolean): Actor => ({
  number,
  node: number,
  account,
  entity: {
    record: 'entity',
    label: 'Principal',
    kind: 'AwsUser',
    id: `u${number}`,
    name: '',
    provider: 'aws',
    scope: account,
    properties: {},
    document: null,
    coverage: [],
  },
  held: [],
  policies: [],
  boundary: bounded ? [{ id: 'b', type: 'BOUNDARY', statements: [], faults: [], unreadable: false }] : [],
  unsure: false,
  sort: (account === 'a' ? 0 : 1) + (bounded ? 2 : 0),
})

const statement = (number: number, use: 'IDENTITY' | 'BOUNDARY', effect: 'Allow' | 'Deny', actors: readonly number[]): IndexedProgram => ({
  use,
  actors: Uint32Array.from(new Set(actors)).sort(),
  program: {
    number,
    effect,
    actions: new Uint32Array(0),
    dependsOnPrincipal: false,
    hasCondition: false,
    conditionKeys: [],
    unreadable: false,
    resources: [],
    notResource: false,
  },
})

describe('the partition of actors', () => {
  it('puts two actors in one class exactly when the same statements bind them and they are of one account and one kind', () => {
    const world = fc.record({
      actors: fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.boolean()), { minLength: 1, maxLength: 12 }),
      statements: fc.array(
        fc.tuple(fc.constantFrom('IDENTITY' as const, 'BOUNDARY' as const), fc.constantFrom('Allow' as const, 'Deny' as const), fc.array(fc.nat(11))),
        { maxLength: 6 },
      ),
    })
    fc.assert(
      fc.property(world, ({ actors: specs, statements: rows }) => {
        const actors = specs.map(([account, bounded], number) => actor(number, account, bounded))
        const matches = rows.map(([use, effect, holders], number) =>
          statement(
            number,
            use,
            effect,
            holders.filter((holder) => holder < actors.length),
          ),
        )
        const signature = ({ number, account, boundary }: Actor): string =>
          [account, boundary.length, ...matches.filter((match) => match.actors.includes(number)).map(({ program }) => program.number)].join()
        const bound = actors.filter(({ number }) => matches.some((match) => match.actors.includes(number)))
        const expected = Map.groupBy(bound, signature)
        const classes = partition(actors, matches, [{ start: 0, end: actors.length }])
        const found = classes.map(({ members }) => members.toSorted((a, b) => a - b).join()).toSorted()
        expect(found).toEqual([...expected.values()].map((group) => group.map(({ number }) => number).join()).toSorted())
        for (const { members, mayAllow } of classes) {
          const allowed = matches.some(
            ({ use, program, actors: holders }) => use === 'IDENTITY' && program.effect === 'Allow' && holders.includes(members[0] ?? -1),
          )
          expect(mayAllow).toBe(allowed)
        }
      }),
    )
  })
})
