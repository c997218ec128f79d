import type { EntityFact, Origin, SourceRecord } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import { isAccountId, lastSegment } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText } from '../document.ts'
import type { PolicyRow } from '../schema.ts'
import { edge, iamCoverage, properties, ref, tagList, type Mapped, type OpenEnd } from './facts.ts'
import { accountOf } from './principal.ts'

/** A managed policy with the document of its default version. Policies of AWS itself belong to no account; who states them is told in the end. */
export function mapPolicy(row: PolicyRow, at: Origin): Mapped {
  const account = isAccountId(accountOf(row.Arn)) ? accountOf(row.Arn) : null
  const { version, index } = defaultVersion(row)
  const document = documentText(version?.Document)
  const role: EntityFact = {
    record: 'entity',
    label: 'Role',
    kind: 'AwsManagedPolicy',
    id: row.Arn,
    name: row.PolicyName ?? lastSegment(row.Arn),
    provider: 'aws',
    scope: account,
    properties: policyProperties(row, account),
    document,
    origin: { file: at.file, place: `${at.place}.PolicyVersionList[${index}].Document` },
    coverage: account === null ? [] : [iamCoverage(account)],
  }
  const records: SourceRecord[] = document === null ? [noDocument(row, at)] : []
  return { records: [...records, ...(account === null ? [] : ofAccount(role, account))], open: openEnds(row, role, account) }
}

const ofAccount = (role: EntityFact, account: string): readonly SourceRecord[] => [
  role,
  edge('CONTAINS', ref('Scope', account), ref('Role', role.id), role.coverage),
]

function policyProperties(row: PolicyRow, account: string | null): EntityFact['properties'] {
  return properties({
    path: row.Path,
    uniqueId: row.PolicyId,
    description: row.Description,
    createdAt: toIsoDate(row.CreateDate),
    updatedAt: toIsoDate(row.UpdateDate),
    defaultVersion: row.DefaultVersionId,
    tags: tagList(row.Tags),
    ...(account === null ? { providerManaged: true } : {}),
  })
}

function defaultVersion(row: PolicyRow): { readonly version: PolicyRow['PolicyVersionList'][number] | undefined; readonly index: number } {
  const versions = row.PolicyVersionList
  const marked = versions.findIndex((version) => version.IsDefaultVersion === true)
  const index = marked >= 0 ? marked : versions.findIndex((version) => version.VersionId === row.DefaultVersionId)
  return { version: versions[index], index: Math.max(index, 0) }
}

const noDocument = (row: PolicyRow, at: Origin): SourceRecord =>
  findingAt('POLICY_MISSING', { file: at.file, place: `${at.place}.PolicyVersionList` }, 'The default version of the policy has no document here.', {
    entity: row.Arn,
  })

function openEnds(row: PolicyRow, role: EntityFact, account: string | null): readonly OpenEnd[] {
  const dates = account === null ? [] : [toIsoDate(row.CreateDate), toIsoDate(row.UpdateDate)].filter((date) => date !== undefined)
  return [{ open: 'policy', role, account }, ...dates.map((date): OpenEnd => ({ open: 'date', account: account ?? '', date }))]
}
