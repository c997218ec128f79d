import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CALLS, SERVICES } from '../../../../src/sources/aws/collect/calls/index.ts'
import { callTable, policy } from './page.ts'

const file = new URL('../../../../docs/collect-aws.md', import.meta.url)
const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- /${name} -->)`)

// UPDATE_DOCS=1 writes the sections anew after the tables have changed.
const sections = { policy: `\n\`\`\`json\n${policy()}\n\`\`\`\n\n`, calls: `\n${callTable()}\n\n` }
if (process.env['UPDATE_DOCS'] === '1') {
  const updated = Object.entries(sections).reduce(
    (text, [name, content]) => text.replace(section(name), `$1${content.replaceAll('$', '$$$$')}$3`),
    readFileSync(file, 'utf8'),
  )
  writeFileSync(file, updated)
}
const page = readFileSync(file, 'utf8')
const recipe = /```bash\n([^]*?)```/.exec(page)?.[1] ?? ''
const written = (name: string): string => section(name).exec(page)?.[2]?.trim() ?? ''
/** A formatter may pad tables. */
const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')

describe('docs/collect-aws.md', () => {
  test('has the policy of exactly the calls that are made', () => {
    const json = /```json\n([^]*?)```/.exec(written('policy'))?.[1] ?? 'null'
    expect(JSON.parse(json)).toEqual(JSON.parse(policy()))
  })

  test('has a policy that AWS takes as one: at most 6,144 characters without white space', () => {
    expect(policy().replaceAll(/\s/g, '').length).toBeLessThanOrEqual(6144)
  })

  test('lists every service with its calls and what is known by them', () => {
    expect(squeezed(written('calls'))).toBe(squeezed(callTable()))
  })

  test('has a recipe that makes every call but those that are asked for', () => {
    const missing = CALLS.filter(({ call }) => call.optIn === undefined).filter(({ kind }) => {
      const [, service = '', operation = ''] = kind.split('/')
      return !(recipe.includes(`ask ${service} `) && new RegExp(`(?<![a-z-])${operation}(?![a-z-])`).test(recipe))
    })
    expect(missing.map(({ kind }) => kind)).toEqual([])
    expect(SERVICES.length).toBeGreaterThan(30)
  })

  test('has a recipe that drops what the collection drops', () => {
    const names = CALLS.filter(({ call }) => call.optIn === undefined).flatMap(({ call }) =>
      (call.drops ?? []).map(
        (drop) =>
          drop
            .split('.')
            .filter((part) => part !== '*')
            .at(-1) ?? '',
      ),
    )
    const filter = /without_secrets='([^]*?)\)'\n/.exec(recipe)?.[1] ?? ''
    // Values of `{name, value}`.
    expect([...new Set(names)].filter((name) => name !== 'value' && !filter.includes(`"${name}"`))).toEqual([])
    expect(filter).toContain('has("name") and has("value")')
  })
})
