import type { Origin } from '../../../domain/facts.ts'
import { canonicalId, lastSegment, roleId, scopeOfExtension } from '../arm-id.ts'
import { known } from '../facts.ts'
import { cover, refused, type Accept } from '../listing.ts'
import { innerRow, innerRows, textIn, type Row } from '../row.ts'
import { attachedShape, checked, delegationShape, isFinding } from '../schema.ts'
import type { AzureState } from '../state.ts'
import type { Statement } from '../statement.ts'

/**
 * Azure Lighthouse: principals of a managing tenant get roles in a subscription or resource group.
 * https://learn.microsoft.com/azure/lighthouse/concepts/architecture
 */

/** Where a definition is delegated. */
export interface DelegationSaid {
  readonly id: string
  readonly scope: string
  readonly definition: string
  readonly coverage: string
  readonly at: Origin
}

/** Who gets what by a definition. */
export interface DefinitionSaid {
  readonly row: Row
  readonly coverages: Set<string>
}

export const acceptRegistrationAssignment: Accept = (state, row, listing) => {
  const printed = textIn(row, 'id')
  const scope = printed === undefined ? undefined : scopeOfExtension(canonicalId(printed))
  const said = checked(attachedShape, row, { id: printed, scope })
  if (isFinding(said)) return refused(state, listing, said, scope ?? '/')
  const coverage = cover(state, listing, canonicalId(said.scope))
  const embedded = innerRow(row, 'registrationdefinition')
  const definition = canonicalId(textIn(row, 'registrationdefinitionid') ?? (embedded === undefined ? '' : (textIn(embedded, 'id') ?? '')))
  state.delegations.push({ id: said.id, scope: said.scope, definition, coverage, at: row.at })
  if (embedded !== undefined) keepDefinition(state, definition, embedded, coverage)
  return []
}

export const acceptRegistrationDefinition: Accept = (state, row, listing) => {
  const printed = textIn(row, 'id') ?? '/'
  const coverage = cover(state, listing, scopeOfExtension(canonicalId(printed)) ?? '/')
  keepDefinition(state, canonicalId(printed), row, coverage)
  return []
}

function keepDefinition(state: AzureState, id: string, row: Row, coverage: string): void {
  if (row.get('authorizations') === undefined && row.get('eligibleauthorizations') === undefined) return
  const other = state.definitions.get(id)
  if (other !== undefined) other.coverages.add(coverage)
  // The longer one says more: which comes first must not matter.
  if (other === undefined || text(row) > text(other.row)) state.definitions.set(id, { row, coverages: other?.coverages ?? new Set([coverage]) })
}

const text = (row: Row): string => {
  const json = JSON.stringify(row.printed)
  return `${String(json.length).padStart(9, '0')}${json}`
}

/** @returns undefined where no file tells what the definition says */
export function statementsOf(state: AzureState, delegation: DelegationSaid): readonly Statement[] | undefined {
  const definition = state.definitions.get(delegation.definition)?.row
  if (definition === undefined) return undefined
  const active = innerRows(definition, 'authorizations').flatMap((row) => statementOf(row, definition, delegation, false))
  const ids = new Set(active.map(({ entity }) => entity.id))
  const eligible = innerRows(definition, 'eligibleauthorizations').flatMap((row) => statementOf(row, definition, delegation, true))
  // What is granted already needs no activation.
  return [...active, ...eligible.filter(({ entity }) => !ids.has(entity.id))]
}

function statementOf(row: Row, definition: Row, { id, scope, at }: DelegationSaid, isEligible: boolean): readonly Statement[] {
  const said = checked(delegationShape, row, { principalId: textIn(row, 'principalid'), roleDefinitionId: textIn(row, 'roledefinitionid') })
  if (isFinding(said)) return []
  const role = lastSegment(said.roleDefinitionId).toLowerCase()
  const tenant = textIn(definition, 'managedbytenantid')?.toLowerCase()
  const name = textIn(row, 'principaliddisplayname')
  return [
    {
      entity: {
        label: 'Grant',
        kind: 'LighthouseAuthorization',
        id: `${id}#${said.principalId}/${role}`,
        name: textIn(definition, 'registrationdefinitionname', 'name') ?? lastSegment(id),
        provider: 'azure',
        scope: null,
        properties: known({ description: textIn(definition, 'description'), state: isEligible ? 'ELIGIBLE' : undefined }),
        document: JSON.stringify(row.printed),
        origin: at,
      },
      sense: JSON.stringify(row.printed).toLowerCase(),
      at,
      holder: { id: said.principalId, kind: 'DirectoryObject', name, tenant, properties: { external: true, nature: 'EXTERNAL' } },
      gives: { id: roleId(role) },
      where: scope,
    },
  ]
}
