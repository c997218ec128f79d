import type { CoverageFact, EntityFact, SourceRecord } from '../../domain/facts.ts'
import { fileFinding } from '../finding.ts'
import type { BundleNotes, ExportDocument } from '../source.ts'
import { isAccountId, lastSegment, parseArn } from './arn.ts'
import { documentText, isRecord } from './document.ts'
import { edge, properties, ref } from './map/facts.ts'
import { mapStatements } from './map/statement-grants.ts'
import { keepOpen, keepStated } from './open-ends.ts'
import type { AwsState } from './reading.ts'
import { resourceKind } from './resource-kind.ts'
import { resourcePolicyRow, upperFirst, wrongShape } from './schema.ts'

export const resourceCoverage = (account: string): string => `aws:resource-policies:${account}`

/** `{Resource, Policy, Account}`; such objects come in a list or one on each line. */
export const isResourcePolicy = (value: unknown): boolean =>
  isRecord(value) && ['Resource', 'Policy'].every((wanted) => Object.keys(value).some((key) => upperFirst(key) === wanted))

export function acceptResourcePolicy(state: AwsState, document: ExportDocument, value: unknown): readonly SourceRecord[] {
  const { file, document: place } = document
  const checked = resourcePolicyRow.safeParse(value)
  if (!checked.success) {
    const wrong = wrongShape(checked.error, place)
    return [fileFinding('WRONG_SHAPE', file, wrong.place, wrong.message)]
  }
  const { Resource: id, Policy, Account } = checked.data
  const arn = parseArn(id)
  const account = Account ?? arn?.account ?? ''
  if (arn === undefined || !isAccountId(account))
    return [
      fileFinding(
        'WRONG_SHAPE',
        file,
        `${place}.Account`.replace(/^\./, ''),
        'Neither Account nor the ARN names the account that owns the resource.',
        { entity: id },
      ),
    ]
  if (arn.service === 'iam')
    return [fileFinding('WRONG_SHAPE', file, place, 'Trust policies are read from account authorization details.', { entity: id })]
  const row: ResourceRow = {
    id,
    account,
    partition: arn.partition,
    document: documentText(Policy),
    file,
    place: `${place}.Policy`.replace(/^\./, ''),
  }
  const known = state.resourcePolicies.get(account) ?? { files: new Set(), damaged: false }
  known.files.add(file)
  state.resourcePolicies.set(account, known)
  return resourceRecords(state, row)
}

interface ResourceRow {
  readonly id: string
  readonly account: string
  readonly partition: string
  readonly document: string | null
  readonly file: string
  readonly place: string
}

function resourceRecords(state: AwsState, row: ResourceRow): readonly SourceRecord[] {
  const coverage = resourceCoverage(row.account)
  const resource: EntityFact = {
    record: 'entity',
    label: 'Resource',
    kind: resourceKind(row.id),
    id: row.id,
    name: nameOf(row.id),
    provider: 'aws',
    scope: row.account,
    properties: properties({ policyState: row.document === null ? 'ABSENT' : undefined }),
    document: row.document,
    origin: { file: row.file, place: row.place },
    coverage: [coverage],
  }
  const grants = mapStatements({
    kind: 'AwsResourcePolicyStatement',
    target: ref('Resource', row.id),
    idPrefix: `${row.id}#policy`,
    document: row.document,
    use: 'RESOURCE',
    partition: row.partition,
    account: row.account,
    coverage,
  })
  for (const open of grants.open) keepOpen(state.ends, open)
  keepStated(state.ends, resource)
  return [resource, edge('CONTAINS', ref('Scope', row.account), ref('Resource', row.id), [coverage]), ...grants.records]
}

/** `bucket`, `function:helloworld` → `helloworld`, `key/1234…` → `1234…`. */
function nameOf(arn: string): string {
  const resource = parseArn(arn)?.resource ?? arn
  return lastSegment(resource.slice(resource.lastIndexOf(':') + 1))
}

/** A list of resource policies says nothing of its age, nor of what else there is: it is complete as far as it goes. */
export function* resourceCoverages(state: AwsState, notes: BundleNotes): Generator<CoverageFact> {
  for (const [account, { files, damaged }] of state.resourcePolicies) {
    const noted = [...files].map((file) => notes.noteOf(file))
    const times = noted.map((note) => note?.takenAt).filter((time) => time !== undefined)
    const complete = !damaged && noted.every((note) => note?.complete !== false)
    yield { record: 'coverage', id: resourceCoverage(account), provider: 'aws', scope: account, asOf: times.sort().at(-1) ?? null, complete }
  }
}
