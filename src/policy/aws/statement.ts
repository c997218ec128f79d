import type { ActionKnowledge } from './actions/knowledge.ts'
import { isIamCaller } from './caller.ts'
import { evaluateTest, type ConditionTest } from './conditions/test.ts'
import { and, leaf, not, or, toTri, type Formula } from './formula.ts'
import { isNamedBy, isSpared, namingOf, type Naming, type PrincipalElement } from './principal-element.ts'
import { questionOf, type Question } from './question.ts'
import { matchResource, targetOf, type ResourcePattern, type Target } from './resource-pattern.ts'
import type { AwsRequest, PolicyType, StatementProgram, Tri } from './types.ts'
import type { KnownValues } from './variables.ts'
import { matchGlob, type Glob } from './wildcard.ts'

/** Parts of a compiled statement. A part that can't be read is `UNREADABLE`: whether it matches isn't known. */
export interface StatementMatcher {
  readonly knowledge: ActionKnowledge
  readonly type: PolicyType
  /** False: perhaps it allows, perhaps it denies, and there is a program for either. */
  readonly isEffectReadable: boolean
  /** False: nothing is known of the policy that it stands for. */
  readonly isDocumentReadable: boolean
  readonly actions: ActionElement | 'UNREADABLE'
  /** Lower-cased prefixes of the actions that it can name. */
  readonly services: ReadonlySet<string> | 'ANY'
  readonly resources: ResourceElement | 'UNREADABLE'
  /** Absent: the type has no such element, or the statement names nobody (`NOBODY`). */
  readonly principal: PrincipalElement | 'NOBODY' | 'UNREADABLE' | 'OF_NO_MATTER'
  readonly condition: readonly ConditionTest[] | 'UNREADABLE'
}

/** A program as the compiler makes it. */
export interface CompiledProgram extends StatementProgram {
  readonly matcher: StatementMatcher
}

function isCompiled(program: StatementProgram): program is CompiledProgram {
  return 'matcher' in program
}

/** INVARIANT: programs come from createCompiler; anybody else's can't be evaluated. */
function matcherOf(program: StatementProgram): StatementMatcher {
  if (!isCompiled(program)) throw new TypeError('A statement program that no compiler made')
  return program.matcher
}

export interface ActionElement {
  readonly negated: boolean
  /** As written. */
  readonly texts: readonly string[]
  /** Lower-cased; those that can't match anything are left out. */
  readonly globs: readonly Glob[]
}

export interface ResourceElement {
  readonly negated: boolean
  readonly patterns: readonly ResourcePattern[]
}

/** Whether the statement names the action. Known actions are looked up in the bitmap. */
export function actionMatches(program: StatementProgram, action: string): boolean {
  const { actions, knowledge } = matcherOf(program)
  const name = action.toLowerCase()
  return actions === 'UNREADABLE' || namesAction(program, name, knowledge.idOf(name))
}

