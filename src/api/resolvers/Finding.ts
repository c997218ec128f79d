import type { FindingFact } from '../../domain/facts.ts'
import type { FindingResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Finding: FindingResolvers = fields<FindingFact>()('code', 'severity', 'file', 'place', 'message', 'entity')
