import type { EntityFact, Origin, SourceRecord } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import { parseArn } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText } from '../document.ts'
import { natureOfRole } from '../nature.ts'
import type { InstanceProfileRow, RoleRow } from '../schema.ts'
import { edge, iamCoverage, properties, ref, tagList, type Mapped } from './facts.ts'
import { accountOf, mapPrincipal } from './principal.ts'
import { mapStatements } from './statement-grants.ts'

export function mapRole(row: RoleRow, at: Origin): Mapped {
  const document = documentText(row.AssumeRolePolicyDocument)
  const path = row.Path ?? '/'
  const providerManaged = path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/')
  const facts = {
    kind: 'AwsRole',
    name: row.RoleName,
    properties: properties({
      path: row.Path,
      uniqueId: row.RoleId,
      description: row.Description,
      createdAt: toIsoDate(row.CreateDate),
      lastUsedAt: toIsoDate(row.RoleLastUsed?.LastUsedDate),
      lastUsedRegion: row.RoleLastUsed?.Region,
      maxSessionSeconds: row.MaxSessionDuration,
      tags: tagList(row.Tags),
      nature: natureOfRole(path, row.RoleName, document),
      ...(providerManaged ? { providerManaged } : {}),
    }),
    document,
    dates: [row.CreateDate, row.RoleLastUsed?.LastUsedDate],
  }
  const mapped = mapPrincipal(row, facts, { list: 'RolePolicyList', policies: row.RolePolicyList }, at)
  const trust = mapStatements({
    kind: 'AwsTrustStatement',
    target: ref('Principal', row.Arn),
    idPrefix: `${row.Arn}#trust`,
    document,
    use: 'TRUST',
    partition: parseArn(row.Arn)?.partition ?? 'aws',
    account: accountOf(row.Arn),
    coverage: iamCoverage(accountOf(row.Arn)),
  })
  const profiles = row.InstanceProfileList.flatMap((profile) => mapInstanceProfile(profile, row.Arn))
  const missing = document === null ? [noTrustPolicy(row, at)] : []
  return { records: [...mapped.records, ...trust.records, ...profiles, ...missing], open: [...mapped.open, ...trust.open] }
}

const noTrustPolicy = (row: RoleRow, at: Origin): SourceRecord =>
  findingAt(
    'WRONG_SHAPE',
    { file: at.file, place: `${at.place}.AssumeRolePolicyDocument` },
    'The role has no trust policy here: who may assume it is not known.',
    {
      entity: row.Arn,
      coverage: iamCoverage(accountOf(row.Arn)),
    },
  )

/** What runs with the profile has the role's credentials. A profile holds one role at most; the list is AWS's. */
function mapInstanceProfile(row: InstanceProfileRow, role: string): readonly SourceRecord[] {
  const account = accountOf(row.Arn)
  const coverage = [iamCoverage(account)]
  const profile: EntityFact = {
    record: 'entity',
    label: 'Resource',
    kind: 'AWS::IAM::InstanceProfile',
    id: row.Arn,
    name: row.InstanceProfileName,
    provider: 'aws',
    scope: account,
    properties: properties({ path: row.Path, uniqueId: row.InstanceProfileId, createdAt: toIsoDate(row.CreateDate) }),
    document: null,
    coverage,
  }
  return [
    profile,
    edge('CONTAINS', ref('Scope', account), ref('Resource', row.Arn), coverage),
    edge('CAN_AUTHENTICATE_AS', ref('Resource', row.Arn), ref('Principal', role), coverage),
  ]
}
