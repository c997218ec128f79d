import * as fc from 'fast-check'
import type { EdgeFact, EntityFact, FindingFact, Properties } from '../../src/domain/facts.ts'
import type { FactEdge, Label } from '../../src/domain/vocabulary.ts'
import { EDGE_ENDS, FACT_EDGES, LABELS, PROPERTIES, PROVIDERS } from '../../src/domain/vocabulary.ts'
import type { SnapshotDraft } from '../../src/graph/store.ts'

/** Snapshots that try a store: text of every sort, everything absent that may be absent. */

const NASTY = [
  '',
  ' ',
  'a,b',
  'a|b',
  '"',
  '""',
  "'",
  '\\',
  '\\N',
  '\\"',
  'null',
  'NULL',
  '[]',
  '[a,"b"]',
  '{x: 1}',
  '\r\n',
  '\n',
  '\t',
  '\u0000',
  'a\u0000b',
]
const FOREIGN = ['é漢字', '🎉', '\uFEFF', '\u2028', '\uD800', 'x\uDC00y', '\uFDD0', '\uFDD0d800', '__LABEL__', '$snapshot', '/*', '//', '`', ';']

const text = fc.oneof(fc.constantFrom(...NASTY, ...FOREIGN), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
const texts = fc.array(text, { maxLength: 4 })
const longDocument = text.map((piece) => `{"Sid":"${piece}"}${'x"\n,'.repeat(50_000)}`)

const document = fc.oneof<fc.WeightedArbitrary<string | null>[]>({ weight: 9, arbitrary: fc.option(text) }, { weight: 1, arbitrary: longDocument })

const VALUES = {
  string: text,
  boolean: fc.boolean(),
  'string[]': texts,
  number: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
}

const properties: fc.Arbitrary<Properties> = fc.record(
  Object.fromEntries(Object.entries(PROPERTIES).map(([name, type]) => [name, type === 'number' ? VALUES.number.map((n) => n + 0) : VALUES[type]])),
  { requiredKeys: [], noNullPrototype: true },
)

const entity: fc.Arbitrary<EntityFact> = fc.record(
  {
    record: fc.constant('entity'),
    label: fc.constantFrom(...LABELS),
    kind: text,
    id: text,
    name: text,
    provider: fc.constantFrom(...PROVIDERS),
    scope: fc.option(text),
    properties,
    document,
    coverage: texts,
    statedBy: fc.dictionary(fc.constantFrom('name', 'document', 'region', 'tags'), texts, { minKeys: 1, noNullPrototype: true }),
  },
  {
    noNullPrototype: true,
    requiredKeys: ['record', 'label', 'kind', 'id', 'name', 'provider', 'scope', 'properties', 'document', 'coverage'],
  },
)

const finding: fc.Arbitrary<FindingFact> = fc.record(
  {
    record: fc.constant('finding'),
    code: text,
    severity: fc.constantFrom('refused', 'warning'),
    file: text,
    place: text,
    message: text,
    entity: fc.option(text),
    coverage: fc.option(text),
  },
  { noNullPrototype: true },
)

const TABLES: readonly (readonly [FactEdge, Label, Label])[] = FACT_EDGES.flatMap((kind) =>
  EDGE_ENDS[kind].map(([from, to]) => [kind, from, to] as const),
)

export const snapshotDraft: fc.Arbitrary<SnapshotDraft> = fc
  .record({
    entities: fc.uniqueArray(entity, { selector: ({ id }) => id, maxLength: 30, size: 'max' }),
    choices: fc.array(fc.record({ table: fc.constantFrom(...TABLES), from: fc.nat(), to: fc.nat(), coverage: texts }), {
      maxLength: 40,
      size: 'max',
    }),
    findings: fc.array(finding, { maxLength: 5 }),
  })
  .map(({ entities, choices, findings }) => ({ coverage: [], entities, findings, edges: choices.flatMap((choice) => edgeBetween(entities, choice)) }))

interface Choice {
  readonly table: readonly [FactEdge, Label, Label]
  readonly from: number
  readonly to: number
  readonly coverage: readonly string[]
}

/** None where no entity has the label that the edge starts from or leads to. */
function edgeBetween(entities: readonly EntityFact[], { table: [kind, fromLabel, toLabel], from, to, coverage }: Choice): readonly EdgeFact[] {
  const start = pick(entities, fromLabel, from)
  const end = pick(entities, toLabel, to)
  if (start === undefined || end === undefined) return []
  return [{ record: 'edge', kind, from: { label: fromLabel, id: start.id }, to: { label: toLabel, id: end.id }, coverage }]
}

function pick(entities: readonly EntityFact[], label: Label, index: number): EntityFact | undefined {
  const fitting = entities.filter((candidate) => candidate.label === label)
  return fitting[index % Math.max(fitting.length, 1)]
}
