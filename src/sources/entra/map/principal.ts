import { kindOfType, type EntitySaid } from '../facts.ts'
import { UNKNOWN_TENANT } from '../kinds.ts'
import { operationOfRow } from '../recognise.ts'
import { dateIn, flagIn, rowsIn, textIn, textsIn, type Fields } from '../row.ts'

/** Users, groups, applications and service principals: what their own row says of each, whichever listing shows it. */

/** @returns undefined for devices and contacts, which nobody grants access to Azure or the directory, and for rows without id */
export function principalSaid(fields: Fields, tenant: string): EntitySaid | undefined {
  const id = textIn(fields, 'id')?.toLowerCase()
  if (id === undefined) return undefined
  switch (typeOf(fields)) {
    case 'EntraUser':
      return userSaid(id, fields)
    case 'EntraGroup':
      return groupSaid(id, fields)
    case 'EntraApplication':
      return applicationSaid(id, fields)
    case 'ServicePrincipal':
      return servicePrincipalSaid(id, fields, tenant)
    default:
      return undefined
  }
}

const TYPES: Readonly<Record<string, string>> = {
  users: 'EntraUser',
  groups: 'EntraGroup',
  applications: 'EntraApplication',
  'service-principals': 'ServicePrincipal',
}

function typeOf(fields: Fields): string {
  const type = textIn(fields, '@odata.type')
  return type === undefined ? (TYPES[operationOfRow(fields) ?? ''] ?? 'DirectoryObject') : kindOfType(type)
}

/** A name that was chosen in another directory keeps its `@` there as `_`, and `#EXT#` before the directory's own. */
const isNamedAsGuest = (userPrincipalName: string | undefined): boolean => /#ext#/i.test(userPrincipalName ?? '')

export function userSaid(id: string, fields: Fields): EntitySaid {
  const userPrincipalName = textIn(fields, 'userPrincipalName')
  const userType = textIn(fields, 'userType')
  const creationType = textIn(fields, 'creationType')
  const mail = textIn(fields, 'mail')
  const signsInElsewhere = isNamedAsGuest(userPrincipalName) || creationType?.toLowerCase() === 'invitation'
  return {
    label: 'Principal',
    kind: 'EntraUser',
    id,
    name: textIn(fields, 'displayName') ?? userPrincipalName,
    properties: {
      nature: userType?.toLowerCase() === 'guest' || signsInElsewhere ? 'EXTERNAL' : 'HUMAN',
      aliases: distinct([userPrincipalName, mail]),
      email: mail,
      userType,
      creationType,
      invitationState: textIn(fields, 'externalUserState'),
      externalIds: identitiesOf(fields),
      state: stateOf(fields),
      onPremisesSynced: syncedOf(fields),
      createdAt: dateIn(fields, 'createdDateTime'),
      lastUsedAt: lastSignIn(fields),
    },
  }
}

const distinct = (texts: readonly (string | undefined)[]): readonly string[] | undefined => {
  const said = [...new Set(texts.filter((text) => text !== undefined))].sort()
  return said.length === 0 ? undefined : said
}

/** `issuer=id` */
function identitiesOf(fields: Fields): readonly string[] | undefined {
  if (!('identities' in fields)) return undefined
  return distinct(rowsIn(fields, 'identities').map((each) => `${textIn(each, 'issuer') ?? ''}=${textIn(each, 'issuerAssignedId') ?? ''}`))
}

/** Blocked: nobody can sign in with it. */
const stateOf = (fields: Fields): string | undefined => {
  const enabled = flagIn(fields, 'accountEnabled')
  return enabled === undefined ? undefined : enabled ? 'ENABLED' : 'BLOCKED'
}

/** Null: it was never synchronised. */
const syncedOf = (fields: Fields): boolean | undefined =>
  'onPremisesSyncEnabled' in fields ? flagIn(fields, 'onPremisesSyncEnabled') === true : undefined

