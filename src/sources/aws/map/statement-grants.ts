import type { EntityFact, EntityRef, SourceRecord } from '../../../domain/facts.ts'
import { statementsOf, type Statement } from '../document.ts'
import { namedPrincipals, type PolicyUse } from '../principals.ts'
import { edge, properties, ref, type Mapped, type OpenEnd } from './facts.ts'

/** A trust or resource policy, whose Allow statements each are a grant to those that they name. */
export interface StatementsOf {
  readonly kind: 'AwsTrustStatement' | 'AwsResourcePolicyStatement'
  readonly target: EntityRef
  /** `{role ARN}#trust`; the statement's place follows. */
  readonly idPrefix: string
  readonly document: string | null
  readonly use: PolicyUse
  readonly partition: string
  readonly account: string
  readonly coverage: string
}

/** Deny statements grant nothing: they are in the target's document and decide there. */
export function mapStatements(policy: StatementsOf): Mapped {
  const parts = statementsOf(policy.document)
    .filter(({ statement }) => statement['Effect'] === 'Allow')
    .map(({ index, statement }) => mapStatement(policy, index, statement))
  return { records: parts.flatMap((part) => part.records), open: parts.flatMap((part) => part.open) }
}

function mapStatement(policy: StatementsOf, index: number, statement: Statement): Mapped {
  const id = `${policy.idPrefix}/${index}`
  const sid = typeof statement['Sid'] === 'string' && statement['Sid'] !== '' ? statement['Sid'] : undefined
  const coverage = [policy.coverage]
  const grant: EntityFact = {
    record: 'entity',
    label: 'Grant',
    kind: policy.kind,
    id,
    name: sid ?? `Statement[${index}]`,
    provider: 'aws',
    scope: policy.account,
    properties: properties({ statementIndex: index, statementId: sid }),
    document: null,
    coverage,
  }
  const records: SourceRecord[] = [grant, edge('AT', ref('Grant', id), policy.target, coverage)]
  const holders = namedPrincipals(statement, policy.use, policy.partition)
  return { records, open: holders.map((holder): OpenEnd => ({ open: 'holder', holder, grant: id, coverage: policy.coverage })) }
}
