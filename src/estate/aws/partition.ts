import type { Actor } from './actors.ts'
import type { IndexedProgram } from './program-index.ts'

/**
 * Actors whom exactly the same statements bind, for one question. What one of them may do they all may do, unless a statement asks who it is.
 */
export interface ActorClass {
  readonly members: number[]
  /** At least one identity statement allows, surely or perhaps. */
  readonly mayAllow: boolean
  /** The answer may differ between members: decide each. */
  readonly individual: boolean
}

interface OpenClass {
  readonly mayAllow: boolean
  readonly individual: boolean
  /** The step that made it: members of a later list of the same program are already in it. */
  readonly step: number
}

/** A statement that may apply to the question, apart from its conditions and from who asks. */
export type Match = IndexedProgram

/** A range of actors: from `start` up to but without `end`. */
export interface ActorRange {
  readonly start: number
  readonly end: number
}

/**
 * Refines actors into classes, statement by statement: after each step, two actors share a class exactly when the same statements bind
 * them so far. Costs the number of (statement, holder) pairs that match within the ranges, not the number of actors.
 */
export function partition(actors: readonly Actor[], matches: readonly Match[], ranges: readonly ActorRange[]): ActorClass[] {
  const classes: OpenClass[] = []
  const classOf = new Map<number, number>()
  const seeds = new Map<number, number>()
  const seed = (number: number): number => {
    const { sort = -1, unsure = false } = actors[number] ?? {}
    const made = seeds.get(sort) ?? classes.push({ mayAllow: unsure, individual: unsure, step: -1 }) - 1
    seeds.set(sort, made)
    return made
  }
  matches.forEach((match, step) => {
    const successors = new Map<number, number>()
    for (const actor of within(match.actors, ranges)) {
      const before = classOf.get(actor) ?? seed(actor)
      if (classes[before]?.step === step) continue
      let after = successors.get(before)
      if (after === undefined) {
        after = classes.push(refine(classes[before] ?? EMPTY, match, step)) - 1
        successors.set(before, after)
      }
      classOf.set(actor, after)
    }
  })
  return close(classOf, classes)
}

function* within(actors: Uint32Array, ranges: readonly ActorRange[]): Iterable<number> {
  for (const { start, end } of ranges) {
    for (let at = firstNotBelow(actors, start); at < actors.length; at++) {
      const actor = actors[at] ?? 0
      if (actor >= end) break
      yield actor
    }
  }
}

/** Place of the first value that is not below the bound, by bisection. */
function firstNotBelow(sorted: Uint32Array, bound: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < bound) low = middle + 1
    else high = middle
  }
  return low
}

const EMPTY: OpenClass = { mayAllow: false, individual: false, step: -1 }

function refine(from: OpenClass, { use, program }: Match, step: number): OpenClass {
  const allows = use === 'IDENTITY' && (program.effect === 'Allow' || program.unreadable)
  return { mayAllow: from.mayAllow || allows, individual: from.individual || program.dependsOnPrincipal, step }
}

function close(classOf: ReadonlyMap<number, number>, classes: readonly OpenClass[]): ActorClass[] {
  const members = new Map<number, number[]>()
  for (const [actor, number] of classOf) {
    const list = members.get(number)
    if (list === undefined) members.set(number, [actor])
    else list.push(actor)
  }
  return [...members].map(([number, list]) => {
    const { mayAllow, individual } = classes[number] ?? EMPTY
    return { members: list, mayAllow, individual }
  })
}
