import { PermiscopeError } from '../domain/errors.ts'
import type { Label } from '../domain/vocabulary.ts'
import type { Estate } from '../estate/estate.ts'
import type { Entity } from './answers.ts'
import { awsEngine } from './aws/engine.ts'

import { azureEngine } from './azure/engine.ts'
import type { Engine } from './engine.ts'
import { ambiguous } from './look-up.ts'

const ENGINES: readonly Engine[] = [awsEngine, azureEngine]

/** The engine that answers about an entity; undefined where its provider only vouches for identities of others. */
export const engineOf = ({ provider }: Entity): Engine | undefined => ENGINES.find(({ providers }) => providers.includes(provider))

/** @throws BAD_ID where the text is neither in the snapshot nor well-formed, AMBIGUOUS_NAME */
export function engineOfTarget(estate: Estate, text: string): Engine {
  const engine = engineByName(estate, text) ?? ENGINES.find((each) => each.isTarget(text.trim()))
  if (engine !== undefined) return engine
  throw new PermiscopeError(
    'BAD_ID',
    `"${text}" is neither in the snapshot nor a well-formed id of a resource (an ARN, an account's 12 digits, or an id of Azure Resource Manager)`,
  )
}

/** @throws BAD_ID where the text is neither in the snapshot nor well-formed, AMBIGUOUS_NAME */
export function engineOfPrincipal(estate: Estate, text: string): Engine {
  const engine = engineByName(estate, text, 'Principal') ?? ENGINES.find((each) => each.isPrincipal(text.trim()))
  if (engine !== undefined) return engine
  throw new PermiscopeError('BAD_ID', `"${text}" is neither a principal in the snapshot nor a well-formed id of one`)
}

function engineByName(estate: Estate, text: string, label?: Label): Engine | undefined {
  const found = estate.names.find(text.trim(), label).map((node) => estate.graph.entityAt(node))
  const stated = found.filter(({ coverage }) => coverage.length > 0)
  const candidates = stated.length > 0 ? stated : found
  const engines = new Set(candidates.flatMap((entity) => engineOf(entity) ?? []))
  if (engines.size > 1) throw ambiguous(text, candidates)
  return [...engines][0]
}
