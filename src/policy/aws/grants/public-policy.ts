import { isAccountId, parseArn } from '../arn.ts'
import { contains, parseRange } from '../conditions/addresses.ts'
import { parseOperator } from '../conditions/operators.ts'
import { isObject, parseDocument, scalarsOf, textsOf, type JsonObject } from '../document.ts'
import { isUnreadableDocument, validateObject } from '../grammar/validate.ts'
import type { PolicyFault, PublicPolicy } from '../types.ts'

/**
 * Whether Amazon S3 takes a bucket's policy for public: it begins by assuming so, and a policy is not public only where it grants to fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * @param document as text or parsed
 */
export function isPublicBucketPolicy(document: unknown): PublicPolicy {
  const object = parseDocument(document)
  return object === undefined ? 'UNKNOWN' : publicityOf(object, validateObject(object, 'RESOURCE'))
}

/** @param faults of the document as a resource policy */
export function publicityOf(document: JsonObject, faults: readonly PolicyFault[]): PublicPolicy {
  if (isUnreadableDocument(faults)) return 'UNKNOWN'
  const list: readonly unknown[] = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']]
  return widest(list.map(statementPublicity))
}

/** One public statement makes the policy public. */
function widest(parts: readonly PublicPolicy[]): PublicPolicy {
  if (parts.includes('PUBLIC')) return 'PUBLIC'
  return parts.includes('UNKNOWN') ? 'UNKNOWN' : 'NOT_PUBLIC'
}

/** One fixed value is enough. */
function narrowest(parts: readonly PublicPolicy[]): PublicPolicy {
  if (parts.includes('NOT_PUBLIC')) return 'NOT_PUBLIC'
  return parts.includes('UNKNOWN') ? 'UNKNOWN' : 'PUBLIC'
}

function statementPublicity(statement: unknown): PublicPolicy {
  if (!isObject(statement)) return 'UNKNOWN'
  const effect = typeof statement['Effect'] === 'string' ? statement['Effect'].toLowerCase() : undefined
  if (effect === 'deny') return 'NOT_PUBLIC'
  const publicity = grantPublicity(statement)
  // Where the effect can't be read, it may be a deny.
  return effect === 'allow' || publicity === 'NOT_PUBLIC' ? publicity : 'UNKNOWN'
}

function grantPublicity({ Principal: principal, NotPrincipal: notPrincipal, Condition: condition }: JsonObject): PublicPolicy {
  const narrowed = conditionPublicity(condition)
  if (notPrincipal === undefined) return principal === undefined ? 'NOT_PUBLIC' : narrowest([principalPublicity(principal), narrowed])
  // Whether S3 looks at the condition of a statement that names only whom it spares is not documented.
  return principal === undefined && narrowed === 'PUBLIC' ? 'PUBLIC' : 'UNKNOWN'
}

function principalPublicity(principal: unknown): PublicPolicy {
  if (typeof principal === 'string') return isFixed(principal) ? 'NOT_PUBLIC' : 'PUBLIC'
  if (!isObject(principal)) return 'UNKNOWN'
  return widest(Object.entries(principal).map(([type, value]) => namedPublicity(type, textsOf(value))))
}

function namedPublicity(type: string, names: readonly string[] | undefined): PublicPolicy {
  if (names === undefined) return 'UNKNOWN'
  if (!names.every(isFixed)) return 'PUBLIC'
  // AWS's own example takes the users of graph.facebook.com for the public; a provider of one account is not documented.
  if (type === 'Federated') return names.every((name) => name.startsWith('arn:')) ? 'UNKNOWN' : 'PUBLIC'
  return type === 'AWS' || type === 'Service' || type === 'CanonicalUser' ? 'NOT_PUBLIC' : 'UNKNOWN'
}

/** "values that don't contain a wildcard or an AWS Identity and Access Management Policy Variable" */
function isFixed(value: string): boolean {
  return value !== '' && !value.includes('*') && !value.includes('?') && !value.includes('${')
}

function conditionPublicity(condition: unknown): PublicPolicy {
  if (!isObject(condition)) return 'PUBLIC'
  return narrowest(Object.entries(condition).map(([name, lines]) => operatorPublicity(name, lines)))
}

/** Operators that hold without the key, or for all values but some, fix nothing. */
function operatorPublicity(name: string, lines: unknown): PublicPolicy {
  const operator = parseOperator(name)
  if (operator === undefined || !isObject(lines)) return 'UNKNOWN'
  const { comparison, negated, ifExists, quantifier } = operator
  if (negated || ifExists || quantifier === 'ALL' || comparison.name === 'Null') return 'PUBLIC'
  return narrowest(
    Object.entries(lines).map(([key, value]) => {
      const texts = scalarsOf(value) ?? []
      return texts.length === 0 ? 'UNKNOWN' : widest(texts.map((text) => valuePublicity(key.toLowerCase(), text)))
    }),
  )
}

/** Keys whose fixed values make a policy non-public. Those that name the principal's account, organisation and ARN stand for "an AWS principal". */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
])

/** Newer keys of that kind, of which AWS's list does not tell. */
const PERHAPS_FIXING: ReadonlySet<string> = new Set([
  'aws:principalservicenameslist',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
])

function valuePublicity(key: string, value: string): PublicPolicy {
  if (key === 'aws:sourceip') return addressPublicity(value)
  if (key === 'aws:userid') return userIdPublicity(value)
  if (PERHAPS_FIXING.has(key)) return 'UNKNOWN'
  if (!FIXING_KEYS.has(key)) return 'PUBLIC'
  if (isFixed(value)) return 'NOT_PUBLIC'
  if (key === 's3:dataaccesspointarn') return isAccountFixed(value) ? 'NOT_PUBLIC' : 'PUBLIC'
  // A path of an organisation ends in a wildcard, and an ARN may name all roles of one account: AWS's list does not tell.
  if (key === 'aws:principalorgpaths') return isFixed(value.slice(0, value.indexOf('/') + 1)) ? 'UNKNOWN' : 'PUBLIC'
  return key === 'aws:principalarn' && isAccountFixed(value) ? 'UNKNOWN' : 'PUBLIC'
}

/** "as long as the account id is fixed" */
function isAccountFixed(arn: string): boolean {
  return isAccountId(parseArn(arn)?.account ?? '')
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseRange(text) ?? [])

/** "values broader than /8 for IPv4 and /32 for IPv6 (excluding RFC1918 private ranges)" are public. */
function addressPublicity(value: string): PublicPolicy {
  const range = parseRange(value)
  if (range === undefined) return 'UNKNOWN'
  if (PRIVATE.some((outer) => contains(outer, range))) return 'NOT_PUBLIC'
  return range.prefix >= (range.groups.length === 2 ? 8 : 32) ? 'NOT_PUBLIC' : 'PUBLIC'
}

/** "aws:userid, outside the pattern AROLEID:*": what a session's id amounts to is not said. */
function userIdPublicity(value: string): PublicPolicy {
  if (isFixed(value) && !value.includes(':')) return 'NOT_PUBLIC'
  const [id = ''] = value.split(':')
  return value.includes(':') && isFixed(id) ? 'UNKNOWN' : 'PUBLIC'
}
