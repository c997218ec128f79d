import type { ScopeResolvers } from '../schema.generated.ts'
import { entityFields } from './entity-fields.ts'

export const Scope: ScopeResolvers = entityFields
