import { splitFields } from './conditions/arns.ts'
import { leaf, type Formula } from './formula.ts'
import { parseArn } from './arn.ts'
import {
  fixedParts,
  isVariable,
  parseTemplate,
  soughtVariable,
  substitute,
  widest,
  type KnownValues,
  type Template,
  type TemplatePart,
} from './variables.ts'
import { compileGlob, globOf, matchesAll, matchGlob, type Glob, type TextPart } from './wildcard.ts'
import type { PolicyType } from './types.ts'

/**
 * Resource and NotResource. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * Fields are compared one by one; the resource field is case-sensitive. A `*` that ends a field may reach beyond the colon after it.
 */

/** A resource asked about, split once. It may be an ARN pattern: then patterns match that cover all of it. */
export interface Target {
  readonly text: string
  /** Fields before the resource, lower-cased; empty where the text is no ARN. */
  readonly head: readonly string[]
  readonly resource: string
  /** The resource field holds colons, so that a `*` could have reached beyond a field. */
  readonly hasColons: boolean
}

const HEAD_FIELDS = 5
const MAX_TARGETS = 8192
const targets = new Map<string, Target>()

export function targetOf(text: string): Target {
  const known = targets.get(text)
  if (known !== undefined) return known
  if (targets.size >= MAX_TARGETS) targets.clear()
  const arn = parseArn(text)
  const head = arn === undefined ? [] : ['arn', arn.partition, arn.service, arn.region, arn.account].map((field) => field.toLowerCase())
  const resource = arn?.resource ?? text
  const target = { text, head, resource, hasColons: resource.includes(':') }
  targets.set(text, target)
  return target
}

/** EVERY: `*`. NEVER: AWS can't match it with anything, nor does naming it in NotResource exclude anything. */
export type ResourcePattern =
  | { readonly kind: 'EVERY'; readonly text: string }
  | { readonly kind: 'NEVER'; readonly text: string }
  | { readonly kind: 'ARN'; readonly text: string; readonly head: readonly Glob[]; readonly resource: Template; readonly glob: Glob | undefined }
  | { readonly kind: 'TEXT'; readonly text: string; readonly glob: Glob }

export function compileResource(text: string, withVariables: boolean, type: PolicyType): ResourcePattern {
  if (matchesAll(globOf(text))) return { kind: 'EVERY', text }
  const fields = splitTemplate(parseTemplate(text, withVariables))
  if (fields.length <= HEAD_FIELDS) return compileIncomplete(text, fields, withVariables, type)
  const resource: Template = fields[HEAD_FIELDS] ?? []
  const heads = fields.slice(0, HEAD_FIELDS).map(fixedParts)
  const head: Glob[] = []
  for (const parts of heads) {
    // "You can't use a variable to replace parts of the ARN before the fifth colon."
    if (parts === undefined) return { kind: 'NEVER', text }
    head.push(
      compileGlob(
        parts.map((part) => ({ ...part, text: part.text.toLowerCase() })),
        true,
      ),
    )
  }
  if (!isScheme(heads[0] ?? [])) return { kind: 'NEVER', text }
  const fixed = fixedParts(resource)
  return { kind: 'ARN', text, head, resource, glob: fixed === undefined ? undefined : compileGlob(fixed, true) }
}

function isScheme(parts: readonly TextPart[]): boolean {
  return matchGlob(compileGlob(parts), 'arn')
}

/** ARNs of fewer than six fields (S25). */
function compileIncomplete(text: string, fields: readonly Template[], withVariables: boolean, type: PolicyType): ResourcePattern {
  const first = fixedParts(fields[0] ?? [])
  if (first === undefined || fields.length < 2 || !isScheme(first)) return { kind: 'NEVER', text }
  if (completesArns(text, type)) return compileResource(`${text}${':*'.repeat(HEAD_FIELDS + 1 - fields.length)}`, withVariables, type)
  return type === 'SCP' || type === 'RCP' || !text.includes('*') ? { kind: 'NEVER', text } : { kind: 'TEXT', text, glob: globOf(text, true) }
}

function completesArns(text: string, type: PolicyType): boolean {
  if (type === 'IDENTITY' || type === 'BOUNDARY' || type === 'SESSION') return true
  return type !== 'RCP' && text.endsWith('*')
}

