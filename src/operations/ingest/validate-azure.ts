import type { EntityFact, FindingFact } from '../../domain/facts.ts'
import { createAzureCompiler } from '../../policy/azure/index.ts'
import type { AzureCompiler, AzureFault } from '../../policy/azure/index.ts'

/**
 * Reports what is wrong with the documents of Azure's grants, roles and deny assignments: a condition that can't be parsed, or can't mean what it
 * says. What can't be read is evaluated as not known.
 */
export function createAzureValidator(): (entity: EntityFact) => readonly FindingFact[] {
  const compiler = createAzureCompiler()
  return (entity) => {
    const faultsOf = FAULTS[entity.kind]
    if (faultsOf === undefined || entity.document === null) return []
    return faultsOf(compiler, JSON.parse(entity.document)).map((fault) => findingFor(entity, fault))
  }
}

type FaultsOf = (compiler: AzureCompiler, document: unknown) => readonly AzureFault[]

const noRole = (): undefined => undefined
const FAULTS: Readonly<Record<string, FaultsOf>> = {
  AzureRole: (compiler, document) => compiler.role(document).faults,
  AzureRoleAssignment: (compiler, document) => compiler.assignment(document, noRole).faults,
  AzureRoleEligibility: (compiler, document) => compiler.assignment(document, noRole, true).faults,
  AzureDenyAssignment: (compiler, document) => compiler.denyAssignment(document).faults,
}

function findingFor(entity: EntityFact, { place, message, severity }: AzureFault): FindingFact {
  const isMistake = severity === 'mistake'
  return {
    record: 'finding',
    code: isMistake ? 'POLICY_MISTAKEN' : 'POLICY_INVALID',
    severity: isMistake ? 'warning' : 'refused',
    file: entity.origin?.file ?? '',
    place: [entity.origin?.place ?? '', place].filter((part) => part !== '').join('.'),
    message: `${entity.id}: ${message}${severity === 'unreadable' ? '' : ' (evaluated as it stands)'}`,
    entity: entity.id,
    coverage: entity.coverage[0] ?? null,
  }
}
