import { compileActionPattern } from '../../microsoft/action-pattern.ts'
import { attributeKey, ATTRIBUTE_SOURCES } from './attribute-key.ts'
import { ConditionSyntaxError, tokenize, type Token } from './lexer.ts'
import { parseOperator } from './operators.ts'
import type { Attribute, Condition, Operator, Values } from './syntax.ts'

/** More levels of parentheses than any real condition has; keeps hostile text from exhausting the stack. */
const MAX_DEPTH = 200

/**
 * Parses the text of a condition.
 * @throws ConditionSyntaxError
 */
export function parseCondition(text: string): Condition {
  const reader = { tokens: tokenize(text), place: 0, depth: 0 }
  const condition = readExpression(reader)
  if (peek(reader).kind !== 'END') throw unexpected(peek(reader), 'AND, OR or the end')
  return condition
}

interface Reader {
  readonly tokens: readonly Token[]
  place: number
  depth: number
}

const NOTHING: Token = { kind: 'END', text: '', at: 0 }

function peek(reader: Reader): Token {
  return reader.tokens[reader.place] ?? reader.tokens.at(-1) ?? NOTHING
}

function take(reader: Reader): Token {
  const token = peek(reader)
  reader.place += 1
  return token
}

function expectSign(reader: Reader, sign: string): void {
  const token = take(reader)
  if (token.kind !== 'SIGN' || token.text !== sign) throw unexpected(token, `“${sign}”`)
}

function unexpected(token: Token, wanted: string): ConditionSyntaxError {
  const met = token.kind === 'END' ? 'the text ends' : `there is “${token.text}”`
  return new ConditionSyntaxError(`${wanted} is expected where ${met}.`, token.at)
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'WORD' && token.text.toLowerCase() === word
}

function isSign(token: Token, sign: string): boolean {
  return token.kind === 'SIGN' && token.text === sign
}

/** Terms joined by AND or by OR; both together need parentheses. */
function readExpression(reader: Reader): Condition {
  const parts = [readTerm(reader)]
  let joined: 'AND' | 'OR' | undefined
  for (let op = joinOf(peek(reader)); op !== undefined; op = joinOf(peek(reader))) {
    if (joined !== undefined && op !== joined) throw new ConditionSyntaxError('AND and OR in one row need parentheses.', peek(reader).at)
    joined = op
    take(reader)
    parts.push(readTerm(reader))
  }
  const [only] = parts
  return joined === undefined && only !== undefined ? only : { op: joined ?? 'AND', parts }
}

function joinOf(token: Token): 'AND' | 'OR' | undefined {
  if (isSign(token, '&&') || isWord(token, 'and')) return 'AND'
  return isSign(token, '||') || isWord(token, 'or') ? 'OR' : undefined
}

function readTerm(reader: Reader): Condition {
  reader.depth += 1
  if (reader.depth > MAX_DEPTH) throw new ConditionSyntaxError('Parentheses are nested too deep.', peek(reader).at)
  const term = readInnerTerm(reader)
  reader.depth -= 1
  return term
}

function readInnerTerm(reader: Reader): Condition {
  const token = peek(reader)
  if (token.kind === 'ATTRIBUTE') return readComparison(reader)
  take(reader)
  if (isSign(token, '!') || isWord(token, 'not')) return { op: 'NOT', part: readTerm(reader) }
  if (isSign(token, '(')) {
    const inner = readExpression(reader)
    expectSign(reader, ')')
    return inner
  }
  if (isWord(token, 'exists')) return { op: 'EXISTS', attribute: readAttribute(reader) }
  if (isWord(token, 'actionmatches')) return anyOf(readSet(reader).map(actionMatches))
  if (isWord(token, 'suboperationmatches')) return anyOf(readSet(reader).map(subOperationMatches))
  throw unexpected(token, 'An attribute, a function, NOT or “(”')
}

function anyOf(parts: readonly Condition[]): Condition {
  const [only, ...more] = parts
  return only !== undefined && more.length === 0 ? only : { op: 'OR', parts }
}

function actionMatches(text: string): Condition {
  return { op: 'ACTION', pattern: text, matches: compileActionPattern(text).matches }
}

function subOperationMatches(name: string): Condition {
  return { op: 'SUBOPERATION', name }
}

function readAttribute(reader: Reader): Attribute {
  const token = take(reader)
  if (token.kind !== 'ATTRIBUTE') throw unexpected(token, 'An attribute')
  const source = /^@([a-z]+)/i.exec(token.text)?.[1]?.toLowerCase() ?? ''
  if (!ATTRIBUTE_SOURCES.some((each) => each === source)) {
    throw new ConditionSyntaxError(`@${source} is no source of attributes.`, token.at)
  }
  return { kind: 'ATTRIBUTE', key: attributeKey(token.text), text: token.text }
}

function readComparison(reader: Reader): Condition {
  const left = readAttribute(reader)
  const { operator, at } = readOperator(reader)
  const right = readRight(reader)
  if (operator.left === undefined && right.kind === 'VALUES' && right.values.length !== 1) {
    throw new ConditionSyntaxError(`${operator.name} compares one value; several need ForAnyOfAnyValues: or its kin.`, at)
  }
  // The older spelling of SubOperationMatches.
  if (left.key === SUBOPERATION && right.kind === 'VALUES' && isOneOf(operator)) return anyOf(right.values.map(subOperationMatches))
  return { op: 'COMPARE', left, operator, right }
}

export const SUBOPERATION = '@request[suboperation]'

/** A request has one suboperation, so that the quantifier of the left does not matter. */
function isOneOf({ base, isNegated, right }: Operator): boolean {
  return (base === 'StringEquals' || base === 'StringEqualsIgnoreCase') && !isNegated && right !== 'ALL'
}

function readOperator(reader: Reader): { readonly operator: Operator; readonly at: number } {
  const token = take(reader)
  const operator = token.kind === 'WORD' ? parseOperator(token.text) : undefined
  if (operator === undefined) throw unexpected(token, 'A comparison operator')
  return { operator, at: token.at }
}

function readRight(reader: Reader): Attribute | Values {
  const token = peek(reader)
  if (token.kind === 'ATTRIBUTE') return readAttribute(reader)
  if (isSign(token, '{')) return { kind: 'VALUES', values: readSet(reader) }
  return { kind: 'VALUES', values: [readValue(reader)] }
}

function readValue(reader: Reader): string {
  const token = take(reader)
  if (token.kind !== 'STRING' && token.kind !== 'WORD') throw unexpected(token, 'A value')
  return token.text
}

/** `{'a', 'b'}`, at least one. */
function readSet(reader: Reader): readonly string[] {
  expectSign(reader, '{')
  const values = [readValue(reader)]
  while (isSign(peek(reader), ',')) {
    take(reader)
    values.push(readValue(reader))
  }
  expectSign(reader, '}')
  return values
}
