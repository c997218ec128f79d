import type { EntityFact, FindingFact, GraphFact } from '../../domain/facts.ts'
import type { FactEdge, Label } from '../../domain/vocabulary.ts'
import { FACT_EDGES, LABELS } from '../../domain/vocabulary.ts'
import type { Row } from '../rows.ts'
import { edgeOf, entityOf, findingOf } from '../rows.ts'
import { statement } from '../statements.ts'
import { storable } from '../text.ts'
import type { Transaction } from './connection.ts'
import { allRows, rowsOf } from './connection.ts'

export async function* readFacts(transaction: Transaction, snapshot: string): AsyncGenerator<GraphFact> {
  for await (const row of rowsOf(transaction, statement('stream/neo4j-nodes'), { snapshot })) {
    const entity = entityIn(row)
    if (entity !== null) yield entity
  }
  for await (const row of rowsOf(transaction, statement('stream/neo4j-edges'), { snapshot })) {
    const kind = kindIn(row['kind'])
    const from = labelIn(row['fromLabels'])
    const to = labelIn(row['toLabels'])
    if (kind !== null && from !== null && to !== null) yield edgeOf(kind, [from, to], row)
  }
}

export async function readByIds(transaction: Transaction, snapshot: string, ids: readonly string[]): Promise<readonly EntityFact[]> {
  const wanted = [...new Set(ids.map(storable))]
  const rows = await allRows(transaction, statement('stream/neo4j-nodes-by-id'), { snapshot, ids: wanted })
  return rows.map(entityIn).filter((entity) => entity !== null)
}

export async function readFindings(transaction: Transaction, snapshot: string): Promise<readonly FindingFact[]> {
  return (await allRows(transaction, statement('stream/neo4j-findings'), { snapshot })).map(findingOf)
}

/** Null for labels that people add for themselves, or that a later version wrote. */
function entityIn(row: Row): EntityFact | null {
  const label = labelIn(row['labels'])
  return label === null ? null : entityOf(label, { ...Object(row['properties']) })
}

function labelIn(labels: unknown): Label | null {
  return LABELS.find((label) => Array.isArray(labels) && labels.includes(label)) ?? null
}

function kindIn(kind: unknown): FactEdge | null {
  return FACT_EDGES.find((candidate) => candidate === kind) ?? null
}
