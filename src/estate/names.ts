import type { EntityFact } from '../domain/facts.ts'
import type { Label } from '../domain/vocabulary.ts'
import type { Graph } from './graph.ts'

/** Look-up by what people type: any letter case, names, other ids of the same thing. Built when first used. */
export interface Names {
  /** Numbers of the entities that answer to a text exactly, but for letter case; best kind of match only. @param label of which they must be */
  find(text: string, label?: Label): readonly number[]
  /** Entities whose id, name or alias contains the text, best match first. */
  search(text: string): readonly number[]
}

export function createNames(graph: Graph): Names {
  let built: Indexes | undefined
  let texts: readonly string[] | undefined
  const index = () => (built ??= buildIndexes(graph.entities))
  return {
    find(text, label) {
      const wanted = text.toLowerCase()
      const exact = graph.numberOf(text)
      const fits = (node: number): boolean => label === undefined || graph.entityAt(node).label === label
      if (exact !== undefined && fits(exact)) return [exact]
      const { ids, names, tails } = index()
      for (const kind of [ids, names, tails]) {
        const found = kind.get(wanted)?.filter(fits) ?? []
        if (found.length > 0) return found
      }
      return []
    },
    search(text) {
      const wanted = text.toLowerCase()
      const found: [rank: number, node: number][] = []
      texts ??= graph.entities.map(textOf)
      texts.forEach((candidate, node) => {
        if (candidate.includes(wanted)) found.push([rank(graph.entityAt(node), wanted), node])
      })
      return found.sort(([a, x], [b, y]) => a - b || compareIds(graph, x, y)).map(([, node]) => node)
    },
  }
}

type Index = ReadonlyMap<string, readonly number[]>

interface Indexes {
  readonly ids: Index
  readonly names: Index
  /** What an ARN ends in, where the name is another: `i-0123…` of an instance. */
  readonly tails: Index
}

function buildIndexes(entities: readonly EntityFact[]): Indexes {
  const ids = new Map<string, number[]>()
  const names = new Map<string, number[]>()
  const tails = new Map<string, number[]>()
  entities.forEach((entity, node) => {
    add(ids, entity.id, node)
    if (entity.properties.uniqueId !== undefined) add(ids, entity.properties.uniqueId, node)
    // Grants have no name that anybody would type.
    if (entity.label !== 'Grant') for (const name of namesOf(entity)) add(names, name, node)
    const tail = entity.label === 'Resource' ? /^arn:.*[:/]([^:/]+)$/.exec(entity.id)?.[1] : undefined
    if (tail !== undefined && tail !== entity.name) add(tails, tail, node)
  })
  return { ids, names, tails }
}

function namesOf({ name, properties }: EntityFact): readonly string[] {
  return [name, ...(properties.aliases ?? []), ...(properties.appId === undefined ? [] : [properties.appId])]
}

const textOf = (entity: EntityFact): string => (entity.label === 'Grant' ? '' : [entity.id, ...namesOf(entity)].join('\n').toLowerCase())

function add(index: Map<string, number[]>, text: string, node: number): void {
  const key = text.toLowerCase()
  const list = index.get(key)
  if (list === undefined) index.set(key, [node])
  else if (!list.includes(node)) list.push(node)
}

function rank({ id, name }: EntityFact, wanted: string): number {
  const lower = name.toLowerCase()
  if (id.toLowerCase() === wanted || lower === wanted) return 0
  if (lower.startsWith(wanted)) return 1
  return lower.includes(wanted) ? 2 : 3
}

const compareIds = (graph: Graph, a: number, b: number): number => (graph.entityAt(a).id < graph.entityAt(b).id ? -1 : 1)
