import { PermiscopeError } from '../domain/errors.ts'
import type { AccessDecision } from './answers.ts'

/**
 * Decides one document of `../shared/contract.md` ("simulate"), without a graph.
 * @throws BAD_INPUT with `details.path` where the document can't be read
 */
export function simulate(_document: unknown): AccessDecision {
  throw new PermiscopeError('INTERNAL', 'not built yet')
}
