import type { Actor } from './actors.ts'
import type { AwsEstate } from './aws-estate.ts'
import { isOfIdentityCenter } from './identity-center.ts'

type Parts = Pick<AwsEstate, 'graph' | 'identityCenter' | 'actorOf'>

/** Users of Identity Center who are assigned a role. @param role its number in the graph */
export const assignedUsers = (aws: Parts, role: number): Actor[] => actorsAt(aws, aws.identityCenter.takersOf(role))

/** Roles that a user of Identity Center, or a group for its members, is assigned; of others, none. */
export const assignedRoles = (aws: Parts, { entity, node }: Actor): Actor[] =>
  isOfIdentityCenter(entity)
    ? actorsAt(
        aws,
        aws.identityCenter.waysOf(node).map(({ role }) => role),
      )
    : []

const actorsAt = (aws: Parts, nodes: readonly number[]): Actor[] =>
  [...new Set(nodes)].map((node) => aws.actorOf(aws.graph.entityAt(node).id)).filter((actor) => actor !== undefined)
