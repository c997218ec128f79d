import type { EntityFact } from '../../domain/facts.ts'
import type { Graph } from '../graph.ts'
import { timeIn } from './documents.ts'

/** When a membership holds; a bound left out is open. */
interface Window {
  readonly startsAt?: number
  readonly endsAt?: number
}

/** A membership that can be activated, and the groups that it would bring. */
export interface EligibleMembership extends Window {
  /** Id of the grant. */
  readonly grant: string
  readonly group: number
}

/** Who is in which group, nested ones included; numbers are those of the graph. */
export interface Memberships {
  /** Groups of which it surely is a member at a time. */
  groupsOf(node: number, now: number): readonly number[]
  /** The same without nesting: directory roles flow no further. */
  directGroupsOf(node: number, now: number): readonly number[]
  /** Members now or at another time, groups too: a superset. */
  membersOf(group: number): readonly number[]
  /** Of it or of a group that it is in. */
  eligibleFor(node: number, now: number): readonly EligibleMembership[]
  /** Groups that may have members whom no file names, and all in which they lie. */
  readonly open: ReadonlySet<number>
  /** The steps from a member to a group, without the member; the shortest way. */
  pathTo(node: number, group: number, now: number): readonly number[]
}

/** @param isDeleted what a whole directory lacks */
export function createMemberships(graph: Graph, isDeleted: (entity: EntityFact) => boolean): Memberships {
  const timed = timedMemberships(graph)
  const eligible = eligibleMemberships(graph)
  const direct = (node: number, now: number): number[] => {
    const windows = timed.get(node)
    const stated = [...graph.out('MEMBER_OF', node)]
    if (windows === undefined) return stated
    const isHeld = (group: number): boolean => windows.get(group)?.some((window) => isOpen(window, now)) ?? true
    return [...new Set([...stated, ...windows.keys()])].filter(isHeld)
  }
  const settled = new Map<number, readonly number[]>()
  const groupsOf = (node: number, now: number): readonly number[] => {
    const known = settled.get(node)
    if (known !== undefined) return known
    const found = spread(node, (next) => direct(next, now))
    // What no window touches is the same at any time.
    if (timed.size === 0 || ![node, ...found].some((each) => timed.has(each))) settled.set(node, found)
    return found
  }
  const timedMembers = inverse(timed)
  return {
    groupsOf,
    directGroupsOf: direct,
    membersOf: (group) => spread(group, (next) => [...graph.into('MEMBER_OF', next), ...(timedMembers.get(next) ?? [])]),
    eligibleFor: (node, now) =>
      eligible.size === 0 ? [] : [node, ...groupsOf(node, now)].flatMap((each) => (eligible.get(each) ?? []).filter((one) => isOpen(one, now))),
    open: openGroups(graph, isDeleted),
    pathTo: (node, group, now) => shortest(node, group, (next) => direct(next, now)),
  }
}

function isOpen({ startsAt, endsAt }: Window, now: number): boolean {
  return (startsAt === undefined || startsAt <= now) && (endsAt === undefined || now < endsAt)
}

/** Breadth first, the start left out; cycles end. */
function spread(start: number, next: (node: number) => Iterable<number>): number[] {
  const seen = new Set([start])
  const found: number[] = []
  for (const from of withFound(start, found))
    for (const to of next(from)) {
      if (seen.has(to)) continue
      seen.add(to)
      found.push(to)
    }
  return found
}

/** The start and all that is added while it goes on. */
function* withFound(start: number, found: readonly number[]): Generator<number> {
  yield start
  for (let at = 0; at < found.length; at++) yield found[at] ?? start
}

function shortest(start: number, goal: number, next: (node: number) => Iterable<number>): readonly number[] {
  const cameFrom = new Map<number, number>()
  spread(start, (node) => {
    const found = [...next(node)]
    for (const to of found) if (!cameFrom.has(to) && to !== start) cameFrom.set(to, node)
    return found
  })
  const path: number[] = []
  for (let at: number | undefined = goal; at !== undefined && at !== start; at = cameFrom.get(at)) path.unshift(at)
  return cameFrom.has(goal) ? path : []
}

/** Windows of the memberships that Privileged Identity Management keeps, by member and group. */
function timedMemberships(graph: Graph): ReadonlyMap<number, ReadonlyMap<number, readonly Window[]>> {
  const found = new Map<number, Map<number, Window[]>>()
  for (const { member, group, window } of groupGrants(graph, 'GroupAssignment')) {
    const ofMember = found.get(member) ?? new Map<number, Window[]>()
    found.set(member, ofMember.set(group, [...(ofMember.get(group) ?? []), window]))
  }
  return found
}

function eligibleMemberships(graph: Graph): ReadonlyMap<number, readonly EligibleMembership[]> {
  const found = new Map<number, EligibleMembership[]>()
  for (const { member, group, window, grant } of groupGrants(graph, 'GroupEligibility'))
    found.set(member, [...(found.get(member) ?? []), { ...window, grant: grant.id, group }])
  return found
}

interface GroupGrant {
  readonly grant: EntityFact
  readonly member: number
  readonly group: number
  readonly window: Window
}

/** Owners are not members. */
function* groupGrants(graph: Graph, kind: string): Generator<GroupGrant> {
  for (const [node, grant] of graph.entities.entries()) {
    if (grant.kind !== kind || grant.properties.accessId?.toLowerCase() === 'owner') continue
    const startsAt = timeIn(grant.properties.validFrom)
    const endsAt = timeIn(grant.properties.validUntil)
    const window = { ...(startsAt === undefined ? {} : { startsAt }), ...(endsAt === undefined ? {} : { endsAt }) }
    for (const member of graph.into('HOLDS', node)) for (const group of graph.out('AT', node)) yield { grant, member, group, window }
  }
}

function inverse(timed: ReadonlyMap<number, ReadonlyMap<number, unknown>>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [member, groups] of timed) for (const group of groups.keys()) found.set(group, [...(found.get(group) ?? []), member])
  return found
}

function openGroups(graph: Graph, isDeleted: (entity: EntityFact) => boolean): ReadonlySet<number> {
  const open = new Set<number>()
  for (const [node, entity] of graph.entities.entries()) {
    if (!mayHaveUnlistedMembers(entity) || isDeleted(entity)) continue
    for (const group of [node, ...spread(node, (next) => graph.out('MEMBER_OF', next))]) open.add(group)
  }
  return open
}

/** What only a grant names, of a type that nothing tells, may be a group. */
function mayHaveUnlistedMembers({ kind, properties }: EntityFact): boolean {
  return (kind === 'EntraGroup' && properties.membersListed !== true) || kind === 'DirectoryObject'
}
