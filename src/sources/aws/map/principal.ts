import type { EntityFact, Origin, Properties, SourceRecord } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import { lastSegment, parseArn } from '../arn.ts'
import { toIsoDate } from '../dates.ts'
import { documentText } from '../document.ts'
import { edge, iamCoverage, ref, type Mapped, type OpenEnd } from './facts.ts'

/** What users, groups and roles have in common. */
export interface PrincipalRow {
  readonly Arn: string
  readonly AttachedManagedPolicies: readonly { readonly PolicyArn: string; readonly PolicyName?: string | null | undefined }[]
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string } | null | undefined
}

interface InlinePolicy {
  readonly PolicyName: string
  readonly PolicyDocument?: unknown
}

/** The list's name is needed for places: `UserPolicyList`. */
export interface InlinePolicies {
  readonly list: string
  readonly policies: readonly InlinePolicy[]
}

export interface PrincipalFacts {
  readonly kind: string
  readonly name: string
  readonly properties: Properties
  readonly document: string | null
  /** Dates of the row as printed, to tell how old the export is. */
  readonly dates: readonly unknown[]
}

export const accountOf = (arn: string): string => parseArn(arn)?.account ?? ''

/** The principal, its place in its account, and what it is granted and limited by. */
export function mapPrincipal(row: PrincipalRow, facts: PrincipalFacts, inline: InlinePolicies, at: Origin): Mapped {
  const account = accountOf(row.Arn)
  const coverage = [iamCoverage(account)]
  const entity: EntityFact = {
    record: 'entity',
    label: 'Principal',
    kind: facts.kind,
    id: row.Arn,
    name: facts.name,
    provider: 'aws',
    scope: account,
    properties: facts.properties,
    document: facts.document,
    origin: facts.document === null ? at : { file: at.file, place: `${at.place}.AssumeRolePolicyDocument` },
    coverage,
  }
  const records: SourceRecord[] = [
    entity,
    edge('CONTAINS', ref('Scope', account), ref('Principal', row.Arn), coverage),
    ...inline.policies.flatMap((policy, index) => mapInlinePolicy(row.Arn, policy, { file: at.file, place: `${at.place}.${inline.list}[${index}]` })),
    ...row.AttachedManagedPolicies.flatMap((policy) => grantPolicy(row.Arn, policy.PolicyArn, policy.PolicyName ?? lastSegment(policy.PolicyArn))),
  ]
  return { records, open: openEnds(row, account, facts, at) }
}

function openEnds(row: PrincipalRow, account: string, facts: PrincipalFacts, at: Origin): readonly OpenEnd[] {
  const principal = row.Arn
  const boundary = row.PermissionsBoundary?.PermissionsBoundaryArn
  const dates = facts.dates.map(toIsoDate).filter((date) => date !== undefined)
  return [
    ...dates.map((date): OpenEnd => ({ open: 'date', account, date })),
    ...row.AttachedManagedPolicies.map(({ PolicyArn }): OpenEnd => ({ open: 'attachment', principal, account, policy: PolicyArn, at })),
    ...(boundary === undefined ? [] : [{ open: 'boundary', principal, account, policy: boundary, at } as const]),
  ]
}

/** An inline policy is a role of its own, named after the principal that it lives in. */
function mapInlinePolicy(principal: string, policy: InlinePolicy, at: Origin): readonly SourceRecord[] {
  const account = accountOf(principal)
  const coverage = [iamCoverage(account)]
  const id = `${principal}#${policy.PolicyName}`
  const role: EntityFact = {
    record: 'entity',
    label: 'Role',
    kind: 'AwsInlinePolicy',
    id,
    name: policy.PolicyName,
    provider: 'aws',
    scope: account,
    properties: {},
    document: documentText(policy.PolicyDocument),
    origin: { file: at.file, place: `${at.place}.PolicyDocument` },
    coverage,
  }
  const gap = 'The inline policy has no document here: what it allows or denies is not known.'
  const findings = role.document === null ? [findingAt('POLICY_MISSING', at, gap, { entity: principal, coverage: iamCoverage(account) })] : []
  return [role, edge('CONTAINS', ref('Scope', account), ref('Role', id), coverage), ...grantPolicy(principal, id, policy.PolicyName), ...findings]
}

function grantPolicy(principal: string, policy: string, name: string): readonly SourceRecord[] {
  const account = accountOf(principal)
  const coverage = [iamCoverage(account)]
  const id = `${principal}->${policy}`
  const grant: EntityFact = {
    record: 'entity',
    label: 'Grant',
    kind: 'AwsPolicyAttachment',
    id,
    name,
    provider: 'aws',
    scope: account,
    properties: {},
    document: null,
    coverage,
  }
  return [
    grant,
    edge('HOLDS', ref('Principal', principal), ref('Grant', id), coverage),
    edge('GIVES', ref('Grant', id), ref('Role', policy), coverage),
    edge('AT', ref('Grant', id), ref('Scope', account), coverage),
  ]
}
