import { PermiscopeError } from '../domain/errors.ts'
import type { Label } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type { Entity } from './answers.ts'

/** How many candidates an ambiguous name lists. */
const LISTED = 20

/**
 * Forgiving look-up of something in the inventory: exact id, any letter case, unique name.
 * @param label the label it must have; any unless given
 * @returns null where nothing fits
 * @throws AMBIGUOUS_NAME with `details.candidates` (ids)
 */
export function lookUp(estate: Estate, text: string, label?: Label): Entity | null {
  const found = estate.names.find(text.trim(), label).map((node) => estate.graph.entityAt(node))
  const stated = found.filter(({ coverage }) => coverage.length > 0)
  const candidates = stated.length > 0 ? stated : found
  if (candidates.length > 1) throw ambiguous(text, candidates)
  return candidates[0] ?? null
}

export function ambiguous(text: string, candidates: readonly Entity[]): PermiscopeError {
  const ids = candidates.map(({ id }) => id).sort()
  return new PermiscopeError('AMBIGUOUS_NAME', `"${text}" is the name of ${ids.length} things: ${ids.slice(0, LISTED).join(', ')}`, {
    candidates: ids.slice(0, LISTED),
  })
}
