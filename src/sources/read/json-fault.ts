/**
 * Where a text stops being JSON. `JSON.parse` doesn't always say the place, so this is asked once a text is known to be faulty.
 * It knows only the grammar (RFC 8259) and builds nothing.
 */

export interface JsonFault {
  readonly offset: number
  readonly message: string
}

const WHITESPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

interface Scan {
  readonly text: string
  offset: number
}

/** The first place where `text`, taken as one JSON value, breaks the grammar; undefined where it doesn't. */
export function findJsonFault(text: string): JsonFault | undefined {
  const scan: Scan = { text, offset: 0 }
  const open: ('{' | '[')[] = []
  do {
    const fault = skipToAtom(scan, open) ?? closeContainers(scan, open)
    if (fault !== undefined) return fault
  } while (open.length > 0)
  skip(scan, WHITESPACE)
  return scan.offset < text.length ? expected(scan, 'the end') : undefined
}

/** Opens containers (and reads member names) until a value that is no container, or an empty container, has been read. */
function skipToAtom(scan: Scan, open: ('{' | '[')[]): JsonFault | undefined {
  for (;;) {
    skip(scan, WHITESPACE)
    const char = scan.text[scan.offset]
    if (char !== '{' && char !== '[') return skipAtom(scan)
    scan.offset += 1
    open.push(char)
    skip(scan, WHITESPACE)
    if (scan.text[scan.offset] === closerOf(char)) return undefined
    const fault = char === '{' ? skipMemberName(scan) : undefined
    if (fault !== undefined) return fault
  }
}

/** After a value: closes what ends here and stops before the next value. */
function closeContainers(scan: Scan, open: ('{' | '[')[]): JsonFault | undefined {
  for (;;) {
    const container = open.at(-1)
    if (container === undefined) return undefined
    skip(scan, WHITESPACE)
    const char = scan.text[scan.offset]
    if (char === closerOf(container)) {
      scan.offset += 1
      open.pop()
    } else if (char === ',') {
      scan.offset += 1
      return container === '{' ? skipMemberName(scan) : undefined
    } else return expected(scan, `"," or "${closerOf(container)}"`)
  }
}

function skipMemberName(scan: Scan): JsonFault | undefined {
  skip(scan, WHITESPACE)
  if (scan.text[scan.offset] !== '"') return expected(scan, 'a name in double quotes')
  const fault = skipString(scan)
  if (fault !== undefined) return fault
  skip(scan, WHITESPACE)
  if (scan.text[scan.offset] !== ':') return expected(scan, '":"')
  scan.offset += 1
  return undefined
}

function skipAtom(scan: Scan): JsonFault | undefined {
  if (scan.text[scan.offset] === '"') return skipString(scan)
  return skip(scan, NUMBER) || skip(scan, WORD) ? undefined : expected(scan, 'a value')
}

function skipString(scan: Scan): JsonFault | undefined {
  scan.offset += 1
  for (; scan.offset < scan.text.length;) {
    const code = scan.text.charCodeAt(scan.offset)
    if (code === 0x22) {
      scan.offset += 1
      return undefined
    }
    if (code < 0x20) return { offset: scan.offset, message: 'a control character within a string (a line break or tab must be escaped)' }
    if (code !== 0x5c) scan.offset += 1
    else if (!skip(scan, ESCAPE)) return { offset: scan.offset, message: 'an escape that JSON does not know' }
  }
  return expected(scan, 'the closing quote')
}

function skip(scan: Scan, pattern: RegExp): boolean {
  pattern.lastIndex = scan.offset
  const match = pattern.exec(scan.text)
  if (match === null) return false
  scan.offset += match[0].length
  return true
}

const closerOf = (opener: '{' | '['): '}' | ']' => (opener === '{' ? '}' : ']')

function expected(scan: Scan, what: string): JsonFault {
  return { offset: scan.offset, message: `${what} was expected, ${describe(scan.text[scan.offset])} is there` }
}

/** One character is shown at most: text around a fault may hold anything. */
const describe = (char: string | undefined): string => (char === undefined ? 'the end' : JSON.stringify(char))
