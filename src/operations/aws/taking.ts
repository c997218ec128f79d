import type { Assumption } from '../../estate/aws/assumption.ts'
import type { Estate } from '../../estate/estate.ts'
import type { EvidenceStep } from '../answers.ts'
import { actsAs, evidenceOf } from './evidence.ts'
import { spoken } from './wording.ts'

/** The evidence of taking a role: why the taker may, on what conditions, and as whom it then acts. */
export function takingOf(
  estate: Estate,
  { actor, role, action }: Assumption,
): { readonly conditions: readonly string[]; readonly evidence: readonly EvidenceStep[] } {
  const target = estate.aws.target(role.entity.id)
  const decision = estate.aws.decide(actor, action, target)
  const { conditions, evidence } = spoken(decision, [], evidenceOf(estate, { actor, decision, target }))
  return { conditions, evidence: [...evidence.filter(({ relation }) => relation !== 'TARGET' && relation !== 'AT'), actsAs(role.entity, action)] }
}
