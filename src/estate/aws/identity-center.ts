import type { EntityFact } from '../../domain/facts.ts'
import { closure } from '../adjacency.ts'
import type { Graph } from '../graph.ts'

/** A way by which a user of Identity Center takes a role. Numbers are those of the graph. */
export interface SsoWay {
  readonly role: number
  readonly assignment: number
  /** The user itself, or the group that holds the assignment. */
  readonly holder: number
  /** The account has several roles of that permission set's name: this may be a leftover. */
  readonly oneOfSeveral: boolean
}

/** An assignment whose role is not in the snapshot. */
export interface MissingRole {
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
  /** @param principal left out: of everybody */
  missingRoles(principal?: number): readonly MissingRole[]
}

/** Users and groups of Identity Center have no permissions of their own. */
export const isOfIdentityCenter = ({ kind }: EntityFact): boolean => kind === 'IdentityCenterUser' || kind === 'IdentityCenterGroup'

export const isDisabled = ({ properties }: EntityFact): boolean => properties.state?.toUpperCase() === 'DISABLED'

/** The role of an assignment in its account, or that there is none. */
type Assigned = Omit<SsoWay, 'holder' | 'role'> & { readonly account: string; readonly roles: readonly number[] }

/** @param exists whether a role that only policies name may be there */
export function createIdentityCenter(graph: Graph, exists: (role: EntityFact) => boolean): IdentityCenter {
  const roles = rolesByAssignment(graph, exists)
  const assigned = new Map<number, readonly Assigned[]>()
  const holdersOfRole = new Map<number, number[]>()
  graph.entities.forEach(({ kind }, assignment) => {
    if (kind !== 'AwsAccountAssignment') return
    const found = assignedBy(graph, assignment, roles)
    assigned.set(assignment, found)
    for (const role of found.flatMap((one) => one.roles)) {
      const holders = [...graph.into('HOLDS', assignment)]
      holdersOfRole.set(role, [...(holdersOfRole.get(role) ?? []), ...holders])
    }
  })
  const assignmentsOf = (principal: number): (Assigned & { readonly holder: number })[] => {
    if (isDisabled(graph.entityAt(principal))) return []
    const holders = [principal, ...closure({ of: (from) => graph.out('MEMBER_OF', from) }, principal)]
    return holders.flatMap((holder) =>
      [...graph.out('HOLDS', holder)].flatMap((assignment) => (assigned.get(assignment) ?? []).map((one) => ({ ...one, holder }))),
    )
  }
  const missing = (found: readonly Assigned[]): MissingRole[] =>
    found.filter((one) => one.roles.length === 0).map(({ assignment, account }) => ({ assignment: graph.entityAt(assignment), account }))
  return {
    waysOf: (principal) =>
      assignmentsOf(principal).flatMap(({ assignment, holder, oneOfSeveral, roles: taken }) =>
        taken.map((role) => ({ role, assignment, holder, oneOfSeveral })),
      ),
    takersOf: (role) => usersAmong(graph, holdersOfRole.get(role) ?? []),
    missingRoles: (principal) => missing(principal === undefined ? [...assigned.values()].flat() : assignmentsOf(principal)),
  }
}

/** Users, and the members of groups, who are not disabled. */
function usersAmong(graph: Graph, holders: readonly number[]): number[] {
  const members = holders.flatMap((holder) => [holder, ...closure({ of: (from) => graph.into('MEMBER_OF', from) }, holder)])
  return [...new Set(members)].filter((node) => {
    const entity = graph.entityAt(node)
    return entity.kind === 'IdentityCenterUser' && !isDisabled(entity)
  })
}

function assignedBy(graph: Graph, assignment: number, roles: ReadonlyMap<string, readonly number[]>): Assigned[] {
  const accounts = [...graph.out('AT', assignment)].map((node) => graph.entityAt(node)).filter(({ kind }) => kind === 'AwsAccount')
  const permissionSets = [...graph.out('GIVES', assignment)].map((node) => graph.entityAt(node))
  return accounts.flatMap(({ id: account }) =>
    permissionSets.map(({ name }) => {
      const found = roles.get(`${account}/${name}`) ?? []
      return { assignment, account, roles: found, oneOfSeveral: found.length > 1 }
    }),
  )
}

/** `{account}/{permission set}` → roles. The name of a permission set may hold `_` itself: what follows the last one is not of it. */
function rolesByAssignment(graph: Graph, exists: (role: EntityFact) => boolean): Map<string, number[]> {
  const roles = new Map<string, number[]>()
  graph.entities.forEach((entity, node) => {
    if (entity.kind !== 'AwsRole' || entity.scope === null || !isSsoRole(entity) || !exists(entity)) return
    const permissionSet = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(entity.name)?.[1]
    if (permissionSet === undefined) return
    const key = `${entity.scope}/${permissionSet}`
    roles.set(key, [...(roles.get(key) ?? []), node])
  })
  return roles
}

/** Anybody can name a role so; only Identity Center can make one under this path. A policy that names a session does not tell the path. */
const isSsoRole = ({ id, coverage }: EntityFact): boolean =>
  id.includes(':role/aws-reserved/sso.amazonaws.com/') || (coverage.length === 0 && id.includes(':role/AWSReservedSSO_'))
