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

/**
 * Refines all actors into classes, statement by statement: after each step, two actors share a class exactly when the same statements bind
 * them so far. Costs the number of (statement, holder) pairs that match, not the number of actors.
 */
export function partition(actors: readonly Actor[], matches: readonly Match[]): ActorClass[] {
  const classOf = new Int32Array(actors.length).fill(-1)
  const touched: number[] = []
  const classes: OpenClass[] = []
  const seeds = new Map<string, number>()

  const seed = (number: number): number => {
    const actor = actors[number]
    const key = actor === undefined ? '' : seedKey(actor)
    let made = seeds.get(key)
    if (made === undefined) {
      made = classes.push({ mayAllow: actor?.unsure ?? false, individual: actor?.unsure ?? false, step: -1 }) - 1
      seeds.set(key, made)
    }
    touched.push(number)
    return made
  }

  matches.forEach((match, step) => {
    const successors = new Map<number, number>()
    for (const actor of match.actors) {
      const before = classOf[actor] === -1 ? seed(actor) : (classOf[actor] ?? 0)
      if (classes[before]?.step === step) continue
      let after = successors.get(before)
      if (after === undefined) {
        after = classes.push(refine(classes[before] ?? EMPTY, match, step)) - 1
        successors.set(before, after)
      }
      classOf[actor] = after
    }
  })
  return close(classOf, touched, classes)
}

const EMPTY: OpenClass = { mayAllow: false, individual: false, step: -1 }

/** What else the evaluator tells actors apart by. */
const seedKey = ({ account, boundary, unsure, entity }: Actor): string =>
  `${account}/${boundary.length}/${unsure}/${entity.kind}/${entity.properties.path?.startsWith('/aws-service-role/') ?? false}`

function refine(from: OpenClass, { use, program }: Match, step: number): OpenClass {
  const allows = use === 'IDENTITY' && (program.effect === 'Allow' || program.unreadable)
  return { mayAllow: from.mayAllow || allows, individual: from.individual || program.dependsOnPrincipal, step }
}

function close(classOf: Int32Array, touched: readonly number[], classes: readonly OpenClass[]): ActorClass[] {
  const members = new Map<number, number[]>()
  for (const actor of touched) {
    const number = classOf[actor] ?? 0
    const list = members.get(number)
    if (list === undefined) members.set(number, [actor])
    else list.push(actor)
  }
  return [...members].map(([number, list]) => {
    const { mayAllow, individual } = classes[number] ?? EMPTY
    return { members: list, mayAllow, individual }
  })
}
