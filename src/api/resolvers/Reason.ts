import type { SpokenReason } from '../../operations/answers.ts'
import type { ReasonResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Reason: ReasonResolvers = fields<SpokenReason>()('layer', 'kind', 'policy', 'statement', 'level', 'code', 'message')
