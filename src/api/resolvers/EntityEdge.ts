import type { EntityEdgeParent } from '../parents.ts'
import type { EntityEdgeResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const EntityEdge: EntityEdgeResolvers = fields<EntityEdgeParent>()('cursor', 'node')
