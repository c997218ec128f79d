import { PROPERTIES, type PropertyName } from '../../domain/vocabulary.ts'
import type { CoverageFact, EdgeFact, EntityFact, FindingFact, Origin, SourceRecord } from '../../domain/facts.ts'

/**
 * Joins what files say into one set of facts. The result doesn't depend on the order, the repetition or the batching of records:
 * where two statements differ, the choice is made by their content.
 */
export interface Merger {
  add(record: SourceRecord): void
  result(): Merged
}

/** By id; edges by `edgeKey`. Whoever gets it may go on with it: copies of everything would be the peak of an ingest's memory. */
export interface Merged {
  readonly entities: Map<string, EntityFact>
  readonly edges: Map<string, EdgeFact>
  readonly coverage: Map<string, CoverageFact>
  readonly findings: readonly FindingFact[]
}

export function createMerger(): Merger {
  const entities = new Map<string, EntityFact>()
  const edges = new Map<string, EdgeFact>()
  const coverage = new Map<string, CoverageFact>()
  const findings = new Map<string, FindingFact>()

  const addFinding = (finding: FindingFact): void => {
    findings.set(JSON.stringify(finding), finding)
  }
  const join = (known: EntityFact, record: EntityFact): EntityFact => {
    const isOther = differ(known, record)
    if (isOther && areOfOneCoverage(known, record)) addFinding(conflictFinding(known, record))
    return isPreferred(known, record, isOther) ? fill(known, record) : fill(record, known)
  }
  return {
    add(record) {
      switch (record.record) {
        case 'entity': {
          const known = entities.get(record.id)
          entities.set(record.id, known === undefined ? record : join(known, record))
          return
        }
        case 'edge': {
          const key = edgeKey(record)
          const known = edges.get(key)
          const stating = known === undefined ? record.coverage : unite(known.coverage, record.coverage)
          if (known === undefined) edges.set(key, record)
          else if (stating !== known.coverage) edges.set(key, { ...known, coverage: stating })
          return
        }
        case 'coverage': {
          const known = coverage.get(record.id)
          coverage.set(record.id, known === undefined ? record : mergeCoverage(known, record))
          return
        }
        case 'finding':
          addFinding(record)
      }
    },
    result: () => ({ entities, edges, coverage, findings: [...findings.values()].sort(byPlace) }),
  }
}

export const edgeKey = ({ kind, from, to }: EdgeFact): string => `${kind}\n${from.id}\n${to.id}`

const unite = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.length === b.length && a.every((id, at) => id === b[at]) ? a : [...new Set([...a, ...b])].sort()

/** Nobody states a stub; anything that is stated beats it. */
const isStub = (entity: EntityFact): boolean => entity.coverage.length === 0

/** What one coverage says twice must not differ. */
const areOfOneCoverage = (a: EntityFact, b: EntityFact): boolean => a.coverage.some((id) => b.coverage.includes(id))

/** Each says something that the other says otherwise. What one statement leaves open the other may fill. */
function differ(a: EntityFact, b: EntityFact): boolean {
  if (a.label !== b.label || a.kind !== b.kind || contradict(a.document, b.document) || contradict(nameOf(a), nameOf(b))) return true
  for (const name in a.properties) if (isProperty(name) && contradict(a.properties[name], b.properties[name])) return true
  return false
}

const isProperty = (name: string): name is PropertyName => name in PROPERTIES

function contradict(a: unknown, b: unknown): boolean {
  if (a === undefined || a === null || b === undefined || b === null || a === b) return false
  return JSON.stringify(a) !== JSON.stringify(b)
}

/** Who knows an entity by its id alone doesn't know its name. */
const nameOf = ({ id, name }: EntityFact): string | null => (name === id ? null : name)

/** What statements of equal standing are compared by. */
const content = ({ label, kind, name, document, properties }: EntityFact): string => JSON.stringify([label, kind, name, document, sorted(properties)])

const sorted = (value: object): [string, unknown][] => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))

/** Joins what a new ingest and a former one state: the new one wins, unless the former knew a newer version of a policy. */
export function supersede(fresh: EntityFact, former: EntityFact): EntityFact {
  const formerWins = isStub(fresh) ? !isStub(former) : !isStub(former) && versionOf(former) > versionOf(fresh)
  return formerWins ? fill(former, fresh) : fill(fresh, former)
}

function fill(first: EntityFact, second: EntityFact): EntityFact {
  if (isStub(second) && !isStub(first)) return first
  const origin = first.origin ?? second.origin
  const { record, label, kind, id, provider } = first
  const name = nameOf(first) ?? second.name
  const scope = first.scope ?? second.scope
  const properties = { ...second.properties, ...first.properties }
  const document = first.document ?? second.document
  const coverage = unite(first.coverage, second.coverage)
  const stated: EntityFact = { record, label, kind, id, name, provider, scope, properties, document, coverage }
  const filled = origin === undefined ? stated : { ...stated, origin }
  const statedBy = statementsIn(filled, first, second)
  return statedBy === undefined ? filled : { ...filled, statedBy }
}

