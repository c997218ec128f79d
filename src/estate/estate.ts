import type { CoverageFact, FindingFact } from '../domain/facts.ts'
import type { AccessLevel } from '../domain/vocabulary.ts'
import type { AwsEstate } from './aws/aws-estate.ts'
import type { AzureEstate } from './azure/azure-estate.ts'
import type { DirectoryEstate } from './azure/directory.ts'
import type { Assumptions } from './aws/assumption.ts'
import type { ResourceIndex } from './aws/resource-index.ts'
import type { Graph } from './graph.ts'
import type { Names } from './names.ts'
import type { Relations } from './relations.ts'

/** The compiled, immutable picture of one snapshot. A new snapshot is a new estate. */
export interface Estate extends Relations {
  readonly snapshot: string
  readonly createdAt: string
  readonly coverage: readonly CoverageFact[]
  readonly findings: readonly FindingFact[]
  readonly graph: Graph
  readonly aws: AwsEstate
  readonly azure: AzureEstate
  readonly directory: DirectoryEstate
  readonly names: Names
  readonly assumptions: Assumptions
  readonly resources: ResourceIndex
  isPrivileged(principal: string): boolean
  /** One line for each reason, for people. */
  privilegedBecause(principal: string): readonly string[]
  /** Access levels of AWS actions. */
  readonly levelOf: (action: string) => AccessLevel | undefined
  /** Works out what questions would otherwise work out when first asked; each turn is short, so that a server can answer in between. */
  warmUp(): Iterable<void>
}
