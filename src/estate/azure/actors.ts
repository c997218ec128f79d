import type { EntityFact } from '../../domain/facts.ts'
import type { AzurePrincipal } from '../../policy/azure/index.ts'
import type { Graph } from '../graph.ts'

/** An object of a directory that can be granted something. Groups are asked about as what they give to their members. */
export interface AzureActor {
  /** Number in the graph; -1 where the graph does not have it. */
  readonly node: number
  readonly entity: EntityFact
  /** Some directory export, or the resource that carries it, states it. */
  readonly isKnown: boolean
  /** Nobody can sign in with it. */
  readonly isBlocked: boolean
  /** Directory that it is of; null: not known. */
  readonly tenant: string | null
}

const ACTING: ReadonlySet<string> = new Set(['EntraUser', 'ServicePrincipal', 'ManagedIdentity', 'DirectoryObject'])
const KINDS: Readonly<Record<string, NonNullable<AzurePrincipal['kind']>>> = {
  EntraUser: 'User',
  EntraGroup: 'Group',
  ServicePrincipal: 'ServicePrincipal',
  ManagedIdentity: 'ManagedIdentity',
}

/** An object of a directory that acts; registrations of applications act as their service principals. */
export const isActing = ({ label, kind }: EntityFact): boolean => label === 'Principal' && ACTING.has(kind)

export const isGroup = ({ kind }: EntityFact): boolean => kind === 'EntraGroup'

export const principalKindOf = ({ kind }: EntityFact): AzurePrincipal['kind'] => KINDS[kind]

/** @param node -1 where the graph does not have it */
export const actorFor = (entity: EntityFact, node: number): AzureActor => ({
  node,
  entity,
  isKnown: entity.coverage.length > 0,
  isBlocked: entity.properties.state === 'BLOCKED',
  tenant: entity.scope,
})

/** Everything that can be granted something, in the order of the graph. */
export function buildActors(graph: Graph): ReadonlyMap<number, AzureActor> {
  const found = new Map<number, AzureActor>()
  for (const [node, entity] of graph.entities.entries()) {
    if (isActing(entity) || isGroup(entity)) found.set(node, actorFor(entity, node))
  }
  return found
}
