import type { EntityFact } from '../../domain/facts.ts'
import { canonicalId, isAtOrBelow, typeOfId, type CompiledKeyVault, type CompiledLock } from '../../policy/azure/index.ts'
import type { Graph } from '../graph.ts'
import type { AtScope, ScopeIndex } from './scope-index.ts'
import type { ScopeTree } from './scope-tree.ts'
import { holderOf, isManagementGroup } from './scope-tree.ts'

/** Something of Azure Resource Manager that a question is about: in the inventory or not. */
export interface AzureTarget {
  readonly entity: EntityFact
  /** Canonical. */
  readonly id: string
  /** As the caller wrote it, which may keep letter case that the canonical id has lost. */
  readonly written: string
  /** Management groups above it, outermost first; undefined: not all known. */
  readonly ancestors: readonly string[] | undefined
  /** Management groups that are surely above, though others may be. */
  readonly surelyAbove: ReadonlySet<string>
  /** Scopes at and above it to which something is attached; where management groups are not known, all of them. */
  readonly scopes: readonly { readonly id: string; readonly at: AtScope }[]
  /** At, above and below it. */
  readonly locks: readonly CompiledLock[]
  readonly keyVault?: CompiledKeyVault
}

const SEGMENT = '[^/]+'
const PROVIDER = `/providers/[^/.]+\\.[^/]+/${SEGMENT}/.*[^/]`
const WELL_FORMED = new RegExp(`^/(subscriptions/${SEGMENT}(/resourcegroups/${SEGMENT})?(${PROVIDER})?)?$|^${PROVIDER}$`, 'i')

/** A well-formed id of a scope or resource, in any letter case. */
export const isArmId = (text: string): boolean => WELL_FORMED.test(text.replace(/(?<=.)\/+$/, '')) && !text.includes('//')

export interface TargetParts {
  readonly graph: Graph
  readonly tree: ScopeTree
  readonly index: ScopeIndex
  readonly keyVaults: ReadonlyMap<string, CompiledKeyVault>
}

/** @param written a well-formed ARM id */
export function describeTarget({ graph, tree, index, keyVaults }: TargetParts, written: string): AzureTarget {
  const id = canonicalId(written)
  const node = graph.numberOf(id)
  const above = tree.above(id)
  const groups = above.isWhole ? above.known : [...new Set([...above.known, ...tree.managementGroups])]
  const keyVault = keyVaults.get(vaultIn(id) ?? '')
  const scopes = [...new Set(['/', ...groups, ...prefixesOf(id)])]
  return {
    entity: node === undefined ? adHoc(id, written) : graph.entityAt(node),
    id,
    written: written.trim(),
    ancestors: above.isWhole ? above.known : undefined,
    surelyAbove: new Set(above.known),
    scopes: scopes.flatMap((scope) => {
      const at = index.at(scope)
      return at === undefined ? [] : [{ id: scope, at }]
    }),
    locks: index.locks.filter(({ scope }) => isAtOrBelow(id, scope.id) || isAtOrBelow(scope.id, id)),
    ...(keyVault === undefined ? {} : { keyVault }),
  }
}

export const vaultIn = (id: string): string | undefined => /^.*?\/providers\/microsoft\.keyvault\/vaults\/[^/]+/.exec(id)?.[0]

/** The id itself and what it begins with, by whole segments. */
function prefixesOf(id: string): string[] {
  if (id === '/') return []
  const segments = id.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 2).join('/'))
}

/** An entity for an id that no file states. */
function adHoc(id: string, written: string): EntityFact {
  const named = (label: EntityFact['label'], kind: string): EntityFact => ({
    record: 'entity',
    label,
    kind,
    id,
    name: id === '/' ? '/' : (written.trim().replace(/\/+$/, '').split('/').at(-1) ?? id),
    provider: 'azure',
    scope: id.startsWith('/subscriptions/') && id.split('/').length > 3 ? (holderOf(id) ?? null) : null,
    properties: {},
    document: null,
    coverage: [],
  })
  if (id === '/') return named('Scope', 'AzureRoot')
  if (isManagementGroup(id)) return named('Scope', 'ManagementGroup')
  if (/^\/subscriptions\/[^/]+$/.test(id)) return named('Scope', 'Subscription')
  if (/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/.test(id)) return named('Scope', 'ResourceGroup')
  return named('Resource', kindIn(written) ?? typeOfId(id) ?? 'unknown')
}

/** The type as the caller spelled it: `Microsoft.Storage/storageAccounts`. */
function kindIn(written: string): string | undefined {
  const at = written.trim().toLowerCase().lastIndexOf('/providers/')
  // The path of a blob has slashes of its own.
  const plain = written
    .trim()
    .slice(at)
    .replace(/\/blobs\/.*$/i, '/blobs/path')
  const [provider, ...rest] = plain.split('/').slice(2)
  return at < 0 || provider === undefined
    ? undefined
    : [provider, ...rest.filter((_, index) => index % 2 === 0)].filter((part) => part !== '').join('/')
}
