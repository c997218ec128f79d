import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import neo4j from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/graph/index.ts'
import { turnAt } from '../neo4j/turn.ts'
import type { Moment } from './killed.ts'
import { expectWhole, publishUntilKilled } from './killed.ts'

/** Invariant 6 of the design: a crash at any moment leaves the last published snapshot served. */

const { PERMISCOPE_TEST_NEO4J: url, NEO4J_USERNAME: username = '', NEO4J_PASSWORD: password = '' } = process.env
const KILLS = { embedded: 20, neo4j: 12 }

test(
  'a publisher that is killed at any moment leaves the last published snapshot whole in the embedded store, and no lock that stops the next',
  { timeout: 180_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'permiscope-killed-'))
    const published: string[] = []
    for (let kill = 0; kill < KILLS.embedded; kill++) {
      published.push(...(await publishUntilKilled('data', folder, moment(kill))))
      const store = await openStore({ data: folder })
      await expectWhole(store, published)
      await store.close()
    }
    await age(folder)
    const store = await openStore({ data: folder })
    const { id } = await store.publish({ coverage: [], entities: [], edges: [], findings: [] })
    await store.prune(1)
    expect(await readdir(join(folder, 'snapshots'))).toEqual([`${id}.lbug`])
    expect(await readdir(folder)).toEqual(['published.json', 'snapshots'])
    await store.close()
    await rm(folder, { recursive: true })
  },
)

describe.runIf(url !== undefined)('with a Neo4j server', () => {
  const place = url ?? ''
  let endTurn: (() => Promise<void>) | undefined
  beforeAll(async () => {
    endTurn = await turnAt(place)
  })
  afterAll(() => endTurn?.())

  test('what a writer left that was killed between the index of a constraint and the constraint stops nobody', { timeout: 120_000 }, async () => {
    const driver = neo4j.driver(place, neo4j.auth.basic(username, password))
    await driver.executeQuery('DROP CONSTRAINT permiscope_entity IF EXISTS')
    await driver.executeQuery('CREATE INDEX permiscope_entity FOR (n:Entity) ON (n.snapshot, n.id)')
    const store = await openStore({ url: place })
    const { id } = await store.publish({ coverage: [], entities: [], edges: [], findings: [] })
    expect(await store.current()).toBe(id)
    await store.close()
    const { records } = await driver.executeQuery("SHOW CONSTRAINTS YIELD name WHERE name = 'permiscope_entity' RETURN name")
    expect(records).toHaveLength(1)
    await driver.close()
  })

  test(
    'a publisher that is killed at any moment leaves the last published snapshot whole in Neo4j, and no lock that stops the next',
    { timeout: 180_000 },
    async () => {
      const driver = neo4j.driver(place, neo4j.auth.basic(username, password))
      await driver.executeQuery('MATCH (n) DETACH DELETE n')
      const published: string[] = []
      for (let kill = 0; kill < KILLS.neo4j; kill++) {
        published.push(...(await publishUntilKilled('url', place, moment(kill))))
        const store = await openStore({ url: place })
        await expectWhole(store, published)
        await store.close()
      }
      const store = await openStore({ url: place })
      const { id } = await store.publish({ coverage: [], entities: [], edges: [], findings: [] })
      await store.prune(1)
      await store.close()
      const { records } = await driver.executeQuery('MATCH (n) RETURN labels(n) AS labels, n.id AS id')
      expect(records.map((record) => record.get('id')).filter((found) => found !== null)).toEqual([id])
      expect(records).toHaveLength(2)
      await driver.close()
    },
  )
})

/** While the first, second or third snapshot is written (the third is followed by a prune), at a moment that differs each time. */
function moment(kill: number): Moment {
  return { published: kill % 4, millisecondsLater: Math.random() * 200 }
}

/** As if the last kill were an hour ago: a file without content tells nothing of who left it but its age. */
async function age(folder: string): Promise<void> {
  const then = new Date(Date.now() - 3_600_000)
  for (const name of await readdir(folder)) await utimes(join(folder, name), then, then)
}
