import type { AccessLevel } from '../../domain/vocabulary.ts'
import type { EntityFact } from '../../domain/facts.ts'
import { directoryKindOf } from '../../estate/azure/directory.ts'
import { documentOf, isObject } from '../../estate/azure/documents.ts'
import type { Estate } from '../../estate/estate.ts'
import type { EntraTargetKind } from '../../policy/entra/types.ts'

/** What operations call the kinds of objects. */
const ENTITIES: Readonly<Record<EntraTargetKind, string | undefined>> = {
  User: 'users',
  Group: 'groups',
  Application: 'applications',
  ServicePrincipal: 'serviceprincipals',
  AdministrativeUnit: 'administrativeunits',
  Device: 'devices',
  Tenant: undefined,
}

/** Operations that change who has access, or that loaded roles need not name. */
const ALWAYS = [
  'microsoft.directory/users/password/update',
  'microsoft.directory/users/authenticationMethods/create',
  'microsoft.directory/users/delete',
  'microsoft.directory/groups/members/update',
  'microsoft.directory/groups/owners/update',
  'microsoft.directory/groups/delete',
  'microsoft.directory/applications/credentials/update',
  'microsoft.directory/applications/owners/update',
  'microsoft.directory/applications/delete',
  'microsoft.directory/servicePrincipals/credentials/update',
  'microsoft.directory/servicePrincipals/owners/update',
  'microsoft.directory/servicePrincipals/appRoleAssignedTo/update',
  'microsoft.directory/servicePrincipals/delete',
  'microsoft.directory/administrativeUnits/members/update',
  'microsoft.directory/roleAssignments/create',
  'microsoft.directory/roleAssignments/allProperties/update',
]

const known = new WeakMap<Estate, readonly string[]>()

/** Operations of the directory that the loaded roles name one by one, as they are spelled. */
function allOperations(estate: Estate): readonly string[] {
  const found = known.get(estate) ?? collect(estate)
  known.set(estate, found)
  return found
}

function collect(estate: Estate): readonly string[] {
  const found = new Map<string, string>()
  const add = (operation: string): void => {
    const key = operation.toLowerCase()
    if (!/\/all(entities|properties|tasks)(\/|$)/.test(key) && !found.has(key)) found.set(key, operation)
  }
  for (const operation of ALWAYS) add(operation)
  for (const entity of estate.entities()) if (entity.kind === 'EntraRole') for (const operation of operationsIn(entity)) add(operation)
  return [...found.values()].filter((operation) => operation.toLowerCase().startsWith('microsoft.directory/')).sort()
}

/** What a role definition allows, as it is written. */
export function operationsIn(role: EntityFact): readonly string[] {
  const blocks = documentOf(role)['rolePermissions']
  if (!Array.isArray(blocks)) return []
  return blocks.filter(isObject).flatMap((block) => {
    const allowed = block['allowedResourceActions']
    return Array.isArray(allowed) ? allowed.filter((each): each is string => typeof each === 'string') : []
  })
}

/** Operations on an object of a directory; of the directory itself, those on what is no object of its own. */
export function directoryOperations(estate: Estate, target: EntityFact): readonly string[] {
  const entity = ENTITIES[directoryKindOf(target) ?? 'Tenant']
  const objects = new Set(Object.values(ENTITIES))
  return allOperations(estate).filter((operation) => {
    const of = operation.toLowerCase().split('/')[1]
    return entity === undefined ? !objects.has(of) : of === entity
  })
}

/** What makes somebody able to act as another, or changes who may do what. */
const GRANTING =
  /\/(password|authenticationmethods|credentials|owners|members|approleassignedto|approleassignments|oauth2permissiongrants|roleassignments|roledefinitions|keycredentials|strongauthentication)(\/|$)|\/(roleassignments|roledefinitions|conditionalaccesspolicies)\/|allentities|allproperties\/(alltasks|update)$/

/** The access level of an operation of the directory; there is no data in it but what describes it. */
export function directoryLevelOf(operation: string): AccessLevel {
  const lower = operation.toLowerCase()
  if (/\/(read|readbasic)$/.test(lower) || /\/[a-z.]*read$/.test(lower)) return 'READ_METADATA'
  if (GRANTING.test(lower)) return 'GRANT'
  return lower.endsWith('/delete') ? 'DELETE' : 'MANAGE'
}
