import type { EntityFact } from '../../domain/facts.ts'
import type { Actor } from './actors.ts'
import { namedPrincipals } from './named-principals.ts'

/** Finds the resources whose policies could give an actor something that its own policies don't tell. */
export interface ResourceIndex {
  naming(actor: Actor): readonly EntityFact[]
}

export function createResourceIndex(entities: readonly EntityFact[]): ResourceIndex {
  const open: EntityFact[] = []
  const byName = new Map<string, EntityFact[]>()
  for (const entity of entities) {
    if (entity.label !== 'Resource' || entity.document === null || entity.provider !== 'aws') continue
    const { everyone, accounts, ids } = namedPrincipals(entity.document)
    if (everyone) open.push(entity)
    for (const name of new Set([...ids, ...accounts])) byName.set(name, [...(byName.get(name) ?? []), entity])
  }
  return {
    naming(actor) {
      const { id, properties } = actor.entity
      const named = [id, properties.uniqueId].flatMap((name) => (name === undefined ? [] : (byName.get(name) ?? [])))
      // Naming the account as a whole only hands the decision to its identity policies, which say more about their own account themselves.
      const delegated = actor.account === null ? [] : (byName.get(actor.account) ?? []).filter(({ scope }) => scope !== actor.account)
      return [...new Set([...open, ...named, ...delegated])]
    },
  }
}
