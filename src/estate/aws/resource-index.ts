import type { EntityFact } from '../../domain/facts.ts'
import type { Actor } from './actors.ts'
import { namedPrincipals, statementsOf } from './named-principals.ts'
import { carriesPolicy } from './target.ts'

/** Finds the resources, and the roles that can be taken, whose policies could give an actor something that its own policies don't tell. */
export interface ResourceIndex {
  naming(actor: Actor): readonly EntityFact[]
  /** Resources of an account whose policies deny something to somebody: what identities may do to all resources, they may not do to these. */
  denyingIn(account: string): readonly EntityFact[]
}

export function createResourceIndex(entities: readonly EntityFact[]): ResourceIndex {
  const open: EntityFact[] = []
  const byName = new Map<string, EntityFact[]>()
  const denying = new Map<string, EntityFact[]>()
  for (const entity of entities) {
    if (!carriesPolicy(entity)) continue
    const { everyone, accounts, ids } = namedPrincipals(entity.document)
    if (everyone) open.push(entity)
    if (entity.label === 'Resource' && entity.scope !== null && denies(entity.document))
      denying.set(entity.scope, [...(denying.get(entity.scope) ?? []), entity])
    for (const name of new Set([...ids, ...accounts])) byName.set(name, [...(byName.get(name) ?? []), entity])
  }
  return {
    denyingIn: (account) => denying.get(account) ?? [],
    naming(actor) {
      const { id, properties } = actor.entity
      const named = [id, properties.uniqueId].flatMap((name) => (name === undefined ? [] : (byName.get(name) ?? [])))
      // Naming the account as a whole only hands the decision to its identity policies, which say more about their own account themselves.
      const delegated = actor.account === null ? [] : (byName.get(actor.account) ?? []).filter(({ scope }) => scope !== actor.account)
      return [...new Set([...open, ...named, ...delegated])]
    },
  }
}

const denies = (document: string | null): boolean => document !== null && statementsOf(document).some(({ Effect: effect }) => effect !== 'Allow')
