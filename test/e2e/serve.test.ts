import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/api/limits.ts'
import * as documents from '../../src/cli/documents.ts'
import type { ServerProcess } from './support/cli.ts'
import { cli, startServerProcess } from './support/cli.ts'
import { exportFile, OBJECT, temporaryFolder } from './support/company.ts'
import { codeOf, graphql } from './support/graphql.ts'
import { rawRequest } from './support/raw-request.ts'

const { SHOW, ...others } = documents

describe('a server', () => {
  let data: string
  let server: ServerProcess

  beforeAll(async () => {
    data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    server = await startServerProcess(['serve', '--data', data])
  })
  afterAll(() => server.stop())

  it('is ready with the snapshot that it serves', async () => {
    const health = (await (await fetch(`${server.url}/healthz`)).json()) as object
    expect(health).toMatchObject({ status: 'ok', ready: true, snapshot: expect.stringMatching(/^\d{8}T/) as string })
  })

  it('answers queries by GET', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ search(text: "ana") { totalCount } }')}`)
    expect(await response.json()).toEqual({ data: { search: { totalCount: 1 } } })
  })

  it('refuses a page of more than 500', async () => {
    const result = await graphql(server.url, `{ search(text: "a", first: ${LIMITS.pageSize + 1}) { totalCount } }`)
    expect(codeOf(result)).toBe('LIMIT_EXCEEDED')
    expect(result.status).toBe(400)
    expect(codeOf(await graphql(server.url, `{ search(text: "a", first: ${LIMITS.pageSize}) { totalCount } }`))).toBeUndefined()
  })

  it('refuses queries nested too deeply, also through fragments', async () => {
    const nested = (depth: number): string => (depth === 0 ? 'id' : `memberOf { ${nested(depth - 1)} }`)
    expect(codeOf(await graphql(server.url, `{ principal(id: "ana") { ${nested(LIMITS.queryDepth)} } }`))).toBe('LIMIT_EXCEEDED')
    const fragments = `{ principal(id: "ana") { ...A } } fragment A on Principal { ${nested(LIMITS.queryDepth)} }`
    expect(codeOf(await graphql(server.url, fragments))).toBe('LIMIT_EXCEEDED')
  })

  it('refuses queries that would hold too much, whether by pages, lists or repetition', async () => {
    const wide = '{ search(text: "a", first: 500) { nodes { ... on Principal { members { members { members { id } } } } } } }'
    expect(codeOf(await graphql(server.url, wide))).toBe('LIMIT_EXCEEDED')
    const many = Array.from({ length: 600 }, (_, at) => `q${at}: whoCanReach(target: "${OBJECT}", first: 1) { totalCount }`).join(' ')
    expect(codeOf(await graphql(server.url, `{ ${many} }`))).toBe('LIMIT_EXCEEDED')
    const byVariable = await graphql(
      server.url,
      'query ($n: Int) { search(text: "a", first: $n) { nodes { ... on Principal { members { members { id } } grants { role { heldBy { members { id } } } } } } } }',
      { n: 500 },
    )
    expect(codeOf(byVariable)).toBe('LIMIT_EXCEEDED')
  })

  it.each(Object.entries({ ...others, ...SHOW }))('allows what the command line asks, on the largest page: %s', async (_, document) => {
    const text = { target: OBJECT, principal: 'bob', text: 'a', id: 'bob', action: 's3:GetObject' }
    const declared = Object.entries({ ...text, first: LIMITS.pageSize, document: {} }).filter(([name]) => document.includes(`$${name}:`))
    expect(codeOf(await graphql(server.url, document, Object.fromEntries(declared)))).not.toBe('LIMIT_EXCEEDED')
  })

  it('refuses bodies that are too large', async () => {
    const result = await graphql(server.url, '{ search(text: "a") { totalCount } }', { filler: 'x'.repeat(LIMITS.bodyBytes) })
    expect(codeOf(result)).toBe('LIMIT_EXCEEDED')
  })

  it('names faults of a question by their code', async () => {
    expect(codeOf(await graphql(server.url, '{ nothing }'))).toBe('BAD_USAGE')
    expect(codeOf(await graphql(server.url, '{ search(text: '))).toBe('BAD_USAGE')
    expect(codeOf(await graphql(server.url, 'query ($n: Int!) { search(text: "a", first: $n) { totalCount } }', { n: 'many' }))).toBe('BAD_USAGE')
    expect(
      codeOf(await graphql(server.url, `{ checkAccess(principal: "no such one", action: "s3:GetObject", target: "${OBJECT}") { effect } }`)),
    ).toMatch(/^(?:BAD_ID|NOT_FOUND)$/)
  })

  it('answers the introspection that GraphiQL asks', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    const { body } = await graphql(server.url, getIntrospectionQuery())
    expect(body.errors).toBeUndefined()
  })

  it('refuses other Host names, requests from other sites, and bodies that browsers send unasked', async () => {
    const { port } = new URL(server.url)
    const get = (headers: Readonly<Record<string, string>>) => rawRequest(server.url, 'GET', `/graphql?query={snapshots{id}}`, headers)
    expect(await get({ host: `localhost:${port}` })).toBe(200)
    expect(await get({ host: `attacker.example:${port}` })).toBe(400)
    expect(await get({ host: `127.0.0.1.attacker.example:${port}` })).toBe(400)
    expect(await get({ host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' })).toBe(400)
    expect(await get({ host: `localhost:${port}`, 'sec-fetch-site': 'same-origin', origin: `http://localhost:${port}` })).toBe(200)
    expect(await get({ host: `localhost:${port}`, origin: 'http://attacker.example' })).toBe(400)
    const body = JSON.stringify({ query: '{ snapshots { id } }' })
    expect(
      await rawRequest(server.url, 'POST', '/graphql', { host: `localhost:${port}`, 'content-type': 'text/plain' }, body),
    ).toBeGreaterThanOrEqual(400)
    expect(await rawRequest(server.url, 'POST', '/graphql', { host: `localhost:${port}`, 'content-type': 'application/json' }, body)).toBe(200)
  })

  it('lets no page of others read or frame it', async () => {
    const { headers } = await fetch(`${server.url}/graphiql`)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toMatch(/https?:/)
  })

  it('leads from / to GraphiQL, whose files come from itself', async () => {
    const page = await (await fetch(server.url)).text()
    expect(page).toContain('/graphiql/start.js')
    expect(page).not.toMatch(/https?:\/\//)
    const script = await fetch(`${server.url}/graphiql/files/ruru.js`)
    expect(script.status).toBe(200)
    expect((await fetch(`${server.url}/graphiql/files/../../package.json`)).status).toBe(404)
  })
})

describe('serve', () => {
  it('ends cleanly on SIGTERM and on Ctrl-C', async () => {
    const data = await temporaryFolder()
    await cli(['ingest', await exportFile(), '--data', data])
    expect(await (await startServerProcess(['serve', '--data', data])).stop('SIGTERM')).toBe(0)
    expect(await (await startServerProcess(['serve', '--data', data])).stop('SIGINT')).toBe(0)
  })

  it('refuses an address that others can reach, unless it is inside a container', async () => {
    const data = await temporaryFolder()
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.com']) {
      const { code, stderr } = await cli(['serve', '--data', data, '--host', host, '--port', '0'])
      expect(code).toBe(2)
      expect(stderr).toContain('no authentication')
    }
    const contained = await startServerProcess(['serve', '--data', data, '--host', '0.0.0.0'], { PERMISCOPE_CONTAINER: '1' })
    expect((await fetch(`${contained.url}/healthz`)).status).toBe(200)
    expect(await contained.stop()).toBe(0)
  })

  it('serves an empty store, says so, and answers as soon as something is ingested', async () => {
    const data = await temporaryFolder()
    const server = await startServerProcess(['serve', '--data', data])
    const ask = () => graphql(server.url, '{ search(text: "ana") { totalCount } }')
    expect(codeOf(await ask())).toBe('NO_SNAPSHOT')
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok', ready: false, snapshot: null })
    await cli(['ingest', await exportFile(), '--data', data])
    const deadline = Date.now() + 20_000
    while (Date.now() < deadline && codeOf(await ask()) === 'NO_SNAPSHOT') await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await ask()).body).toEqual({ data: { search: { totalCount: 1 } } })
    await server.stop()
  })

  it('says which port is taken', async () => {
    const data = await temporaryFolder()
    const server = await startServerProcess(['serve', '--data', data])
    const { code, stderr } = await cli(['serve', '--data', data, '--port', new URL(server.url).port])
    expect(code).toBe(2)
    expect(stderr).toContain('is taken')
    await server.stop()
  })
})
