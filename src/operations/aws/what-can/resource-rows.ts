import type { EntityFact } from '../../../domain/facts.ts'
import type { Actor } from '../../../estate/aws/actors.ts'
import { isOfIdentityCenter } from '../../../estate/aws/identity-center.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import { applicableActions } from '../actions.ts'
import { admittedActions } from '../admitted-actions.ts'
import { guardedBy } from '../guarded-by.ts'
import { rowOf } from './identity-rows.ts'
import { type PermissionRow, rowKey } from './rows.ts'

/** What the policies of resources, and grants on them, give an actor: of all those that name it, everybody, or its account from another one. */
export function resourceRows(estate: Estate, actor: Actor): PermissionRow[] {
  return admitting(estate, actor).flatMap(({ id }) =>
    guardedBy(id).flatMap((arn) => {
      const target = estate.aws.target(arn)
      const rows = rowsOn(estate, actor, target, admittedActions(estate, target))
      // Within the account an identity's own rows say what it may do; from another account only these do.
      return rows.filter(({ via }) => via === 'RESOURCE_POLICY' || actor.account !== target.account)
    }),
  )
}

/** A user of Identity Center is let in by the roles of its assignments alone. */
function admitting({ aws, graph, resources }: Estate, actor: Actor): readonly EntityFact[] {
  if (!isOfIdentityCenter(actor.entity)) return resources.naming(actor)
  return [...new Set(aws.identityCenter.waysOf(actor.node).map(({ role }) => graph.entityAt(role)))]
}

/** What an actor may do to one target, action by action. */
export const targetRows = (estate: Estate, actor: Actor, target: AwsTarget): PermissionRow[] =>
  rowsOn(estate, actor, target, applicableActions(estate, target))

function rowsOn(estate: Estate, actor: Actor, target: AwsTarget, actions: readonly number[]): PermissionRow[] {
  const rows = new Map<string, PermissionRow & { readonly actions: string[] }>()
  for (const id of actions) {
    const action = estate.aws.knowledge.nameOf(id)
    const decision = estate.aws.decide(actor, action, target)
    if (decision.effect === 'DENY') continue
    const row = { ...rowOf(actor, target, decision), actions: [action] }
    const known = rows.get(rowKey(row))
    if (known === undefined) rows.set(rowKey(row), row)
    else known.actions.push(action)
  }
  return [...rows.values()]
}
