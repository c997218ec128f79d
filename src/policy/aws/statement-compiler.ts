import type { ActionKnowledge } from './actions/knowledge.ts'
import { parseOperator } from './conditions/operators.ts'
import { compileValue, keysOf, type ConditionTest } from './conditions/test.ts'
import { dependsOnCaller } from './context-keys.ts'
import { isObject, scalarsOf, textsOf, type JsonObject } from './document.ts'
import { compilePrincipal } from './principal-element.ts'
import { compileResource, type ResourcePattern } from './resource-pattern.ts'
import type { ActionElement, CompiledProgram, ResourceElement, StatementMatcher } from './statement.ts'
import type { PolicyType } from './types.ts'
import { parseTemplate, variablesOf } from './variables.ts'
import { globOf } from './wildcard.ts'

/** What a statement says, apart from its name and place. */
export interface StatementContent {
  readonly type: PolicyType
  /** Version 2012-10-17. */
  readonly withVariables: boolean
  readonly effect: 'Allow' | 'Deny'
  readonly isEffectReadable: boolean
  readonly elements: JsonObject
}

export function compileStatement(content: StatementContent, number: number, knowledge: ActionKnowledge): CompiledProgram {
  const { elements } = content
  const actions = compileActions(elements)
  const matcher: StatementMatcher = {
    knowledge,
    type: content.type,
    isEffectReadable: content.isEffectReadable,
    isDocumentReadable: elements['Unreadable'] === undefined || elements['Action'] !== undefined,
    actions,
    services: servicesNamed(actions),
    resources: compileResources(elements, content),
    principal: compilePrincipals(elements, content.type),
    condition: compileCondition(elements['Condition'], content.withVariables),
  }
  return {
    number,
    effect: content.effect,
    actions: sharedBitmap(matcher.actions, actionTexts(elements), knowledge),
    dependsOnPrincipal: dependsOnPrincipal(matcher, content.effect),
    hasCondition: matcher.condition === 'UNREADABLE' || matcher.condition.length > 0,
    conditionKeys: matcher.condition === 'UNREADABLE' ? [] : [...new Set(matcher.condition.flatMap((test) => [...keysOf(test)]))],
    unreadable: !content.isEffectReadable || isUnreadable(matcher),
    resources: matcher.resources === 'UNREADABLE' ? [] : matcher.resources.patterns.map((pattern) => pattern.text),
    notResource: matcher.resources !== 'UNREADABLE' && matcher.resources.negated,
    matcher,
  }
}

function isUnreadable(matcher: StatementMatcher): boolean {
  return [matcher.actions, matcher.resources, matcher.principal, matcher.condition].includes('UNREADABLE')
}

/** Both or neither of an element and its negation: what is meant can't be told. */
function either(elements: JsonObject, name: string): { readonly value: unknown; readonly negated: boolean } | undefined {
  const positive = elements[name]
  const negative = elements[`Not${name}`]
  if ((positive === undefined) === (negative === undefined)) return undefined
  return positive === undefined ? { value: negative, negated: true } : { value: positive, negated: false }
}

function actionTexts(elements: JsonObject): readonly string[] {
  return textsOf(either(elements, 'Action')?.value)?.filter(canBeAction) ?? []
}

/** Names of actions hold neither blanks nor commas: such a text matches no action (S24). */
function canBeAction(text: string): boolean {
  return text !== '' && !text.includes(' ') && !text.includes(',')
}

function compileActions(elements: JsonObject): ActionElement | 'UNREADABLE' {
  const element = either(elements, 'Action')
  const texts = element === undefined ? undefined : textsOf(element.value)
  if (element === undefined || texts === undefined || texts.length === 0) return 'UNREADABLE'
  return { negated: element.negated, texts, globs: texts.filter(canBeAction).map((text) => globOf(text.toLowerCase(), true)) }
}

function servicesNamed(actions: ActionElement | 'UNREADABLE'): ReadonlySet<string> | 'ANY' {
  if (actions === 'UNREADABLE' || actions.negated) return 'ANY'
  const prefixes = actions.texts.map((text) => text.slice(0, Math.max(0, text.indexOf(':'))).toLowerCase())
  return prefixes.some((prefix) => prefix === '' || prefix.includes('*') || prefix.includes('?')) ? 'ANY' : new Set(prefixes)
}

/** Bitmaps by what they are made of: most statements name the actions that some other names too. */
const bitmaps = new WeakMap<ActionKnowledge, Map<string, Uint32Array>>()

