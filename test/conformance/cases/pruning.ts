import { expect, test } from 'vitest'
import { PermiscopeError } from '../../../src/domain/errors.ts'
import type { OnEmptyStore } from '../suite.ts'
import * as small from '../world.ts'
import { collected, draftOf, entity, world } from '../world.ts'

export function pruningCases(onEmptyStore: OnEmptyStore): void {
  test(
    'pruning removes all but the newest snapshots and names what it removed',
    onEmptyStore(async (store) => {
      const ids: string[] = []
      for (const who of [small.ana, small.ben, small.ana, small.ben]) ids.push((await store.publish(draftOf([who]))).id)
      const removed = await store.prune(2)
      expect([...removed].toSorted()).toEqual(ids.slice(0, 2))
      expect((await store.snapshots()).map(({ id }) => id)).toEqual([ids[3], ids[2]])
      expect(await collected(store.read(ids[2] ?? ''))).toEqual([small.ana])
      await expect(store.hydrate(ids[0] ?? '', [])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }),
  )

  test(
    'the newest snapshot is never pruned',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      expect(await store.prune(0)).toEqual([])
      expect(await store.current()).toBe(id)
    }),
  )

  test(
    'a reader whose snapshot is pruned while it reads gets all of it, or an error, but never a part that looks whole',
    onEmptyStore(async (store, another) => {
      const many = Array.from({ length: 20_000 }, (_, index) => entity('Resource', 'AWS::S3::Bucket', `arn:aws:s3:::b${index}`))
      const former = await store.publish(draftOf(many))
      const reader = await another()
      const iterator = reader.read(former.id)[Symbol.asyncIterator]()
      await iterator.next()
      await store.publish(draftOf([small.ana]))
      await store.prune(1)
      let count = 1
      const rest = async (): Promise<void> => {
        while ((await iterator.next()).done !== true) count += 1
      }
      const outcome = await rest().then(
        () => `${count} entities`,
        (error: unknown) => (error instanceof PermiscopeError ? error.code : error),
      )
      expect(['20000 entities', 'STORE_UNAVAILABLE']).toContain(outcome)
    }),
  )
}
