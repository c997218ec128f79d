import type { PageInfoParent } from '../parents.ts'
import type { PageInfoResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const PageInfo: PageInfoResolvers = fields<PageInfoParent>()('hasNextPage', 'endCursor')
