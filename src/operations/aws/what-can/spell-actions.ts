import { bitsOf } from '../../../estate/aws/bitmap.ts'
import type { ActionKnowledge } from '../../../policy/aws/actions/knowledge.ts'

/** Names of actions, with `service:*` where a whole service is among them and `*` where everything is. @param actions ids */
export function spellActions(knowledge: ActionKnowledge, actions: readonly number[]): string[] {
  if (actions.length === knowledge.size) return ['*']
  const byService = new Map<string, string[]>()
  for (const id of actions) {
    const name = knowledge.nameOf(id)
    const service = name.slice(0, name.indexOf(':'))
    const list = byService.get(service)
    if (list === undefined) byService.set(service, [name])
    else list.push(name)
  }
  return [...byService].flatMap(([service, names]) => (isWhole(knowledge, service, names.length) ? [`${service}:*`] : names)).sort()
}

/** A service of one action is spelled out: its name says more. */
function isWhole(knowledge: ActionKnowledge, service: string, count: number): boolean {
  return count > 1 && count === actionsOf(knowledge, service)
}

const sizes = new WeakMap<ActionKnowledge, Map<string, number>>()

function actionsOf(knowledge: ActionKnowledge, service: string): number {
  const byService = sizes.get(knowledge) ?? new Map<string, number>()
  sizes.set(knowledge, byService)
  const size = byService.get(service) ?? bitsOf(knowledge.expand(`${service}:*`)).length
  byService.set(service, size)
  return size
}
