import type { AccessDecision } from '../../operations/answers.ts'
import type { PolicyFindingResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const PolicyFinding: PolicyFindingResolvers = fields<NonNullable<AccessDecision['findings']>[number]>()('policy', 'place', 'message')
