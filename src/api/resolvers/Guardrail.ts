import type { GuardrailResolvers } from '../schema.generated.ts'
import { documentValue } from './document.ts'
import { entityFields } from './entity-fields.ts'

export const Guardrail: GuardrailResolvers = { ...entityFields, document: (guardrail) => documentValue(guardrail.document) }