/** Who states each part of what was joined from two statements; undefined where all state all. */
function statementsIn(filled: EntityFact, first: EntityFact, second: EntityFact): EntityFact['statedBy'] {
  if (filled.coverage.length < 2) return undefined
  const entries = ['name', 'document', ...Object.keys(filled.properties)].flatMap((part) => {
    const stating = [first, second].filter((entity) => isStated(entity, part) && !contradict(valueOf(entity, part), valueOf(filled, part)))
    const coverages = stating.map((entity) => entity.statedBy?.[part] ?? entity.coverage).reduce(unite, [])
    return coverages.length === 0 || coverages.length === filled.coverage.length ? [] : [[part, coverages] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const isStated = (entity: EntityFact, part: string): boolean => valueOf(entity, part) !== null && valueOf(entity, part) !== undefined

function valueOf(entity: EntityFact, part: string): unknown {
  if (part === 'name') return nameOf(entity)
  return part === 'document' ? entity.document : Object.entries(entity.properties).find(([name]) => name === part)?.[1]
}

/** What is left of an entity when only some of its coverages go on to state it. */
export function statedWithin(entity: EntityFact, kept: readonly string[]): EntityFact {
  const { statedBy, ...rest } = entity
  if (kept.length === entity.coverage.length) return entity
  if (statedBy === undefined) return { ...rest, coverage: kept }
  const holds = (part: string): boolean => statedBy[part]?.some((id) => kept.includes(id)) ?? true
  const left = Object.fromEntries(
    Object.entries(statedBy)
      .map(([part, ids]) => [part, ids.filter((id) => kept.includes(id))] as const)
      .filter(([, ids]) => ids.length > 0 && ids.length < kept.length),
  )
  return {
    ...rest,
    name: holds('name') ? entity.name : entity.id,
    document: holds('document') ? entity.document : null,
    properties: Object.fromEntries(Object.entries(entity.properties).filter(([part]) => holds(part))),
    coverage: kept,
    ...(Object.keys(left).length === 0 ? {} : { statedBy: left }),
  }
}

/**
 * Which of two statements wins where they differ; the other fills what it leaves open. Stated before named; the newer version of a policy; else the
 * greater content, so that the order of files never matters.
 */
function isPreferred(a: EntityFact, b: EntityFact, isOther: boolean): boolean {
  if (isStub(a) !== isStub(b)) return !isStub(a)
  if ((a.document === null) !== (b.document === null)) return a.document !== null
  const version = versionOf(a) - versionOf(b)
  if (version !== 0) return version > 0
  const updated = (a.properties.updatedAt ?? '').localeCompare(b.properties.updatedAt ?? '')
  if (updated !== 0) return updated > 0
  // Most only fill each other's gaps, and it is the same which goes first.
  const isFilling = !isOther && !contradict(a.scope, b.scope) && (a.origin === undefined || b.origin === undefined)
  return isFilling || content(a) >= content(b)
}

const versionOf = (entity: EntityFact): number => Number(/^v(\d+)$/.exec(entity.properties.defaultVersion ?? '')?.[1] ?? 0)

function mergeCoverage(a: CoverageFact, b: CoverageFact): CoverageFact {
  const asOf =
    [a.asOf, b.asOf]
      .filter((date) => date !== null)
      .sort()
      .at(-1) ?? null
  return { ...a, asOf, complete: a.complete && b.complete }
}

function conflictFinding(a: EntityFact, b: EntityFact): FindingFact {
  const [first, second] = [a, b].sort((x, y) => (describeOrigin(x.origin) < describeOrigin(y.origin) ? -1 : 1))
  const place = second?.origin ?? first?.origin ?? { file: '', place: '' }
  return {
    record: 'finding',
    code: 'DUPLICATE_CONFLICT',
    severity: 'warning',
    file: place.file,
    place: place.place,
    message: `${a.id} is stated twice, differently (also at ${describeOrigin(first?.origin)}): the newer statement is used, and what either grants is kept`,
    entity: a.id,
    coverage: a.coverage[0] ?? null,
  }
}

const describeOrigin = (origin: Origin | undefined): string => (origin === undefined ? 'another place' : `${origin.file} ${origin.place}`)

function byPlace(a: FindingFact, b: FindingFact): number {
  const [x, y] = [`${a.file}\n${a.place}\n${a.code}`, `${b.file}\n${b.place}\n${b.code}`]
  return x < y ? -1 : x > y ? 1 : 0
}
