/**
 * Wildcard matching without regular expressions and without backtracking over stars: the pieces between stars are looked for from left to
 * right, each once. Time is bounded by the length of the text times that of the longest piece, whatever the number of stars.
 */

/** Part of a pattern: `literal` text stands for itself (a substituted variable), otherwise `*` and `?` are wildcards. */
export interface TextPart {
  readonly text: string
  readonly literal: boolean
}

interface Piece {
  readonly text: string
  /** Places of single-character wildcards; null where there is none. */
  readonly ones: readonly boolean[] | null
}

export interface Glob {
  readonly pieces: readonly [Piece, ...Piece[]]
  /** `?` does not match the character `*`: for texts that are patterns themselves, whose star stands for any text. */
  readonly overPatterns: boolean
}

const STAR = 42

export function compileGlob(parts: readonly TextPart[], overPatterns = false): Glob {
  const pieces: Piece[] = []
  let text = ''
  let ones: boolean[] = []
  const close = (): void => {
    pieces.push({ text, ones: ones.includes(true) ? ones : null })
    text = ''
    ones = []
  }
  for (const part of parts) {
    for (let i = 0; i < part.text.length; i += 1) {
      const character = part.text.charAt(i)
      if (!part.literal && character === '*') close()
      else {
        text += character
        ones.push(!part.literal && character === '?')
      }
    }
  }
  const last = { text, ones: ones.includes(true) ? ones : null }
  const [first, ...rest] = [...pieces, last]
  return { pieces: [first ?? last, ...rest], overPatterns }
}

export function globOf(pattern: string, overPatterns = false): Glob {
  return compileGlob([{ text: pattern, literal: false }], overPatterns)
}

export function matchGlob(glob: Glob, text: string): boolean {
  const { pieces } = glob
  const first = pieces[0]
  const last = pieces[pieces.length - 1] ?? first
  if (pieces.length === 1) return text.length === first.text.length && fits(glob, first, text, 0)
  const end = text.length - last.text.length
  let from = first.text.length
  if (end < from || !fits(glob, first, text, 0) || !fits(glob, last, text, end)) return false
  for (let i = 1; i < pieces.length - 1; i += 1) {
    const piece = pieces[i]
    if (piece === undefined) continue
    const at = find(glob, piece, text, from, end)
    if (at < 0) return false
    from = at + piece.text.length
  }
  return true
}

/** It matches every text. */
export function matchesAll(glob: Glob): boolean {
  return glob.pieces.length > 1 && glob.pieces.every((piece) => piece.text === '')
}

/** The text before the first wildcard. */
export function literalPrefix(glob: Glob): string {
  const { text, ones } = glob.pieces[0]
  const one = ones === null ? -1 : ones.indexOf(true)
  return one < 0 ? text : text.slice(0, one)
}

function find(glob: Glob, piece: Piece, text: string, from: number, end: number): number {
  const lastStart = end - piece.text.length
  if (piece.ones === null) {
    const at = text.indexOf(piece.text, from)
    return at > lastStart ? -1 : at
  }
  for (let at = from; at <= lastStart; at += 1) if (fits(glob, piece, text, at)) return at
  return -1
}

function fits(glob: Glob, piece: Piece, text: string, at: number): boolean {
  if (piece.ones === null) return text.startsWith(piece.text, at)
  if (at + piece.text.length > text.length) return false
  for (let i = 0; i < piece.text.length; i += 1) {
    const code = text.charCodeAt(at + i)
    const one = piece.ones[i] === true
    if (one ? glob.overPatterns && code === STAR : code !== piece.text.charCodeAt(i)) return false
  }
  return true
}
