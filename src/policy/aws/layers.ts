import type { Layer, Reason } from '../../domain/decision.ts'
import { and, or, place, type Formula } from './formula.ts'
import { statementsAbout } from './policy-index.ts'
import type { Question } from './question.ts'
import type { ReasonCode } from './reasons.ts'
import { applies } from './statement.ts'
import type { CompiledPolicy, CompiledStatement } from './types.ts'

/** A statement that applies, or may. */
export interface Hit {
  readonly layer: Layer
  readonly level?: number
  readonly policy: CompiledPolicy
  readonly statement: CompiledStatement
  readonly formula: Formula
}

/** What one set of policies says to the request. */
export interface Verdict {
  readonly allow: Formula
  readonly deny: Formula
  readonly allows: readonly Hit[]
  readonly denies: readonly Hit[]
}

export const NOTHING: readonly Hit[] = []
export const SILENT: Verdict = { allow: false, deny: false, allows: NOTHING, denies: NOTHING }

/** A verdict in the making. */
interface Tally {
  readonly layer: Layer
  readonly level: number | undefined
  allow: Formula
  deny: Formula
  allows: Hit[] | undefined
  denies: Hit[] | undefined
}

export function verdictOf(policies: readonly CompiledPolicy[], layer: Layer, question: Question, level?: number): Verdict {
  const tally: Tally = { layer, level, allow: false, deny: false, allows: undefined, denies: undefined }
  const indexed = statementsAbout(policies, question.service)
  if (indexed === undefined) {
    for (const policy of policies) for (const statement of policy.statements) count(tally, policy, statement, question)
  } else {
    for (const { policy, statement } of indexed) count(tally, policy, statement, question)
  }
  const { allow, deny, allows, denies } = tally
  return allows === undefined && denies === undefined ? SILENT : { allow, deny, allows: allows ?? NOTHING, denies: denies ?? NOTHING }
}

function count(tally: Tally, policy: CompiledPolicy, statement: CompiledStatement, question: Question): void {
  const bare = applies(statement.program, question)
  if (bare === false) return
  const { layer, level } = tally
  const formula = bare === true ? bare : place(bare, { layer, policy: policy.id, statement: nameOf(statement) })
  const hit: Hit = level === undefined ? { layer, policy, statement, formula } : { layer, level, policy, statement, formula }
  if (statement.program.effect === 'Allow') {
    tally.allow = or(tally.allow, formula)
    ;(tally.allows ??= []).push(hit)
  } else {
    tally.deny = or(tally.deny, formula)
    ;(tally.denies ??= []).push(hit)
  }
}

/** Sid, else the place. */
export function nameOf(statement: CompiledStatement): string {
  return statement.sid ?? `Statement[${statement.index}]`
}

export function reasonOf(hit: Hit, code: ReasonCode): Reason {
  return {
    layer: hit.layer,
    kind: code === 'STATEMENT_DENIES' ? 'EXPLICIT_DENY' : 'ALLOW',
    policy: hit.policy.id,
    statement: nameOf(hit.statement),
    ...(hit.level === undefined ? {} : { level: hit.level }),
    code,
  }
}

/** Every one of several verdicts allows. */
export function allAllow(verdicts: readonly Verdict[]): Formula {
  return verdicts.reduce<Formula>((all, verdict) => and(all, verdict.allow), true)
}

export function anyDenies(verdicts: readonly Verdict[]): Formula {
  return verdicts.reduce<Formula>((any, verdict) => or(any, verdict.deny), false)
}
