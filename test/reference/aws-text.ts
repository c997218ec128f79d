/** Text that may hold wildcards and policy variables. */

/** One character that stands for itself, or a wildcard. */
type Token = string
const ANY = 'any characters'
const ONE = 'one character'

export type Context = ReadonlyMap<string, readonly string[]>

const VARIABLE = /\$\{([^}]*)\}/
const WITH_DEFAULT = /^([^,]+?)\s*,\s*'(.*)'$/

function plain(text: string): readonly Token[] {
  return Array.from(text, (character) => (character === '*' ? ANY : character === '?' ? ONE : character))
}

/** What a variable stands for; null where it has no value. A key with several values has none to put in. */
function valueOf(inner: string, context: Context): string | null {
  if (inner === '*' || inner === '?' || inner === '$') return inner
  const [, key = inner, fallback = null] = WITH_DEFAULT.exec(inner) ?? []
  const values = context.get(key.trim().toLowerCase()) ?? []
  return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? fallback : null
}

/** Characters of a substituted value stand for themselves, wildcards too. Null: a variable has no value, so that nothing is equal or like it. */
export function tokens(text: string, variables: boolean, context: Context): readonly Token[] | null {
  const found = variables ? VARIABLE.exec(text) : null
  if (found === null) return plain(text)
  const value = valueOf(found[1] ?? '', context)
  const rest = tokens(text.slice(found.index + found[0].length), variables, context)
  return value === null || rest === null ? null : [...plain(text.slice(0, found.index)), ...Array.from(value), ...rest]
}

export function like(pattern: readonly Token[] | null, value: string): boolean {
  if (pattern === null) return false
  const [first, ...rest] = pattern
  if (first === undefined) return value === ''
  if (first === ANY) return like(rest, value) || (value !== '' && like(pattern, value.slice(1)))
  return value !== '' && (first === ONE || first === value[0]) && like(rest, value.slice(1))
}

/** Wildcards stand for themselves. */
export function equal(pattern: readonly Token[] | null, value: string): boolean {
  return pattern !== null && pattern.map((token) => (token === ANY ? '*' : token === ONE ? '?' : token)).join('') === value
}

function segments(pattern: readonly Token[]): readonly (readonly Token[])[] {
  const colon = pattern.indexOf(':')
  return colon < 0 ? [pattern] : [pattern.slice(0, colon), ...segments(pattern.slice(colon + 1))]
}

export const isArn = (value: string): boolean => value.startsWith('arn:') && value.split(':').length >= 6

/** Each of the six parts for itself; the last may hold colons. */
export function likeArn(pattern: readonly Token[] | null, value: string): boolean {
  if (pattern === null || !isArn(value)) return false
  const wanted = segments(pattern)
  const present = value.split(':')
  if (wanted.length < 6) return false
  const last = wanted.slice(5).reduce((left, right) => [...left, ':', ...right])
  return wanted.slice(0, 5).every((part, place) => like(part, present[place] ?? '')) && like(last, present.slice(5).join(':'))
}
