import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PermiscopeError } from '../../src/domain/errors.ts'
import type { EntityFact } from '../../src/domain/facts.ts'
import type { GraphStore } from '../../src/graph/store.ts'
import { snapshotDraft } from './generated.ts'
import * as small from './world.ts'
import { collected, draftOf, edge, entity, sorted, world } from './world.ts'

/** What every store must do. It knows nothing of any store, and no case may be left out for one: test/graph/suite-is-one.test.ts. */

export interface StoreUnderTest {
  /** Opens another handle on the same, initially empty, store. */
  readonly open: () => Promise<GraphStore>
  /** Removes everything, so that the next `open` is an empty store. */
  readonly empty: () => Promise<void>
  readonly dispose: () => Promise<void>
}

export function storeSuite(name: string, prepare: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let place: StoreUnderTest
    beforeAll(async () => {
      place = await prepare()
    })
    afterAll(() => place.dispose())

    const onEmptyStore = (work: (store: GraphStore, another: () => Promise<GraphStore>) => Promise<void>) => async () => {
      await place.empty()
      const opened: GraphStore[] = []
      const open = async (): Promise<GraphStore> => {
        const store = await place.open()
        opened.push(store)
        return store
      }
      try {
        await work(await open(), open)
      } finally {
        for (const store of opened) await store.close()
      }
    }

    publishing(onEmptyStore)
    reading(onEmptyStore)
    statements(onEmptyStore)
    refusals(onEmptyStore)
    pruning(onEmptyStore)
  })
}

type OnEmptyStore = (work: (store: GraphStore, another: () => Promise<GraphStore>) => Promise<void>) => () => Promise<void>

function publishing(onEmptyStore: OnEmptyStore): void {
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
      const seen: (string | null)[] = []
      const poll = async (): Promise<void> => {
        seen.push(await reader.current())
      }
      const many = Array.from({ length: 3_000 }, (_, index) => entity('Resource', 'AWS::S3::Bucket', `arn:aws:s3:::b${index}`))
      let done = false
      const publishing = store.publish(draftOf(many)).finally(() => {
        done = true
      })
      while (!done) await poll()
      const latest = await publishing
      expect(new Set(seen.filter((id) => id !== former.id && id !== latest.id))).toEqual(new Set())
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

function reading(onEmptyStore: OnEmptyStore): void {
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
      await fc.assert(roundTrip, { numRuns: 40 })
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
      expect(edges.map(({ coverage }) => coverage[0]).toSorted()).toEqual(['aws:iam:111122223333', 'aws:other'])
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

function statements(onEmptyStore: OnEmptyStore): void {
  test(
    'who holds a role is found directly and through nested groups',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      const rows = await store.run(id, 'principals-holding-role', { roleId: small.readBuckets.id })
      expect(rows).toEqual([
        { principal: small.developers.id, kind: 'AwsGroup', holder: small.everybody.id },
        { principal: small.everybody.id, kind: 'AwsGroup', holder: small.everybody.id },
        { principal: small.ana.id, kind: 'AwsUser', holder: small.everybody.id },
        { principal: small.ben.id, kind: 'AwsUser', holder: small.ben.id },
      ])
    }),
  )

  test(
    'members of a group include those of its groups, also where groups form a ring',
    onEmptyStore(async (store) => {
      const ring = [...world.edges, edge('MEMBER_OF', small.everybody, small.developers)]
      const { id } = await store.publish({ ...world, edges: ring })
      const rows = await store.run(id, 'members-of-group', { groupId: small.everybody.id })
      expect(rows.map(({ principal }) => principal)).toEqual([small.developers.id, small.everybody.id, small.ana.id])
    }),
  )

  test(
    'what a principal was granted is found directly and through nested groups',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      const rows = await store.run(id, 'grants-of-principal', { principalId: small.ana.id })
      const row = { holder: small.everybody.id, grant: small.grantToEverybody.id, role: small.readBuckets.id, roleName: 'read-buckets' }
      expect(rows).toEqual([row])
    }),
  )

  test(
    'entities are counted by kind, as numbers',
    onEmptyStore(async (store) => {
      const { id } = await store.publish(world)
      const rows = await store.run(id, 'entities-by-kind')
      expect(rows).toContainEqual({ label: 'Principal', kind: 'AwsUser', entities: 2 })
      expect(rows.reduce((sum, { entities }) => sum + Number(entities), 0)).toBe(9)
    }),
  )

  test(
    'a statement sees only the snapshot that it is asked of',
    onEmptyStore(async (store) => {
      const former = await store.publish(world)
      const latest = await store.publish(draftOf([small.ana, small.readBuckets]))
      expect(await store.run(latest.id, 'principals-holding-role', { roleId: small.readBuckets.id })).toEqual([])
      expect(await store.run(former.id, 'principals-holding-role', { roleId: small.readBuckets.id })).toHaveLength(4)
    }),
  )

  test(
    'ids with quotes and halves of surrogate pairs work as parameters and come back in results',
    onEmptyStore(async (store) => {
      const odd = entity('Principal', 'AwsUser', `it's "odd"\uD800 \\ \u0000`)
      const { id } = await store.publish(draftOf([odd, small.developers], [edge('MEMBER_OF', odd, small.developers)]))
      const rows = await store.run(id, 'members-of-group', { groupId: small.developers.id })
      expect(rows).toEqual([{ principal: odd.id, kind: 'AwsUser', name: odd.name }])
    }),
  )
}

function refusals(onEmptyStore: OnEmptyStore): void {
  const code = (expected: PermiscopeError['code']): unknown => expect.objectContaining({ code: expected })

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
      const breaking = function* (): Generator<EntityFact> {
        yield small.ana
        throw new Error('the export ended')
      }
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

function pruning(onEmptyStore: OnEmptyStore): void {
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
      const failure = await rest().catch((error: unknown) => error)
      if (failure === undefined) expect(count).toBe(20_000)
      else expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    }),
  )
}
