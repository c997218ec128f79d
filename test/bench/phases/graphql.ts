import { startServer } from '../../../src/api/server.ts'
import type { GraphStore } from '../../../src/graph/store.ts'
import { timeEach, type Distribution } from '../statistics.ts'
import type { BenchQuestion } from '../world/questions.ts'

const QUERY = `query ($target: ID!, $actions: [String!], $account: ID) {
  whoCanReach(target: $target, actions: $actions, account: $account, first: 50) {
    totalCount
    edges { node { principal { id kind name } certainty via actions levels conditions } }
    pageInfo { hasNextPage endCursor }
  }
}`

/** The first page of who-can over HTTP on the loopback interface, one question at a time. */
export async function measureGraphql(store: GraphStore, questions: readonly BenchQuestion[], warmUp: number): Promise<Distribution> {
  const server = await startServer({ store, host: '127.0.0.1', port: 0, environment: {} })
  try {
    const url = new URL('graphql', server.url)
    return await timeEach(questions, warmUp, ({ target, action, account }) => ask(url, { target, actions: [action], account: account.id }))
  } finally {
    await server.close()
  }
}

async function ask(url: URL, variables: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables }),
  })
  const text = await response.text()
  if (!response.ok || text.includes('"errors"')) throw new Error(`The API answered ${response.status}: ${text.slice(0, 500)}`)
}
