import type { DecisionPart, Effect } from '../../../domain/decision.ts'
import type { AwsDecision } from '../types.ts'
import { covers, intersects, overlapsOf } from './overlap.ts'

/** The answer for a part of the resources. */
export interface Cell {
  readonly region: string
  /** All that is asked about of a resource type. */
  readonly isWhole: boolean
  readonly decision: AwsDecision
}

/** Actions that have the same answers. */
export interface ActionGroup {
  readonly actions: readonly string[]
  /** From the most general region to the most specific. */
  readonly cells: readonly Cell[]
}

/** Parts said so far of one action, as far as they can concern it. */
type Said = DecisionPart[]

interface Row {
  readonly action: string
  readonly lower: string
  /** The most specific pattern that the action is spoken of by. */
  readonly pattern: string
  readonly effects: ReadonlyMap<string, Effect>
  readonly answers: Answers
  readonly said: Said
}

/** Of a group of actions. */
interface Answers {
  readonly effects: ReadonlyMap<string, Effect>
  /** All that is asked about of the group's resource types. */
  readonly wholes: readonly string[]
  /** Effects of regions that were looked at. */
  readonly at: Map<string, Effect | undefined>
}

/**
 * Lists what differs from what more general parts say. INVARIANT: of the parts that match an action and a resource, the most specific one is
 * unique in its effect.
 */
export function partsOf(groups: readonly ActionGroup[], action: string, resource: string, spoken: readonly string[]): readonly DecisionPart[] {
  const patterns = sortedPatterns(action, spoken)
  const rows = groups.flatMap((group) => rowsOf(group, resource, patterns))
  const parts: DecisionPart[] = []
  const say = (part: DecisionPart, heard: readonly Row[]): void => {
    parts.push(part)
    for (const row of heard) row.said.push(part)
  }
  for (const region of regionsIn(rows)) {
    const touched = new Set(rows.filter((row) => row.effects.has(region)))
    if (touched.size === 0) continue
    for (const pattern of patterns) {
      const group = rows.filter((row) => row.pattern === pattern)
      if (!group.some((row) => touched.has(row))) continue
      const members = group.filter((row) => effectAt(row, region) !== undefined)
      const effect = mostCommon(members, region)
      if (effect === undefined) continue
      const heard = members.some((row) => effectAt(row, region) === effect && isOpen(row, region)) ? rowsOfPattern(rows, pattern) : []
      if (heard.length > 0 && heard.every((row) => canHear(row, region, effect))) {
        for (const row of heard) touched.add(row)
        say({ resource: region, action: pattern, effect }, heard)
      }
      for (const row of members.filter((each) => isOpen(each, region))) {
        say({ resource: region, action: row.action, effect: effectAt(row, region) ?? 'DENY' }, [row])
      }
    }
  }
  return parts
}

function rowsOfPattern(rows: readonly Row[], pattern: string): readonly Row[] {
  const lower = pattern.toLowerCase()
  return rows.filter((row) => covers(lower, row.lower))
}

/** A part of another's must not cross one of the action's own with another effect: neither would be the more specific. */
function canHear(row: Row, region: string, effect: Effect): boolean {
  if (row.effects.has(region)) return true
  for (const [own, its] of row.effects) {
    if (its !== effect && !covers(own, region) && !covers(region, own) && intersects(own, region)) return false
  }
  return true
}

/** The effect of a part that may be none of the action's own: undefined where the action has no resources in it. */
function effectAt({ answers }: Row, region: string): Effect | undefined {
  if (answers.at.has(region)) return answers.at.get(region)
  const effect = inferEffect(answers, region)
  answers.at.set(region, effect)
  return effect
}

/** What lies in the region of the action's own resource types tells; else the next more general part does. */
function inferEffect({ effects, wholes }: Answers, region: string): Effect | undefined {
  const inside = wholes.flatMap((whole) => overlapsOf(region, whole))
  if (inside.length === 0) return undefined
  const told = new Set(inside.map((each) => effects.get(each)))
  const [only] = told
  if (told.size === 1 && only !== undefined) return only
  let effect: Effect | undefined
  for (const [each, its] of effects) if (covers(each, region)) effect = its
  return effect
}

/** What the pattern is said to be; exceptions are listed one by one. */
function mostCommon(members: readonly Row[], region: string): Effect | undefined {
  const counts = new Map<Effect, number>()
  for (const row of members) {
    const effect = effectAt(row, region)
    if (effect !== undefined) counts.set(effect, (counts.get(effect) ?? 0) + 1)
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

function rowsOf(group: ActionGroup, asked: string, patterns: readonly string[]): readonly Row[] {
  const wholes = new Set(group.cells.filter((cell) => cell.isWhole).map((cell) => cell.decision.effect))
  const [only] = wholes
  const isUniform = wholes.size === 1 && only !== undefined
  const cells = isUniform ? group.cells.filter((cell) => !cell.isWhole) : group.cells
  const effects = new Map<string, Effect>(isUniform ? [[asked, only]] : [])
  for (const cell of cells) effects.set(cell.region, cell.decision.effect)
  const texts = group.cells.filter((cell) => cell.isWhole).map((cell) => cell.region)
  const answers: Answers = { effects, wholes: texts, at: new Map(effects) }
  return group.actions.map((action) => ({
    action,
    lower: action.toLowerCase(),
    pattern: patterns.findLast((pattern) => covers(pattern.toLowerCase(), action.toLowerCase())) ?? action,
    effects,
    answers,
    said: [],
  }))
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
