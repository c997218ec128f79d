import type { ScopeResolvers } from '../schema.generated.ts'
import { entityFields } from './entity-fields.ts'

export const Scope: ScopeResolvers = {
  ...entityFields,
  children: (scope, _, context) => context.estate().childrenOf(scope.id),
  limitedBy: (scope, _, context) => context.estate().guardrailsOver(scope.id),
}