function splitTemplate(template: Template): Template[] {
  const fields: TemplatePart[][] = [[]]
  for (const part of template) {
    if (isVariable(part) || fields.length > HEAD_FIELDS) {
      fields[fields.length - 1]?.push(part)
      continue
    }
    const [head = [], ...rest] = splitFieldsFrom(part, fields.length)
    fields[fields.length - 1]?.push(...head)
    fields.push(...rest)
  }
  return fields
}

/** Splits a part at as many colons as are left to the resource field. */
function splitFieldsFrom(part: TextPart, fieldsSoFar: number): TextPart[][] {
  const split = splitFields([part])
  const room = HEAD_FIELDS + 2 - fieldsSoFar
  if (split.length <= room) return split
  const text = split
    .slice(room - 1)
    .map((field) => field.map((each) => each.text).join(''))
    .join(':')
  return [...split.slice(0, room - 1), [{ text, literal: part.literal }]]
}

/** Whether the pattern covers the target. */
export function matchResource(pattern: ResourcePattern, target: Target, valuesOf: (key: string) => KnownValues): Formula {
  if (pattern.kind === 'EVERY') return true
  if (pattern.kind === 'NEVER' || target.text === '*') return false
  if (pattern.kind === 'TEXT') return matchGlob(pattern.glob, target.text)
  if (pattern.glob !== undefined) return matchArn(pattern.head, pattern.glob, target)
  const parts = substitute(pattern.resource, valuesOf)
  if (parts === 'UNRESOLVED') return false
  if (parts !== 'UNKNOWN') return matchArn(pattern.head, compileGlob(parts, true), target)
  if (!matchArn(pattern.head, compileGlob(widest(pattern.resource, valuesOf), true), target)) return false
  return unknownVariable(pattern, target, valuesOf)
}

function unknownVariable(pattern: ResourcePattern & { readonly kind: 'ARN' }, target: Target, valuesOf: (key: string) => KnownValues): Formula {
  const { text, head, resource } = pattern
  // Where fields before the resource may reach into it, or the target is a pattern itself, no single value is sought.
  const isPlain = headFits(head, target.head) && !(target.hasColons && head.some(endsInStar)) && !hasWildcard(target.resource)
  const fits = (parts: readonly TextPart[]): boolean => matchArn(head, compileGlob(parts, true), target)
  const variable = isPlain ? soughtVariable(resource, { text: target.resource, ignoringCase: false, fits }, valuesOf) : undefined
  return leaf(
    { operator: 'ResourceMatches', key: resource.find(isVariable)?.key ?? '', values: [text] },
    { kind: 'COMPARISON', id: `resource\u0001${text}\u0001${target.text}`, negated: false, ...(variable === undefined ? {} : { variable }) },
  )
}

function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

function matchArn(head: readonly Glob[], resource: Glob, target: Target): boolean {
  if (target.head.length === 0) return false
  if (matchGlob(resource, target.resource) && headFits(head, target.head)) return true
  return target.hasColons && head.some(endsInStar) && reachesBeyondFields(head, resource, target)
}

function headFits(head: readonly Glob[], fields: readonly string[]): boolean {
  // From the account backwards: services and accounts tell more patterns apart than the scheme does.
  for (let i = HEAD_FIELDS - 1; i >= 0; i -= 1) {
    const glob = head[i]
    const field = fields[i]
    if (glob === undefined || field === undefined || !matchGlob(glob, field)) return false
  }
  return true
}

function endsInStar(glob: Glob): boolean {
  return glob.pieces.length > 1 && glob.pieces[glob.pieces.length - 1]?.text === ''
}

/** "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries." */
function reachesBeyondFields(head: readonly Glob[], resource: Glob, target: Target): boolean {
  const fields = target.text.split(':')
  let starts = new Set([0])
  for (const glob of head) {
    const next = new Set<number>()
    for (const start of starts) {
      if (!matchGlob(glob, (fields[start] ?? '').toLowerCase())) continue
      next.add(start + 1)
      for (let end = start + 2; endsInStar(glob) && end < fields.length; end += 1) next.add(end)
    }
    starts = next
  }
  return [...starts].some((start) => start < fields.length && matchGlob(resource, fields.slice(start).join(':')))
}
