import type { Reach as Answer } from '../../operations/answers.ts'
import type { ReachResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const Reach: ReachResolvers = fields<Answer>()(
  'principal',
  'target',
  'actions',
  'levels',
  'certainty',
  'via',
  'conditions',
  'evidence',
  'lastUsed',
)
