import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { Connection, Reach, WhoCanReachQuestion } from './answers.ts'

export function whoCanReach(_estate: Estate, _question: WhoCanReachQuestion): Connection<Reach> {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
