import type { Reason } from '../../../domain/decision.ts'
import { accountOfArn } from '../arn.ts'
import type { ActionKnowledge } from '../actions/knowledge.ts'
import { decideExactly } from '../decide.ts'
import { questionOf, type Question } from '../question.ts'
import { actionTextsOf, concerns } from '../statement.ts'
import type { AwsDecision, AwsRequest, CompiledStatement, StatementProgram } from '../types.ts'
import { actionsAsked } from './actions.ts'
import { hasWildcard } from './overlap.ts'
import { partsOf, type ActionGroup, type Cell } from './parts.ts'
import { regionsOf, policiesOf } from './regions.ts'

/** The request names a pattern of actions or of resources. */
export function isPatternQuestion(request: AwsRequest, knowledge: ActionKnowledge): boolean {
  if (hasWildcard(request.action)) return true
  if (!hasWildcard(request.resource.arn)) return false
  const id = knowledge.idOf(request.action)
  return id >= 0 ? knowledge.resourceTypesOf(id).length > 0 : request.resource.arn !== '*'
}

/**
 * Decides for every action and part of the resources. One answer where all agree; else CONDITIONAL with the parts, of which the most specific
 * decides; what no part covers is denied.
 */
export function decidePattern(request: AwsRequest, knowledge: ActionKnowledge): AwsDecision {
  const asked = hasWildcard(request.action) ? actionsAsked(request.action, request.resource.arn, knowledge) : [request.action]
  const groups = groupsOf(request, asked.length > 0 ? asked : [request.action], knowledge)
  const cells = groups.flatMap((group) => group.cells)
  const [first] = cells
  if (first === undefined) return decideExactly(request, knowledge)
  const { faults } = first.decision
  const isUniform = cells.every((cell) => cell.decision.effect === first.decision.effect)
  if (isUniform && (first.decision.effect !== 'CONDITIONAL' || haveSameConditions(cells))) return first.decision
  const parts = partsOf(groups, request.action, request.resource.arn, actionPatternsOf(request))
  return { effect: 'CONDITIONAL', because: distinctReasons(cells), parts, faults }
}

/** Services of which single actions have rules of their own. */
const SPECIAL_SERVICES: ReadonlySet<string> = new Set(['iam', 'kms', 'sts'])

/**
 * Actions that the same statements name, and that take the same resource types, are decided once. Resources are split alike for all of them,
 * by every statement that names one.
 */
function groupsOf(request: AwsRequest, actions: readonly string[], knowledge: ActionKnowledge): readonly ActionGroup[] {
  const statements = [...policiesOf(request.policies)].flatMap((policy) => policy.statements)
  const members = new Map<string, string[]>()
  const programs = new Set<StatementProgram>()
  for (const action of actions) {
    const question = questionOf({ ...request, action }, knowledge)
    const naming = statements.filter(({ program }) => concerns(program, question))
    for (const { program } of naming) programs.add(program)
    const key = groupKey(question, naming)
    const group = members.get(key)
    if (group === undefined) members.set(key, [action])
    else group.push(action)
  }
  return [...members.values()].map((group) => ({ actions: group, cells: cellsOf(request, group[0] ?? request.action, [...programs], knowledge) }))
}

function groupKey(question: Question, naming: readonly CompiledStatement[]): string {
  const isOwn = SPECIAL_SERVICES.has(question.service) || naming.some(({ program }) => program.hasCondition)
  const types = question.actionId < 0 ? '' : question.knowledge.resourceTypesOf(question.actionId).join()
  return [isOwn ? question.action : question.service, types, ...naming.map(({ program }) => program.number)].join('|')
}

function cellsOf(request: AwsRequest, action: string, programs: readonly StatementProgram[], knowledge: ActionKnowledge): readonly Cell[] {
  const base: AwsRequest = { ...request, action }
  const question = questionOf(base, knowledge)
  const asked = request.resource.arn
  const isWithoutResource = question.actionId >= 0 && knowledge.resourceTypesOf(question.actionId).length === 0
  const regions = isWithoutResource || !hasWildcard(asked) ? [{ text: asked, isWhole: false }] : regionsOf(question, asked, programs)
  return regions.map((region) => {
    const account = request.resource.account ?? accountOfArn(region.text) ?? question.caller.account
    const resource = account === undefined ? { arn: region.text } : { arn: region.text, account }
    return { region: region.text, isWhole: region.isWhole, decision: decideExactly({ ...base, resource }, knowledge) }
  })
}

/** Actions and patterns that statements name: the parts are spoken of in their words. */
function actionPatternsOf(request: AwsRequest): readonly string[] {
  const statements = [...policiesOf(request.policies)].flatMap((policy) => policy.statements)
  return [...new Set(statements.flatMap(({ program }) => actionTextsOf(program)))]
}

function haveSameConditions(cells: readonly Cell[]): boolean {
  return new Set(cells.map((cell) => JSON.stringify(cell.decision.conditions))).size === 1
}

function distinctReasons(cells: readonly Cell[]): readonly Reason[] {
  const reasons = new Map(cells.flatMap((cell) => cell.decision.because.map((reason) => [JSON.stringify(reason), reason])))
  return [...reasons.values()]
}
