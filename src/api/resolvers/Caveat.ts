import type { Caveat as CaveatAnswer } from '../../operations/answers.ts'
import type { CaveatResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Caveat: CaveatResolvers = fields<CaveatAnswer>()('code', 'message', 'source')
