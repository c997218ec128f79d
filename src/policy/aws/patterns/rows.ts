import type { DecisionPart, Effect } from '../../../domain/decision.ts'
import type { AwsDecision } from '../types.ts'
import { globOf, matchGlob, type Glob } from '../wildcard.ts'
import { covers, overlapsOf } from './overlap.ts'

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

/** Actions that have the same answers and are spoken of by the same patterns. */
export interface Row {
  readonly actions: readonly string[]
  /** Patterns of actions that cover them, from the most general to the most specific. */
  readonly patterns: readonly string[]
  readonly effects: ReadonlyMap<string, Effect>
  readonly answers: Answers
  /** Parts said so far, as far as they can concern them; one that names a single action stands for one each. */
  readonly said: DecisionPart[]
}

/** Of a group of actions. */
interface Answers {
  readonly effects: ReadonlyMap<string, Effect>
  /** All that is asked about of the group's resource types. */
  readonly wholes: readonly string[]
  /** Effects of regions that were looked at. */
  readonly at: Map<string, Effect | undefined>
}

interface SpokenPattern {
  readonly text: string
  readonly glob: Glob
}

/** @param patterns of actions, from the most general to the most specific */
export function rowsOf(groups: readonly ActionGroup[], asked: string, patterns: readonly string[]): readonly Row[] {
  const spoken = patterns.map((text) => ({ text, glob: globOf(text.toLowerCase(), true) }))
  return groups.flatMap((group) => {
    const answers = answersOf(group, asked)
    return bySpeech(group.actions, spoken).map(([covering, actions]) => ({
      actions,
      patterns: covering,
      effects: answers.effects,
      answers,
      said: [],
    }))
  })
}

/** Actions by the patterns that speak of them. */
function bySpeech(actions: readonly string[], spoken: readonly SpokenPattern[]): readonly (readonly [readonly string[], readonly string[]])[] {
  const rows = new Map<string, readonly [readonly string[], string[]]>()
  for (const action of actions) {
    const lower = action.toLowerCase()
    const covering = spoken.filter(({ glob }) => matchGlob(glob, lower)).map(({ text }) => text)
    const key = covering.join()
    const row = rows.get(key)
    if (row === undefined) rows.set(key, [covering, [action]])
    else row[1].push(action)
  }
  return [...rows.values()]
}

function answersOf(group: ActionGroup, asked: string): Answers {
  const wholes = new Set(group.cells.filter((cell) => cell.isWhole).map((cell) => cell.decision.effect))
  const [only] = wholes
  const isUniform = wholes.size === 1 && only !== undefined
  const cells = isUniform ? group.cells.filter((cell) => !cell.isWhole) : group.cells
  const effects = new Map<string, Effect>(isUniform ? [[asked, only]] : [])
  for (const cell of cells) effects.set(cell.region, cell.decision.effect)
  const texts = group.cells.filter((cell) => cell.isWhole).map((cell) => cell.region)
  return { effects, wholes: texts, at: new Map(effects) }
}

/** The effect of a part that may be none of the actions' own: undefined where they have no resources in it. */
export function effectAt({ answers }: Row, region: string): Effect | undefined {
  if (answers.at.has(region)) return answers.at.get(region)
  const effect = inferEffect(answers, region)
  answers.at.set(region, effect)
  return effect
}

/** What lies in the region of the actions' own resource types tells; else the next more general part does. */
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
