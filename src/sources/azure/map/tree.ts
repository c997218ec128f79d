import { canonicalId, isGuid, lastSegment, managementGroupId, placeOf, subscriptionId } from '../arm-id.ts'
import { cover, refused, type Accept, type Listing } from '../listing.ts'
import { innerRow, innerRows, isFields, textIn, type Row } from '../row.ts'
import { checked, groupShape, isFinding, subscriptionShape } from '../schema.ts'
import type { AzureState } from '../state.ts'
import { addNode, addParent, nameTenant } from '../tree.ts'

/**
 * Management groups and subscriptions, with what each says of those above it.
 * https://learn.microsoft.com/azure/governance/management-groups/overview
 */

/** A management group (with its children, if they were expanded), or an entity or descendant: a group or subscription that names its parent. */
export const acceptManagementGroup: Accept = (state, row, listing) => {
  const said = checked(groupShape, row, { id: textIn(row, 'id') })
  if (isFinding(said)) return refused(state, listing, said, '/')
  const tenant = textIn(row, 'tenantid', 'tenant')?.toLowerCase()
  if (tenant !== undefined) state.tenants.add(tenant)
  const coverage = cover(state, listing, '/', tenant)
  const id = addMember(state, row, coverage, tenant)
  const parent = parentIn(row)
  if (parent !== undefined && id !== undefined) {
    addNode(state.tree.groups, parent, { tenant }, undefined)
    addParent(state.tree, id, parent, coverage)
  }
  if (id !== undefined) addChain(state, id, chainIn(row), { coverage, tenant })
  return []
}

/** The row's own node, and those of its children. @returns its id */
function addMember(state: AzureState, row: Row, coverage: string, tenant: string | undefined): string | undefined {
  const printed = textIn(row, 'id') ?? ''
  const subscription = subscriptionIn(printed)
  const name = textIn(row, 'displayname')
  if (subscription !== undefined) {
    addNode(state.tree.subscriptions, subscription, { name, tenant, state: textIn(row, 'state') }, coverage)
    return subscription
  }
  if (placeOf(printed).kind !== 'ManagementGroup') return undefined
  const id = managementGroupId(printed)
  addNode(state.tree.groups, id, { name: name ?? lastSegment(printed), tenant }, coverage)
  for (const child of innerRows(row, 'children')) {
    const member = addMember(state, child, coverage, tenant)
    if (member !== undefined) addParent(state.tree, member, id, coverage)
  }
  return id
}

/** `/subscriptions/{id}`, also below a management group. */
function subscriptionIn(printed: string): string | undefined {
  const guid = /\/subscriptions\/([^/]+)\/?$/i.exec(printed)?.[1]
  return guid === undefined ? undefined : subscriptionId(guid)
}

function parentIn(row: Row): string | undefined {
  const details = innerRow(row, 'details')
  const parent = innerRow(row, 'parent') ?? (details === undefined ? undefined : innerRow(details, 'parent'))
  const within = /^(\/providers\/microsoft\.management\/managementgroups\/[^/]+)\/subscriptions\//i.exec(textIn(row, 'id') ?? '')?.[1]
  const named = (parent === undefined ? undefined : textIn(parent, 'id', 'name')) ?? textIn(row, 'parent') ?? within
  return named === undefined ? undefined : managementGroupId(named)
}

interface Ancestor {
  readonly name: string
  readonly displayName: string | undefined
}

/** Resource Graph names all management groups above, the nearest first. */
function chainIn(row: Row): readonly Ancestor[] {
  const details = innerRow(row, 'details')
  const value = row.get('managementgroupancestorschain') ?? details?.get('managementgroupancestorschain')
  if (!Array.isArray(value)) return []
  return value.filter(isFields).flatMap((each) => {
    const { name, displayName } = each
    return typeof name === 'string' ? [{ name, displayName: typeof displayName === 'string' ? displayName : undefined }] : []
  })
}

interface Source {
  readonly coverage: string
  readonly tenant: string | undefined
}

function addChain(state: AzureState, child: string, chain: readonly Ancestor[], { coverage, tenant }: Source): void {
  // The root's name is that of the tenant: should it come first, the chain was printed from above.
  const isFromAbove = chain.length > 1 && chain[0]?.name.toLowerCase() === tenant
  let below = child
  for (const { name, displayName } of isFromAbove ? [...chain].reverse() : chain) {
    const id = managementGroupId(name)
    addNode(state.tree.groups, id, { name: displayName ?? name, tenant }, coverage)
    addParent(state.tree, below, id, coverage)
    below = id
  }
}

/** Of `az account list`, REST, Resource Graph and AzureHound. A subscription that another tenant shows belongs to its home tenant. */
export const acceptSubscription: Accept = (state, row, listing) => {
  const printed = textIn(row, 'id')
  const guid = textIn(row, 'subscriptionid') ?? (printed === undefined ? undefined : lastSegment(printed))
  const said = checked(subscriptionShape, row, { subscriptionId: guid })
  if (isFinding(said)) return refused(state, listing, said, '/')
  const listedBy = guidIn(row, 'tenantid')
  const tenant = guidIn(row, 'hometenantid') ?? listedBy
  if (tenant !== undefined) state.tenants.add(tenant)
  const coverage = coverageOfSubscription(state, listing, said.subscriptionId, listedBy)
  const id = subscriptionId(said.subscriptionId)
  addNode(state.tree.subscriptions, id, { name: textIn(row, 'displayname', 'name'), tenant, state: textIn(row, 'state') }, coverage)
  const tenantName = textIn(row, 'tenantdisplayname')
  if (tenant !== undefined && tenant === listedBy) nameTenant(state.tree, tenant, tenantName)
  addChain(state, id, chainIn(row), { coverage, tenant })
  return []
}

/** One collection of AzureHound is a listing of each subscription. */
const coverageOfSubscription = (state: AzureState, listing: Listing, subscription: string, tenant: string | undefined): string =>
  listing.part === 'azurehound' ? cover(state, listing, canonicalId(subscriptionId(subscription))) : cover(state, listing, '/', tenant)

function guidIn(row: Row, name: string): string | undefined {
  const text = textIn(row, name)
  return text !== undefined && isGuid(text) ? text.toLowerCase() : undefined
}
