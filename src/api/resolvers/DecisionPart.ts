import type { DecisionPart as Part } from '../../domain/decision.ts'
import type { DecisionPartResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const DecisionPart: DecisionPartResolvers = fields<Part>()('resource', 'action', 'effect')
