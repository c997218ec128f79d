import type { EffectivePermissionEdgeParent } from '../parents.ts'
import type { EffectivePermissionEdgeResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const EffectivePermissionEdge: EffectivePermissionEdgeResolvers = fields<EffectivePermissionEdgeParent>()('cursor', 'node')
