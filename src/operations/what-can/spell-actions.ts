import type { ActionKnowledge } from '../../policy/aws/actions/knowledge.ts'

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
  return count > 1 && count === countBits(knowledge.expand(`${service}:*`))
}

function countBits(bits: Uint32Array): number {
  let count = 0
  for (const word of bits) for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}
