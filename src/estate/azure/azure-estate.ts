import type { CoverageFact, EntityFact } from '../../domain/facts.ts'
import {
  createAzureCompiler,
  decide,
  type AttributeValue,
  type AzureDecision,
  type AzurePolicySet,
  type AzurePrincipal,
} from '../../policy/azure/index.ts'
import type { Graph } from '../graph.ts'
import type { Names } from '../names.ts'
import { actorFor, buildActors, principalKindOf, type AzureActor } from './actors.ts'
import { createBearing, type Bearing } from './bearing.ts'
import { compileDocuments, type AzureDocuments } from './grants.ts'
import { createMemberships, type Memberships } from './memberships.ts'
import { createCatalogue, type AzureCatalogue } from './catalogue.ts'
import { createScopeIndex, type ScopeIndex } from './scope-index.ts'
import { createScopeTree, type ScopeTree } from './scope-tree.ts'
import { describeTarget, type AzureTarget } from './target.ts'

/** The Azure part of the compiled estate: who holds what where, and exact decisions about it. */
export interface AzureEstate {
  readonly graph: Graph
  readonly documents: AzureDocuments
  readonly index: ScopeIndex
  readonly tree: ScopeTree
  readonly memberships: Memberships
  readonly catalogue: AzureCatalogue
  /** Everything that can be granted something, by its number in the graph. */
  readonly actors: ReadonlyMap<number, AzureActor>
  readonly now: () => Date
  /** By exact id. */
  actorOf(id: string): AzureActor | undefined
  /** An actor for somebody whom no file names. */
  outsider(entity: EntityFact): AzureActor
  /** @param id a well-formed ARM id */
  target(id: string): AzureTarget
  bearing(target: AzureTarget): Bearing
  /** Groups of which it is not known whether an actor is in them, among those that bear on a target, or all. */
  uncertainGroups(actor: AzureActor, bearing?: Bearing): readonly string[]
  /** Lower-cased object ids of the groups that an actor is in now. */
  groupsOf(actor: AzureActor): readonly string[]
  decide(actor: AzureActor, action: string, target: AzureTarget, options?: AzureOptions): AzureDecision
}

export interface AzureOptions {
  /** Attributes of the request, by key as `attributeKey` spells it. */
  readonly given?: ReadonlyMap<string, AttributeValue>
  /** Left out: as the table of data operations tells. */
  readonly isDataAction?: boolean
}

export interface AzureParts {
  readonly graph: Graph
  readonly names: Names
  readonly coverage: readonly CoverageFact[]
  /** The asking time: windows and dates in conditions are compared with it. */
  readonly now: () => Date
}

const TIME = '@environment[utcnow]'
const NOTHING_GIVEN: ReadonlyMap<string, AttributeValue> = new Map()
/** Targets are asked about again and again, page by page and principal by principal. */
const MAX_TARGETS = 2000

export function compileAzure({ graph, names, coverage, now }: AzureParts): AzureEstate {
  const documents = compileDocuments(graph, createAzureCompiler(), (email) => personNamed(graph, names, email))
  const tree = createScopeTree(graph)
  const index = createScopeIndex(documents, tree)
  const memberships = createMemberships(graph, isDeletedGroup(coverage))
  const actors = buildActors(graph)
  const bearing = createBearing(index)
  const targets = new Map<string, AzureTarget>()
  const parts = { graph, tree, index, keyVaults: documents.keyVaults }
  // What no window touches is the same list each time.
  const idsOf = new WeakMap<readonly number[], readonly string[]>()
  const groupsOf = (actor: AzureActor): readonly string[] => {
    if (actor.node === -1) return []
    const groups = memberships.groupsOf(actor.node, now().getTime())
    const ids = idsOf.get(groups) ?? groups.map((group) => graph.entityAt(group).id.toLowerCase())
    idsOf.set(groups, ids)
    return ids
  }
  const uncertainGroups = createUncertainty(graph, memberships)

  const estate: AzureEstate = {
    graph,
    documents,
    index,
    tree,
    memberships,
    catalogue: createCatalogue(documents.roles),
    actors,
    now,
    bearing,
    uncertainGroups,
    groupsOf,
    outsider: (entity) => actorFor(entity, -1),
    actorOf(id) {
      const node = graph.numberOf(id)
      return node === undefined ? undefined : actors.get(node)
    },
    target(id) {
      const known = targets.get(id)
      if (known !== undefined) return known
      if (targets.size >= MAX_TARGETS) targets.clear()
      const described = describeTarget(parts, id)
      targets.set(id, described)
      return described
    },
    decide(actor, action, target, options = {}) {
      if (actor.isBlocked) return BLOCKED
      const groups = groupsOf(actor)
      const decision = ask(estate, { actor, groups, action, target }, options)
      return decision.effect === 'DENY' ? withActivations(estate, { actor, groups, action, target }, options, decision) : decision
    },
  }
  return estate
}

