import type { ReachVia } from '../../domain/vocabulary.ts'
import type { Actor } from '../../estate/aws/actors.ts'
import { isOfIdentityCenter } from '../../estate/aws/identity-center.ts'
import { grantedBy, type Granting } from '../../estate/aws/reach.ts'
import type { AwsDecision } from '../../policy/aws/types.ts'

/** By what an actor is allowed: own policies before groups before the target's policy. */
export const wayOf = (actor: Actor, decision: AwsDecision): ReachVia => wayOfGrant(actor, grantedBy(actor, decision))

export function wayOfGrant(actor: Actor, { allowedBy, byResource }: Granting): ReachVia {
  const through = actor.held.filter(({ policy }) => policy.statements.some(({ program }) => allowedBy.has(program)))
  if (through.some(({ holder }) => holder === actor.node)) return 'DIRECT'
  if (through.length > 0) return 'GROUP'
  return byResource && actor.entity.kind !== 'AwsRootUser' ? 'RESOURCE_POLICY' : 'DIRECT'
}

/** How somebody comes to the roles that it takes: by signing in at an identity provider, or with credentials of AWS. */
export const wayOfRoute = ({ entity }: Actor): ReachVia => (entity.kind === 'FederatedSubject' || isOfIdentityCenter(entity) ? 'FEDERATION' : 'ROLE')