function namesAction(program: StatementProgram, name: string, id: number): boolean {
  if (id >= 0) return (((program.actions[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1
  const { actions } = matcherOf(program)
  if (actions === 'UNREADABLE') return true
  return actions.globs.some((glob) => matchGlob(glob, name)) !== actions.negated
}

/** Whether Resource or NotResource matches an ARN, whoever asks: variables are not known. */
export function resourceMatches(program: StatementProgram, arn: string): Tri {
  return toTri(resourcesMatch(program, targetOf(arn), NOTHING_KNOWN))
}

const NOTHING_KNOWN = (): KnownValues => undefined

function resourcesMatch(program: StatementProgram, target: Target, valuesOf: Question['valuesOf']): Formula {
  const element = matcherOf(program).resources
  if (element === 'UNREADABLE') return unreadable(program, 'Resource')
  let any: Formula = false
  for (const pattern of element.patterns) {
    // What is no ARN must not turn NotResource into a match (S27).
    if (element.negated && pattern.kind === 'NEVER') return false
    any = or(any, matchResource(pattern, target, valuesOf))
    if (any === true) break
  }
  return element.negated ? not(any) : any
}

/** Whether the statement applies to the request: principal, action, resource and condition. */
export function statementApplies(program: StatementProgram, request: AwsRequest): Tri {
  return toTri(applies(program, questionOf(request, matcherOf(program).knowledge)))
}

/** Patterns of Resource or NotResource; none where they can't be read. */
export function resourcePatternsOf(program: StatementProgram): readonly ResourcePattern[] {
  const { resources } = matcherOf(program)
  return resources === 'UNREADABLE' ? [] : resources.patterns
}

/** Services whose actions the statement can name. */
export function servicesOf(program: StatementProgram): ReadonlySet<string> | 'ANY' {
  return matcherOf(program).services
}

/** What Action or NotAction says; nothing where it can't be read. */
export function actionTextsOf(program: StatementProgram): readonly string[] {
  const { actions } = matcherOf(program)
  return actions === 'UNREADABLE' ? [] : actions.texts
}

/** The statement names the action that is asked about. */
export function concerns(program: StatementProgram, question: Pick<Question, 'action' | 'actionId'>): boolean {
  return namesAction(program, question.action, question.actionId)
}

export function applies(program: StatementProgram, question: Question): Formula {
  const scope = withinScope(program, question)
  if (scope === false) return false
  const named = principalMatches(program, question)
  return named === false ? false : and(and(scope, named), conditionHolds(program, question))
}

/** Of an Allow in a resource policy: in which ways it grants to the caller. */
export function grantsTo(program: StatementProgram, question: Question): Naming | undefined {
  const scope = withinScope(program, question)
  if (scope === false) return undefined
  const naming = namingFor(program, question)
  if (isNamedBy(naming) === false) return undefined
  const rest = and(scope, conditionHolds(program, question))
  if (rest === false) return undefined
  if (rest === true) return naming
  return {
    direct: and(naming.direct, rest),
    anyone: and(naming.anyone, rest),
    role: and(naming.role, rest),
    account: and(naming.account, rest),
  }
}

function withinScope(program: StatementProgram, question: Question): Formula {
  if (!namesAction(program, question.action, question.actionId)) return false
  const resources = resourcesMatch(program, question.target, question.valuesOf)
  const { actions, isEffectReadable } = matcherOf(program)
  const effective = isEffectReadable ? resources : and(unreadable(program, 'Effect'), resources)
  return actions === 'UNREADABLE' ? and(unreadable(program, 'Action'), effective) : effective
}

function namingFor(program: StatementProgram, question: Question): Naming {
  const { principal } = matcherOf(program)
  if (principal === 'NOBODY' || principal === 'OF_NO_MATTER')
    return { direct: false, anyone: principal === 'OF_NO_MATTER', role: false, account: false }
  if (principal === 'UNREADABLE') return { direct: unreadable(program, 'Principal'), anyone: false, role: false, account: false }
  const { caller, request } = question
  const naming = namingOf(principal, caller, request.roleArn)
  if (!principal.negated) return naming
  return { direct: false, anyone: not(isNamedBy(naming)), role: false, account: false }
}

function principalMatches(program: StatementProgram, question: Question): Formula {
  const { principal } = matcherOf(program)
  const { caller, request } = question
  if (principal === 'OF_NO_MATTER') return true
  if (typeof principal === 'string' || !principal.negated || program.effect === 'Allow') return isNamedBy(namingFor(program, question))
  // "NotPrincipal with Deny will always deny any principal that has a permissions boundary attached" (S15).
  const isBounded = isIamCaller(caller) && (request.policies.boundary ?? []).length > 0
  return isBounded ? true : not(isSpared(principal, caller, request.roleArn))
}

function conditionHolds(program: StatementProgram, question: Question): Formula {
  const { condition } = matcherOf(program)
  if (condition === 'UNREADABLE') return unreadable(program, 'Condition')
  let all: Formula = true
  for (const test of condition) {
    all = and(all, evaluateTest(test, question.valuesOf))
    if (all === false) return false
  }
  return all
}

/** Unreadable parts of equal statements mean the same, those of different ones need not. */
function unreadable(program: StatementProgram, part: string): Formula {
  const { isDocumentReadable } = matcherOf(program)
  const id = `unreadable\u0001${program.number}\u0001${isDocumentReadable ? part : DOCUMENT}`
  const values = isDocumentReadable ? [] : [program.effect]
  return leaf({ operator: 'UnreadablePolicy', key: isDocumentReadable ? part : DOCUMENT, values }, { kind: 'FACT', id })
}

/** Of a document that can't be read at all, what it allows and what it denies are the two unknowns. */
const DOCUMENT = 'Document'
