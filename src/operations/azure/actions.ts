import { PermiscopeError } from '../../domain/errors.ts'
import { ACCESS_LEVELS, type AccessLevel } from '../../domain/vocabulary.ts'
import { isDirectoryAction } from '../../estate/azure/directory.ts'
import type { Estate } from '../../estate/estate.ts'
import { levelOf, levelsOf as levelsOfPattern, planeOf } from '../../policy/azure/index.ts'
import type { Caveat } from '../answers.ts'
import { directoryLevelOf, directoryOperations } from './directory-actions.ts'
import type { Subject } from './resolve.ts'

/** An action, or a pattern of actions, as Azure and Entra write them. @throws BAD_USAGE */
export function checkAction(action: string): string {
  const wanted = action.trim()
  if (wanted === '*' || /^[a-z0-9.*-]+(\/[a-z0-9.,$*_~{}()@:-]+)+$/i.test(wanted)) return wanted
  throw new PermiscopeError(
    'BAD_USAGE',
    `"${action}" is not an action of Azure: it must read like Microsoft.Storage/storageAccounts/read or microsoft.directory/users/password/update`,
  )
}

/** Actions that a question about a subject is about: those named, patterns expanded to what is known, or all that the subject takes. */
export function actionsInQuestion(
  estate: Estate,
  subject: Subject,
  asked: { readonly actions?: readonly string[]; readonly levels?: readonly AccessLevel[] },
): readonly string[] {
  const named = (asked.actions ?? []).map(checkAction)
  const actions = named.length === 0 ? applicableActions(estate, subject) : named.flatMap((action) => expanded(estate, subject, action))
  const levels = asked.levels === undefined || asked.levels.length === 0 ? null : new Set(asked.levels)
  const unique = [...new Map(actions.map((action) => [action.toLowerCase(), action])).values()]
  return levels === null ? unique : unique.filter((action) => levelsOf([action]).some((level) => levels.has(level)))
}

export function applicableActions(estate: Estate, { arm, directory }: Subject): readonly string[] {
  return [
    ...(arm === undefined ? [] : estate.azure.catalogue.applicable(arm)),
    ...(directory === undefined ? [] : directoryOperations(estate, directory)),
  ]
}

/** Of a resource, what it takes; a scope holds resources of every type. What no known operation fits is asked as it is. */
function expanded(estate: Estate, subject: Subject, action: string): readonly string[] {
  const { catalogue } = estate.azure
  if (!action.includes('*')) return [catalogue.spelled(action)]
  const applicable = new Set(applicableActions(estate, subject).map((each) => each.toLowerCase()))
  const isContainer = subject.entity.label === 'Scope' && subject.arm !== undefined
  const found = catalogue.matching(action).filter((each) => isContainer || applicable.has(each.toLowerCase()))
  return found.length === 0 ? [action] : found
}

/** Levels of actions and patterns, from least to most telling. @param isData left out: as the table of operations tells */
export function levelsOf(actions: readonly string[], isData?: boolean): readonly AccessLevel[] {
  const found = new Set(actions.flatMap((action) => levelsOfOne(action, isData)))
  return ACCESS_LEVELS.filter((level) => found.has(level))
}

function levelsOfOne(action: string, isData: boolean | undefined): readonly AccessLevel[] {
  if (isDirectoryAction(action)) return [directoryLevelOf(action)]
  if (!action.includes('*')) return [levelOf(action, isData)]
  return isData === undefined ? [...levelsOfPattern(action, false), ...levelsOfPattern(action, true)] : levelsOfPattern(action, isData)
}

/** Says where an action can't be what is done to a target: such an answer is no plain denial. */
export function actionCaveats({ arm, directory, entity }: Subject, actions: readonly string[]): Caveat[] {
  return actions.flatMap((action): Caveat[] => {
    const fits = isDirectoryAction(action) ? directory !== undefined : arm !== undefined
    const caveats: Caveat[] = []
    if (!fits) {
      const message = `${action} does not apply to ${entity.id}: ${isDirectoryAction(action) ? 'it acts on objects of a directory' : 'it acts on resources of Azure'}.`
      caveats.push({ code: 'ACTION_NOT_APPLICABLE', message, source: action })
    }
    if (fits && !isDirectoryAction(action) && planeOf(action.toLowerCase()) === 'UNKNOWN' && !action.includes('*')) {
      const message = `Whether ${action} is a control or a data action is not known.`
      caveats.push({ code: 'UNKNOWN_ACTION', message, source: action })
    }
    return caveats
  })
}
