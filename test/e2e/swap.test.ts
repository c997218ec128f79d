import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userArn } from '../support/account.ts'
import type { ServerProcess } from './support/cli.ts'
import { cli, startServerProcess } from './support/cli.ts'
import { COMPANY, exportFile, OBJECT, temporaryFolder } from './support/company.ts'
import { graphql } from './support/graphql.ts'
import { jsonOf } from './support/json-of.ts'

const QUERY = `query ($target: ID!) { whoCanReach(target: $target, actions: ["s3:GetObject"], via: [DIRECT, GROUP]) { nodes { principal { id } } } }`

const zoe = userArn('zoe')

describe('a server while another process ingests into its store', () => {
  let data: string
  let server: ServerProcess

  beforeAll(async () => {
    data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    server = await startServerProcess(['serve', '--data', data])
  })
  afterAll(() => server.stop())

  it('fails no request, and goes over to the new snapshot by itself', async () => {
    const seen: string[][] = []
    const failures: unknown[] = []
    let ingested = false
    const ask = async (): Promise<void> => {
      const { status, body } = await graphql(server.url, QUERY, { target: OBJECT })
      if (status !== 200 || body.errors !== undefined) failures.push(body)
      const { nodes } = (body.data as { whoCanReach: { nodes: { principal: { id: string } }[] } }).whoCanReach
      seen.push(nodes.map(({ principal }) => principal.id))
    }
    const newer = await exportFile({ ...COMPANY, users: { ...COMPANY.users, zoe: { groups: ['readers'] } } })
    const ingesting = cli(['ingest', newer, '--data', data]).then((result) => {
      ingested = true
      return result
    })
    const deadline = Date.now() + 40_000
    while (Date.now() < deadline && !(ingested && seen.at(-1)?.includes(zoe) === true)) await ask()

    expect((await ingesting).code).toBe(0)
    expect(failures).toEqual([])
    expect(seen[0]).not.toContain(zoe)
    expect(seen.at(-1)).toContain(zoe)
    // Once it answers from the new snapshot it never goes back.
    const firstNew = seen.findIndex((ids) => ids.includes(zoe))
    expect(seen.slice(firstNew).every((ids) => ids.includes(zoe))).toBe(true)
    const health = (await (await fetch(`${server.url}/healthz`)).json()) as { snapshot: string }
    const { stdout } = await cli(['snapshots', '--data', data, '--output', 'json'])
    const snapshots = jsonOf<{ id: string; current: boolean }[]>(stdout)
    expect(snapshots.map(({ current }) => current)).toEqual([true, false])
    expect(health.snapshot).toBe(snapshots[0]?.id)
  })
})
