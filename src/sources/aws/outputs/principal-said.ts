import type { EntityFact, Properties } from '../../../domain/facts.ts'
import type { Label } from '../../../domain/vocabulary.ts'
import { lastSegment, parseArn } from '../arn.ts'
import { edge, properties, ref, type Mapped } from '../map/facts.ts'
import { NOTHING_MAPPED, type About } from './output.ts'
import type { Said } from './records.ts'

/** What IAM's principals and policies are, by the first part of their ARN's resource. */
const KINDS: Readonly<Record<string, { readonly label: Label; readonly kind: string; readonly known: Properties }>> = {
  user: { label: 'Principal', kind: 'AwsUser', known: { nature: 'UNKNOWN' } },
  group: { label: 'Principal', kind: 'AwsGroup', known: { nature: 'GROUP' } },
  // Whether people or programs use a role its trust policy tells.
  role: { label: 'Principal', kind: 'AwsRole', known: {} },
  policy: { label: 'Role', kind: 'AwsManagedPolicy', known: {} },
}

/** What an output knows of a user, group, role or managed policy of the account beside its documents; nothing where the ARN is of none. */
export function principalSaid(arn: string, said: Said, about: About): Mapped {
  const parsed = parseArn(arn)
  const is = parsed?.service === 'iam' && parsed.account === about.account ? KINDS[parsed.resource.split('/')[0] ?? ''] : undefined
  if (is === undefined) return NOTHING_MAPPED
  const entity: EntityFact = {
    record: 'entity',
    label: is.label,
    kind: is.kind,
    id: arn,
    name: lastSegment(arn),
    provider: 'aws',
    scope: about.account,
    properties: { ...is.known, ...properties(said) },
    document: null,
    coverage: [about.coverage],
  }
  return { records: [entity, edge('CONTAINS', ref('Scope', about.account), ref(is.label, arn), [about.coverage])], open: [] }
}
