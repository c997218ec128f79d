/** Management groups and what lies in them, as several listings tell it. */
export interface Tree {
  /** By lower-cased id. */
  readonly groups: Map<string, Node>
  readonly subscriptions: Map<string, Node>
  /** Parents by the id of the management group or subscription, each with the listings that say so. */
  readonly parents: Map<string, Map<string, Set<string>>>
  /** Display names by GUID. */
  readonly tenantNames: Map<string, string>
}

interface Node {
  /** As printed. */
  name: string | undefined
  tenant: string | undefined
  state: string | undefined
  /** Listings that state it; none where it is only named as a parent. */
  readonly coverages: Set<string>
}

export const newTree = (): Tree => ({ groups: new Map(), subscriptions: new Map(), parents: new Map(), tenantNames: new Map() })

/** @param coverage undefined: only named */
export function addNode(
  nodes: Map<string, Node>,
  id: string,
  said: { readonly name?: string | undefined; readonly tenant?: string | undefined; readonly state?: string | undefined },
  coverage: string | undefined,
): void {
  const node = nodes.get(id) ?? { name: undefined, tenant: undefined, state: undefined, coverages: new Set<string>() }
  node.name = least(node.name, said.name)
  node.tenant = least(node.tenant, said.tenant)
  node.state = least(node.state, said.state)
  if (coverage !== undefined) node.coverages.add(coverage)
  nodes.set(id, node)
}

/** Which listing comes first must not matter. */
const least = (one: string | undefined, other: string | undefined): string | undefined => [one, other].filter((each) => each !== undefined).sort()[0]

export function addParent(tree: Tree, child: string, parent: string, coverage: string): void {
  const parents = tree.parents.get(child) ?? new Map<string, Set<string>>()
  tree.parents.set(child, parents.set(parent, (parents.get(parent) ?? new Set<string>()).add(coverage)))
}

export function nameTenant(tree: Tree, tenant: string, name: string | undefined): void {
  const named = least(tree.tenantNames.get(tenant), name)
  if (named !== undefined) tree.tenantNames.set(tenant, named)
}
