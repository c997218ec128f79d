import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FINDING_CODES } from '../../src/domain/errors.ts'
import { aws } from '../../src/sources/aws/index.ts'

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

test('docs/findings.md has exactly the codes that a finding can have, each with its severity', () => {
  const described = [...page('findings.md').matchAll(/^## (\w+)\n\n(Refused|Warning)\./gm)].map(([, code, severity]) => [
    code,
    severity?.toLowerCase(),
  ])
  expect(Object.fromEntries(described)).toEqual(FINDING_CODES)
})

test('docs/exports.md and docs/exports-aws.md name the command of every kind of export', () => {
  const text = `${page('exports.md')}${page('exports-aws.md')}`
  const commands = aws.kinds.map(({ command }) => command).filter((command) => command.startsWith('aws '))
  expect(commands.length).toBeGreaterThan(2)
  expect(commands.filter((command) => !text.includes(`\`${command}\``))).toEqual([])
})