const BLOCKED: AzureDecision = {
  effect: 'DENY',
  because: [{ layer: 'DIRECTORY_ROLE', kind: 'EXPLICIT_DENY', code: 'ACCOUNT_BLOCKED' }],
  faults: [],
  activatable: [],
}

interface Asked {
  readonly actor: AzureActor
  readonly groups: readonly string[]
  readonly action: string
  readonly target: AzureTarget
}

function ask(estate: AzureEstate, { actor, groups, action, target }: Asked, options: AzureOptions): AzureDecision {
  const { given = NOTHING_GIVEN, isDataAction } = options
  const bearing = estate.bearing(target)
  const mine = new Set(groups)
  const uncertainGroups = estate.uncertainGroups(actor, bearing).filter((group) => !mine.has(group))
  const kind = principalKindOf(actor.entity)
  const principal: AzurePrincipal = {
    id: actor.entity.id,
    ...(kind === undefined ? {} : { kind }),
    groups,
    uncertainGroups,
    isInDirectory: actor.isKnown,
  }
  const policies: AzurePolicySet = { ...bearing.heldBy([actor.entity.id.toLowerCase(), ...groups, ...uncertainGroups]), ...bearing.shared }
  const time = timeOf(estate, given)
  return decide({
    principal,
    action,
    ...(isDataAction === undefined ? {} : { isDataAction }),
    resource: { id: target.written, ...(target.ancestors === undefined ? {} : { ancestors: target.ancestors }) },
    context: { entries: given.has(TIME) ? given : new Map([...given, [TIME, [new Date(time).toISOString()]]]), unknown: true },
    policies,
    now: time,
  })
}

/** A time that is given holds for windows too. */
function timeOf({ now }: AzureEstate, given: ReadonlyMap<string, AttributeValue>): number {
  const [text] = given.get(TIME) ?? []
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? now().getTime() : time
}

/** Memberships that the principal could activate, where it would then have access. */
function withActivations(estate: AzureEstate, asked: Asked, options: AzureOptions, decision: AzureDecision): AzureDecision {
  const { graph, memberships, now } = estate
  const { actor, groups } = asked
  const time = now().getTime()
  const eligible = actor.node === -1 ? [] : memberships.eligibleFor(actor.node, time)
  const useful = eligible.filter(({ group }) => {
    const brought = [group, ...memberships.groupsOf(group, time)].map((each) => graph.entityAt(each).id.toLowerCase())
    return ask(estate, { ...asked, groups: [...new Set([...groups, ...brought])] }, options).effect !== 'DENY'
  })
  if (useful.length === 0) return decision
  const reasons = useful.map(({ grant, group }) => ({
    layer: 'ROLE_ASSIGNMENT' as const,
    kind: 'MISSING_ALLOW' as const,
    code: 'ELIGIBLE_ONLY',
    policy: grant,
    statement: `Membership of ${graph.entityAt(group).name}`,
  }))
  return { ...decision, because: [...reasons, ...decision.because], activatable: [...decision.activatable, ...useful.map(({ grant }) => grant)] }
}

interface OpenGroup {
  readonly id: string
  readonly tenant: string | null
  readonly isExternal: boolean
}

/** Only people of a directory are in its groups. */
function createUncertainty(graph: Graph, { open }: Memberships): AzureEstate['uncertainGroups'] {
  const groups = [...open].map((node): OpenGroup => {
    const { id, scope, properties } = graph.entityAt(node)
    return { id: id.toLowerCase(), tenant: scope, isExternal: properties.external === true }
  })
  const bearingOn = new WeakMap<Bearing, readonly OpenGroup[]>()
  const among = (bearing: Bearing): readonly OpenGroup[] => {
    const found = bearingOn.get(bearing) ?? groups.filter(({ id }) => bearing.holders.has(id) || bearing.named.has(id))
    bearingOn.set(bearing, found)
    return found
  }
  return ({ tenant, entity }, bearing) => {
    const isStranger = entity.properties.external === true
    return (bearing === undefined ? groups : among(bearing))
      .filter((group) => group.id !== entity.id && (isStranger || !group.isExternal))
      .filter((group) => tenant === null || group.tenant === null || group.tenant === tenant)
      .map(({ id }) => id)
  }
}

/** Of a directory whose groups were all listed, what is not among them is none, or was deleted: it has no members. */
function isDeletedGroup(coverage: readonly CoverageFact[]): (entity: EntityFact) => boolean {
  const listed = coverage.filter(({ id, complete }) => complete && id.startsWith('entra:groups:')).map(({ id }) => id.slice('entra:groups:'.length))
  const [only, ...others] = listed
  return ({ kind, scope, coverage: stated, properties }) =>
    (kind === 'EntraGroup' || kind === 'DirectoryObject') &&
    stated.length === 0 &&
    properties.external !== true &&
    (scope === null ? only !== undefined && others.length === 0 : listed.includes(scope))
}

function personNamed(graph: Graph, names: Names, email: string): string | undefined {
  const found = names.find(email).map((node) => graph.entityAt(node))
  const people = found.filter(({ kind }) => kind === 'EntraUser')
  return people.length === 1 ? people[0]?.id : undefined
}
