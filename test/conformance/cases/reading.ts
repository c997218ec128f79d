import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { snapshotDraft } from '../generated.ts'
import type { OnEmptyStore } from '../suite.ts'
import * as small from '../world.ts'
import { collected, draftOf, edge, sorted, world } from '../world.ts'

export function readingCases(onEmptyStore: OnEmptyStore): void {
  test(
    'what is read back equals what was written, entities before edges',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      const facts = await collected(store.read(id))
      expect(sorted(facts)).toEqual(sorted([...world.entities, ...world.edges]))
      expect(facts.findIndex(({ record }) => record === 'edge')).toBe(9)
    }),
  )

  test(
    'any text, list, number, and any absence of them, comes back as it was',
    onEmptyStore(async (store) => {
      const roundTrip = fc.asyncProperty(snapshotDraft, async (draft) => {
        const { id } = await store.publish(draft)
        expect(sorted(await collected(store.read(id)))).toEqual(sorted([...draft.entities, ...draft.edges]))
        expect(await store.findings(id)).toEqual(draft.findings)
        const ids = [...draft.entities].map((fact) => fact.id)
        expect(sorted(await store.hydrate(id, ids))).toEqual(sorted([...draft.entities]))
        await store.prune(1)
      })
      // A failing draft is shown as it was found: to shrink it would take hundreds of publishes.
      await fc.assert(roundTrip, { numRuns: 40, endOnFailure: true })
    }),
  )

  test(
    'where an entity was read is not kept',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(draftOf([{ ...small.ana, origin: { file: 'iam.json', place: 'UserDetailList[0]' } }]))
      expect(await collected(store.read(id))).toEqual([small.ana])
    }),
  )

  test(
    'two edges between the same two entities are both kept',
    onEmptyStore(async (store) => {
      const twice = [edge('MEMBER_OF', small.ana, small.developers), { ...edge('MEMBER_OF', small.ana, small.developers), coverage: ['aws:other'] }]
      const { id } = await store.publish(draftOf([small.ana, small.developers], twice))
      const edges = (await collected(store.read(id))).filter(({ record }) => record === 'edge')
      expect(new Set(edges.map(({ coverage }) => coverage[0]))).toEqual(new Set([small.COVERAGE.id, 'aws:other']))
      expect(edges).toHaveLength(2)
    }),
  )

  test(
    'entities are fetched by id, each once, and unknown ids are left out',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      const found = await store.hydrate(id, [small.bucket.id, small.ana.id, small.ana.id, 'arn:nobody'])
      expect(sorted(found)).toEqual(sorted([small.ana, small.bucket]))
      expect(await store.hydrate(id, [])).toEqual([])
    }),
  )

  test(
    'findings keep their order',
    onEmptyStore(async (store) => {
      const findings = Array.from({ length: 120 }, (_, index) => ({ ...small.finding, place: `Policies[${index}]` }))
      const { id } = await store.publish(draftOf([small.readBuckets], [], findings))
      expect(await store.findings(id)).toEqual(findings)
    }),
  )

  test(
    'a reader may stop in the middle',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      for await (const fact of store.read(id)) {
        expect(fact.record).toBe('entity')
        break
      }
      expect(await collected(store.read(id))).toHaveLength(19)
    }),
  )
}
