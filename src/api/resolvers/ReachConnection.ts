import type { Reach } from '../../operations/answers.ts'
import type { ReachConnectionResolvers } from '../schema.generated.ts'
import { connectionFields } from './connection-fields.ts'

export const ReachConnection: ReachConnectionResolvers = connectionFields<Reach>()
