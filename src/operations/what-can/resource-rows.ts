import type { Actor } from '../../estate/aws/actors.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import { namedPrincipals } from '../../estate/aws/named-principals.ts'
import type { Estate } from '../../estate/estate.ts'
import { applicableActions } from '../actions.ts'
import { rowOf } from './identity-rows.ts'
import { type PermissionRow, rowKey } from './rows.ts'

/** What the policies of resources give an actor: all of them that name it, its account or everybody. */
export function resourceRows(estate: Estate, actor: Actor): PermissionRow[] {
  return resourcesNaming(estate, actor).flatMap((arn) =>
    guardedBy(arn).flatMap((target) => targetRows(estate, actor, estate.aws.target(target), 'resource policy only')),
  )
}

/** What an actor may do to one target, action by action. */
export function targetRows(estate: Estate, actor: Actor, target: AwsTarget, which: 'all' | 'resource policy only'): PermissionRow[] {
  const rows = new Map<string, PermissionRow & { readonly actions: string[] }>()
  for (const id of applicableActions(estate, target)) {
    const action = estate.aws.knowledge.nameOf(id)
    const decision = estate.aws.decide(actor, action, target)
    if (decision.effect === 'DENY') continue
    const row = { ...rowOf(actor, target, decision), actions: [action] }
    // Within the account an identity's own rows say what it may do; from another account only this one does.
    if (which === 'resource policy only' && row.via !== 'RESOURCE_POLICY' && actor.account === target.account) continue
    const known = rows.get(rowKey(row))
    if (known === undefined) rows.set(rowKey(row), row)
    else known.actions.push(action)
  }
  return [...rows.values()]
}

/** A bucket's policy speaks of the bucket and of its objects. */
const guardedBy = (arn: string): string[] => (/^arn:[^:]*:s3:::[^/]+$/.test(arn) ? [arn, `${arn}/*`] : [arn])

function resourcesNaming(estate: Estate, actor: Actor): string[] {
  return [...estate.entities()]
    .filter(({ label, document }) => label === 'Resource' && document !== null)
    .filter(({ document }) => {
      const { everyone, accounts, ids } = namedPrincipals(document)
      return (
        everyone ||
        ids.has(actor.entity.id) ||
        (actor.account !== null && accounts.has(actor.account)) ||
        ids.has(actor.entity.properties.uniqueId ?? '')
      )
    })
    .map(({ id }) => id)
}