function lastSignIn(fields: Fields): string | undefined {
  const [activity] = rowsIn({ list: [fields['signInActivity']] }, 'list')
  if (activity === undefined) return undefined
  const dates = ['lastSignInDateTime', 'lastNonInteractiveSignInDateTime', 'lastSuccessfulSignInDateTime'].map((key) => dateIn(activity, key))
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1)
}

export function groupSaid(id: string, fields: Fields): EntitySaid {
  const mail = textIn(fields, 'mail')
  return {
    label: 'Principal',
    kind: 'EntraGroup',
    id,
    name: textIn(fields, 'displayName'),
    properties: {
      nature: 'GROUP',
      aliases: distinct([mail]),
      email: mail,
      description: textIn(fields, 'description'),
      securityEnabled: flagIn(fields, 'securityEnabled'),
      // Null where it was not set at its creation, after which it can't be.
      roleAssignable: 'isAssignableToRole' in fields ? flagIn(fields, 'isAssignableToRole') === true : undefined,
      membershipRule: ruleOf(fields, textsIn(fields, 'groupTypes').some(isDynamic)),
      onPremisesSynced: syncedOf(fields),
      createdAt: dateIn(fields, 'createdDateTime'),
    },
  }
}

const isDynamic = (type: string): boolean => type.toLowerCase() === 'dynamicmembership'

/** While it is in force. */
export const ruleOf = (fields: Fields, isRuled: boolean): string | undefined =>
  isRuled && textIn(fields, 'membershipRuleProcessingState')?.toLowerCase() !== 'paused' ? textIn(fields, 'membershipRule') : undefined

export function applicationSaid(id: string, fields: Fields): EntitySaid {
  const appId = textIn(fields, 'appId')?.toLowerCase()
  return {
    label: 'Principal',
    kind: 'EntraApplication',
    id,
    name: textIn(fields, 'displayName'),
    properties: {
      nature: 'WORKLOAD',
      aliases: distinct([appId]),
      appId,
      description: textIn(fields, 'description'),
      createdAt: dateIn(fields, 'createdDateTime'),
    },
  }
}

/** Tenants in which Microsoft registers its own applications. */
const MICROSOFT = new Set(['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47'])

export function servicePrincipalSaid(id: string, fields: Fields, tenant: string): EntitySaid {
  const appId = textIn(fields, 'appId')?.toLowerCase()
  const type = textIn(fields, 'servicePrincipalType')
  const publisherTenant = textIn(fields, 'appOwnerOrganizationId')?.toLowerCase()
  const isManagedIdentity = type?.toLowerCase() === 'managedidentity'
  const ofMicrosoft = publisherTenant !== undefined && MICROSOFT.has(publisherTenant)
  const thirdParty = publisherTenant !== undefined && !ofMicrosoft && tenant !== UNKNOWN_TENANT && publisherTenant !== tenant
  return {
    label: 'Principal',
    kind: isManagedIdentity ? 'ManagedIdentity' : 'ServicePrincipal',
    id,
    name: textIn(fields, 'displayName') ?? textIn(fields, 'appDisplayName'),
    properties: {
      nature: thirdParty ? 'EXTERNAL' : 'WORKLOAD',
      external: thirdParty ? true : undefined,
      providerManaged: ofMicrosoft && publisherTenant !== tenant ? true : undefined,
      aliases: distinct([appId, armIdOf(fields)]),
      appId,
      publisherTenant,
      servicePrincipalType: type,
      state: stateOf(fields),
      createdAt: dateIn(fields, 'createdDateTime'),
    },
  }
}

/** The ARM id of what a managed identity is of, lower-cased. */
export const armIdOf = (fields: Fields): string | undefined =>
  textsIn(fields, 'alternativeNames')
    .find((name) => /^\/subscriptions\//i.test(name))
    ?.replace(/\/+$/, '')
    .toLowerCase()
