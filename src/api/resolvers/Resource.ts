import type { ResourceResolvers } from '../schema.generated.ts'
import { documentValue } from './document.ts'
import { entityFields } from './entity-fields.ts'

export const Resource: ResourceResolvers = {
  ...entityFields,
  document: (resource) => documentValue(resource.document),
  canAuthenticateAs: (resource, _, context) => context.estate().credentialsOf(resource.id),
}
