import { isObject, parseDocument, type JsonObject } from '../document.ts'
import { documentOf, UNREADABLE, unreadableDocument } from './grants-document.ts'

export interface BucketAclOptions {
  readonly bucketArn: string
  /** Undefined where it is not known whose id it is: whether a caller belongs to it is then not known either. */
  readonly accountOfCanonicalUser: (id: string) => string | undefined
  /** S3 Block Public Access: grants to everybody are ignored. */
  readonly ignorePublicAcls?: boolean
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const ON_BUCKET = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
} as const
const ON_OBJECTS = ['s3:PutObject'] as const

interface Granted {
  readonly actions: readonly string[]
  readonly on: readonly ('BUCKET' | 'OBJECTS')[]
}

/** As granted on a bucket. That WRITE lets the bucket's owner delete versions adds nothing: its account may anyway. */
const PERMISSIONS: Readonly<Record<string, Granted>> = {
  READ: { actions: ON_BUCKET.READ, on: ['BUCKET'] },
  WRITE: { actions: ON_OBJECTS, on: ['OBJECTS'] },
  READ_ACP: { actions: ON_BUCKET.READ_ACP, on: ['BUCKET'] },
  WRITE_ACP: { actions: ON_BUCKET.WRITE_ACP, on: ['BUCKET'] },
  FULL_CONTROL: { actions: [...ON_BUCKET.READ, ...ON_BUCKET.READ_ACP, ...ON_BUCKET.WRITE_ACP, ...ON_OBJECTS], on: ['BUCKET', 'OBJECTS'] },
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups */
const GROUPS: Readonly<Record<string, JsonObject>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': { Principal: '*' },
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': {
    Principal: '*',
    Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } },
  },
  'http://acs.amazonaws.com/groups/s3/LogDelivery': { Principal: { Service: 'logging.s3.amazonaws.com' } },
}

/**
 * A bucket's access control list as statements of a resource policy; statement `Grants[2]` is the third grant.
 * @param acl what `aws s3api get-bucket-acl` prints, as text or parsed
 */
export function documentOfBucketAcl(acl: unknown, options: BucketAclOptions): JsonObject {
  const list = parseDocument(acl)
  const grants: unknown = list?.['Grants']
  if (list === undefined || !Array.isArray(grants)) return unreadableDocument('an access control list')
  const owner = isObject(list['Owner']) ? list['Owner']['ID'] : undefined
  return documentOf(grants.flatMap((grant: unknown, index) => statementsOf(grant, index, owner, options)))
}

function statementsOf(grant: unknown, index: number, owner: unknown, options: BucketAclOptions): readonly JsonObject[] {
  const { Grantee: grantee, Permission: permission } = isObject(grant) ? grant : {}
  const { ID: id, URI: uri } = isObject(grantee) ? grantee : {}
  // The bucket's own account has all that the list could give it.
  if (id !== undefined && id === owner) return []
  const granted = typeof permission === 'string' ? PERMISSIONS[permission] : undefined
  const whom = typeof uri === 'string' ? GROUPS[uri] : granteeOf(grantee, options)
  if (options.ignorePublicAcls === true && whom?.['Principal'] === '*') return []
  return [
    {
      Sid: `Grants[${index}]`,
      Effect: 'Allow',
      ...(whom ?? { Principal: UNREADABLE }),
      Action: granted?.actions ?? [],
      Resource: resourcesOf(granted, options.bucketArn),
    },
  ]
}

/** An account by its canonical user id. AWS turns e-mail addresses into ids; one that is left names an account that nobody can tell. */
function granteeOf(grantee: unknown, { accountOfCanonicalUser }: BucketAclOptions): JsonObject | undefined {
  const { ID: id, EmailAddress: email } = isObject(grantee) ? grantee : {}
  if (typeof id !== 'string') return typeof email === 'string' ? { Principal: { CanonicalUser: email } } : undefined
  const account = accountOfCanonicalUser(id)
  return { Principal: account === undefined ? { CanonicalUser: id } : { AWS: account } }
}

function resourcesOf(granted: Granted | undefined, bucketArn: string): readonly string[] {
  const on = granted?.on ?? ['BUCKET', 'OBJECTS']
  return on.map((part) => (part === 'BUCKET' ? bucketArn : `${bucketArn}/*`))
}
