import type { CoverageFact, FindingFact, GraphFact } from '../domain/facts.ts'
import { actionKnowledge } from '../policy/aws/actions/index.ts'
import { createCompiler } from '../policy/aws/index.ts'
import { createAssumptions } from './aws/assumption.ts'
import { compileAws } from './aws/aws-estate.ts'
import { compileAzure } from './azure/azure-estate.ts'
import { compileDirectory } from './azure/directory.ts'
import { createAzurePrivileges } from './azure/privileges.ts'
import { createPrivileges } from './aws/privileges.ts'
import type { Estate } from './estate.ts'
import { createResourceIndex } from './aws/resource-index.ts'
import { buildGraph } from './graph.ts'
import { createNames } from './names.ts'
import { createRelations } from './relations.ts'

export interface EstateInput {
  readonly snapshot: string
  readonly createdAt: string
  readonly coverage: readonly CoverageFact[]
  readonly findings: readonly FindingFact[]
  readonly facts: AsyncIterable<GraphFact> | Iterable<GraphFact>
  /** The clock that absolute dates in conditions are compared with. */
  readonly now?: () => Date
}

/** Compiles a snapshot: interned ids, adjacency, flattened groups, compiled policies, statements by action. */
export async function compileEstate(input: EstateInput): Promise<Estate> {
  const graph = await buildGraph(input.facts)
  const whole = input.coverage.filter(({ complete }) => complete)
  const aws = compileAws({
    graph,
    compiler: createCompiler(actionKnowledge),
    knowledge: actionKnowledge,
    now: input.now ?? (() => new Date()),
    wholeAccounts: new Set(whole.filter(({ id }) => id.startsWith('aws:iam:')).map(({ scope }) => scope)),
    wholeCoverages: new Set(whole.map(({ id }) => id)),
  })
  const privileges = createPrivileges(aws)
  const assumptions = createAssumptions(aws)
  const names = createNames(graph)
  const now = input.now ?? (() => new Date())
  const azure = compileAzure({ graph, names, coverage: input.coverage, now })
  const { memberships, actors } = azure
  const directory = compileDirectory({ graph, memberships, actors, coverage: input.coverage, now })
  const azurePrivileges = createAzurePrivileges(azure, directory)
  const privilegedBecause = (principal: string): readonly string[] => [...privileges.of(principal), ...azurePrivileges.of(principal)]
  return {
    snapshot: input.snapshot,
    createdAt: input.createdAt,
    coverage: input.coverage,
    findings: input.findings,
    aws,
    azure,
    directory,
    graph,
    assumptions,
    names,
    resources: createResourceIndex(graph),
    ...createRelations(graph),
    isPrivileged: (principal) => privilegedBecause(principal).length > 0,
    privilegedBecause,
    *warmUp() {
      names.find('')
      yield
      azure.catalogue.spelled('')
      yield
      for (const actor of aws.actors) {
        if (actor.entity.kind !== 'AwsRole') continue
        assumptions.takersOf(actor)
        yield
      }
    },
    levelOf(action) {
      const id = actionKnowledge.idOf(action)
      return id === -1 ? undefined : actionKnowledge.levelOf(id)
    },
  }
}
