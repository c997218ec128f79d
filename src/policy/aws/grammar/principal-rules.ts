import { isObject, textsOf, type JsonObject } from '../document.ts'
import { compilePrincipal } from '../principal-element.ts'
import type { PolicyFault, PolicyType } from '../types.ts'
import { placeOf, rejected, unreadable } from './fault.ts'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */

/** Types of policies that say whom they are about. */
const NAMING: ReadonlySet<PolicyType> = new Set(['RESOURCE', 'TRUST', 'RCP', 'ENDPOINT'])

export function principalFaults(statement: JsonObject, place: string, type: PolicyType): readonly PolicyFault[] {
  const { Principal: principal, NotPrincipal: notPrincipal } = statement
  if (!NAMING.has(type)) {
    const name = principal === undefined ? 'NotPrincipal' : 'Principal'
    return statement[name] === undefined ? [] : [rejected(`${place}.${name}`, 'The principal is whom the policy is attached to; it names none.')]
  }
  if (principal !== undefined && notPrincipal !== undefined)
    return [unreadable(`${place}.NotPrincipal`, 'A statement has either Principal or NotPrincipal.')]
  if (principal !== undefined) return elementFaults(principal, `${place}.Principal`)
  if (notPrincipal === undefined) return [rejected(`${place}.Principal`, 'The statement has no Principal, so it applies to nobody.')]
  return [...elementFaults(notPrincipal, `${place}.NotPrincipal`), ...notPrincipalFaults(statement, `${place}.NotPrincipal`, type)]
}

function elementFaults(element: unknown, place: string): readonly PolicyFault[] {
  if (compilePrincipal(element, false) === undefined)
    return [unreadable(place, 'Principal is "*" or an object of AWS, Service, Federated and CanonicalUser.')]
  if (!isObject(element)) return []
  const value = element['AWS']
  return (textsOf(value ?? []) ?? []).flatMap((text, index) => {
    const isPartly = text !== '*' && text.includes('*')
    return isPartly ? [rejected(placeOf(`${place}.AWS`, value, index), 'A wildcard can’t stand for part of a principal: it names nobody.')] : []
  })
}

function notPrincipalFaults(statement: JsonObject, place: string, type: PolicyType): readonly PolicyFault[] {
  if (statement['Effect'] === 'Allow') return [rejected(place, 'NotPrincipal with Allow grants to everybody else, also without signing in.')]
  return type === 'TRUST' || type === 'RCP' ? [rejected(place, 'NotPrincipal is not supported in this type of policy.')] : []
}
