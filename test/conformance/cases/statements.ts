import { expect, test } from 'vitest'
import type { OnEmptyStore } from '../suite.ts'
import * as small from '../world.ts'
import { draftOf, edge, entity, world } from '../world.ts'

export function statementCases(onEmptyStore: OnEmptyStore): void {
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
