import type { EntityFact } from '../../domain/facts.ts'
import { closure } from '../adjacency.ts'
import type { Graph } from '../graph.ts'

/** A way by which a user of Identity Center takes a role. Numbers are those of the graph. */
export interface SsoWay {
  readonly role: number
  readonly assignment: number
  /** The user itself, or the group that holds the assignment. */
  readonly holder: number
  /** Several roles could be the assigned one: they have the permission set's name, or that name was not loaded. */
  readonly unsure: boolean
  /** Users were listed, and this one was not: most often somebody who was deleted, whose assignments stay. */
  readonly unlisted: boolean
}

/** An assignment of which something is not in the snapshot. */
export interface Unresolved {
  readonly assignment: EntityFact
  readonly account: string
}

/**
 * Assignments of AWS IAM Identity Center. Each becomes a role in exactly the assigned account; whatever else a role trusts, only assignments tell
 * which user takes it.
 */
export interface IdentityCenter {
  /** @param principal a user, or a group: what it gives its members */
  waysOf(principal: number): readonly SsoWay[]
  /** Users who take the role, by assignments of their own or of their groups. */
  takersOf(role: number): readonly number[]
  /** Assignments without a role. @param principal left out: of everybody */
  missingRoles(principal?: number): readonly Unresolved[]
  /** Assignments of groups that nobody listed: their members are not known. */
  readonly unlistedGroups: readonly Unresolved[]
  /** Accounts with roles of Identity Center, of which not all assignments were loaded. */
  readonly accountsOfUnknownUsers: ReadonlySet<string>
}

/** Users and groups of Identity Center have no permissions of their own. */
export const isOfIdentityCenter = ({ kind }: EntityFact): boolean => kind === 'IdentityCenterUser' || kind === 'IdentityCenterGroup'

export const isDisabled = ({ properties }: EntityFact): boolean => properties.state?.toUpperCase() === 'DISABLED'

/** The role of an assignment in its account, or that there is none. */
type Assigned = Omit<SsoWay, 'holder' | 'role' | 'unlisted'> & { readonly account: string; readonly roles: readonly number[] }

/**
 * @param knownUsers accounts of which all assignments were loaded
 * @param exists whether a role that only policies name may be there
 */
export function createIdentityCenter(graph: Graph, knownUsers: ReadonlySet<string>, exists: (role: EntityFact) => boolean): IdentityCenter {
  const roles = findSsoRoles(graph, exists)
  const assigned = new Map<number, readonly Assigned[]>()
  const holdersOfRole = new Map<number, number[]>()
  graph.entities.forEach(({ kind }, assignment) => {
    if (kind !== 'AwsAccountAssignment') return
    const found = assignedBy(graph, assignment, roles)
    assigned.set(assignment, found)
    for (const role of found.flatMap((one) => one.roles)) {
      const holders = holdersOfRole.get(role) ?? []
      holders.push(...graph.into('HOLDS', assignment))
      holdersOfRole.set(role, holders)
    }
  })
  const assignmentsOf = (principal: number): (Assigned & { readonly holder: number })[] => {
    if (isDisabled(graph.entityAt(principal))) return []
    const holders = [principal, ...closure({ of: (from) => graph.out('MEMBER_OF', from) }, principal)]
    return holders.flatMap((holder) =>
      [...graph.out('HOLDS', holder)].flatMap((assignment) => (assigned.get(assignment) ?? []).map((one) => ({ ...one, holder }))),
    )
  }
  const usersListed = graph.entities.some(({ kind, coverage }) => kind === 'IdentityCenterUser' && coverage.length > 0)
  const isUnlisted = ({ kind, coverage }: EntityFact): boolean => usersListed && kind === 'IdentityCenterUser' && coverage.length === 0
  const missing = (found: readonly Assigned[]): Unresolved[] =>
    found.filter((one) => one.roles.length === 0).map(({ assignment, account }) => ({ assignment: graph.entityAt(assignment), account }))
  return {
    waysOf(principal) {
      const unlisted = isUnlisted(graph.entityAt(principal))
      return assignmentsOf(principal).flatMap(({ assignment, holder, unsure, roles: taken }) =>
        taken.map((role) => ({ role, assignment, holder, unsure, unlisted })),
      )
    },
    takersOf: (role) => usersAmong(graph, holdersOfRole.get(role) ?? []),
    missingRoles: (principal) => missing(principal === undefined ? [...assigned.values()].flat() : assignmentsOf(principal)),
    unlistedGroups: unlistedGroups(graph, [...assigned.values()].flat()),
    accountsOfUnknownUsers: new Set([...roles.byAccount.keys()].filter((account) => !knownUsers.has(account))),
  }
}

