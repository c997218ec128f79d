import { exposureOf } from '../../operations/exposure.ts'
import { sensitivityOf } from '../../operations/sensitivity.ts'
import type { ResourceResolvers } from '../schema.generated.ts'
import { documentValue } from './document.ts'
import { entityFields } from './entity-fields.ts'

export const Resource: ResourceResolvers = {
  ...entityFields,
  document: (resource) => documentValue(resource.document),
  canAuthenticateAs: (resource, _, context) => context.estate().credentialsOf(resource.id),
  limitedBy: (resource, _, context) => context.estate().guardrailsOf(resource.id),
  exposure: (resource, _, context) => exposureOf(context.estate(), resource),
  sensitivity: (resource, _, context) => sensitivityOf(resource, context.crownJewels),
}
