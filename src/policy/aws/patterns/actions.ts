import type { ActionKnowledge } from '../actions/knowledge.ts'

/** Known actions that a pattern of actions asks about, on the resources that are asked about. */
export function actionsAsked(action: string, resource: string, knowledge: ActionKnowledge): readonly string[] {
  const ids = idsIn(knowledge.expand(action))
  if (resource === '*') return ids.map((id) => knowledge.nameOf(id))
  const types = new Set(knowledge.typesOfArn(resource).map((type) => type.name))
  const fitting = ids.filter((id) => knowledge.resourceTypesOf(id).some((type) => types.has(type)))
  return (fitting.length > 0 ? fitting : ids).map((id) => knowledge.nameOf(id))
}

function idsIn(bitmap: Uint32Array): readonly number[] {
  const ids: number[] = []
  for (const [index, word] of bitmap.entries()) {
    for (let bit = 0; bit < 32; bit += 1) if ((word >>> bit) & 1) ids.push(index * 32 + bit)
  }
  return ids
}
