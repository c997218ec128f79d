import type { ActionKnowledge } from '../actions/knowledge.ts'
import { isForeignToAction } from '../question.ts'
import { concerns, resourcePatternsOf } from '../statement.ts'
import type { StatementProgram } from '../types.ts'
import { variablesOf } from '../variables.ts'

/** Actions that nothing tells apart: the same statements name them, they take the same resource types, and send the same keys that are read. */
export interface AlikeActions {
  readonly actions: readonly [string, ...string[]]
  readonly programs: readonly StatementProgram[]
  /** Resource types, in one text. */
  readonly types: string
}

/** Services of which single actions have rules of their own. */
export const SPECIAL_SERVICES: ReadonlySet<string> = new Set(['iam', 'kms', 'sts'])

export function groupActions(actions: readonly string[], programs: readonly StatementProgram[], knowledge: ActionKnowledge): readonly AlikeActions[] {
  const groups = new Map<string, { actions: [string, ...string[]]; programs: readonly StatementProgram[]; types: string }>()
  const keysRead = new Map<string, readonly string[]>()
  for (const text of actions) {
    const action = text.toLowerCase()
    const actionId = knowledge.idOf(action)
    const naming = programs.filter((program) => concerns(program, { action, actionId }))
    const names = naming.map((program) => program.number).join()
    const read = keysRead.get(names) ?? keysReadBy(naming)
    keysRead.set(names, read)
    const service = action.slice(0, Math.max(0, action.indexOf(':')))
    const types = actionId < 0 ? '?' : knowledge.resourceTypesOf(actionId).join()
    const sent = read.filter((key) => !isForeignToAction({ actionId, knowledge }, key))
    const key = [SPECIAL_SERVICES.has(service) ? action : service, types, names, sent.join()].join('|')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { actions: [text], programs: naming, types })
    else group.actions.push(text)
  }
  return [...groups.values()]
}

/** Keys that conditions and variables ask for. */
function keysReadBy(programs: readonly StatementProgram[]): readonly string[] {
  const ofResources = programs.flatMap(resourcePatternsOf).flatMap((pattern) => (pattern.kind === 'ARN' ? variablesOf(pattern.resource) : []))
  return [...new Set([...programs.flatMap((program) => program.conditionKeys), ...ofResources.map((variable) => variable.key)])]
}
