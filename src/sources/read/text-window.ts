/** Text that arrives bit by bit: what of it is in hand, how far it was read, and where that is in the file. */
export interface TextWindow {
  text: string
  /** Next character to read. */
  at: number
  /** Line of `text[0]`, and the characters of that line before it. */
  line: number
  columnsBefore: number
  /** A value whose end has not arrived: how far it was scanned. */
  scan: { at: number; depth: number; inString: boolean } | undefined
}

/** No provider nests so deep; a deeper value would overflow the stack of whoever walks it. */
export const DEEPEST = 200

const SCALAR = /[^\s,\]}:]+|:/y

/** Where the value ends that begins at `at`; `MORE` where its end has not arrived, `DEEP` where nobody would nest so deep. */
export function findEnd(window: TextWindow, final: boolean): number | 'MORE' | 'DEEP' {
  const first = window.text[window.at]
  if (first === '{' || first === '[' || first === '"') return findNestedEnd(window)
  SCALAR.lastIndex = window.at
  const end = window.at + (SCALAR.exec(window.text)?.[0].length ?? 1)
  return end === window.text.length && !final ? 'MORE' : end
}

/** Where the string, object or array ends that begins at `at`, if it is no longer than `length` and all of it has arrived. */
export function findNearEnd(window: TextWindow, length: number): number | undefined {
  const end = findNestedEnd(window, Math.min(window.at + length, window.text.length))
  window.scan = undefined
  return typeof end === 'number' ? end : undefined
}

/** Of a string, object or array: counts brackets outside of strings. Goes on where it stopped when more text arrives. */
function findNestedEnd(window: TextWindow, until = window.text.length): number | 'MORE' | 'DEEP' {
  const { text } = window
  let { at, depth, inString } = window.scan ?? { at: window.at, depth: 0, inString: false }
  window.scan = undefined
  for (; at < until; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inString = false
      else continue
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1
    else continue
    if (depth === 0 && !inString) return at + 1
    if (depth > DEEPEST) return 'DEEP'
  }
  window.scan = { at, depth, inString }
  return 'MORE'
}

/** Files put one after another each bring their own. */
const BYTE_ORDER_MARK = 0xfeff
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

export function skipWhitespace(window: TextWindow, skipsMarks: boolean): void {
  const { text } = window
  while (window.at < text.length) {
    const code = text.charCodeAt(window.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && !(code === BYTE_ORDER_MARK && skipsMarks)) return
    window.at += 1
  }
}

/** Forgets the text that was read, and remembers where it ended. */
export function dropRead(window: TextWindow): void {
  if (window.at === 0) return
  const { line, columnsBefore } = moveOver(window, window.at)
  if (window.scan !== undefined) window.scan = { ...window.scan, at: window.scan.at - window.at }
  window.text = window.text.slice(window.at)
  window.at = 0
  window.line = line
  window.columnsBefore = columnsBefore
}

export function moveOver(window: TextWindow, length: number): { readonly line: number; readonly columnsBefore: number } {
  let { line } = window
  let lineStart = -window.columnsBefore
  for (let at = window.text.indexOf('\n'); at >= 0 && at < length; at = window.text.indexOf('\n', at + 1)) {
    line += 1
    lineStart = at + 1
  }
  return { line, columnsBefore: length - lineStart }
}
