import type { EntityFact } from '../../domain/facts.ts'
import type { Merged } from './merge.ts'

/**
 * The coverages that new exports speak for. Of one that is not complete and holds no facts they got nothing but refusals: that tells nothing which
 * could take the place of what was known.
 */
export function spokenFor({ entities, edges, coverage }: Merged): ReadonlySet<string> {
  const spoken = new Set<string>()
  const silent = new Set<string>()
  for (const { id, complete } of coverage.values()) (complete ? spoken : silent).add(id)
  const hear = (id: string): void => {
    if (silent.delete(id)) spoken.add(id)
  }
  if (silent.size === 0) return spoken
  for (const edge of edges.values()) edge.coverage.forEach(hear)
  for (const entity of entities.values()) for (const id of entity.coverage) if (saysSomething(entity, id)) hear(id)
  return spoken
}

/** That there is an account is stated by all that is asked of it. */
const saysSomething = ({ kind, properties, statedBy, coverage }: EntityFact, id: string): boolean =>
  kind !== 'AwsAccount' || Object.keys(properties).some((part) => (statedBy?.[part] ?? coverage).includes(id))
