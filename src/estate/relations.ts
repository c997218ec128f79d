import type { EntityFact } from '../domain/facts.ts'
import { closure } from './adjacency.ts'
import { guardrailsOver } from './aws/organization.ts'
import type { Graph } from './graph.ts'

/** Entities by id, and what the facts say of how they hang together. */
export interface Relations {
  /** Exact id, as the provider spells it. */
  entity(id: string): EntityFact | undefined
  entities(): Iterable<EntityFact>
  /** Groups of a principal, nested ones included. */
  groupsOf(id: string): readonly EntityFact[]
  /** Members of a group, nested ones included. */
  membersOf(id: string): readonly EntityFact[]
  /** Grants that it holds itself. */
  grantsOf(id: string): readonly EntityFact[]
  /** The role of a grant. */
  roleOf(grant: string): EntityFact | undefined
  /** Principals that hold a role by a grant of their own. */
  holdersOf(role: string): readonly EntityFact[]
  /** Where a grant holds. */
  placesOf(grant: string): readonly EntityFact[]
  guardrailsOf(id: string): readonly EntityFact[]
  /** Guardrails of a scope and of all around it that bind it, the outermost first. */
  guardrailsOver(scope: string): readonly EntityFact[]
  /** Scopes directly in a scope. */
  childrenOf(scope: string): readonly EntityFact[]
  /** Principals whose credentials a resource carries, also by way of an instance profile. */
  credentialsOf(resource: string): readonly EntityFact[]
}

export function createRelations(graph: Graph): Relations {
  const at = (numbers: Iterable<number>) => [...numbers].map((number) => graph.entityAt(number))
  const from = (id: string, read: (node: number) => Iterable<number>): ReturnType<typeof at> => {
    const node = graph.numberOf(id)
    return node === undefined ? [] : at(read(node))
  }
  return {
    entity(id) {
      const node = graph.numberOf(id)
      return node === undefined ? undefined : graph.entityAt(node)
    },
    entities: () => graph.entities,
    groupsOf: (id) => from(id, (node) => closure({ of: (next) => graph.out('MEMBER_OF', next) }, node)),
    membersOf: (id) => from(id, (node) => closure({ of: (next) => graph.into('MEMBER_OF', next) }, node)),
    grantsOf: (id) => from(id, (node) => graph.out('HOLDS', node)),
    roleOf: (grant) => from(grant, (node) => graph.out('GIVES', node))[0],
    holdersOf: (role) => from(role, (node) => [...graph.into('GIVES', node)].flatMap((grant) => [...graph.into('HOLDS', grant)])),
    placesOf: (grant) => from(grant, (node) => graph.out('AT', node)),
    guardrailsOf: (id) => from(id, (node) => graph.into('LIMITS', node)),
    guardrailsOver: (scope) => from(scope, (node) => guardrailsOver(graph, node)),
    childrenOf: (scope) => from(scope, (node) => graph.out('CONTAINS', node)).filter(({ label }) => label === 'Scope'),
    credentialsOf: (resource) =>
      from(resource, (node) => closure({ of: (next) => graph.out('CAN_AUTHENTICATE_AS', next) }, node)).filter(({ label }) => label === 'Principal'),
  }
}
