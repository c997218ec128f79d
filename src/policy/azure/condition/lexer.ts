/** The words of a condition, with their places. */
export interface Token {
  readonly kind: 'ATTRIBUTE' | 'STRING' | 'WORD' | 'SIGN' | 'END'
  /** Of a STRING without quotes. */
  readonly text: string
  /** 0-based. */
  readonly at: number
}

/** A fault of the text, with its place. */
export class ConditionSyntaxError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.name = 'ConditionSyntaxError'
    this.at = at
  }
}

const SIGNS = ['&&', '||', '!', '(', ')', '{', '}', ','] as const
/** Names, operators with cross product, numbers, GUIDs and dates without quotes. */
const WORD = /[\p{L}\p{N}_.:+-]+/uy

/** @throws ConditionSyntaxError */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const [token, end] = nextToken(text, at)
    tokens.push(token)
    at = end
  }
  return [...tokens, { kind: 'END', text: '', at: text.length }]
}

function nextToken(text: string, at: number): readonly [Token, number] {
  const character = text.charAt(at)
  if (character === "'") return quoted(text, at)
  if (character === '@') return attribute(text, at)
  const sign = SIGNS.find((each) => text.startsWith(each, at))
  if (sign !== undefined) return [{ kind: 'SIGN', text: sign, at }, at + sign.length]
  WORD.lastIndex = at
  const word = WORD.exec(text)?.[0]
  if (word === undefined) throw new ConditionSyntaxError(`“${character}” is not expected here.`, at)
  return [{ kind: 'WORD', text: word, at }, at + word.length]
}

/** A backslash keeps the quote that follows in the text; other backslashes are the text’s own. */
function quoted(text: string, start: number): readonly [Token, number] {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === "'") return [{ kind: 'STRING', text: value, at: start }, at + 1]
    if (character === '\\') {
      if (text.charAt(at + 1) !== "'") value += '\\'
      at += 1
    }
    value += text.charAt(at)
  }
  throw new ConditionSyntaxError('The text that begins here has no closing quote.', start)
}

function attribute(text: string, start: number): readonly [Token, number] {
  const end = text.indexOf(']', start)
  const found = end < 0 ? null : /^@[A-Za-z]+\s*\[\s*[^[\]]+\]$/.exec(text.slice(start, end + 1))
  if (found === null) throw new ConditionSyntaxError('An attribute is written @Source[name].', start)
  return [{ kind: 'ATTRIBUTE', text: found[0], at: start }, end + 1]
}
