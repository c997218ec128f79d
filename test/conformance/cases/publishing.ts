import { expect, test } from 'vitest'
import type { EntityFact } from '../../../src/domain/facts.ts'
import type { OnEmptyStore } from '../suite.ts'
import * as small from '../world.ts'
import { collected, draftOf, entity, world } from '../world.ts'

export function publishingCases(onEmptyStore: OnEmptyStore): void {
  test(
    'an empty store has no snapshots and serves none',
    onEmptyStore(async (store) => {
      expect(await store.snapshots()).toEqual([])
      expect(await store.current()).toBeNull()
    }),
  )

  test(
    'a published snapshot is served and says what it holds',
    onEmptyStore(async (store) => {
      const info = await store.publish(world)
      expect(info).toMatchObject({ coverage: [small.COVERAGE], entities: 9, edges: 10, findings: 1 })
      expect(new Date(info.createdAt).toISOString()).toBe(info.createdAt)
      expect(await store.current()).toBe(info.id)
      expect(await store.snapshots()).toEqual([info])
    }),
  )

  test(
    'a snapshot that holds nothing can be published and read',
    onEmptyStore(async (store) => {
      const info = await store.publish(draftOf([]))
      expect(await collected(store.read(info.id))).toEqual([])
      expect(await store.current()).toBe(info.id)
    }),
  )

  test(
    'snapshots are listed newest first, their ids sort by age, and each keeps what it held',
    onEmptyStore(async (store) => {
      const first = await store.publish(draftOf([small.ana]))
      const second = await store.publish(draftOf([small.ana, small.ben]))
      const third = await store.publish(draftOf([small.ben]))
      expect((await store.snapshots()).map(({ id }) => id)).toEqual([third.id, second.id, first.id])
      expect([third.id, first.id, second.id].toSorted()).toEqual([first.id, second.id, third.id])
      expect(await collected(store.read(first.id))).toEqual([small.ana])
      expect(await collected(store.read(third.id))).toEqual([small.ben])
    }),
  )

  test(
    'a reader that is already open sees the new snapshot, and only when it is whole',
    onEmptyStore(async (store, another) => {
      const reader = await another()
      const former = await store.publish(draftOf([small.ana]))
      expect(await reader.current()).toBe(former.id)
      const many = Array.from({ length: 3_000 }, (_, index) => entity('Resource', 'AWS::S3::Bucket', `arn:aws:s3:::b${index}`))
      const seen = new Set<string | null>()
      const watch = { isOver: false }
      const publishing = store.publish(draftOf(many)).finally(() => {
        watch.isOver = true
      })
      while (!watch.isOver) seen.add(await reader.current())
      const latest = await publishing
      expect([former.id, latest.id]).toEqual(expect.arrayContaining([...seen]))
      expect(await reader.current()).toBe(latest.id)
      expect(await collected(reader.read(latest.id))).toHaveLength(3_000)
    }),
  )

  test(
    'a reader keeps reading the former snapshot while a new one is published',
    onEmptyStore(async (store, another) => {
      const many = Array.from({ length: 5_000 }, (_, index) => entity('Resource', 'AWS::S3::Bucket', `arn:aws:s3:::b${index}`))
      const former = await store.publish(draftOf(many))
      const reader = await another()
      const read: EntityFact[] = []
      let published = false
      for await (const fact of reader.read(former.id)) {
        if (!published) await store.publish(draftOf([small.ana]))
        published = true
        if (fact.record === 'entity') read.push(fact)
      }
      expect(new Set(read.map(({ id }) => id)).size).toBe(5_000)
    }),
  )
}
