import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LABELS } from '../../src/domain/vocabulary.ts'
import { READ_STATEMENTS, statement, STORE_STATEMENTS } from '../../src/graph/statements.ts'

/** What keeps Cypher and TypeScript from drifting apart: every file is named once, with the parameters that it takes, and used. */

const read = Object.keys(READ_STATEMENTS).map((name) => `read/${name}`)
const named = [...STORE_STATEMENTS, ...read].toSorted()
const files = filesIn('cypher').map((path) => path.slice('cypher/'.length))
const source = textOf(filesIn('src').filter((path) => !path.endsWith('graph/statements.ts')))
const suite = textOf(filesIn('test/conformance'))

test('every file under cypher/ that the stores own is named, and every name has its file', () => {
  expect(files.filter((file) => /^(?:schema|load|stream|read)\//.test(file)).toSorted()).toEqual(named.map((name) => `${name}.cypher`).toSorted())
})

test('names are named once', () => {
  expect(new Set(named).size).toBe(named.length)
})

test.each(STORE_STATEMENTS.map((name) => ({ name })))('a store runs $name', ({ name }) => {
  expect(source).toContain(`'${name}'`)
})

test.each(Object.keys(READ_STATEMENTS).map((name) => ({ name })))('the suite runs $name on both stores', ({ name }) => {
  expect(suite).toContain(`'${name}'`)
})

describe.each(named.map((name) => ({ name })))('$name', ({ name }) => {
  const text = readFileSync(join('cypher', `${name}.cypher`), 'utf8')

  test('starts with a comment that says what it does, and is one statement', () => {
    expect(text).toMatch(/^\/\/ [A-Z]/)
    expect(text.split('\n').filter((line) => line.trim().endsWith(';'))).toEqual([])
  })

  test('lists in its header what it takes', () => {
    const header = text.split('\n').filter((line) => line.startsWith('//'))
    const body = text.slice(header.join('\n').length)
    const taken = [...body.matchAll(/\$(\w+)|__([A-Z]+)__/g)].map(([, parameter, part]) => parameter ?? part ?? '')
    for (const word of taken) expect(header.join(' ')).toMatch(new RegExp(`\\b${word}\\b`))
  })
})

test.each(Object.entries(READ_STATEMENTS).map(([name, parameters]) => ({ name, parameters })))(
  '$name declares the parameters that it takes',
  ({ name, parameters }) => {
    const text = readFileSync(join('cypher/read', `${name}.cypher`), 'utf8')
    expect(new Set([...text.matchAll(/\$(\w+)/g)].map(([, parameter]) => parameter))).toEqual(new Set(['snapshot', ...Object.keys(parameters)]))
  },
)

test('counting by kind leaves no label out', () => {
  const text = statement('read/entities-by-kind')
  expect(LABELS.filter((label) => !text.includes(`(n:${label} `))).toEqual([])
})

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function textOf(paths: readonly string[]): string {
  return paths.map((path) => readFileSync(path, 'utf8')).join('\n')
}
