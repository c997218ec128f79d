import { describe, expect, it } from 'vitest'
import { userArn } from '../support/account.ts'
import type { ServerProcess } from './support/cli.ts'
import { cli, startServerProcess } from './support/cli.ts'
import { COMPANY, exportFile, temporaryFolder } from './support/company.ts'
import { graphql } from './support/graphql.ts'
import { jsonOf } from './support/json-of.ts'

const snapshotOf = async ({ url }: ServerProcess): Promise<string> =>
  ((await (await fetch(`${url}/healthz`)).json()) as { snapshot: string }).snapshot

describe('start', () => {
  it('loads the named exports, prints questions that can be pasted, and starts the second time from what is stored', async () => {
    const data = await temporaryFolder()
    const exported = await exportFile()
    const first = await startServerProcess(['start', exported, '--data', data])
    const snapshot = await snapshotOf(first)
    const queries = [...first.stderr().matchAll(/GraphQL {2}(\{.*\})/g)].map((match) => match[1] ?? '')
    expect(queries).toHaveLength(3)
    for (const query of queries) expect((await graphql(first.url, query)).body.errors).toBeUndefined()
    expect(first.stderr().match(/npx permiscope (?:who-can|what-can|check) /g)).toHaveLength(3)
    expect(await first.stop()).toBe(0)

    const second = await startServerProcess(['start', exported, '--data', data])
    expect(await snapshotOf(second)).toBe(snapshot)
    expect(second.stderr()).toContain('unchanged')
    await second.stop()
  })

  it('loads exports that have changed since, in the place of the former', async () => {
    const data = await temporaryFolder()
    await (await startServerProcess(['start', await exportFile(), '--data', data])).stop()
    const changed = await exportFile({ account: '444455556666', users: { zoe: {} }, roles: COMPANY.roles ?? {} })
    const server = await startServerProcess(['start', changed, '--data', data])
    const { body } = await graphql(server.url, '{ ana: search(text: "ana") { totalCount } zoe: search(text: "zoe") { nodes { id } } }')
    expect(body.data).toEqual({ ana: { totalCount: 0 }, zoe: { nodes: [{ id: userArn('zoe', '444455556666') }] } })
    await server.stop()
  })

  it('without a path loads the bundled demo into an empty store, and answers its three questions there and on the command line', async () => {
    const data = await temporaryFolder()
    const server = await startServerProcess(['start', '--data', data])
    await snapshotOf(server)
    const commands = [...server.stderr().matchAll(/npx permiscope (.*)/g)].map((match) => (match[1] ?? '').split(' '))
    const answers = await Promise.all(commands.map((command) => cli(command)))
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(server.stderr()).not.toContain('refused: ')
    await server.stop()
    const again = await startServerProcess(['start', '--data', data])
    await snapshotOf(again)
    expect(again.stderr()).toContain('unchanged')
    await again.stop()
  })

  it('without a path leaves alone what people have ingested', async () => {
    const data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    const server = await startServerProcess(['start', '--data', data])
    expect((await graphql(server.url, '{ search(text: "ana") { totalCount } }')).body.data).toEqual({ search: { totalCount: 1 } })
    await server.stop()
    expect(jsonOf<object[]>((await cli(['snapshots', '--data', data, '--output', 'json'])).stdout).length).toBe(1)
  })

  it('ends with 2 where nothing of what was named can be loaded', async () => {
    const { code, stderr } = await cli(['start', '/nonexistent/exports', '--data', await temporaryFolder(), '--port', '0'])
    expect(code).toBe(2)
    expect(stderr).toContain('/nonexistent/exports')
  })
})
