import { createHash } from 'node:crypto'
import type { EntityFact, Properties } from '../../src/domain/facts.ts'
import { KINDS, LABELS } from '../../src/domain/vocabulary.ts'

/** Entities of Azure and Entra as the sources make them: ids lower-cased, documents as printed. */

export const TENANT = '11111111-0000-4000-8000-000000000001'

/** The same id for the same name. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4000-8000-${hex.slice(12, 24)}`
}

interface More {
  readonly document?: object
  readonly properties?: Properties
  readonly coverage?: readonly string[]
  readonly scope?: string | null
}

/** Label and provider follow from the kind. */
export function entity(kind: string, id: string, name: string, more: More = {}): EntityFact {
  const label = LABELS.find((each) => KINDS[each].some((known) => known === kind)) ?? 'Resource'
  const provider = OF_DIRECTORY.has(kind) ? 'entra' : kind.startsWith('Aws') ? 'aws' : 'azure'
  const { document, properties = {}, coverage = ['x'], scope = provider === 'entra' && kind !== 'EntraTenant' ? TENANT : null } = more
  return {
    record: 'entity',
    label,
    kind,
    id,
    name,
    provider,
    scope,
    properties,
    document: document === undefined ? null : JSON.stringify(document),
    coverage,
  }
}

const OF_DIRECTORY: ReadonlySet<string> = new Set([
  'EntraTenant',
  'EntraUser',
  'EntraGroup',
  'EntraApplication',
  'ServicePrincipal',
  'ManagedIdentity',
  'DirectoryObject',
  'AdministrativeUnit',
  'EntraRole',
  'AppRole',
  'EntraRoleAssignment',
  'EntraRoleEligibility',
  'AppRoleAssignment',
  'GroupEligibility',
  'GroupAssignment',
])
