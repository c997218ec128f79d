import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, isEnumType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { LAYERS } from '../../src/domain/decision.ts'
import { ACCESS_LEVELS, CERTAINTIES, EDGE_ENDS, FACT_EDGES, KINDS, LABELS, NATURES, PROVIDERS, REACH_VIA } from '../../src/domain/vocabulary.ts'
import { EVIDENCE_RELATIONS } from '../../src/operations/answers.ts'

const root = join(import.meta.dirname, '../..')
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'))

function enumValues(name: string): string[] {
  const type = schema.getType(name)
  return isEnumType(type) ? type.getValues().map((value) => value.name) : []
}

describe('the vocabulary', () => {
  it.each([
    ['Provider', PROVIDERS],
    ['AccessLevel', ACCESS_LEVELS],
    ['Certainty', CERTAINTIES],
    ['ReachVia', REACH_VIA],
    ['Nature', NATURES],
    ['Layer', LAYERS],
    ['EvidenceRelation', EVIDENCE_RELATIONS],
  ])('is the same in the schema: %s', (name, words) => {
    expect(enumValues(name)).toEqual([...words])
  })

  it('has a GraphQL type for every label', () => {
    for (const label of LABELS) expect(schema.getType(label)?.toString(), label).toBe(label)
  })

  it('joins labels that exist, and every edge joins some', () => {
    expect(Object.keys(EDGE_ENDS)).toEqual([...FACT_EDGES])
    for (const ends of Object.values(EDGE_ENDS)) for (const [from, to] of ends) expect(LABELS).toEqual(expect.arrayContaining([from, to]))
  })

  it('is what Cypher statements use: no label or edge that the vocabulary lacks', () => {
    // Labels of the store's own keeping; __PLACEHOLDERS__ are filled from the vocabulary.
    const ofTheStore = ['Entity', 'Finding', 'PermiscopeSnapshot', 'PermiscopeState', 'PermiscopeLock', '__LABEL__', '__KIND__', '__FROM__', '__TO__']
    const known = new Set<string>([...LABELS, ...FACT_EDGES, ...ofTheStore])
    const folder = join(root, 'cypher')
    const strangers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.cypher'))
      .flatMap((file) => {
        const text = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\/.*$/gm, '')
        return [...text.matchAll(/[([][A-Za-z_]*:([A-Za-z_|:]+)/g)]
          .flatMap((match) => (match[1] ?? '').split(/[|:]+/))
          .filter((word) => word !== '' && !known.has(word))
          .map((word) => `${file}: ${word}`)
      })
    expect(strangers).toEqual([])
  })

  it('is explained to users: docs/words.md names every label, edge, level and kind', () => {
    const words = readFileSync(join(root, 'docs/words.md'), 'utf8')
    const all = [...LABELS, ...FACT_EDGES, ...ACCESS_LEVELS, ...CERTAINTIES, ...NATURES, ...REACH_VIA, ...Object.values(KINDS).flat()]
    expect(all.filter((word) => !words.includes(word))).toEqual([])
  })
})
