import type { RoleResolvers } from '../schema.generated.ts'
import { documentValue } from './document.ts'
import { entityFields } from './entity-fields.ts'

export const Role: RoleResolvers = {
  ...entityFields,
  document: (role) => documentValue(role.document),
  heldBy: (role, _, context) => context.estate().holdersOf(role.id),
}
