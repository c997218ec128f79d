import { expect, test } from 'vitest'
import type { ErrorCode } from '../../../src/domain/errors.ts'
import type { EntityFact } from '../../../src/domain/facts.ts'
import type { OnEmptyStore } from '../suite.ts'
import * as small from '../world.ts'
import { collected, draftOf, edge, entity, world } from '../world.ts'

export function refusalCases(onEmptyStore: OnEmptyStore): void {
  test(
    'a snapshot that was never published is not found',
    onEmptyStore(async (store) => {
      await store.publish(world)
      await expect(collected(store.read('20200101T000000000Z-0000'))).rejects.toEqual(code('NOT_FOUND'))
      await expect(store.findings('20200101T000000000Z-0000')).rejects.toEqual(code('NOT_FOUND'))
      await expect(store.hydrate('20200101T000000000Z-0000', [small.ana.id])).rejects.toEqual(code('NOT_FOUND'))
      await expect(store.run('20200101T000000000Z-0000', 'entities-by-kind')).rejects.toEqual(code('NOT_FOUND'))
    }),
  )

  test(
    'a draft that breaks while it is written leaves the former snapshot served, and the store free for the next writer',
    onEmptyStore(async (store) => {
      const former = await store.publish(world)
      await expect(store.publish({ ...world, entities: breaking() })).rejects.toThrow('the export ended')
      expect(await store.snapshots()).toEqual([former])
      expect(await collected(store.read(former.id))).toHaveLength(19)
      const next = await store.publish(draftOf([small.ben]))
      expect(await store.current()).toBe(next.id)
    }),
  )

  const faulty = {
    'an edge to an entity that is not there': draftOf([small.ana], [edge('MEMBER_OF', small.ana, small.developers)]),
    'two entities of one label and id': draftOf([small.ana, small.ana]),
    'two entities of different labels and one id': draftOf([small.ana, { ...small.bucket, id: small.ana.id }]),
  }
  for (const [what, draft] of Object.entries(faulty)) {
    test(
      `${what} is refused, and nothing of it is published`,
      onEmptyStore(async (store) => {
        const former = await store.publish(world)
        await expect(store.publish(draft)).rejects.toEqual(code('INTERNAL'))
        expect(await store.snapshots()).toEqual([former])
      }),
    )
  }

  test(
    'while one process writes, another one is told that the store is busy, and can write afterwards',
    onEmptyStore(async (store, another) => {
      const second = await another()
      let refused: Promise<unknown> = Promise.resolve([])
      const entities = function* (): Generator<EntityFact> {
        const attempts = [second.publish(draftOf([small.ben])), second.prune(1)]
        refused = Promise.all(attempts.map((attempt) => attempt.catch((error: unknown) => error)))
        yield small.ana
        // Enough of them that this writer is still at work when the others try.
        for (let index = 0; index < 20_000; index++) yield entity('Resource', 'AWS::S3::Bucket', `arn:aws:s3:::b${index}`)
      }
      await store.publish({ ...draftOf([]), entities: entities() })
      expect(await refused).toEqual([code('STORE_BUSY'), code('STORE_BUSY')])
      await second.publish(draftOf([small.ben]))
      expect(await store.snapshots()).toHaveLength(2)
    }),
  )
}

const code = (expected: ErrorCode): unknown => expect.objectContaining({ code: expected })

function* breaking(): Generator<EntityFact> {
  yield small.ana
  throw new Error('the export ended')
}
