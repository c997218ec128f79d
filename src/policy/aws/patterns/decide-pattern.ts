import type { Reason } from '../../../domain/decision.ts'
import { accountOfArn } from '../arn.ts'
import type { ActionKnowledge } from '../actions/knowledge.ts'
import { decideExactly } from '../decide.ts'
import { makeQuestion, type Question } from '../question.ts'
import { actionTextsOf } from '../statement.ts'
import type { AwsDecision, AwsRequest } from '../types.ts'
import { groupActions, SPECIAL_SERVICES } from './action-groups.ts'
import { actionsAsked } from './actions.ts'
import { areApart, hasWildcard } from './overlap.ts'
import { partsOf } from './parts.ts'
import { MAX_REGIONS, policiesOf, regionsOf, statementPatterns, type Region } from './regions.ts'
import type { ActionGroup, Cell } from './rows.ts'

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
  const decisions = [...new Set(groups.flatMap((group) => group.cells.map((cell) => cell.decision)))]
  const [first] = decisions
  if (first === undefined) return decideExactly(request, knowledge)
  // Where there are too many parts to look at all of them, nothing is certain.
  const isComplete = groups.every((group) => group.cells.length < MAX_REGIONS)
  const isUniform = isComplete && decisions.every((decision) => decision.effect === first.effect)
  if (isUniform && (first.effect !== 'CONDITIONAL' || haveSameConditions(decisions))) return first
  const parts = partsOf(groups, request.action, request.resource.arn, actionPatternsOf(request))
  return { effect: 'CONDITIONAL', because: distinctReasons(decisions), parts, faults: first.faults }
}

/** Resources are split alike for all actions, by every statement that names one. */
function groupsOf(request: AwsRequest, actions: readonly string[], knowledge: ActionKnowledge): readonly ActionGroup[] {
  const all = [...policiesOf(request.policies)].flatMap((policy) => policy.statements.map(({ program }) => program))
  const groups = groupActions(actions, [...new Set(all)], knowledge)
  const programs = new Set(groups.flatMap((group) => group.programs))
  const split = new Map<string, readonly Region[]>()
  return groups.map((group) => {
    const question = makeQuestion({ ...request, action: group.actions[0] }, knowledge)
    const patterns = statementPatterns(question, programs)
    const key = [group.types, ...patterns].join('|')
    const regions = split.get(key) ?? regionsAsked(question, patterns)
    split.set(key, regions)
    return { actions: group.actions, cells: cellsOf(question, regions, statementPatterns(question, group.programs)) }
  })
}

function regionsAsked(question: Question, patterns: ReadonlySet<string>): readonly Region[] {
  const { knowledge, actionId, request } = question
  const asked = request.resource.arn
  const isWithoutResource = actionId >= 0 && knowledge.resourceTypesOf(actionId).length === 0
  return isWithoutResource || !hasWildcard(asked) ? [{ text: asked, isWhole: false }] : regionsOf(question, asked, patterns)
}

/** @param patterns of the statements that name the action; regions that none of them meets differ by account alone */
function cellsOf(question: Question, regions: readonly Region[], patterns: ReadonlySet<string>): readonly Cell[] {
  const { request, caller, knowledge } = question
  const isSpecial = SPECIAL_SERVICES.has(question.service)
  const ofRest = new Map<string | undefined, AwsDecision>()
  return regions.map(({ text, isWhole }) => {
    const account = request.resource.account ?? accountOfArn(text) ?? caller.account
    const isMet = isSpecial || text === '*' || [...patterns].some((pattern) => !areApart(pattern, text))
    const known = isMet ? undefined : ofRest.get(account)
    const decision = known ?? decideExactly({ ...request, resource: account === undefined ? { arn: text } : { arn: text, account } }, knowledge)
    if (!isMet) ofRest.set(account, decision)
    return { region: text, isWhole, decision }
  })
}

/** Actions and patterns that statements name: the parts are spoken of in their words. */
function actionPatternsOf(request: AwsRequest): readonly string[] {
  const statements = [...policiesOf(request.policies)].flatMap((policy) => policy.statements)
  return [...new Set(statements.flatMap(({ program }) => actionTextsOf(program)))]
}

function haveSameConditions(decisions: readonly AwsDecision[]): boolean {
  return new Set(decisions.map(({ conditions }) => JSON.stringify(conditions))).size === 1
}

function distinctReasons(decisions: readonly AwsDecision[]): readonly Reason[] {
  const reasons = new Map(decisions.flatMap(({ because }) => because.map((reason) => [JSON.stringify(reason), reason])))
  return [...reasons.values()]
}
