import type { AttributeValue } from '../types.ts'

/**
 * Attributes of a resource that its id tells.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-authorization-actions-attributes and, for storage and key vault,
 * https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes
 */
interface NameInId {
  readonly key: string
  /** Segments of the id, in lower case, that come before the name; `*` stands for one segment. */
  readonly path: readonly string[]
  /** The name is all that follows, with slashes. */
  readonly isRest?: boolean
  /** Names of this type hold no capital letters. */
  readonly isLowerCase: boolean
}

const STORAGE = ['providers', 'microsoft.storage', 'storageaccounts']
const BLOB_CONTAINERS = [...STORAGE, '*', 'blobservices', '*', 'containers']
const VAULTS = ['providers', 'microsoft.keyvault', 'vaults']
export const BLOB_PATH = '@resource[microsoft.storage/storageaccounts/blobservices/containers/blobs:path]'
const SECRET_NAME = '@resource[microsoft.keyvault/vaults/secrets:name]'
const SECRET_NAME_IN_REQUEST = '@request[microsoft.keyvault/vaults/secrets:name]'

const NAMES: readonly NameInId[] = [
  { key: '@resource[microsoft.storage/storageaccounts:name]', path: STORAGE, isLowerCase: true },
  { key: '@resource[microsoft.storage/storageaccounts/blobservices/containers:name]', path: BLOB_CONTAINERS, isLowerCase: true },
  { key: BLOB_PATH, path: [...BLOB_CONTAINERS, '*', 'blobs'], isRest: true, isLowerCase: false },
  {
    key: '@resource[microsoft.storage/storageaccounts/queueservices/queues:name]',
    path: [...STORAGE, '*', 'queueservices', '*', 'queues'],
    isLowerCase: true,
  },
  { key: '@resource[microsoft.keyvault/vaults:name]', path: VAULTS, isLowerCase: false },
  { key: SECRET_NAME, path: [...VAULTS, '*', 'secrets'], isLowerCase: false },
]
const BY_KEY: ReadonlyMap<string, NameInId> = new Map(NAMES.map((name) => [name.key, name]))

/** What an id tells; `isCaseKnown` false where the id's letter case may not be that of the attribute. */
export interface NameOfTarget {
  readonly values: AttributeValue
  readonly isCaseKnown: boolean
}

/** Calls that make a secret carry its name in the request, not as a resource that is there. */
const NAME_IN_REQUEST: ReadonlySet<string> = new Set([
  'microsoft.keyvault/vaults/secrets/setsecret/action',
  'microsoft.keyvault/vaults/secrets/restore/action',
])
/** Asked of a whole vault, this is the call that lists secrets; a list call carries no name. */
const LIST_OF_SECRETS = 'microsoft.keyvault/vaults/secrets/readmetadata/action'

/** @param id as the caller wrote it @param action lower-cased @returns undefined where the id doesn't tell */
export function nameOfTarget(key: string, id: string, action: string): NameOfTarget | undefined {
  const isOfRequest = key === SECRET_NAME_IN_REQUEST
  if (isOfRequest !== NAME_IN_REQUEST.has(action) && (isOfRequest || key === SECRET_NAME)) return undefined
  const name = BY_KEY.get(isOfRequest ? SECRET_NAME : key)
  if (name === undefined) return undefined
  const segments = id.replace(/\/+$/, '').split('/').slice(1)
  const value = valueIn(name, segments)
  if (value !== undefined) return { values: [name.isLowerCase ? value.toLowerCase() : value], isCaseKnown: name.isLowerCase || name.isRest === true }
  return name.key === SECRET_NAME && action === LIST_OF_SECRETS && valueIn({ ...name, path: VAULTS }, segments) !== undefined
    ? { values: [], isCaseKnown: true }
    : undefined
}

function valueIn({ path, isRest }: NameInId, segments: readonly string[]): string | undefined {
  const start = segments.findIndex((segment) => segment.toLowerCase() === 'providers')
  if (start < 0) return undefined
  const from = segments.slice(start)
  if (!path.every((wanted, index) => from[index] !== undefined && (wanted === '*' || wanted === from[index]?.toLowerCase()))) return undefined
  const rest = from.slice(path.length)
  return isRest === true ? rest.join('/') || undefined : rest[0]
}
