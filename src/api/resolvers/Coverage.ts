import type { CoverageFact } from '../../domain/facts.ts'
import type { CoverageResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Coverage: CoverageResolvers = fields<CoverageFact>()('id', 'provider', 'scope', 'asOf', 'complete')