const unlistedGroups = (graph: Graph, assigned: readonly Assigned[]): Unresolved[] =>
  assigned
    .filter(({ assignment }) => [...graph.into('HOLDS', assignment)].some((holder) => isUnlistedGroup(graph.entityAt(holder))))
    .map(({ assignment, account }) => ({ assignment: graph.entityAt(assignment), account }))

const isUnlistedGroup = ({ kind, coverage }: EntityFact): boolean => kind === 'IdentityCenterGroup' && coverage.length === 0

/** Users, and the members of groups, who are not disabled. */
function usersAmong(graph: Graph, holders: readonly number[]): number[] {
  const members = holders.flatMap((holder) => [holder, ...closure({ of: (from) => graph.into('MEMBER_OF', from) }, holder)])
  return [...new Set(members)].filter((node) => {
    const entity = graph.entityAt(node)
    return entity.kind === 'IdentityCenterUser' && !isDisabled(entity)
  })
}

function assignedBy(graph: Graph, assignment: number, roles: SsoRoles): Assigned[] {
  const accounts = [...graph.out('AT', assignment)].map((node) => graph.entityAt(node)).filter(({ kind }) => kind === 'AwsAccount')
  const permissionSets = [...graph.out('GIVES', assignment)].map((node) => graph.entityAt(node))
  return accounts.flatMap(({ id: account }) =>
    permissionSets.map(({ name, coverage }) => {
      // Of a permission set that nobody listed the name is not known: any role of Identity Center there may be its.
      const isNamed = coverage.length > 0
      const found = (isNamed ? roles.byName.get(`${account}/${name}`) : roles.byAccount.get(account)) ?? []
      return { assignment, account, roles: found, unsure: !isNamed || found.length > 1 }
    }),
  )
}

interface SsoRoles {
  /** By `{account}/{permission set}`. */
  readonly byName: ReadonlyMap<string, readonly number[]>
  readonly byAccount: ReadonlyMap<string, readonly number[]>
}

/** The name of a permission set may hold `_` itself: what follows the last one is not of it. */
function findSsoRoles(graph: Graph, exists: (role: EntityFact) => boolean): SsoRoles {
  const byName = new Map<string, number[]>()
  const byAccount = new Map<string, number[]>()
  const add = (map: Map<string, number[]>, key: string, node: number): unknown => map.set(key, [...(map.get(key) ?? []), node])
  graph.entities.forEach((entity, node) => {
    if (entity.kind !== 'AwsRole' || entity.scope === null || !isSsoRole(entity) || !exists(entity)) return
    const permissionSet = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(entity.name)?.[1]
    if (permissionSet === undefined) return
    add(byName, `${entity.scope}/${permissionSet}`, node)
    add(byAccount, entity.scope, node)
  })
  return { byName, byAccount }
}

/** Anybody can name a role so; only Identity Center can make one under this path. A policy that names a session does not tell the path. */
const isSsoRole = ({ id, coverage }: EntityFact): boolean =>
  id.includes(':role/aws-reserved/sso.amazonaws.com/') || (coverage.length === 0 && id.includes(':role/AWSReservedSSO_'))

/** Whoever signs in by Identity Center's provider of an account, as trust policies name it. */
export const isSsoProvider = ({ kind, id }: EntityFact): boolean => kind === 'FederatedSubject' && id.includes(':saml-provider/AWSSSO_')

/** Accounts with assignments, where all assignments were loaded: who signs in there by Identity Center is one of their users. */
export function accountsOfKnownUsers(graph: Graph, wholeCoverages: ReadonlySet<string>): ReadonlySet<string> {
  const accounts = new Set<string>()
  if (![...wholeCoverages].some((id) => id.startsWith('aws:sso:'))) return accounts
  graph.entities.forEach(({ kind }, assignment) => {
    if (kind === 'AwsAccountAssignment') for (const account of graph.out('AT', assignment)) accounts.add(graph.entityAt(account).id)
  })
  return accounts
}
