import type { Exposure as Answer } from '../../operations/answers.ts'
import type { ExposureResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Exposure: ExposureResolvers = fields<Answer>()('public', 'accounts', 'publicActions', 'internet')
