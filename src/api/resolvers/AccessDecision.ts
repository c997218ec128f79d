import type { AccessDecision as Decision } from '../../operations/answers.ts'
import type { AccessDecisionResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const AccessDecision: AccessDecisionResolvers = fields<Decision>()(
  'effect',
  'because',
  'conditions',
  'expression',
  'parts',
  'findings',
  'caveats',
  'evidence',
)
