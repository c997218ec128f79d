import neo4j from 'neo4j-driver'
import { describe } from 'vitest'
import { openStore } from '../../src/graph/index.ts'
import { turnAt } from '../neo4j/turn.ts'
import { storeSuite } from './suite.ts'

const { PERMISCOPE_TEST_NEO4J: url, NEO4J_USERNAME: username = '', NEO4J_PASSWORD: password = '' } = process.env

if (url === undefined) console.info('Neo4j is not tested here. To test it, with Java 17 and Maven, without Docker: test/neo4j/run.sh npm test')

describe.runIf(url !== undefined)('with a Neo4j server', () => {
  storeSuite('Neo4j', async () => {
    const server = url ?? ''
    const endTurn = await turnAt(server)
    const driver = neo4j.driver(server, neo4j.auth.basic(username, password))
    const empty = async (): Promise<void> => {
      const session = driver.session()
      await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS')
      await session.close()
    }
    const dispose = async (): Promise<void> => {
      await driver.close()
      await endTurn()
    }
    return { open: () => openStore({ url: server }), empty, dispose }
  })
})
