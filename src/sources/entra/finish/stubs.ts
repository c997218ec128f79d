import type { SourceRecord } from '../../../domain/facts.ts'
import { findingAt } from '../../finding.ts'
import type { Named } from '../facts.ts'
import type { EntraState } from '../state.ts'

/**
 * What is named and stated nowhere.
 * @param isWhole whether a part of a directory (`users`) was listed whole
 */
export function* stubs(state: EntraState, isWhole: (part: string, tenant: string) => boolean): Generator<SourceRecord> {
  for (const named of state.named.values()) {
    const { stub, grant } = named
    if (state.stated.has(stub.id)) continue
    yield stub
    if (grant === undefined) continue
    if (stub.label === 'Role') yield missingRole(named)
    const isListed = (...parts: readonly string[]): boolean => stub.scope !== null && parts.every((part) => isWhole(part, stub.scope ?? ''))
    if (stub.label === 'Scope' && isListed('administrative-units')) yield missingScope(named)
    if (stub.label === 'Principal' && isListed('users', 'groups', 'service-principals') && isPrincipal(named)) yield missingPrincipal(named)
  }
}

const isPrincipal = ({ stub }: Named): boolean => stub.kind !== 'EntraApplication'

function missingRole({ stub, at, coverage }: Named): SourceRecord {
  const what = stub.kind === 'AppRole' ? `The permission ${stub.id}` : `The directory role ${stub.name}`
  return findingAt('ROLE_MISSING', at, `${what} is given, but no export holds its definition: what it grants is not known.`, {
    entity: stub.id,
    coverage,
  })
}

const missingScope = ({ stub, at, coverage }: Named): SourceRecord =>
  findingAt('SCOPE_MISSING', at, `A role holds over the administrative unit ${stub.id}, which the directory does not list.`, {
    entity: stub.id,
    coverage,
  })

const missingPrincipal = ({ stub, at, coverage }: Named): SourceRecord =>
  findingAt('PRINCIPAL_MISSING', at, `A grant names ${stub.name}, whom the directory does not list: most often somebody who was deleted.`, {
    entity: stub.id,
    coverage,
  })
