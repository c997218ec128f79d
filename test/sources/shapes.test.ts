import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf, folderOf, read } from './reading.ts'
import { LISTS, pagesOf, smallAccount, smallAccountFacts, smallAccountText, withKeys } from './small-account.ts'
import { zipOf } from './zip-file.ts'

const DOCUMENTS = ['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']
const DATES = ['CreateDate', 'UpdateDate', 'LastUsedDate']

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le')
const utf16be = (text: string): Buffer => utf16le(text).swap16()
const compact = JSON.stringify(smallAccount)
const pages = pagesOf(smallAccount)

const encodeLikeAws = (value: unknown): string =>
  encodeURIComponent(JSON.stringify(value)).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
const seconds = (value: unknown): number => Date.parse(String(value)) / 1000

/** Rows with lower-case keys, as Java's SDK prints them; documents and tags stay. */
function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), DOCUMENTS.includes(key) ? member : lowerKeys(member)]),
  )
}

/** Each is the same export as somebody brings it. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, string | Uint8Array | object>>>> = {
  'as the CLI prints it': { 'export.json': smallAccountText },
  'under a name that says nothing': { 'data.txt': smallAccountText },
  'with a UTF-8 byte order mark': { 'export.json': `\uFEFF${smallAccountText}` },
  'in UTF-16 little endian with a mark, as PowerShell writes it': { 'export.json': utf16le(`\uFEFF${smallAccountText.replaceAll('\n', '\r\n')}`) },
  'in UTF-16 big endian with a mark': { 'export.json': utf16be(`\uFEFF${smallAccountText}`) },
  'in UTF-16 little endian without a mark': { 'export.json': utf16le(smallAccountText) },
  'in UTF-16 big endian without a mark': { 'export.json': utf16be(smallAccountText) },
  'as pages one after another, each with a mark': { 'export.json': pages.map((page) => `\uFEFF${JSON.stringify(page)}\r\n`).join('') },
  'on one line': { 'export.json': compact },
  'as a list of one': { 'export.json': [smallAccount] },
  'as pages in a list': { 'export.json': pages },
  'as pages on lines of their own': { 'export.json': pages.map((page) => JSON.stringify(page)).join('\n') },
  'as pages one after another': { 'export.json': pages.map((page) => JSON.stringify(page, null, 4)).join('') },
  'as lists of pages one after another': { 'export.json': JSON.stringify(pages.slice(0, 3)) + JSON.stringify(pages.slice(3)) },
  'as a file for each page': Object.fromEntries(pages.map((page, index) => [`${index}.json`, page])),
  'as pages in folders': { 'a/1.json': pages.slice(0, 2), 'b/c/2.json': pages.slice(2) },
  'with lists in another order': { 'export.json': Object.fromEntries([...LISTS].reverse().map((list) => [list, smallAccount[list]])) },
  twice: { 'one.json': smallAccountText, 'two.json': compact },
  'in an archive': { 'export.zip': zipOf({ 'inner/export.json': smallAccountText }) },
  'in an archive under another name': { 'export.dat': zipOf({ 'export.json': smallAccountText }) },
  'as pages in an archive and beside it': {
    'pages.zip': zipOf({ '1.json': pages.slice(0, 4), '__MACOSX/._1.json': 'x', '.DS_Store': 'y' }),
    'rest.json': pages.slice(4),
  },
  'with notes and hidden files beside it': { 'export.json': smallAccountText, 'README.md': '# notes', '.git/config': 'x', '.hidden.json': '{' },
  'with URL-encoded documents, as SDKs print them': { 'export.json': withKeys(DOCUMENTS, encodeLikeAws) },
  'with documents as JSON strings': { 'export.json': withKeys(DOCUMENTS, (value) => JSON.stringify(value)) },
  'with dates in UTC': { 'export.json': withKeys(DATES, (value) => String(value).replace('+00:00', 'Z')) },
  'with dates as Python prints them': { 'export.json': withKeys(DATES, (value) => String(value).replace('T', ' ')) },
  'with dates as Python prints them, to the microsecond': {
    'export.json': withKeys(DATES, (value) => String(value).replace('T', ' ').replace('+', '.000000+')),
  },
  'with dates in seconds': { 'export.json': withKeys(DATES, seconds) },
  'with dates in seconds and fractions': {
    'export.json': JSON.stringify(withKeys(DATES, seconds)).replaceAll(/("(?:CreateDate|UpdateDate|LastUsedDate)":\d+)/g, '$1.0'),
  },
  'with dates of another zone': {
    'export.json': withKeys(DATES, (value) => `${new Date(Date.parse(String(value)) + 7_200_000).toISOString().slice(0, 19)}+02:00`),
  },
  'with keys in lower case': { 'export.json': JSON.stringify(lowerKeys(smallAccount)) },
  'with null for what is empty': {
    'export.json': compact.replaceAll(/"(InstanceProfileList|RolePolicyList|GroupPolicyList|Roles)":\[\]/g, '"$1":null'),
  },
}

describe('the same facts are read from an export', () => {
  test.each(Object.entries(SHAPES))('%s', async (_shape, files) => {
    const facts = await read(await folderOf(files))
    expect(facts.findings).toEqual([])
    expect(factsOf(facts)).toEqual(smallAccountFacts)
  })

  test('from files, folders and archives named in any order', async () => {
    const folder = await folderOf({ 'a.json': pages.slice(0, 3), 'b/b.json': pages.slice(3, 5), 'c.zip': zipOf({ 'c.json': pages.slice(5) }) })
    const paths = [`${folder}/a.json`, `${folder}/b`, `${folder}/c.zip`]
    for (const order of [paths, [...paths].reverse(), [...paths, folder]]) {
      const facts = await read(...order)
      expect(facts.findings).toEqual([])
      expect(factsOf(facts)).toEqual(smallAccountFacts)
    }
  })

  test('however its rows are dealt out, repeated and shuffled over files', async () => {
    const dealt = fc
      .array(fc.array(fc.nat(pages.length - 1), { maxLength: 3 }), { maxLength: 4 })
      .chain((extra) => fc.shuffledSubarray([...pages.keys()], { minLength: pages.length }).map((order) => [...order, ...extra.flat()]))
    await fc.assert(
      fc.asyncProperty(dealt, fc.integer({ min: 1, max: 4 }), async (order, size) => {
        const files: Record<string, object> = {}
        for (let at = 0; at < order.length; at += size) files[`${at}.json`] = order.slice(at, at + size).map((index) => pages[index] ?? {})
        const facts = await read(await folderOf(files))
        expect(facts.findings).toEqual([])
        expect(factsOf(facts)).toEqual(smallAccountFacts)
      }),
      { numRuns: 25 },
    )
  })
})

test('every end of an edge is among the entities', async () => {
  const { entities, edges } = await read(await folderOf({ 'export.json': smallAccountText }))
  const ids = new Set(entities.map(({ label, id }) => `${label} ${id}`))
  expect(edges.flatMap(({ from, to }) => [from, to]).filter(({ label, id }) => !ids.has(`${label} ${id}`))).toEqual([])
})
