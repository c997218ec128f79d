import type { EntityFact } from '../../domain/facts.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import { isArn } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { admittedActions } from './admitted-actions.ts'
import type { Entity, Exposure } from '../answers.ts'
import { accountsLetIn } from './exposure/accounts.ts'
import { publicEffect } from './exposure/stranger.ts'
import { guardedBy } from './guarded-by.ts'

/** Part of a resource (a bucket, its objects) with the actions that its policy or a grant gives to somebody. */
export interface ExposedPart {
  readonly target: AwsTarget
  readonly actions: readonly string[]
}

/** Decided by the evaluator, as for any other question; not what the provider flags as public. */
export function exposureOf(estate: Estate, resource: Entity): Exposure {
  const parts = exposedParts(estate, resource)
  const effects = parts.flatMap(({ target, actions }) => actions.map((action) => ({ action, effect: publicEffect(estate, action, target) })))
  const open = effects.filter(({ effect }) => effect !== 'DENY')
  const isSure = open.some(({ effect }) => effect === 'ALLOW')
  return {
    public: isSure ? 'ALLOWED' : open.length > 0 ? 'CONDITIONAL' : null,
    accounts: accountsLetIn(estate, parts, isSure),
    publicActions: [...new Set(open.map(({ action }) => action))].sort(),
    internet: resource.properties.internetExposure ?? [],
  }
}

function exposedParts(estate: Estate, { id, provider }: EntityFact): ExposedPart[] {
  if (provider !== 'aws' || !isArn(id)) return []
  return guardedBy(id)
    .map((arn) => estate.aws.target(arn))
    .map((target) => ({ target, actions: admittedActions(estate, target).map((action) => estate.aws.knowledge.nameOf(action)) }))
    .filter(({ actions }) => actions.length > 0)
}
