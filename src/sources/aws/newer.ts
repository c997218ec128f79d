import type { EntityFact } from '../../domain/facts.ts'

/** Which of two statements of a policy of AWS is the later one: by its date, else by its version. */
export function isNewer(one: EntityFact, other: EntityFact): boolean {
  const dates = [one.properties.updatedAt ?? '', other.properties.updatedAt ?? ''] as const
  if (dates[0] !== dates[1]) return dates[0] > dates[1]
  return versionOf(one) > versionOf(other)
}

const versionOf = (policy: EntityFact): number => Number(/^v(\d+)$/.exec(policy.properties.defaultVersion ?? '')?.[1] ?? 0)
