import type { Nature } from '../../domain/vocabulary.ts'
import { NATURES } from '../../domain/vocabulary.ts'
import type { Entity } from '../../operations/answers.ts'
import { usageOf } from '../../operations/usage.ts'
import type { PrincipalResolvers } from '../schema.generated.ts'
import { documentValue } from './document.ts'
import { entityFields } from './entity-fields.ts'

export const Principal: PrincipalResolvers = {
  ...entityFields,
  nature: natureOf,
  document: (principal) => documentValue(principal.document),
  external: (principal) => principal.properties.external === true || principal.coverage.length === 0,
  lastUsed: (principal) => principal.properties.lastUsedAt,
  memberOf: (principal, _, context) => context.estate().groupsOf(principal.id),
  members: (principal, _, context) => context.estate().membersOf(principal.id),
  grants: (principal, _, context) => context.estate().grantsOf(principal.id),
  limitedBy: (principal, _, context) => context.estate().guardrailsOf(principal.id),
  isPrivileged: (principal, _, context) => context.estate().isPrivileged(principal.id),
  privilegedBecause: (principal, _, context) => context.estate().privilegedBecause(principal.id),
  usage: usageOf,
}

function natureOf(principal: Entity): Nature {
  return NATURES.find((nature) => nature === principal.properties.nature) ?? 'UNKNOWN'
}
