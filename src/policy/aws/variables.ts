import type { TextPart } from './wildcard.ts'

/**
 * Policy variables: `${aws:username}`, `${aws:userid, 'anonymous'}` and the fixed `${*}`, `${?}`, `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

export interface Variable {
  /** Lower-cased context key. */
  readonly key: string
  /** Value where the key is absent. */
  readonly fallback?: string
}

export type TemplatePart = TextPart | Variable
export type Template = readonly TemplatePart[]

export function isVariable(part: TemplatePart): part is Variable {
  return 'key' in part
}

/** Documents before 2012-10-17 know no variables: `${…}` stands for itself. */
export function parseTemplate(text: string, withVariables: boolean): Template {
  if (!withVariables || !text.includes('${')) return [{ text, literal: false }]
  const parts: TemplatePart[] = []
  let from = 0
  for (;;) {
    const open = text.indexOf('${', from)
    const close = open < 0 ? -1 : text.indexOf('}', open)
    if (close < 0) break
    if (open > from) parts.push({ text: text.slice(from, open), literal: false })
    parts.push(parseVariable(text.slice(open + 2, close)))
    from = close + 1
  }
  if (from < text.length) parts.push({ text: text.slice(from), literal: false })
  return parts
}

function parseVariable(inside: string): TemplatePart {
  if (inside === '*' || inside === '?' || inside === '$') return { text: inside, literal: true }
  const comma = inside.indexOf(',')
  if (comma < 0) return { key: inside.trim().toLowerCase() }
  const key = inside.slice(0, comma).trim().toLowerCase()
  const quoted = inside.slice(comma + 1).trim()
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'")
  return isQuoted ? { key, fallback: quoted.slice(1, -1) } : { key }
}

export function variablesOf(template: Template): readonly Variable[] {
  return template.filter(isVariable)
}

/** The parts where there is no variable among them. */
export function fixedParts(template: Template): readonly TextPart[] | undefined {
  const parts: TextPart[] = []
  for (const part of template) {
    if (isVariable(part)) return undefined
    parts.push(part)
  }
  return parts
}

/** Values of a context key: known ones (none: absent), `null` for present but not known, `undefined` for not known. */
export type KnownValues = readonly string[] | null | undefined

/** UNRESOLVED: AWS can't resolve a variable, so the text never matches. UNKNOWN: the variable's value is not known. */
export type Substituted = readonly TextPart[] | 'UNRESOLVED' | 'UNKNOWN'

/** Wildcards within a substituted value are literal; a key with several values can't be substituted. */
export function substitute(template: Template, valuesOf: (key: string) => KnownValues): Substituted {
  const parts: TextPart[] = []
  let unknown = false
  for (const part of template) {
    if (!isVariable(part)) {
      parts.push(part)
      continue
    }
    const values = valuesOf(part.key)
    if (values === undefined || values === null) {
      unknown = true
      continue
    }
    const text = values.length === 0 ? part.fallback : values.length === 1 ? values[0] : undefined
    if (text === undefined) return 'UNRESOLVED'
    parts.push({ text, literal: true })
  }
  return unknown ? 'UNKNOWN' : parts
}

/** The widest text that the template could become: `*` for what is not known. */
export function widest(template: Template, valuesOf: (key: string) => KnownValues): readonly TextPart[] {
  return template.map((part) => {
    if (!isVariable(part)) return part
    const values = valuesOf(part.key)
    const value = values?.length === 1 ? values[0] : undefined
    return value === undefined ? { text: '*', literal: false } : { text: value, literal: true }
  })
}

/** The only variable that is not known in a template, and what it would have to be for the template to become a text. */
export interface SoughtVariable {
  readonly key: string
  /** It is known to have a value. */
  readonly present: boolean
  /** The template becomes the text where the key is absent. */
  readonly whenAbsent: boolean
  /** The only values that make the template the text; undefined where they can't be listed. */
  readonly values?: readonly string[]
  /** In any letter case. */
  readonly ignoringCase: boolean
}

/** A known text, and how a template with its variables filled in is held against it. */
export interface SoughtText {
  readonly text: string
  readonly ignoringCase: boolean
  readonly fits: (parts: readonly TextPart[]) => boolean
}

/** @returns undefined where more than one key is not known */
export function soughtVariable(template: Template, sought: SoughtText, valuesOf: (key: string) => KnownValues): SoughtVariable | undefined {
  const unknown = variablesOf(template).filter(({ key }) => (valuesOf(key) ?? null) === null)
  const [first] = unknown
  if (first === undefined || unknown.some(({ key }) => key !== first.key)) return undefined
  const filled = (values: readonly string[]): boolean => {
    const parts = substitute(template, (key) => (key === first.key ? values : valuesOf(key)))
    return typeof parts !== 'string' && sought.fits(parts)
  }
  const base = { key: first.key, present: valuesOf(first.key) === null, whenAbsent: filled([]), ignoringCase: sought.ignoringCase }
  const candidates = unknown.length === 1 ? between(template, template.indexOf(first), sought, valuesOf) : undefined
  return candidates === undefined ? base : { ...base, values: candidates.filter((value) => filled([value])) }
}

/** Longer texts are not taken apart at every place. */
const MAX_ENDS = 256

/** What may lie between the text before the variable and all that could follow it; undefined where its beginning can't be told. */
function between(
  template: Template,
  place: number,
  { text, ignoringCase }: SoughtText,
  valuesOf: (key: string) => KnownValues,
): readonly string[] | undefined {
  const before = plainText(substitute(template.slice(0, place), valuesOf))
  if (before === undefined) return undefined
  const same = (a: string, b: string): boolean => (ignoringCase ? a.toLowerCase() === b.toLowerCase() : a === b)
  const start = before.length
  if (!same(text.slice(0, start), before)) return []
  const rest = substitute(template.slice(place + 1), valuesOf)
  const after = plainText(rest)
  if (after !== undefined) return text.length - after.length < start ? [] : [text.slice(start, text.length - after.length)]
  if (typeof rest === 'string' || text.length - start > MAX_ENDS) return undefined
  const next = rest[0]?.text.charAt(0) ?? ''
  const isOpen = ignoringCase || next === '*' || next === '?'
  const ends = Array.from({ length: text.length - start + 1 }, (_, index) => start + index)
  return ends.filter((end) => isOpen || text.startsWith(next, end)).map((end) => text.slice(start, end))
}

/** The text, where no wildcard is left in it. */
export function plainText(parts: Substituted | undefined): string | undefined {
  if (parts === undefined || typeof parts === 'string') return undefined
  const hasWildcard = parts.some((part) => !part.literal && (part.text.includes('*') || part.text.includes('?')))
  return hasWildcard ? undefined : parts.map((part) => part.text).join('')
}
