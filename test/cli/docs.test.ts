import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/api/limits.ts'
import { program } from '../../src/cli/program.ts'
import { ERRORS } from '../../src/domain/errors.ts'

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

const notAsked = () => Promise.reject(new Error('not asked for'))
const verbs = withSubcommands(program({ collectAws: notAsked, collectAzure: notAsked }))

describe('docs/cli.md', () => {
  it('names every verb and every option', () => {
    const text = page('cli')
    const words = verbs.flatMap((verb) => [verb.name(), ...verb.options.map((option) => option.long ?? '')])
    // `list` is what `snapshots` does by itself.
    const missing = [...new Set(words)].filter((word) => !text.includes(word) && !['list', '--version'].includes(word))
    expect(missing).toEqual([])
  })
})

describe('docs/configuration.md', () => {
  it('names every environment variable that an option reads', () => {
    const text = page('configuration')
    const variables = verbs.flatMap((verb) => verb.options.flatMap((option) => option.envVar ?? []))
    expect([...new Set(variables)].filter((name) => !text.includes(`\`${name}\``))).toEqual([])
    expect(variables).toContain('PERMISCOPE_DATA')
  })
})

describe('docs/api.md', () => {
  it('has every error with its status', () => {
    const rows = Object.entries(ERRORS).filter(([code, { status }]) => !page('api').includes(`| \`${code}\` | ${status} |`))
    expect(rows).toEqual([])
  })

  it('has the limits that hold', () => {
    const text = page('api')
    expect(text).toContain(`| rows of a page | ${LIMITS.pageSize} |`)
    expect(text).toContain(`| fields nested in fields | ${LIMITS.queryDepth} |`)
    expect(text).toContain(`| cost | ${LIMITS.queryCost.toLocaleString('en')} |`)
    expect(text).toContain(`| body | ${LIMITS.bodyBytes / 1024 ** 2} MiB |`)
    expect(text).toContain(`| time | ${LIMITS.requestMs / 1000} s |`)
  })
})
