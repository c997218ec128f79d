import type { Origin } from '../../../domain/facts.ts'
import { edge, entity, named, ref, stub, type About, type Mapped, type Named } from '../facts.ts'
import { dateIn, textIn, type Row } from '../row.ts'
import { idOf, wrong } from './wrong.ts'

/** What applications may do by themselves (app roles), and on behalf of users (delegated permissions). */

/** In the place of a role's id where an application is assigned without one. */
const NO_ROLE = '00000000-0000-0000-0000-000000000000'

export function appRoleAssignment(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  const principalId = textIn(row.fields, 'principalId')?.toLowerCase()
  const resourceId = textIn(row.fields, 'resourceId')?.toLowerCase()
  const appRoleId = textIn(row.fields, 'appRoleId')?.toLowerCase()
  if (principalId === undefined || resourceId === undefined || appRoleId === undefined)
    return wrong(row, about, ...['principalId', 'resourceId', 'appRoleId'].filter((key) => textIn(row.fields, key) === undefined))
  // AzureHound leaves out the id.
  const grant = id ?? `${principalId}->${resourceId}/${appRoleId}`
  const role = `${resourceId}/${appRoleId}`
  const said = { label: 'Grant', kind: 'AppRoleAssignment', id: grant, document: row.printed, at: row.at } as const
  return {
    records: [
      entity({ ...said, properties: { createdAt: dateIn(row.fields, 'createdDateTime') } }, about),
      edge('HOLDS', ref('Principal', principalId), ref('Grant', grant), about.coverage),
      edge('GIVES', ref('Grant', grant), ref('Role', role), about.coverage),
      edge('AT', ref('Grant', grant), ref('Principal', resourceId), about.coverage),
    ],
    named: [
      named(principalId, about, row.at, { type: textIn(row.fields, 'principalType'), name: textIn(row.fields, 'principalDisplayName'), grant }),
      named(resourceId, about, row.at, { type: 'ServicePrincipal', name: textIn(row.fields, 'resourceDisplayName') }),
      // To be assigned without a role is to be let in, which is known without a definition.
      namedRole(role, appRoleId === NO_ROLE ? 'Default access' : appRoleId, row.at, about, appRoleId === NO_ROLE ? undefined : grant),
    ],
  }
}

const namedRole = (id: string, name: string, at: Origin, about: About, grant: string | undefined): Named => ({
  stub: stub({ label: 'Role', kind: 'AppRole', id, name }, about.tenant),
  at,
  coverage: about.coverage,
  ...(grant === undefined ? {} : { grant }),
})

/** One grant gives the client several scopes, for all users or for one: its document says for whom. */
export function delegatedGrant(row: Row, about: About): Mapped {
  const id = idOf(row.fields)
  const clientId = textIn(row.fields, 'clientId')?.toLowerCase()
  const resourceId = textIn(row.fields, 'resourceId')?.toLowerCase()
  if (clientId === undefined || resourceId === undefined)
    return wrong(row, about, ...['clientId', 'resourceId'].filter((key) => textIn(row.fields, key) === undefined))
  const user = textIn(row.fields, 'principalId')?.toLowerCase()
  const grant = id ?? `${clientId}->${resourceId}@${user ?? 'all'}`
  const scopes = [...new Set((textIn(row.fields, 'scope') ?? '').split(/\s+/).filter((scope) => scope !== ''))]
  return {
    records: [
      entity({ label: 'Grant', kind: 'DelegatedPermissionGrant', id: grant, document: row.printed, at: row.at }, about),
      edge('HOLDS', ref('Principal', clientId), ref('Grant', grant), about.coverage),
      ...scopes.map((scope) => edge('GIVES', ref('Grant', grant), ref('Role', `${resourceId}#${scope}`), about.coverage)),
      edge('AT', ref('Grant', grant), ref('Principal', resourceId), about.coverage),
    ],
    named: [
      named(clientId, about, row.at, { type: 'ServicePrincipal', grant }),
      named(resourceId, about, row.at, { type: 'ServicePrincipal' }),
      ...scopes.map((scope) => namedRole(`${resourceId}#${scope}`, scope, row.at, about, undefined)),
    ],
  }
}
