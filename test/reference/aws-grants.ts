import type { Json, JsonObject, Statement } from './aws-question.ts'
import { listOf, objectOf, textOf, textsOf } from './aws-question.ts'

/** What a resource's owner grants without a policy, as statements that say the same. Nothing in them is a variable. */

const grant = (json: JsonObject): Statement => ({ layer: 'RESOURCE', variables: false, json: { Effect: 'Allow', ...json } })

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const LETS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
}

const EVERYONE = /global\/(AllUsers|AuthenticatedUsers)$/
const SIGNED = { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } }

/** @param ignore S3 Block Public Access leaves out what is granted to everybody */
export function aclGrants(acl: Json | undefined, users: JsonObject, ignore: boolean): readonly Statement[] {
  const owner = textOf(objectOf(objectOf(acl)['Owner'])['ID'])
  return listOf(objectOf(acl)['Grants']).flatMap((each) => {
    const { Grantee: grantee, Permission: permission } = objectOf(each)
    const [id, uri] = [textOf(objectOf(grantee)['ID']), textOf(objectOf(grantee)['URI'])]
    if (id === owner || (ignore && EVERYONE.test(uri))) return []
    const Action = permission === 'FULL_CONTROL' ? Object.values(LETS).flat() : (LETS[textOf(permission)] ?? [])
    if (uri.endsWith('/LogDelivery')) return [grant({ Action, Resource: '*', Principal: { Service: 'logging.s3.amazonaws.com' } })]
    if (EVERYONE.test(uri)) return [grant({ Action, Resource: '*', Principal: '*', ...(uri.endsWith('AllUsers') ? {} : { Condition: SIGNED }) })]
    return [grant({ Action, Resource: '*', Principal: { AWS: users[id] ?? '' } })]
  })
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
const TAKES_CONTEXT = /^(Decrypt|Encrypt|GenerateDataKey.*|ReEncrypt.*)$/

function contextPairs(constraints: JsonObject): JsonObject {
  const pairs = { ...objectOf(constraints['EncryptionContextEquals']), ...objectOf(constraints['EncryptionContextSubset']) }
  const exact = Object.keys(objectOf(constraints['EncryptionContextEquals']))
  return {
    StringEquals: Object.fromEntries(Object.entries(pairs).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(exact.length === 0 ? {} : { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': exact } }),
  }
}

export function keyGrants(grants: Json | undefined): readonly Statement[] {
  return listOf(grants).flatMap((each) => {
    const { GranteePrincipal, RetiringPrincipal, IssuingAccount, Operations, Constraints, KeyId } = objectOf(each)
    const named = (name: Json | undefined): JsonObject =>
      /^(arn:|\d{12}$)/.test(textOf(name))
        ? { Principal: { AWS: name ?? '' } }
        : { Principal: { Service: textOf(name).replace(/^(\w+)\.[a-z]+-[a-z]+-\d/, '$1') } }
    const within = textsOf(Operations).map((name) =>
      grant({
        ...named(GranteePrincipal),
        Action: `kms:${name}`,
        Resource: KeyId ?? '*',
        ...(TAKES_CONTEXT.test(name) ? { Condition: contextPairs(objectOf(Constraints)) } : {}),
        ...(name === 'CreateGrant' ? { Condition: { 'ForAllValues:StringEquals': { 'kms:GrantOperations': Operations ?? [] } } } : {}),
      }),
    )
    const retiring = [RetiringPrincipal, IssuingAccount].filter((name) => name !== undefined)
    return [...within, ...retiring.map((name) => grant({ ...named(name), Action: 'kms:RetireGrant', Resource: KeyId ?? '*' }))]
  })
}

/** https://docs.aws.amazon.com/ram/latest/userguide/shareable.html */
export function shareGrants(shares: Json | undefined, resource: string): readonly Statement[] {
  return listOf(shares).flatMap((each) => {
    const { principals, permissions } = objectOf(each)
    return textsOf(principals).flatMap((principal) =>
      listOf(permissions).map((permission) =>
        grant({
          Action: Array.isArray(permission) ? permission : (objectOf(permission)['Action'] ?? []),
          Resource: resource,
          ...sharedWith(principal),
        }),
      ),
    )
  })
}

function sharedWith(principal: string): JsonObject {
  const [, organization = '', unit] = principal.split('/')
  if (!principal.includes(':organizations:')) return { Principal: { AWS: principal } }
  if (unit === undefined) return { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }
  return { Principal: '*', Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization}/*/${unit}/*` } } }
}
