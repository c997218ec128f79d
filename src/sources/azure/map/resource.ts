import type { EntityFact, SourceRecord } from '../../../domain/facts.ts'
import { canonicalId, parentOf, placeOf, subscriptionOf } from '../arm-id.ts'
import { edge, known, placeFact, ref } from '../facts.ts'
import { cover, covering, dated, refused, type Accept, type Listing } from '../listing.ts'
import { isOfGenericListing, typeInId } from '../recognise.ts'
import { dateIn, isFields, rowOf, tagsIn, textIn, type Row } from '../row.ts'
import { checked, isFinding, resourceShape } from '../schema.ts'
import { namePlace, namePrincipal, type AzureState } from '../state.ts'
import { acceptVault, isVault } from './vault.ts'

/** Resource groups, resources, and the managed identities that they carry. */

export const acceptResourceGroup: Accept = (state, row, listing) => {
  const said = checked(resourceShape, row, { id: textIn(row, 'id') })
  if (isFinding(said)) return refused(state, listing, said, '/')
  return placed(state, row, said.id, cover(state, listing, canonicalId(said.id)))
}

export const acceptResource: Accept = (state, row, listing) => {
  const said = checked(resourceShape, row, { id: textIn(row, 'id', 'resourceid') })
  if (isFinding(said)) return refused(state, listing, said, '/')
  const id = canonicalId(said.id)
  const coverage = coverageOfResource(state, row, id, listing)
  const records = placed(state, row, said.id, coverage)
  if (isVault(row, id)) acceptVault(state, row, id, coverage)
  return [...records, ...identitiesOf(state, row, id, coverage)]
}

/**
 * A list of resources of any type speaks for all of a subscription; one of a single type, for those; a resource printed by itself, for itself. Where
 * something says what was listed, that holds.
 */
function coverageOfResource(state: AzureState, row: Row, id: string, listing: Listing): string {
  const isNoted = listing.note.kind?.startsWith('azure/arm/') === true
  const subscription = subscriptionOf(id)
  if (isNoted || listing.part !== 'resources' || subscription === undefined || isOfGenericListing(row)) return cover(state, listing, id)
  return covering(state, listing, listing.isList ? `azure:resources/${typeInId(id)}/subscription:${subscription}` : `azure:resources/resource:${id}`)
}

function placed(state: AzureState, row: Row, printed: string, coverage: string): readonly SourceRecord[] {
  const place = placeOf(printed)
  state.stated.add(place.id)
  const createdAt = dateIn(row, 'createdtime')
  const updatedAt = dateIn(row, 'changedtime')
  dated(state, coverage, createdAt, updatedAt)
  const properties = known({
    createdAt,
    updatedAt,
    tags: tagsIn(row),
    region: row.own('location') === undefined ? undefined : textIn(row, 'location'),
  })
  const document = isVault(row, place.id) ? JSON.stringify(row.printed) : null
  const own = row.own('name')
  // Children are named with their parents: `server/database`.
  const name = typeof own === 'string' && !own.includes('/') ? own : place.name
  const fact: EntityFact = { ...placeFact({ ...place, name }, [coverage], properties), document, origin: row.at }
  const parent = parentOf(place.id)
  if (parent === undefined) return [fact]
  const above = placeOf(parent)
  namePlace(state, printed.replace(/^\/+/, '/').slice(0, parent.length), coverage)
  return [fact, edge('CONTAINS', ref(above.label, above.id), ref(place.label, place.id), [coverage])]
}

/** What runs in it has the credentials of its identities. */
function identitiesOf(state: AzureState, row: Row, id: string, coverage: string): readonly SourceRecord[] {
  const identity = row.own('identity')
  const records: SourceRecord[] = []
  if (isFields(identity)) {
    const own = rowOf(identity, row.at)
    const system = textIn(own, 'principalid')
    if (system !== undefined)
      records.push(...carried(state, { principal: system, of: id, name: placeOf(textIn(row, 'id') ?? id).name, alias: undefined }, id, coverage))
    const assigned = own.own('userassignedidentities')
    if (isFields(assigned)) for (const [printed, value] of Object.entries(assigned)) noteAssigned(state, printed, value, { id, coverage, row })
  }
  const principal = isIdentity(id) ? textIn(row, 'principalid') : undefined
  if (principal === undefined) return records
  state.identities.set(id, principal.toLowerCase())
  return [
    ...records,
    ...carried(state, { principal, of: id, name: placeOf(textIn(row, 'id') ?? id).name, alias: textIn(row, 'clientid') }, id, coverage),
  ]
}

const isIdentity = (id: string): boolean => typeInId(id) === 'microsoft.managedidentity/userassignedidentities'

/** An identity that is a resource of its own; its object id may stand elsewhere. */
function noteAssigned(
  state: AzureState,
  printed: string,
  value: unknown,
  { id, coverage, row }: { readonly id: string; readonly coverage: string; readonly row: Row },
): void {
  const identity = canonicalId(printed)
  const said = isFields(value) ? rowOf(value, row.at) : undefined
  const principal = said === undefined ? undefined : textIn(said, 'principalid')
  if (principal !== undefined) {
    state.identities.set(identity, principal.toLowerCase())
    nameIdentity(state, { principal, of: identity, name: placeOf(printed).name, alias: said === undefined ? undefined : textIn(said, 'clientid') })
  }
  state.carries.push({ resource: id, identity, coverage })
  namePlace(state, printed, coverage)
}

interface IdentitySaid {
  readonly principal: string
  /** Canonical id of the resource whose identity it is. */
  readonly of: string
  readonly name: string
  /** Its application's id. */
  readonly alias: string | undefined
}

function carried(state: AzureState, said: IdentitySaid, resource: string, coverage: string): readonly SourceRecord[] {
  nameIdentity(state, said)
  return [edge('CAN_AUTHENTICATE_AS', ref('Resource', resource), ref('Principal', said.principal.toLowerCase()), [coverage])]
}

/** The directory describes it; its resource's id is another name of it. */
function nameIdentity(state: AzureState, { principal, of, name, alias }: IdentitySaid): void {
  const aliases = [of, ...(alias === undefined ? [] : [alias.toLowerCase()])]
  namePrincipal(state, { id: principal.toLowerCase(), kind: 'ManagedIdentity', name, aliases })
}
