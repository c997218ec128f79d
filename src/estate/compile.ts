import type { CoverageFact, FindingFact, GraphFact } from '../domain/facts.ts'
import { actionKnowledge } from '../policy/aws/actions/index.ts'
import { createCompiler } from '../policy/aws/index.ts'
import { closure } from './adjacency.ts'
import { createAssumptions } from './aws/assumption.ts'
import { compileAws } from './aws/aws-estate.ts'
import { createPrivileges } from './aws/privileges.ts'
import type { Estate } from './estate.ts'
import { createResourceIndex } from './aws/resource-index.ts'
import { buildGraph } from './graph.ts'
import { createNames } from './names.ts'

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
  const at = (numbers: Iterable<number>) => [...numbers].map((number) => graph.entityAt(number))
  const from = (id: string, read: (node: number) => Iterable<number>): ReturnType<typeof at> => {
    const node = graph.numberOf(id)
    return node === undefined ? [] : at(read(node))
  }
  return {
    snapshot: input.snapshot,
    createdAt: input.createdAt,
    coverage: input.coverage,
    findings: input.findings,
    aws,
    graph,
    assumptions,
    names,
    resources: createResourceIndex(graph),
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
    guardrailsOf: (id) => from(id, (node) => graph.into('LIMITS', node)),
    credentialsOf: (resource) => from(resource, (node) => graph.out('CAN_AUTHENTICATE_AS', node)),
    isPrivileged: (principal) => privileges.of(principal).length > 0,
    privilegedBecause: (principal) => privileges.of(principal),
    *warmUp() {
      names.find('')
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
