import { canonicalId, scopeOfExtension, subscriptionOf } from '../arm-id.ts'
import { known } from '../facts.ts'
import { cover, type Accept } from '../listing.ts'
import { textIn, type Row } from '../row.ts'
import { hold } from '../state.ts'

/**
 * Service and co-administrators: retired in 2024, they grant nothing and are named. They are known by e-mail only, so that nobody is said to hold one.
 * https://learn.microsoft.com/azure/role-based-access-control/classic-administrators
 */

/** `az role assignment list --include-classic-administrators` prints them among its rows, with this in the place of an id. */
export const isClassic = (row: Row): boolean => (textIn(row, 'id') ?? '').startsWith('NA(classic')

export const acceptClassic: Accept = (state, row, listing) => {
  const email = textIn(row, 'emailaddress', 'principalname', 'principalid') ?? 'unknown'
  const printed = textIn(row, 'id') ?? ''
  const scope = textIn(row, 'scope') ?? scopeOfExtension(canonicalId(printed)) ?? '/'
  const at =
    listing.note.subscription !== undefined && subscriptionOf(canonicalId(scope)) === undefined
      ? `/subscriptions/${listing.note.subscription}`
      : scope
  const own = `${canonicalId(at)}/providers/microsoft.authorization/classicadministrators/${email.toLowerCase()}`
  const role = textIn(row, 'role', 'roledefinitionname')
  const statement = {
    entity: {
      label: 'Grant',
      kind: 'ClassicAdministrator',
      id: isClassic(row) || printed === '' ? own : canonicalId(printed),
      name: email,
      provider: 'azure',
      scope: null,
      properties: known({ email, description: role }),
      document: JSON.stringify(row.printed),
      origin: row.at,
    },
    sense: `${email.toLowerCase()}\n${role ?? ''}`,
    at: row.at,
    where: at,
  } as const
  hold(state, statement, cover(state, listing, canonicalId(at)))
  return []
}
