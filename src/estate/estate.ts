import type { CoverageFact, EntityFact, FindingFact } from '../domain/facts.ts'
import type { AccessLevel } from '../domain/vocabulary.ts'
import type { AwsEstate } from './aws/aws-estate.ts'
import type { Assumptions } from './aws/assumption.ts'
import type { ResourceIndex } from './aws/resource-index.ts'
import type { Graph } from './graph.ts'
import type { Names } from './names.ts'

/** The compiled, immutable picture of one snapshot. A new snapshot is a new estate. */
export interface Estate {
  readonly snapshot: string
  readonly createdAt: string
  readonly coverage: readonly CoverageFact[]
  readonly findings: readonly FindingFact[]
  readonly graph: Graph
  readonly aws: AwsEstate
  readonly names: Names
  readonly assumptions: Assumptions
  readonly resources: ResourceIndex
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
  guardrailsOf(id: string): readonly EntityFact[]
  /** Principals whose credentials a resource carries. */
  credentialsOf(resource: string): readonly EntityFact[]
  isPrivileged(principal: string): boolean
  /** One line for each reason, for people. */
  privilegedBecause(principal: string): readonly string[]
  /** Access levels of AWS actions. */
  readonly levelOf: (action: string) => AccessLevel | undefined
  /** Works out what questions would otherwise work out when first asked; each turn is short, so that a server can answer in between. */
  warmUp(): Iterable<void>
}
