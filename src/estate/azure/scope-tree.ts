import { canonicalId } from '../../policy/azure/index.ts'
import type { Graph } from '../graph.ts'

const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/'

/** What lies above a subscription or management group. */
export interface Above {
  /** Ids of the management groups that are known to be above, outermost first. */
  readonly known: readonly string[]
  /** Nothing else is above: the outermost is the tenant's root. */
  readonly isWhole: boolean
}

/** The tree of management groups; below the subscription ids tell what lies in what. */
export interface ScopeTree {
  above(id: string): Above
  /** All management groups that anything names. */
  readonly managementGroups: readonly string[]
}

const NOTHING: Above = { known: [], isWhole: true }

export function createScopeTree(graph: Graph): ScopeTree {
  const cache = new Map<string, Above>()
  const above = (holder: string): Above => {
    const known = cache.get(holder) ?? climb(graph, holder)
    cache.set(holder, known)
    return known
  }
  return {
    above(id) {
      const holder = holderOf(id)
      return holder === undefined ? NOTHING : above(holder)
    },
    managementGroups: graph.entities.filter(({ kind }) => kind === 'ManagementGroup').map(({ id }) => id),
  }
}

/** The subscription or management group in an id; undefined of what lies in neither. */
export function holderOf(id: string): string | undefined {
  const canonical = canonicalId(id)
  if (canonical.startsWith('/subscriptions/')) return canonical.split('/').slice(0, 3).join('/')
  if (!canonical.startsWith(MANAGEMENT_GROUPS)) return undefined
  return canonical.split('/').slice(0, 5).join('/')
}

export const isManagementGroup = (id: string): boolean => id.startsWith(MANAGEMENT_GROUPS) && !id.slice(MANAGEMENT_GROUPS.length).includes('/')

function climb(graph: Graph, holder: string): Above {
  const chain: string[] = []
  let at: string | undefined = holder
  while (at !== undefined) {
    if (isRoot(graph, at)) return { known: chain, isWhole: true }
    const parent = parentGroup(graph, at)
    if (parent === undefined || parent === holder || chain.includes(parent)) break
    chain.unshift(parent)
    at = parent
  }
  return { known: chain, isWhole: false }
}

function parentGroup(graph: Graph, id: string): string | undefined {
  return containers(graph, id).find(isManagementGroup)
}

/** A tenant's root group lies in the tenant itself, and has its id for a name. */
function isRoot(graph: Graph, id: string): boolean {
  if (!isManagementGroup(id)) return false
  const name = id.slice(MANAGEMENT_GROUPS.length)
  return (
    kindOf(graph, name) === 'EntraTenant' ||
    containers(graph, id).some((container) => kindOf(graph, container) === 'EntraTenant' || container === '/')
  )
}

function containers(graph: Graph, id: string): string[] {
  const node = graph.numberOf(id)
  return node === undefined ? [] : [...graph.into('CONTAINS', node)].map((container) => graph.entityAt(container).id)
}

function kindOf(graph: Graph, id: string): string | undefined {
  const node = graph.numberOf(id)
  return node === undefined ? undefined : graph.entityAt(node).kind
}
