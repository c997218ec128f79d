import type { Question } from '../question.ts'
import type { ResourcePattern } from '../resource-pattern.ts'
import { resourcePatternsOf } from '../statement.ts'
import type { AwsPolicySet, CompiledPolicy, StatementProgram } from '../types.ts'
import { widest } from '../variables.ts'
import { areApart, covers, intersects, maximal, overlapsOf } from './overlap.ts'

/** Parts that a pattern of resources falls into, so that each statement covers a part entirely or not at all. */

/** Where there are more, those beyond are not looked at. */
export const MAX_REGIONS = 1000

export interface Region {
  readonly text: string
  /** All that is asked about of a resource type. */
  readonly isWhole: boolean
}

/**
 * From the most general to the most specific.
 * @param patterns resources that statements speak of, see `statementPatterns`
 */
export function regionsOf(question: Question, asked: string, patterns: ReadonlySet<string>): readonly Region[] {
  const whole = byResourceType(question, asked)
  const own = new Set<string>()
  for (const pattern of patterns) {
    for (const each of whole) for (const part of overlapsOf(pattern, each)) own.add(part)
  }
  for (const part of crossings([...own], whole)) own.add(part)
  const regions = [...new Set([...whole, ...own])].slice(0, MAX_REGIONS)
  const sorted = own.size === 0 ? regions : sortBySpecificity(regions)
  const wholes = new Set(whole)
  return sorted.map((text) => ({ text, isWhole: wholes.has(text) }))
}

/** "All resources of the action's types that it matches." */
function byResourceType({ knowledge, actionId, caller }: Question, asked: string): readonly string[] {
  if (actionId < 0) return [asked]
  const parts = knowledge.resourceTypesOf(actionId).flatMap((name) => {
    const pattern = knowledge.typeOf(name)?.arnPattern.replace('arn:*:', `arn:${caller.partition}:`)
    return pattern === undefined ? [] : overlapsOf(pattern, asked)
  })
  const whole = maximal(parts)
  return whole.length === 0 ? [asked] : whole
}

/** Resources that statements speak of; variables filled in, `*` for those not known. */
export function statementPatterns(question: Question, programs: Iterable<StatementProgram>): ReadonlySet<string> {
  const patterns = [...programs].flatMap((program) => resourcePatternsOf(program))
  return new Set(patterns.flatMap((pattern) => textOf(pattern, question) ?? []))
}

function textOf(pattern: ResourcePattern, question: Question): string | undefined {
  if (pattern.kind === 'EVERY' || pattern.kind === 'NEVER') return undefined
  if (pattern.kind === 'TEXT' || pattern.glob !== undefined) return pattern.text
  const head = pattern.text.split(':', 5).join(':')
  return `${head}:${widest(pattern.resource, question.valuesOf)
    .map((part) => part.text)
    .join('')}`
}

/**
 * Where two parts cross without one lying in the other, what they share is a part of its own. Two resource types that cross are asked about one
 * by one: a resource is of one type.
 */
function crossings(own: readonly string[], whole: readonly string[]): readonly string[] {
  const shared: string[] = []
  for (const [i, a] of own.entries()) {
    for (const b of [...own.slice(i + 1), ...whole]) {
      if (areApart(a, b) || covers(a, b) || covers(b, a) || !intersects(a, b)) continue
      shared.push(...overlapsOf(a, b))
      if (shared.length >= MAX_REGIONS) return shared
    }
  }
  return shared
}

function sortBySpecificity(regions: readonly string[]): readonly string[] {
  const depth = (region: string): number => regions.filter((other) => other !== region && covers(other, region)).length
  return regions
    .map((region) => ({ region, depth: depth(region) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ region }) => region)
}

export function* policiesOf(policies: AwsPolicySet): Iterable<CompiledPolicy> {
  yield* policies.identity
  yield* policies.boundary ?? []
  yield* policies.session ?? []
  if (policies.resource !== undefined) yield policies.resource
  yield* policies.resourceGrants ?? []
  yield* policies.keyGrants ?? []
  for (const level of policies.serviceControl ?? []) yield* level
  for (const level of policies.resourceControl ?? []) yield* level
  yield* policies.endpoint ?? []
}
