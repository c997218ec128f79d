import type { DecisionPart, Effect } from '../../../domain/decision.ts'
import { covers, intersects } from './overlap.ts'
import { effectAt, rowsOf, type ActionGroup, type Row } from './rows.ts'

/**
 * Lists what differs from what more general parts say. INVARIANT: of the parts that match an action and a resource, the most specific one is
 * unique in its effect.
 */
export function partsOf(groups: readonly ActionGroup[], action: string, resource: string, spoken: readonly string[]): readonly DecisionPart[] {
  const patterns = sortedPatterns(action, spoken)
  const rows = rowsOf(groups, resource, patterns)
  const spokenOf = speechOf(rows)
  const parts: DecisionPart[] = []
  for (const region of regionsIn(rows)) {
    const touched = new Set(rows.filter((row) => row.effects.has(region)))
    for (const pattern of touched.size === 0 ? [] : patterns) {
      const { covered, own } = spokenOf.get(pattern) ?? NOBODY
      if (own.some((row) => touched.has(row))) parts.push(...partsAt(region, pattern, { covered, own, touched }))
    }
  }
  return parts
}

/** Of a pattern of actions. */
interface Speech {
  readonly covered: Row[]
  /** Those that no more specific pattern speaks of. */
  readonly own: Row[]
}

const NOBODY: Speech = { covered: [], own: [] }

function speechOf(rows: readonly Row[]): ReadonlyMap<string, Speech> {
  const speech = new Map<string, Speech>()
  for (const row of rows) {
    for (const [place, pattern] of row.patterns.entries()) {
      const known = speech.get(pattern) ?? { covered: [], own: [] }
      speech.set(pattern, known)
      known.covered.push(row)
      if (place === row.patterns.length - 1) known.own.push(row)
    }
  }
  return speech
}

/** What has to be said of a region: one part for the pattern, and exceptions one by one. */
function partsAt(region: string, pattern: string, { covered, own, touched }: Speech & { readonly touched: Set<Row> }): readonly DecisionPart[] {
  const members = own.filter((row) => effectAt(row, region) !== undefined)
  const effect = mostCommon(members, region)
  if (effect === undefined) return []
  const parts: DecisionPart[] = []
  const isOfUse = members.some((row) => effectAt(row, region) === effect && isOpen(row, region))
  if (isOfUse && covered.every((row) => canHear(row, region, effect))) {
    const part = { resource: region, action: pattern, effect }
    parts.push(part)
    for (const row of covered) {
      touched.add(row)
      row.said.push(part)
    }
  }
  for (const row of members.filter((each) => isOpen(each, region))) {
    const single = row.actions.map((action) => ({ resource: region, action, effect: effectAt(row, region) ?? 'DENY' }))
    parts.push(...single)
    row.said.push(...single.slice(0, 1))
  }
  return parts
}

/** A part of another's must not cross one of the action's own with another effect: neither would be the more specific. */
function canHear(row: Row, region: string, effect: Effect): boolean {
  if (row.effects.has(region)) return true
  for (const [own, its] of row.effects) {
    if (its !== effect && !covers(own, region) && !covers(region, own) && intersects(own, region)) return false
  }
  return true
}

/** What the pattern is said to be; exceptions are listed one by one. */
function mostCommon(members: readonly Row[], region: string): Effect | undefined {
  const counts = new Map<Effect, number>()
  for (const row of members) {
    const effect = effectAt(row, region)
    if (effect !== undefined) counts.set(effect, (counts.get(effect) ?? 0) + row.actions.length)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** The question's own pattern, then those within it, from general to specific. */
function sortedPatterns(action: string, spoken: readonly string[]): readonly string[] {
  const lower = action.toLowerCase()
  const within = spoken.filter((text) => text.toLowerCase() !== lower && covers(lower, text.toLowerCase()))
  const depth = (text: string): number => within.filter((other) => covers(other.toLowerCase(), text.toLowerCase())).length
  return [
    action,
    ...within
      .map((text) => ({ text, depth: depth(text) }))
      .sort((a, b) => a.depth - b.depth)
      .map(({ text }) => text),
  ]
}

function regionsIn(rows: readonly Row[]): readonly string[] {
  const list = [...new Set(rows.flatMap((row) => [...row.effects.keys()]))]
  const depth = new Map(list.map((region) => [region, list.filter((other) => covers(other, region)).length]))
  return list.sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0))
}

/** What was said does not tell the effect, or not without doubt. */
function isOpen(row: Row, region: string): boolean {
  const effect = effectAt(row, region)
  const said = row.said.filter((part) => covers(part.resource, region))
  const last = said[said.length - 1]
  if (effect !== (last?.effect ?? 'DENY')) return true
  return said.some((part) => part.effect !== effect && last !== undefined && !isMoreGeneral(part, last))
}

function isMoreGeneral(part: DecisionPart, than: DecisionPart): boolean {
  return covers(part.resource, than.resource) && covers(part.action.toLowerCase(), than.action.toLowerCase())
}
