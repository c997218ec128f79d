import type { ReachEdgeParent } from '../parents.ts'
import type { ReachEdgeResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const ReachEdge: ReachEdgeResolvers = fields<ReachEdgeParent>()('cursor', 'node')
