import type { Actor } from './actors.ts'
import type { AwsEstate } from './aws-estate.ts'

type Parts = Pick<AwsEstate, 'graph' | 'identityCenter' | 'actorOf'>

/** Users of Identity Center who are assigned a role. @param role its number in the graph */
export const assignedUsers = (aws: Parts, role: number): Actor[] => actorsAt(aws, aws.identityCenter.takersOf(role))

/** Roles that a user, or a group for its members, is assigned. */
export const assignedRoles = (aws: Parts, { node }: Actor): Actor[] =>
  actorsAt(
    aws,
    aws.identityCenter.waysOf(node).map(({ role }) => role),
  )

const actorsAt = (aws: Parts, nodes: readonly number[]): Actor[] =>
  [...new Set(nodes)].map((node) => aws.actorOf(aws.graph.entityAt(node).id)).filter((actor) => actor !== undefined)
