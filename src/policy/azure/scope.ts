/**
 * Scopes of Azure: `/`, management groups, subscriptions, resource groups, resources and their children. Below the subscription the id tells
 * what lies in what; management groups are told by the tree.
 * https://learn.microsoft.com/azure/role-based-access-control/scope-overview
 */

/** Lower-cased, without a trailing slash: `/`, `/subscriptions/…`, `/providers/microsoft.management/managementgroups/…`. */
export interface CompiledScope {
  readonly id: string
  readonly isManagementGroup: boolean
}

const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/'
const AUTHORIZATION = '/providers/microsoft.authorization/'

export function compileScope(id: string): CompiledScope {
  const canonical = canonicalId(id)
  return { id: canonical, isManagementGroup: isManagementGroup(canonical) }
}

/** The root is `/`; an id without leading slash gets one. */
export function canonicalId(id: string): string {
  const lower = id.trim().toLowerCase().replace(/\/+$/, '')
  if (lower === '') return '/'
  return lower.startsWith('/') ? lower : `/${lower}`
}

/** A management group's id from its id or its name. */
export function managementGroupId(idOrName: string): string {
  const id = canonicalId(idOrName)
  return id.startsWith(MANAGEMENT_GROUPS) ? id : `${MANAGEMENT_GROUPS}${id.slice(1)}`
}

function isManagementGroup(id: string): boolean {
  return id.startsWith(MANAGEMENT_GROUPS) && !id.slice(MANAGEMENT_GROUPS.length).includes('/')
}

/** What an id of an assignment, deny assignment or lock is attached to: all before its last `/providers/Microsoft.Authorization/`. */
export function scopeOfExtension(id: string): string | undefined {
  const canonical = canonicalId(id)
  const at = canonical.lastIndexOf(AUTHORIZATION)
  if (at < 0) return undefined
  return at === 0 ? '/' : canonical.slice(0, at)
}

/** Whole segments: `…/rg1` does not hold `…/rg10`. Both canonical. */
export function isAtOrBelow(id: string, scope: string): boolean {
  return scope === '/' || (id.startsWith(scope) && (id.length === scope.length || id.charAt(scope.length) === '/'))
}

/** The type of what an id names, lower-cased: `microsoft.storage/storageaccounts/blobservices`; undefined for `/`. */
export function typeOfId(canonical: string): string | undefined {
  const segments = canonical.split('/').slice(1)
  const provider = segments.lastIndexOf('providers')
  if (provider >= 0) {
    const [namespace, ...rest] = segments.slice(provider + 1)
    return namespace === undefined || rest.length === 0 ? undefined : [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/')
  }
  if (segments[0] !== 'subscriptions') return undefined
  return segments[2] === 'resourcegroups' ? 'microsoft.resources/subscriptions/resourcegroups' : 'microsoft.resources/subscriptions'
}
