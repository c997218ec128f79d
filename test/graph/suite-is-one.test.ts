import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const CASES = readdirSync('test/conformance/cases').map((name) => join('test/conformance/cases', name))
const SUITE = ['test/conformance/suite.ts', 'test/conformance/world.ts', 'test/conformance/generated.ts', ...CASES]

test.each(SUITE.map((file) => ({ file })))('$file skips nothing and knows no store', ({ file }) => {
  const text = readFileSync(file, 'utf8')
  expect(text).not.toMatch(/\.(?:skip|skipIf|runIf|todo|only|fails)\b/)
  expect(text).not.toMatch(/embedded|neo4j|ladybug|store\.(?:kind|location)|process\.env/i)
})

test('both stores run the whole suite, and nothing else is in their files', () => {
  for (const store of ['embedded', 'neo4j']) {
    const text = readFileSync(`test/conformance/${store}.test.ts`, 'utf8')
    expect(text.match(/\bstoreSuite\(/g)).toHaveLength(1)
    expect(text).not.toMatch(/\b(?:test|it)\(/)
  }
})
