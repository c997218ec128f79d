import type { EffectivePermission as Answer } from '../../operations/answers.ts'
import type { EffectivePermissionResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const EffectivePermission: EffectivePermissionResolvers = fields<Answer>()(
  'target',
  'actions',
  'plane',
  'levels',
  'certainty',
  'via',
  'conditions',
  'evidence',
)
