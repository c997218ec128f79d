import type { AttributeSource } from './condition/attributes.ts'
import { planeOf, type Plane } from './actions/planes.ts'
import { canonicalId, managementGroupId } from './scope.ts'
import type { AzurePrincipal, AzureRequest, AzureResource } from './types.ts'

/** A request with what is asked of it many times. */
export interface Question extends AttributeSource {
  readonly request: AzureRequest
  readonly principal: PreparedPrincipal
  /** Canonical id of the target. */
  readonly target: string
  /** Canonical ids of the management groups above the target; undefined where they are not known. */
  readonly managementGroups: ReadonlySet<string> | undefined
  readonly plane: Plane
}

export interface PreparedPrincipal {
  readonly id: string
  readonly groups: ReadonlySet<string>
  readonly uncertainGroups: ReadonlySet<string> | 'ALL'
  readonly isInDirectory: boolean
}

export function makeQuestion(request: AzureRequest): Question {
  const { action, resource, context, isDataAction } = request
  const lower = action.trim().toLowerCase()
  const target = canonicalId(resource.id)
  return {
    request,
    action: lower,
    targetId: resource.id.trim(),
    context,
    target,
    principal: prepare(request.principal),
    managementGroups: managementGroupsAbove(resource, target),
    plane: isDataAction === undefined ? planeOf(lower) : isDataAction ? 'DATA' : 'CONTROL',
  }
}

/** Principals are asked about many times; INVARIANT: they are never changed. */
const prepared = new WeakMap<AzurePrincipal, PreparedPrincipal>()

function prepare(principal: AzurePrincipal): PreparedPrincipal {
  const known = prepared.get(principal)
  if (known !== undefined) return known
  const { uncertainGroups = [] } = principal
  const made: PreparedPrincipal = {
    id: principal.id.trim().toLowerCase(),
    groups: new Set(principal.groups.map((id) => id.toLowerCase())),
    uncertainGroups: uncertainGroups === 'ALL' ? 'ALL' : new Set(uncertainGroups.map((id) => id.toLowerCase())),
    isInDirectory: principal.isInDirectory !== false,
  }
  prepared.set(principal, made)
  return made
}

const ancestry = new WeakMap<readonly string[], ReadonlySet<string>>()

function managementGroupsAbove({ ancestors }: AzureResource, target: string): ReadonlySet<string> | undefined {
  // What lies neither in a subscription nor in a management group has no management group above it.
  if (!target.startsWith('/subscriptions/') && !target.startsWith('/providers/microsoft.management/managementgroups/')) return NONE
  if (ancestors === undefined) return undefined
  const known = ancestry.get(ancestors)
  if (known !== undefined) return known
  const made = new Set(ancestors.map(managementGroupId))
  ancestry.set(ancestors, made)
  return made
}

const NONE: ReadonlySet<string> = new Set()
