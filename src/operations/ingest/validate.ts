import type { EntityFact, FindingFact } from '../../domain/facts.ts'
import { validatePolicy } from '../../policy/aws/index.ts'
import type { PolicyFault, PolicyType } from '../../policy/aws/types.ts'
import { createAzureValidator } from './validate-azure.ts'

/**
 * Reports what the provider's grammar says against the documents of new facts. In a policy of AWS, a fault that leaves the meaning clear (an old version) is a warning;
 * everything else that it would reject is refused.
 */
export function* validateDocuments(entities: Iterable<EntityFact>): Iterable<FindingFact> {
  const validateAzure = createAzureValidator()
  for (const entity of entities) {
    if (entity.document === null || entity.origin === undefined) continue
    if (entity.provider === 'azure') yield* validateAzure(entity)
    // What a grant's document says is not written as a policy: an access control list, a row of `aws kms list-grants`.
    if (entity.provider !== 'aws' || entity.label === 'Grant') continue
    for (const fault of validatePolicy(entity.document, policyTypeOf(entity))) yield findingFor(entity, fault)
  }
}

function policyTypeOf(entity: EntityFact): PolicyType {
  switch (entity.label) {
    case 'Principal':
      return 'TRUST'
    case 'Resource':
      return 'RESOURCE'
    case 'Guardrail':
      return GUARDRAILS[entity.kind] ?? 'BOUNDARY'
    default:
      return 'IDENTITY'
  }
}

const GUARDRAILS: Readonly<Record<string, PolicyType>> = { ServiceControlPolicy: 'SCP', ResourceControlPolicy: 'RCP', VpcEndpointPolicy: 'ENDPOINT' }

function findingFor(entity: EntityFact, fault: PolicyFault): FindingFact {
  const outdated = fault.severity === 'rejected' && fault.place === 'Version' && isOldVersion(entity.document)
  const { file = '', place = '' } = entity.origin ?? {}
  return {
    record: 'finding',
    code: outdated ? 'POLICY_OUTDATED' : 'POLICY_INVALID',
    severity: outdated ? 'warning' : 'refused',
    file,
    place: [place, fault.place].filter((part) => part !== '').join('.'),
    message: `${entity.id}: ${fault.message}${fault.severity === 'unreadable' ? '' : ' (evaluated as it stands)'}`,
    entity: entity.id,
    coverage: entity.coverage[0] ?? null,
  }
}

/** AWS went on evaluating documents of 2008, and those without a version, which are of 2008 too. */
function isOldVersion(document: string | null): boolean {
  const parsed: unknown = JSON.parse(document ?? 'null')
  if (typeof parsed !== 'object' || parsed === null) return false
  return !('Version' in parsed) || parsed.Version === '2008-10-17'
}
