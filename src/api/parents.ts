import type { Connection, EffectivePermission, Entity, Reach } from '../operations/answers.ts'

/** What the resolvers of connections and their edges are given; the generated types name these. */
export type EntityConnectionParent = Connection<Entity>
export type ReachConnectionParent = Connection<Reach>
export type EffectivePermissionConnectionParent = Connection<EffectivePermission>

type Edge<Of> = Of extends Connection<infer Node> ? { readonly cursor: string; readonly node: Node } : never
export type EntityEdgeParent = Edge<EntityConnectionParent>
export type ReachEdgeParent = Edge<ReachConnectionParent>
export type EffectivePermissionEdgeParent = Edge<EffectivePermissionConnectionParent>

export type PageInfoParent = EntityConnectionParent['pageInfo']
