import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { Connection, Entity, SearchQuestion } from './answers.ts'

export function search(_estate: Estate, _question: SearchQuestion): Connection<Entity> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
