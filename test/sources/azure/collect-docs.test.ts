import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ARM_CALLS } from '../../../src/sources/azure/collect/calls.ts'
import { GRAPH_CALLS } from '../../../src/sources/entra/collect/calls.ts'
import type { Call } from '../../../src/sources/microsoft/collect/call.ts'
import { withAz } from '../../azure/az-on-path.ts'
import type { Asked } from '../../azure/loopback-server.ts'
import { SECRET, SYNCED, TENANT } from '../../azure/tenant-ids.ts'
import { collect, filesOf, manifestOf, newFolder, serve } from './collecting.ts'

const file = new URL('../../../docs/collect-azure.md', import.meta.url)
const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- /${name} -->)`)

const asks = ({ method, path, query = {} }: Call): string => {
  const filters = Object.entries(query).filter(([name]) => name === '$filter')
  return `${method ?? 'GET'} ${path}${filters.map(([name, value]) => `?${name}=${value}`).join('')}`
}

function callTable(): string {
  const row = (call: Call): string =>
    `| \`${call.kind}\` | \`${asks(call)}\` | ${call.needs.map((need) => `\`${need}\``).join(' or ')} | ${call.gains} |`
  return ['| answer | asked | needs | what is known by it |', '|---|---|---|---|', ...[...ARM_CALLS, ...GRAPH_CALLS].map(row)].join('\n')
}

function permissions(): string {
  const needed = [...new Set(GRAPH_CALLS.map(({ needs }) => needs[0] ?? ''))].sort()
  return needed.map((name) => `\`${name}\``).join(', ')
}

// UPDATE_DOCS=1 writes the sections anew after the tables have changed.
if (process.env['UPDATE_DOCS'] === '1') {
  const sections = { permissions: `\n${permissions()}\n\n`, calls: `\n${callTable()}\n\n` }
  const updated = Object.entries(sections).reduce(
    (text, [name, content]) => text.replace(section(name), (_all, before: string, _old, after: string) => `${before}${content}${after}`),
    readFileSync(file, 'utf8'),
  )
  writeFileSync(file, updated)
}
const page = readFileSync(file, 'utf8')
const written = (name: string): string => section(name).exec(page)?.[2]?.trim() ?? ''
/** A formatter may pad tables. */
const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')

/** What the page says is asked, as patterns. */
const documented = [...written('calls').matchAll(/\| `(GET|POST) ([^`?]+)[^`]*` \|/g)].map(([, method = '', path = '']) => ({
  method,
  path: new RegExp(
    `^${path
      .replaceAll(/[.$()]/g, String.raw`\$&`)
      .replaceAll(/\{(?:scope|subject)\}/g, '.+')
      .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  ),
}))

const isDocumented = (asked: Asked): boolean => documented.some(({ method, path }) => method === asked.method && path.test(asked.path))

describe('docs/collect-azure.md', () => {
  test('lists every call with what it needs and what is known by it', () => {
    expect(squeezed(written('calls'))).toBe(squeezed(callTable()))
  })

  test('has exactly the permissions of Microsoft Graph that are needed', () => {
    expect(written('permissions').replaceAll(/\s+/g, ' ')).toBe(permissions())
  })

  test('has all calls that are made: none that writes, and one question that is sent as a POST', async () => {
    const server = await serve()
    await collect(server, await newFolder())
    expect(server.asked.filter((asked) => !isDocumented(asked)).map(({ method, path }) => `${method} ${path}`)).toEqual([])
    expect([...new Set(server.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`))]).toEqual([
      'POST /providers/Microsoft.ResourceGraph/resources',
    ])
    expect(documented.filter(({ method, path }) => !server.asked.some((asked) => asked.method === method && path.test(asked.path)))).toEqual([])
  })
})

describe('the recipe', () => {
  const script = /```bash\n([^]*?)```/.exec(page)?.[1] ?? ''

  async function byHand(endpoint: string, out: string): Promise<void> {
    const recipe = join(out, '..', 'collect.sh')
    writeFileSync(recipe, script)
    await promisify(execFile)('bash', [recipe, out], { env: await withAz({ AZ_ENDPOINT: endpoint, AZ_TENANT: TENANT }) })
  }

  /** By place, whichever characters of it are encoded; the addresses of next pages are the server's. */
  const answersIn = async (out: string): Promise<Readonly<Record<string, unknown>>> =>
    Object.fromEntries(
      Object.entries(await filesOf(out))
        .filter(([path]) => path.startsWith(TENANT))
        .map(([path, text]) => [
          decodeURIComponent(path).replace(/\.\d{4}\.json$|\.json$/, (end) => (end === '.json' ? '.0001.json' : end)),
          JSON.parse(text, (key, value: unknown) => (key.endsWith('nextLink') ? null : value)) as unknown,
        ]),
    )

  const isRefused = ([, answer]: readonly [string, unknown]): boolean => typeof answer === 'object' && answer !== null && 'Error' in answer

  test('writes what the collection writes, without secrets, and in the place of what is refused the error', async () => {
    const server = await serve(({ path }) => (path.endsWith(`${SYNCED}/members`) ? { status: 403, code: 'Authorization_RequestDenied' } : undefined))
    const [live, recipe] = [await newFolder(), await newFolder()]
    await collect(server, live)
    await byHand(server.endpoint, recipe)
    const answers = Object.entries(await answersIn(recipe))
    expect(Object.fromEntries(answers.filter((each) => !isRefused(each)))).toEqual(await answersIn(live))
    const { missing, absent } = await manifestOf(live)
    const codes = [...missing, ...absent].map(({ code }) => code)
    expect(
      answers
        .filter(isRefused)
        .map(([, answer]) => (answer as { readonly Error: { readonly Code: string } }).Error.Code)
        .sort(),
    ).toEqual(codes.sort())
    expect(codes).toHaveLength(3)
    const files = await filesOf(recipe)
    expect(Object.entries(files).filter(([path, text]) => text.includes(SECRET) || !path.endsWith('.json'))).toEqual([])
  }, 120_000)
})
