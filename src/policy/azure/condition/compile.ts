import type { CompiledCondition } from '../types.ts'
import { ConditionSyntaxError } from './lexer.ts'
import { mistakesIn } from './mistakes.ts'
import { parseCondition } from './parse.ts'

/** A text that can't be parsed is a fault with its place, 1-based. */
export function compileCondition(text: string): CompiledCondition {
  try {
    const condition = parseCondition(text)
    return { text, condition, faults: mistakesIn(condition) }
  } catch (error) {
    if (!(error instanceof ConditionSyntaxError)) throw error
    return { text, faults: [{ place: `condition, character ${error.at + 1}`, message: error.message, severity: 'unreadable' }] }
  }
}
