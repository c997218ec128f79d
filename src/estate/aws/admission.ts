import type { EntityFact } from '../../domain/facts.ts'
import type { CompiledPolicy } from '../../policy/aws/types.ts'
import { type NamedPrincipals, namedPrincipals, unionOf } from './named-principals.ts'
import type { AwsTarget } from './target.ts'

/** Whom a target's own policy and the grants on it name; null: it has neither. Kept by what holds them. */
export function createAdmission(): (target: AwsTarget) => NamedPrincipals | null {
  const known = new Map<EntityFact, NamedPrincipals | null>()
  return (target) => {
    if (target.holder === undefined) return null
    const named = known.get(target.holder)
    if (named !== undefined) return named
    const admitted = namedBy(target)
    known.set(target.holder, admitted)
    return admitted
  }
}

function namedBy({ policyHolder, grants }: AwsTarget): NamedPrincipals | null {
  const own = policyHolder === undefined ? [] : [namedPrincipals(policyHolder.document)]
  const all = [...own, ...grants.all.map(({ named }) => named)]
  return all.length === 0 ? null : unionOf(all)
}

/** The policies that let somebody in by the resource's side: its own, and those that its grants are written as. */
export const admittingPolicies = ({ policy, grants }: AwsTarget): CompiledPolicy[] => [
  ...(policy === undefined ? [] : [policy]),
  ...grants.all.map((grant) => grant.policy),
]
