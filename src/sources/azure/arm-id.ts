import type { Label } from '../../domain/vocabulary.ts'
import { spelledType } from './resource-types.ts'

/**
 * Ids of Azure Resource Manager: lower-cased, without a slash at their end; `/` is the root.
 * https://learn.microsoft.com/azure/role-based-access-control/scope-overview
 */

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MANAGEMENT_GROUPS = '/providers/microsoft.management/managementgroups/'
const AUTHORIZATION = '/providers/microsoft.authorization/'

export const isGuid = (text: string): boolean => GUID.test(text.toLowerCase())

export const isArmId = (text: string): boolean => text === '/' || /^\/(?:subscriptions|providers)\/[^/]/i.test(text)

export function canonicalId(id: string): string {
  const lower = id.trim().toLowerCase()
  const bare = lower.endsWith('/') ? lower.replace(/\/+$/, '') : lower
  return bare === '' ? '/' : bare
}

export const lastSegment = (id: string): string => {
  const trimmed = id.trim().replace(/\/+$/, '')
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

export const managementGroupId = (idOrName: string): string => `${MANAGEMENT_GROUPS}${lastSegment(idOrName).toLowerCase()}`

export const subscriptionId = (guid: string): string => `/subscriptions/${guid.toLowerCase()}`

/** One role has one id, whatever it was asked for at. */
export const roleId = (guidOrId: string): string => `${AUTHORIZATION}roledefinitions/${lastSegment(guidOrId).toLowerCase()}`

/** @param id canonical @returns the GUID of the subscription that it lies in */
export const subscriptionOf = (id: string): string | undefined => /^\/subscriptions\/([^/]+)/.exec(id)?.[1]

/** @param id canonical @returns the name of the management group that it is, or that something is attached to */
export const managementGroupOf = (id: string): string | undefined =>
  id.startsWith(MANAGEMENT_GROUPS) ? id.slice(MANAGEMENT_GROUPS.length).split('/')[0] : undefined

/** @param id canonical, of an assignment, lock … @returns what it is attached to */
export function scopeOfExtension(id: string): string | undefined {
  const at = id.lastIndexOf('/providers/')
  if (at < 0) return undefined
  return at === 0 ? '/' : id.slice(0, at)
}

/** @param id canonical @returns undefined where no id tells it: of the root, management groups and subscriptions */
export function parentOf(id: string): string | undefined {
  const segments = id.split('/').slice(1)
  if (segments[0] !== 'subscriptions' || segments.length < 4) return undefined
  const isFirstOfProvider = segments.at(-4) === 'providers'
  return `/${segments.slice(0, isFirstOfProvider ? -4 : -2).join('/')}`
}

/** @param id canonical, of a resource or something in it @returns the resource that listings name */
export function topResourceOf(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?\/providers\/[^/]+\/[^/]+\/[^/]+/.exec(id)?.[0]
}

export interface ArmPlace {
  readonly id: string
  readonly label: Extract<Label, 'Scope' | 'Resource'>
  readonly kind: string
  /** As printed. */
  readonly name: string
}

/** What an id in any letter case names. */
export function placeOf(printed: string): ArmPlace {
  const id = canonicalId(printed)
  if (id === '/') return { id, label: 'Scope', kind: 'AzureRoot', name: '/' }
  const name = lastSegment(printed)
  const segments = id.split('/').slice(1)
  if (segments.length === 4 && id.startsWith(MANAGEMENT_GROUPS)) return { id, label: 'Scope', kind: 'ManagementGroup', name }
  if (segments[0] === 'subscriptions' && segments.length === 2) return { id, label: 'Scope', kind: 'Subscription', name }
  if (segments[0] === 'subscriptions' && segments.length === 4 && segments[2] === 'resourcegroups')
    return { id, label: 'Scope', kind: 'ResourceGroup', name }
  return { id, label: 'Resource', kind: spelledType(typeIn(segments)), name }
}

function typeIn(segments: readonly string[]): string {
  const [namespace = '', ...rest] = segments.slice(segments.lastIndexOf('providers') + 1)
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/')
}
