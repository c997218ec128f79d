import type { CompiledPolicy, StatementProgram } from '../../policy/aws/types.ts'
import type { Actor } from './actors.ts'
import { hasBit } from './bitmap.ts'

/** As what a statement binds an actor. */
export type Use = 'IDENTITY' | 'BOUNDARY'

/** A distinct statement in one use, with everybody whom it binds. */
export interface IndexedProgram {
  readonly use: Use
  readonly program: StatementProgram
  /** Actors, ascending, groups already flattened. */
  readonly actors: Uint32Array
}

/**
 * Finds the statements that can bear on an action without looking at the others: distinct action sets by action, statements by action set.
 * INVARIANT: index ⊇ truth; whether a statement really applies is the evaluator's to say.
 */
export interface ProgramIndex {
  /** @param action id of a known action, or -1: statements that could name an unknown one are found by their being wide or unreadable */
  forAction(action: number): readonly IndexedProgram[]
  readonly size: number
}

export function buildProgramIndex(actors: readonly Actor[]): ProgramIndex {
  const indexed = collectPrograms(actors)
  const bySet = new Map<Uint32Array, IndexedProgram[]>()
  const always: IndexedProgram[] = []
  for (const entry of indexed) {
    if (entry.program.unreadable) always.push(entry)
    else push(bySet, entry.program.actions, entry)
  }
  const cache = new Map<number, readonly IndexedProgram[]>()
  const all = (): readonly IndexedProgram[] => indexed
  return {
    size: indexed.length,
    forAction(action) {
      if (action < 0) return all()
      const known = cache.get(action)
      if (known !== undefined) return known
      const found = [...always]
      for (const [set, programs] of bySet) if (hasBit(set, action)) found.push(...programs)
      cache.set(action, found)
      return found
    },
  }
}

/** Joins the holders of every policy that contains a program. */
function collectPrograms(actors: readonly Actor[]): IndexedProgram[] {
  const holders = new Map<CompiledPolicy, { readonly use: Use; readonly actors: number[] }>()
  for (const actor of actors) {
    for (const { policy } of actor.held) pushHolder(holders, policy, 'IDENTITY', actor.number)
    for (const policy of actor.boundary) pushHolder(holders, policy, 'BOUNDARY', actor.number)
  }
  const joined = new Map<string, { readonly use: Use; readonly program: StatementProgram; readonly lists: number[][] }>()
  for (const [policy, { use, actors: list }] of holders) {
    for (const { program } of policy.statements) {
      const key = `${use}${program.number}`
      const entry = joined.get(key)
      if (entry === undefined) joined.set(key, { use, program, lists: [list] })
      else if (!entry.lists.includes(list)) entry.lists.push(list)
    }
  }
  return [...joined.values()].map(({ use, program, lists }) => ({ use, program, actors: unite(lists) }))
}

function pushHolder(holders: Map<CompiledPolicy, { use: Use; actors: number[] }>, policy: CompiledPolicy, use: Use, actor: number): void {
  const entry = holders.get(policy)
  if (entry === undefined) holders.set(policy, { use, actors: [actor] })
  else if (entry.actors.at(-1) !== actor) entry.actors.push(actor)
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function unite(lists: readonly (readonly number[])[]): Uint32Array {
  const [only] = lists
  if (lists.length === 1 && only !== undefined) return Uint32Array.from(only)
  return Uint32Array.from(new Set(lists.flat())).sort()
}
