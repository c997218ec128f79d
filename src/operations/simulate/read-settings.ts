import { isAccountId, type PublicAccessBlock } from '../../policy/aws/index.ts'
import { isAbsent, isFields, readFlag, readList, readObject, readText, refuse, type Fields } from './fields.ts'

/** Settings of the resource that grant or limit beside its policy, as the AWS CLI prints them. */
export interface ResourceSettings {
  /** Of `aws s3api get-bucket-acl`; undefined also where ACLs are switched off. */
  readonly acl: Fields | undefined
  /** Accounts by canonical user id. */
  readonly canonicalUsers: ReadonlyMap<string, string>
  readonly publicAccessBlock: PublicAccessBlock | undefined
  readonly bucketAbac: boolean | undefined
  /** Rows of `aws kms list-grants`. */
  readonly kmsGrants: readonly Fields[]
  readonly awsManagedKey: boolean
  readonly resourceShares: readonly ShareDocument[]
}

interface ShareDocument {
  readonly permissions: readonly unknown[]
  readonly principals: readonly string[]
  /** Left out: the resource that is asked about. */
  readonly resourceArn: string | undefined
}

export const SETTING_FIELDS = [
  'resourceAcl',
  'canonicalUsers',
  'objectOwnership',
  'publicAccessBlock',
  'bucketAbac',
  'kmsGrants',
  'keyManager',
  'resourceShares',
] as const

export function readSettings(document: Fields): ResourceSettings {
  const acl = readAcl(document['resourceAcl'])
  const ownership = readOneOf(document['objectOwnership'], 'objectOwnership', ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'])
  return {
    acl: ownership === 'BucketOwnerEnforced' ? undefined : acl,
    canonicalUsers: readCanonicalUsers(document['canonicalUsers']),
    publicAccessBlock: readPublicAccessBlock(document['publicAccessBlock']),
    bucketAbac: readFlag(document['bucketAbac'], 'bucketAbac'),
    kmsGrants: readKmsGrants(document['kmsGrants']),
    awsManagedKey: readOneOf(document['keyManager'], 'keyManager', ['AWS', 'CUSTOMER']) === 'AWS',
    resourceShares: isAbsent(document['resourceShares']) ? [] : readList(document['resourceShares'], 'resourceShares', readShare),
  }
}

function readOneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T | undefined {
  if (isAbsent(value)) return undefined
  const found = allowed.find((each) => each === value)
  if (found === undefined) throw refuse(path, `must be one of ${allowed.join(', ')}.`)
  return found
}

function readAcl(value: unknown): Fields | undefined {
  if (isAbsent(value)) return undefined
  const acl = readObject(value, 'resourceAcl', 'what `aws s3api get-bucket-acl` prints')
  if (!isAbsent(acl['Owner']) && !isFields(acl['Owner'])) throw refuse('resourceAcl.Owner', 'must be an object with ID.')
  readList(acl['Grants'], 'resourceAcl.Grants', (grant, path) => {
    if (!isFields(grant)) throw refuse(path, 'must be an object with Grantee and Permission.')
    readText(grant['Permission'], `${path}.Permission`)
    if (!isFields(grant['Grantee'])) throw refuse(`${path}.Grantee`, 'must be an object.')
  })
  return acl
}

function readCanonicalUsers(value: unknown): ReadonlyMap<string, string> {
  if (isAbsent(value)) return new Map()
  if (!isFields(value)) throw refuse('canonicalUsers', 'must be an object of canonical user ids and accounts.')
  const users = new Map<string, string>()
  for (const [id, account] of Object.entries(value)) {
    if (typeof account !== 'string' || !isAccountId(account)) throw refuse(`canonicalUsers.${id}`, 'must be a string of 12 digits.')
    users.set(id, account)
  }
  return users
}

/** With or without the object that `aws s3api get-public-access-block` wraps it in. */
function readPublicAccessBlock(value: unknown): PublicAccessBlock | undefined {
  if (isAbsent(value)) return undefined
  const path = 'publicAccessBlock'
  const printed = readObject(value, path, 'what `aws s3api get-public-access-block` prints')
  const { PublicAccessBlockConfiguration: wrapped } = printed
  const at = wrapped === undefined ? path : `${path}.PublicAccessBlockConfiguration`
  const settings = wrapped === undefined ? printed : readObject(wrapped, at, 'an object')
  for (const name of ['BlockPublicAcls', 'BlockPublicPolicy'] as const) readFlag(settings[name], `${at}.${name}`)
  return {
    restrictPublicBuckets: readFlag(settings['RestrictPublicBuckets'], `${at}.RestrictPublicBuckets`) ?? false,
    ignorePublicAcls: readFlag(settings['IgnorePublicAcls'], `${at}.IgnorePublicAcls`) ?? false,
  }
}

/** A list of grants, or the object that holds it. */
function readKmsGrants(value: unknown): readonly Fields[] {
  if (isAbsent(value)) return []
  return isFields(value) ? readList(value['Grants'], 'kmsGrants.Grants', readKmsGrant) : readList(value, 'kmsGrants', readKmsGrant)
}

function readKmsGrant(value: unknown, path: string): Fields {
  if (!isFields(value)) throw refuse(path, 'must be a row of `aws kms list-grants`.')
  readList(value['Operations'], `${path}.Operations`, readText)
  if (isAbsent(value['GranteeServicePrincipal'])) readText(value['GranteePrincipal'], `${path}.GranteePrincipal`)
  const { Constraints: constraints } = value
  if (!isAbsent(constraints) && !isFields(constraints)) throw refuse(`${path}.Constraints`, 'must be an object.')
  return value
}

function readShare(value: unknown, path: string): ShareDocument {
  if (!isFields(value)) throw refuse(path, 'must be an object with permissions and principals.')
  readFlag(value['allowExternalPrincipals'], `${path}.allowExternalPrincipals`)
  return {
    permissions: readList(value['permissions'], `${path}.permissions`, readPermission),
    principals: readList(value['principals'], `${path}.principals`, readText),
    resourceArn: isAbsent(value['resourceArn']) ? undefined : readText(value['resourceArn'], `${path}.resourceArn`),
  }
}

/** What a permission says, or its actions alone. */
function readPermission(value: unknown, path: string): unknown {
  return Array.isArray(value) ? readList(value, path, readText) : readObject(value, path, 'a permission or a list of actions')
}