function sharedBitmap(element: ActionElement | 'UNREADABLE', texts: readonly string[], knowledge: ActionKnowledge): Uint32Array {
  const known = bitmaps.get(knowledge) ?? new Map<string, Uint32Array>()
  bitmaps.set(knowledge, known)
  const key =
    element === 'UNREADABLE'
      ? ''
      : `${element.negated ? 'not' : 'of'} ${texts
          .map((text) => text.toLowerCase())
          .toSorted()
          .join()}`
  const bitmap = known.get(key) ?? bitmapOf(element, texts, knowledge)
  known.set(key, bitmap)
  return bitmap
}

function bitmapOf(element: ActionElement | 'UNREADABLE', texts: readonly string[], knowledge: ActionKnowledge): Uint32Array {
  const words = new Uint32Array(Math.ceil(knowledge.size / 32))
  if (element === 'UNREADABLE') return fill(words, knowledge.size)
  for (const text of texts) {
    const expanded = knowledge.expand(text)
    for (let i = 0; i < words.length; i += 1) words[i] = (words[i] ?? 0) | (expanded[i] ?? 0)
  }
  if (!element.negated) return words
  const all = fill(new Uint32Array(words.length), knowledge.size)
  return words.map((word, i) => ~word & (all[i] ?? 0))
}

function fill(words: Uint32Array, size: number): Uint32Array {
  words.fill(0xffff_ffff)
  const rest = size % 32
  if (rest > 0) words[words.length - 1] = 2 ** rest - 1
  return words
}

const EVERY: ResourceElement = { negated: false, patterns: [{ kind: 'EVERY', text: '*' }] }

/** A trust policy speaks of its role; resource policies of some services (SNS, ECR) may leave Resource out and mean what they hang on. */
function compileResources(elements: JsonObject, { type, withVariables }: StatementContent): ResourceElement | 'UNREADABLE' {
  if (type === 'TRUST') return EVERY
  const element = either(elements, 'Resource')
  if (element === undefined) {
    const isLeftOut = elements['Resource'] === undefined && elements['NotResource'] === undefined
    return isLeftOut && type === 'RESOURCE' ? EVERY : 'UNREADABLE'
  }
  const texts = textsOf(element.value)
  if (texts === undefined || texts.length === 0) return 'UNREADABLE'
  return { negated: element.negated, patterns: texts.map((text) => compileResource(text, withVariables, type)) }
}

/** Only resource policies, RCPs and endpoint policies name principals; elsewhere it is whom the policy is attached to. */
function compilePrincipals(elements: JsonObject, type: PolicyType): StatementMatcher['principal'] {
  if (type !== 'RESOURCE' && type !== 'TRUST' && type !== 'RCP' && type !== 'ENDPOINT') return 'OF_NO_MATTER'
  if (elements['Unreadable'] !== undefined) return 'UNREADABLE'
  if (elements['Principal'] === undefined && elements['NotPrincipal'] === undefined) return 'NOBODY'
  const element = either(elements, 'Principal')
  return element === undefined ? 'UNREADABLE' : (compilePrincipal(element.value, element.negated) ?? 'UNREADABLE')
}

function compileCondition(condition: unknown, withVariables: boolean): readonly ConditionTest[] | 'UNREADABLE' {
  if (condition === undefined || condition === null) return []
  if (!isObject(condition)) return 'UNREADABLE'
  const tests: ConditionTest[] = []
  for (const [name, lines] of Object.entries(condition)) {
    if (!isObject(lines)) return 'UNREADABLE'
    for (const [key, value] of Object.entries(lines)) {
      const test = compileTest(name, key, value, withVariables)
      if (test === undefined) return 'UNREADABLE'
      tests.push(test)
    }
  }
  return tests
}

function compileTest(name: string, writtenKey: string, value: unknown, withVariables: boolean): ConditionTest | undefined {
  const operator = parseOperator(name)
  const texts = scalarsOf(value)
  if (operator === undefined || texts === undefined) return undefined
  const values = texts.map((text) => compileValue(operator, text, parseTemplate(text, withVariables && operator.comparison.variables)))
  return { ...operator, name, writtenKey, key: writtenKey.toLowerCase(), values }
}

/** Deny with NotPrincipal also hits whoever has a boundary (S15). */
function dependsOnPrincipal(matcher: StatementMatcher, effect: 'Allow' | 'Deny'): boolean {
  const { principal, condition, resources } = matcher
  if (typeof principal !== 'string' && principal.negated && effect === 'Deny') return true
  if (resources !== 'UNREADABLE' && resources.patterns.some(hasCallerVariable)) return true
  return condition !== 'UNREADABLE' && condition.some((test) => keysOf(test).some(dependsOnCaller))
}

function hasCallerVariable(pattern: ResourcePattern): boolean {
  return pattern.kind === 'ARN' && variablesOf(pattern.resource).some((variable) => dependsOnCaller(variable.key))
}
