import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { azure } from '../../../src/sources/azure/index.ts'

test('docs/exports-azure.md names the command and the id of every kind of export', () => {
  const text = readFileSync(new URL('../../../docs/exports-azure.md', import.meta.url), 'utf8')
  expect(azure.kinds.length).toBeGreaterThan(10)
  expect(azure.kinds.filter(({ command }) => !text.includes(`\`${command}\``))).toEqual([])
  const ids = azure.kinds.map(({ id }) => id).filter((id) => id.startsWith('azure/arm/'))
  expect(ids.filter((id) => !text.includes(`\`${id}\``))).toEqual([])
})
