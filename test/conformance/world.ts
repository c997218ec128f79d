import type { CoverageFact, EdgeFact, EntityFact, FindingFact, GraphFact } from '../../src/domain/facts.ts'
import type { FactEdge, Label } from '../../src/domain/vocabulary.ts'
import type { SnapshotDraft } from '../../src/graph/store.ts'

/** A small company for the stores' suite, by hand. */

const ACCOUNT = '111122223333'
export const COVERAGE: CoverageFact = {
  record: 'coverage',
  id: `aws:iam:${ACCOUNT}`,
  provider: 'aws',
  scope: ACCOUNT,
  asOf: '2026-11-25T07:49:41.123Z',
  complete: true,
}

export function entity(label: Label, kind: string, id: string, more: Partial<EntityFact> = {}): EntityFact {
  const own = { record: 'entity', label, kind, id, name: id.split('/').at(-1) ?? id, provider: 'aws', scope: ACCOUNT } as const
  return { ...own, properties: {}, document: null, coverage: [COVERAGE.id], ...more }
}

export function edge(kind: FactEdge, from: EntityFact, to: EntityFact): EdgeFact {
  return { record: 'edge', kind, from: { label: from.label, id: from.id }, to: { label: to.label, id: to.id }, coverage: [COVERAGE.id] }
}

const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`

const account = entity('Scope', 'AwsAccount', ACCOUNT, { scope: null })
export const ana = entity('Principal', 'AwsUser', arn('user/ana'), { properties: { nature: 'HUMAN', tags: ['team=data', 'cost=1,5'], path: '/' } })
export const ben = entity('Principal', 'AwsUser', arn('user/ben'))
export const developers = entity('Principal', 'AwsGroup', arn('group/developers'))
export const everybody = entity('Principal', 'AwsGroup', arn('group/everybody'))
export const readBuckets = entity('Role', 'AwsManagedPolicy', arn('policy/read-buckets'), {
  document: '{ "Version": "2012-10-17",\n  "Statement": [] }',
  properties: { defaultVersion: 'v3', providerManaged: false },
})
export const grantToEverybody = entity('Grant', 'AwsPolicyAttachment', `${everybody.id}#read-buckets`)
const grantToBen = entity('Grant', 'AwsPolicyAttachment', `${ben.id}#read-buckets`)
export const bucket = entity('Resource', 'AWS::S3::Bucket', 'arn:aws:s3:::reports', { properties: { statementIndex: 2 } })

export const finding: FindingFact = {
  record: 'finding',
  code: 'POLICY_OUTDATED',
  severity: 'warning',
  file: 'exports/iam, first page.json',
  place: 'Policies[3]',
  message: 'Says "2008-10-17".\nIt is read all the same.',
  entity: readBuckets.id,
  coverage: COVERAGE.id,
}

/** ana → developers → everybody → read-buckets; ben → read-buckets. */
export const world: SnapshotDraft = {
  coverage: [COVERAGE],
  entities: [account, ana, ben, developers, everybody, readBuckets, grantToEverybody, grantToBen, bucket],
  edges: [
    edge('CONTAINS', account, ana),
    edge('CONTAINS', account, bucket),
    edge('MEMBER_OF', ana, developers),
    edge('MEMBER_OF', developers, everybody),
    edge('HOLDS', everybody, grantToEverybody),
    edge('HOLDS', ben, grantToBen),
    edge('GIVES', grantToEverybody, readBuckets),
    edge('GIVES', grantToBen, readBuckets),
    edge('AT', grantToBen, account),
    edge('AT', grantToEverybody, account),
  ],
  findings: [finding],
}

export function draftOf(entities: readonly EntityFact[], edges: readonly EdgeFact[] = [], findings: readonly FindingFact[] = []): SnapshotDraft {
  return { coverage: [COVERAGE], entities, edges, findings }
}

/** Facts in an order of their own, since stores promise none. */
export function sorted(facts: readonly GraphFact[]): readonly GraphFact[] {
  return facts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function keyOf(fact: GraphFact): string {
  return fact.record === 'entity' ? `0 ${fact.label} ${fact.id}` : `1 ${JSON.stringify([fact.kind, fact.from, fact.to, fact.coverage])}`
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
