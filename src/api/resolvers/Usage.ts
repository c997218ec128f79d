import type { Usage as Answer } from '../../operations/answers.ts'
import type { UsageResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Usage: UsageResolvers = fields<Answer>()('action', 'lastUsed')
