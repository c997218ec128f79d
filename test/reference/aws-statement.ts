import type { Caller, Grip } from './aws-caller.ts'
import { chainOf, gripOf } from './aws-caller.ts'
import { entryOf } from './aws-catalogue.ts'
import { conditionHolds, operatorOf } from './aws-conditions.ts'
import type { Json, LayerKind, Question, Statement } from './aws-question.ts'
import { objectOf, textsOf } from './aws-question.ts'
import type { Context } from './aws-text.ts'
import { like, tokens } from './aws-text.ts'

/** One way in which everything that isn't known could be. */
export interface World {
  readonly by: Caller
  readonly context: Context
  /** Statements that nobody can read, taken to apply here. */
  readonly assumed: ReadonlySet<Statement>
  /** S3 takes the bucket's policy for public. */
  readonly isPublic: boolean
}

const PLAIN: Context = new Map()

/** Case doesn't matter. */
function namesAction(pattern: string, action: string): boolean {
  return like(tokens(pattern.toLowerCase(), false, PLAIN), action.toLowerCase())
}

export function actionPart({ json }: Statement, action: string): boolean {
  if (json['NotAction'] !== undefined) return !textsOf(json['NotAction']).some((pattern) => namesAction(pattern, action))
  return textsOf(json['Action']).some((pattern) => namesAction(pattern, action))
}

/**
 * An ARN of fewer than six parts: IAM fills it up, SCPs take it if it ends in `*`, elsewhere it is what it says.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function completed(pattern: string, layer: LayerKind): string | null {
  const parts = pattern.split(':')
  if (parts.length >= 6 || pattern === '*') return pattern
  if (layer === 'IDENTITY' || layer === 'SESSION' || layer === 'BOUNDARY') return [...parts, '*', '*', '*', '*', '*'].slice(0, 6).join(':')
  if (layer === 'SCP') return pattern.endsWith('*') ? pattern : null
  return layer !== 'RCP' && /[*?]/.test(pattern) ? pattern : null
}

const isPattern = (pattern: string): boolean => pattern === '*' || pattern.startsWith('arn:')

/** Variables count only after the fifth colon. */
function namesResource(pattern: string, statement: Statement, question: Question, context: Context): boolean {
  if (pattern === '*') return true
  if (entryOf(question.action)?.resourceTypes.length === 0) return false
  const full = isPattern(pattern) ? completed(pattern, statement.layer) : null
  if (full === null) return false
  const parts = full.split(':')
  const head = tokens(parts.slice(0, 5).join(':'), false, context)
  const tail = tokens([...(parts.length > 5 ? [''] : []), ...parts.slice(5)].join(':'), statement.variables, context)
  return tail !== null && head !== null && like([...head, ...tail], question.resource)
}

/** A trust policy has no Resource: it is about its role. */
function resourcePart(statement: Statement, question: Question, context: Context): boolean {
  const { Resource: resource, NotResource: others } = statement.json
  const names = (pattern: string): boolean => namesResource(pattern, statement, question, context)
  // What is no ARN (or no whole one where it must be whole) lists nothing, but must not turn the rest into a match.
  if (others !== undefined)
    return textsOf(others).every((pattern) => isPattern(pattern) && completed(pattern, statement.layer) !== null && !names(pattern))
  if (resource === undefined) return statement.layer === 'RESOURCE'
  return textsOf(resource).some(names)
}

function gripsIn(element: Json | undefined, by: Caller): readonly Grip[] {
  const entries = element === '*' ? { AWS: '*' } : objectOf(element)
  return Object.entries(entries).flatMap(([type, values]) => textsOf(values).flatMap((value) => gripOf(type, value, by) ?? []))
}

const strongest = (grips: readonly Grip[]): Grip | undefined => (['SELF', 'ROLE', 'ACCOUNT'] as const).find((grip) => grips.includes(grip))

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
function outside(element: Json, effect: Json | undefined, by: Caller, bounded: boolean): Grip | undefined {
  const named = gripsIn(element, by)
  if (effect === 'Allow') return named.length === 0 ? 'SELF' : undefined
  const exempt = !bounded && chainOf(by).every((grip) => named.includes(grip))
  return exempt ? undefined : 'SELF'
}

function principalPart(statement: Statement, question: Question, by: Caller): Grip | undefined {
  if (statement.layer !== 'RESOURCE' && statement.layer !== 'ENDPOINT') return 'SELF'
  const { Principal: principal, NotPrincipal: others, Effect: effect } = statement.json
  if (others !== undefined) return outside(others, effect, by, by.account !== undefined && question.layers.BOUNDARY !== null)
  return strongest(gripsIn(principal, by))
}

const hasEffect = ({ json }: Statement): boolean => json['Effect'] === 'Allow' || json['Effect'] === 'Deny'

/** Nobody can tell what it means: an effect or an operator that AWS doesn't have. */
export function isBroken(statement: Statement): boolean {
  return !hasEffect(statement) || Object.keys(objectOf(statement.json['Condition'])).some((name) => operatorOf(name) === undefined)
}

/** How a statement with the effect applies to the request; undefined where none does. An effect that can't be read could be either. */
export function appliesAs(effect: 'Allow' | 'Deny', statement: Statement, question: Question, world: World): Grip | undefined {
  const taken = hasEffect(statement) ? statement.json['Effect'] : world.assumed.has(statement) ? 'Allow' : 'Deny'
  return taken === effect ? applies(statement, question, world) : undefined
}

/** How the statement applies to the request; undefined where it doesn't. */
function applies(statement: Statement, question: Question, world: World): Grip | undefined {
  const grip = principalPart(statement, question, world.by)
  if (grip === undefined || !actionPart(statement, question.action)) return undefined
  if (!resourcePart(statement, question, world.context)) return undefined
  if (isBroken(statement) && hasEffect(statement)) return world.assumed.has(statement) ? grip : undefined
  return conditionHolds(objectOf(statement.json['Condition']), statement.variables, world.context) ? grip : undefined
}
