import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { entra } from '../../../src/sources/entra/index.ts'

test('docs/exports-entra.md names every kind, the command that prints it, and what it is recognised by', () => {
  const lines = readFileSync(new URL('../../../docs/exports-entra.md', import.meta.url), 'utf8').split('\n')
  const isTold = ({ id, command, knownBy }: (typeof entra.kinds)[number]): boolean =>
    lines.some(
      (line) =>
        line.includes(`\`${command}\``) &&
        (line.includes(`\`${id}\``) || id === 'entra/azurehound') &&
        knownBy.split(', ').every((key) => line.includes(key)),
    )
  expect(entra.kinds.length).toBeGreaterThan(20)
  expect(entra.kinds.filter((kind) => !isTold(kind)).map(({ id }) => id)).toEqual([])
})
