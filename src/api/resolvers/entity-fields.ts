import type { Estate } from '../../estate/estate.ts'
import type { Entity } from '../../operations/answers.ts'
import type { ApiContext } from '../context.ts'
import { fields } from './fields.ts'

/** The fields of the interface Entity, the same for all that implement it. */
export const entityFields = {
  ...fields<Entity>()('id', 'kind', 'name', 'provider', 'properties'),
  tags: (entity: Entity) => entity.properties.tags ?? [],
  scope: (entity: Entity, _: unknown, context: ApiContext) => scopeOf(context.estate(), entity),
}

function scopeOf(estate: Estate, entity: Entity): Entity | null {
  if (entity.scope === null || entity.scope === entity.id) return null
  const scope = estate.entity(entity.scope)
  return scope?.label === 'Scope' ? scope : null
}
