import { PermiscopeError } from '../../domain/errors.ts'
import { ACCESS_LEVELS, type AccessLevel } from '../../domain/vocabulary.ts'
import type { AwsTarget } from '../../estate/aws/target.ts'
import type { Estate } from '../../estate/estate.ts'
import { bitsOf, hasBit } from '../../estate/aws/bitmap.ts'
import type { Caveat } from '../answers.ts'
import { contentsOf } from './guarded-by.ts'

/** An action, or a pattern of actions, as AWS writes them. @throws BAD_USAGE */
export function checkAction(action: string): string {
  if (action === '*' || /^[a-z0-9-]+:[a-z0-9*?]+$/i.test(action)) return action
  throw new PermiscopeError('BAD_USAGE', `"${action}" is not an AWS action: it must read like s3:GetObject`)
}

/** Actions that a question about a target is about: those named, wildcards expanded, or all that the target's type takes. */
export function actionsInQuestion(
  estate: Estate,
  target: AwsTarget,
  asked: { readonly actions?: readonly string[]; readonly levels?: readonly AccessLevel[] },
): string[] {
  const { knowledge } = estate.aws
  const named = (asked.actions ?? []).map(checkAction)
  const applicable = named.some(isPattern) || named.length === 0 ? applicableActions(estate, target) : []
  const actions =
    named.length === 0
      ? applicable.map((id) => knowledge.nameOf(id))
      : named.flatMap((action) =>
          isPattern(action) ? within(applicable, knowledge.expand(action)).map((id) => knowledge.nameOf(id)) : [spelled(estate, action)],
        )
  const levels = asked.levels === undefined || asked.levels.length === 0 ? null : new Set(asked.levels)
  const unique = [...new Set(actions)]
  return levels === null ? unique : unique.filter((action) => levels.has(estate.levelOf(action) ?? 'MANAGE'))
}

const isPattern = (action: string): boolean => /[*?]/.test(action)

const within = (ids: readonly number[], bits: Uint32Array): number[] => ids.filter((id) => hasBit(bits, id))

function spelled(estate: Estate, action: string): string {
  const id = estate.aws.knowledge.idOf(action)
  return id === -1 ? action : estate.aws.knowledge.nameOf(id)
}

/** Known actions that can be asked of a target: of its resource types; of an account, those that take no resource type. */
export function applicableActions(estate: Estate, target: AwsTarget): number[] {
  const { knowledge } = estate.aws
  if (target.arn === '*') return Array.from({ length: knowledge.size }, (_, id) => id).filter((id) => knowledge.resourceTypesOf(id).length === 0)
  return [...new Set(knowledge.typesOfArn(target.arn).flatMap((type) => bitsOf(knowledge.actionsOn(type.name))))].sort((a, b) => a - b)
}

/** Says where an action is not known, or takes no resource like the target: such an answer is no plain denial. */
export function actionCaveats(estate: Estate, target: AwsTarget, actions: readonly string[]): Caveat[] {
  const { knowledge } = estate.aws
  const types = new Set(target.arn === '*' ? [] : knowledge.typesOfArn(target.arn).map(({ name }) => name))
  return actions
    .filter((action) => !isPattern(action))
    .flatMap((action): Caveat[] => {
      const id = knowledge.idOf(action)
      if (id === -1)
        return [{ code: 'UNKNOWN_ACTION', message: `${action} is not among the AWS actions known on ${knowledge.date}.`, source: action }]
      const taken = knowledge.resourceTypesOf(id)
      if (target.arn === '*' || taken.some((type) => types.has(type))) return []
      const message =
        taken.length === 0
          ? `${action} takes no resource: ask about it with an account's 12 digits as target.`
          : `${action} does not apply to ${target.arn}: it takes ${taken.join(', ')}.${elsewhere(estate, target, taken)}`
      return [{ code: 'ACTION_NOT_APPLICABLE', message, source: action }]
    })
}

/** Where the action does apply to what lies in the target. */
function elsewhere({ aws }: Estate, { arn }: AwsTarget, taken: readonly string[]): string {
  const contents = contentsOf(arn).find((inside) => aws.knowledge.typesOfArn(inside).some(({ name }) => taken.includes(name)))
  return contents === undefined ? '' : ` Ask about ${contents}.`
}

/** Levels of actions (or `service:*`), from least to most telling. */
export function levelsOf(estate: Estate, actions: readonly string[]): AccessLevel[] {
  const found = new Set<AccessLevel | undefined>(actions.flatMap((action) => (isPattern(action) ? levelsOfPattern(estate, action) : [])))
  for (const action of actions) if (!isPattern(action)) found.add(estate.levelOf(action))
  return ACCESS_LEVELS.filter((level) => found.has(level))
}

/** The actions of these levels among some, patterns spelled out. */
export function actionsOfLevels(estate: Estate, actions: readonly string[], levels: ReadonlySet<AccessLevel>): string[] {
  const { knowledge } = estate.aws
  const spelledOut = actions.flatMap((action) => (isPattern(action) ? bitsOf(knowledge.expand(action)).map((id) => knowledge.nameOf(id)) : [action]))
  return spelledOut.filter((action) => levels.has(estate.levelOf(action) ?? 'MANAGE'))
}

function levelsOfPattern(estate: Estate, pattern: string): readonly AccessLevel[] {
  const { knowledge } = estate.aws
  const known = patternLevels.get(pattern)
  if (known !== undefined) return known
  const levels = [...new Set(bitsOf(knowledge.expand(pattern)).map((id) => knowledge.levelOf(id)))]
  patternLevels.set(pattern, levels)
  return levels
}

/** Action knowledge is a constant of the build, and so is this. */
const patternLevels = new Map<string, readonly AccessLevel[]>()
