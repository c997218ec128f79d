import { canonicalId, lastSegment, scopeOfExtension } from '../arm-id.ts'
import { known } from '../facts.ts'
import { cover, dated, refused, type Accept } from '../listing.ts'
import { dateIn, textIn, type Row } from '../row.ts'
import { attachedShape, checked, isFinding } from '../schema.ts'
import { hold } from '../state.ts'

/**
 * Deny assignments and management locks.
 * https://learn.microsoft.com/azure/role-based-access-control/deny-assignments
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */

export const acceptDeny: Accept = (state, row, listing) => acceptGuardrail(state, row, listing, 'AzureDenyAssignment')

export const acceptLock: Accept = (state, row, listing) => acceptGuardrail(state, row, listing, 'AzureResourceLock')

function acceptGuardrail(
  state: Parameters<Accept>[0],
  row: Row,
  listing: Parameters<Accept>[2],
  kind: 'AzureDenyAssignment' | 'AzureResourceLock',
): ReturnType<Accept> {
  const printed = textIn(row, 'id')
  const scope = textIn(row, 'scope') ?? (printed === undefined ? undefined : scopeOfExtension(canonicalId(printed)))
  const said = checked(attachedShape, row, { id: printed, scope })
  if (isFinding(said)) return refused(state, listing, said, canonicalId(scope ?? printed ?? '/'))
  const coverage = cover(state, listing, canonicalId(said.scope))
  const properties = known({
    description: textIn(row, 'description', 'notes'),
    createdAt: dateIn(row, 'createdon'),
    updatedAt: dateIn(row, 'updatedon'),
    state: kind === 'AzureResourceLock' ? textIn(row, 'level') : textIn(row, 'denyassignmenteffect'),
  })
  const statement = {
    entity: {
      label: 'Guardrail',
      kind,
      id: said.id,
      name: textIn(row, 'denyassignmentname') ?? textIn(row, 'name') ?? lastSegment(said.id),
      provider: 'azure',
      scope: null,
      properties,
      document: JSON.stringify(row.printed),
      origin: row.at,
    },
    sense: senseOf(row),
    at: row.at,
    where: said.scope,
  } as const
  hold(state, statement, coverage)
  dated(state, coverage, properties.createdAt, properties.updatedAt)
  return []
}

const SAYING = ['level', 'permissions', 'principals', 'excludeprincipals', 'donotapplytochildscopes', 'denyassignmenteffect', 'condition'] as const

const senseOf = (row: Row): string => JSON.stringify(SAYING.map((name) => row.get(name) ?? null)).toLowerCase()
