import type { EntityResolvers } from '../schema.generated.ts'

/** Labels are the SDL's type names. */
export const Entity: EntityResolvers = { __resolveType: (entity) => entity.label }
