import { admittingPolicies } from '../../../estate/aws/admission.ts'
import { hasBit } from '../../../estate/aws/bitmap.ts'
import type { AwsTarget } from '../../../estate/aws/target.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { StatementProgram } from '../../../policy/aws/types.ts'

/** Actions to which exactly the same statements speak, and one of them to ask about. */
export interface ActionGroup {
  readonly sample: string
  readonly actions: readonly string[]
}

/**
 * Groups the actions of one question so that each distinct set of statements is asked once. Actions stay apart where something could still
 * tell them apart: a statement with conditions, a policy that was not loaded, a guardrail, a service with rules of its own.
 */
export function groupActions(estate: Estate, target: AwsTarget, actions: readonly string[]): ActionGroup[] {
  if (actions.length < 2 || target.policyUnknown || hasCeiling(estate)) return actions.map(alone)
  const own = admittingPolicies(target).flatMap(({ statements }) => statements.map(({ program }) => program))
  const groups = new Map<string, { readonly sample: string; readonly actions: string[] }>()
  for (const action of actions) {
    const key = groupKey(estate, own, action)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { sample: action, actions: [action] })
    else known.actions.push(action)
  }
  return [...groups.values()]
}

const alone = (action: string): ActionGroup => ({ sample: action, actions: [action] })

const hasCeiling = (estate: Estate): boolean => estate.coverage.some(({ id }) => id.startsWith('aws:organizations:'))

/** @param own statements of the target's own policy and grants */
function groupKey(estate: Estate, own: readonly StatementProgram[], action: string): string {
  const { knowledge, programs } = estate.aws
  const id = knowledge.idOf(action)
  if (id === -1 || /^(sts|kms|iam):/i.test(action)) return action
  const speaking = programs.forAction(id)
  const owners = own.filter(({ actions, unreadable }) => unreadable || hasBit(actions, id))
  if (owners.some(isParticular) || speaking.some(({ program }) => program.hasCondition)) return action
  const identity = speaking.map(({ use, program }) => `${use}${program.number}`).join()
  return `${knowledge.resourceTypesOf(id).join()}|${owners.map(({ number }) => number).join()}|${identity}`
}

/** A condition may read what only some actions carry. */
const isParticular = ({ hasCondition, unreadable }: StatementProgram): boolean => hasCondition || unreadable
