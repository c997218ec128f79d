import { PermiscopeError } from '../domain/errors.ts'
import type { Estate } from '../estate/estate.ts'
import type { AccessDecision, CheckAccessQuestion } from './answers.ts'

export function checkAccess(_estate: Estate, _question: CheckAccessQuestion): AccessDecision {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
