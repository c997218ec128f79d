import { PermiscopeError } from '../domain/errors.ts'
import type { Label } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type { Entity } from './answers.ts'

/**
 * Forgiving look-up of something in the inventory: exact id, any letter case, unique name.
 * @returns null where nothing fits
 * @throws AMBIGUOUS_NAME with `details.candidates` (ids)
 */
export function lookUp(_estate: Estate, _text: string, _label: Label): Entity | null {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
