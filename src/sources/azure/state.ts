import type { Origin } from '../../domain/facts.ts'
import { canonicalId } from './arm-id.ts'
import { newTree, type Tree } from './tree.ts'
import { before, fuller, type Held, type NamedPrincipal, type Statement } from './statement.ts'
import type { Covered, Page } from './coverage.ts'
import type { DefinitionSaid, DelegationSaid } from './map/lighthouse.ts'

/** What a reading has seen so far. It grows; everything that works on it is a function. */
export interface AzureState {
  /** By coverage id, or by what stands for it until all is read (see `coverage.ts`). */
  readonly covered: Map<string, Covered>
  readonly pages: Page[]
  /** Listings of which rows were taken and whose end is still to come, by file and place. */
  readonly begun: Map<string, Begun>
  /** Files that break off. */
  readonly broken: Set<string>
  /** Files that hold values one after another, not as elements of a list. */
  readonly concatenated: Set<string>
  /** Grants, roles and guardrails by id; several where rows contradict each other. */
  readonly held: Map<string, Held[]>
  readonly principals: Map<string, NamedPrincipal>
  /** Scopes and resources that something names: as printed, and by which listings. */
  readonly places: Map<string, NamedPlace>
  /** Resource groups and resources that a listing states. */
  readonly stated: Set<string>
  readonly tree: Tree
  /** Tenants that anything names as its own. */
  readonly tenants: Set<string>
  /** Object ids of managed identities by the lower-cased id of their resource. */
  readonly identities: Map<string, string>
  readonly carries: CarriesIdentity[]
  readonly windows: Map<string, PimWindow>
  readonly delegations: DelegationSaid[]
  readonly definitions: Map<string, DefinitionSaid>
}

/** A listing whose rows come one by one. */
export interface Begun {
  readonly coverages: Set<string>
  count: number
  readonly firstId: string
}

interface NamedPlace {
  printed: string
  readonly coverages: Set<string>
  /** The first grant there. */
  grant: { readonly id: string; readonly at: Origin; readonly coverage: string } | undefined
}

/** A resource uses a managed identity that is a resource of its own. */
interface CarriesIdentity {
  readonly resource: string
  readonly identity: string
  readonly coverage: string
}

/** Until when an assignment is active, by the assignment's id. */
interface PimWindow {
  readonly until: string
  readonly coverages: Set<string>
}

export const newState = (): AzureState => ({
  covered: new Map(),
  pages: [],
  begun: new Map(),
  broken: new Set(),
  concatenated: new Set(),
  held: new Map(),
  principals: new Map(),
  places: new Map(),
  stated: new Set(),
  tree: newTree(),
  tenants: new Set(),
  identities: new Map(),
  carries: [],
  windows: new Map(),
  delegations: [],
  definitions: new Map(),
})

export function hold(state: AzureState, statement: Statement, coverage: string): void {
  const { id } = statement.entity
  const others = state.held.get(id)
  const same = others?.find((held) => held.statement.sense === statement.sense && held.statement.entity.kind === statement.entity.kind)
  if (same !== undefined) {
    same.statement = fuller(same.statement, statement)
    same.coverages.add(coverage)
  } else if (others === undefined) state.held.set(id, [{ statement, coverages: new Set([coverage]) }])
  else others.push({ statement, coverages: new Set([coverage]) })
  if (statement.holder !== undefined) namePrincipal(state, statement.holder)
  if (statement.where !== undefined) namePlace(state, statement.where, coverage, { id, at: statement.at })
}

/** @param grant what holds there, where something does */
export function namePlace(state: AzureState, printed: string, coverage: string, grant?: { readonly id: string; readonly at: Origin }): void {
  const id = canonicalId(printed)
  const place = state.places.get(id) ?? { printed, coverages: new Set<string>(), grant: undefined }
  // Capital letters sort first: which file names it first must not matter.
  if (printed < place.printed) place.printed = printed
  place.coverages.add(coverage)
  if (grant !== undefined && (place.grant === undefined || before(grant.at, place.grant.at))) place.grant = { ...grant, coverage }
  state.places.set(id, place)
}

/** What is told of somebody in several places adds up. */
export function namePrincipal(state: AzureState, named: NamedPrincipal): void {
  const other = state.principals.get(named.id)
  state.principals.set(named.id, other === undefined ? named : together(other, named))
}

function together(one: NamedPrincipal, other: NamedPrincipal): NamedPrincipal {
  const aliases = [...new Set([...(one.aliases ?? []), ...(other.aliases ?? [])])].sort()
  const name = [one.name, other.name].filter((each) => each !== undefined).sort()[0]
  const tenant = [one.tenant, other.tenant].filter((each) => each !== undefined).sort()[0]
  const properties = { ...one.properties, ...other.properties }
  return {
    id: one.id,
    kind: telling(one.kind) >= telling(other.kind) ? one.kind : other.kind,
    aliases,
    name,
    tenant,
    properties,
    isGone: one.isGone === true && other.isGone === true,
  }
}

const TELLING = ['DirectoryObject', 'ServicePrincipal', 'EntraUser', 'EntraGroup', 'ManagedIdentity']

/** A managed identity is a service principal, too. */
const telling = (kind: string): number => TELLING.indexOf(kind)
