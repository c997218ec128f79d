import type { GrantResolvers } from '../schema.generated.ts'
import { entityFields } from './entity-fields.ts'

export const Grant: GrantResolvers = {
  ...entityFields,
  role: (grant, _, context) => context.estate().roleOf(grant.id),
  at: (grant, _, context) => context.estate().placesOf(grant.id),
}
