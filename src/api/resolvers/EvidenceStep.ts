import type { EvidenceStep as Step } from '../../operations/answers.ts'
import type { EvidenceStepResolvers } from '../schema.generated.ts'
import { fields } from './fields.ts'

export const EvidenceStep: EvidenceStepResolvers = fields<Step>()('relation', 'entity', 'policy', 'statement', 'document', 'effect', 'text')
