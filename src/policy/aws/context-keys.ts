/**
 * What is known about condition keys beyond the service data: how many values they have, whose requests carry them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */

/** Global keys that AWS documents as multivalued. */
const MULTIVALUED_GLOBAL: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
])

/** Global keys that have one value in every request that carries them. */
const SINGLE_PREFIXES = ['aws:', 's3:', 'kms:', 'iam:', 'sts:', 'ec2:', 'sns:', 'sqs:', 'lambda:', 'secretsmanager:'] as const

/** Keys of those services that hold lists, from the service authorization reference ("ArrayOf…"). */
const MULTIVALUED_SERVICE: ReadonlySet<string> = new Set([
  'ec2:fistargetarns',
  'ec2:ikeversions',
  'ec2:phase1dhgroup',
  'ec2:phase1encryptionalgorithms',
  'ec2:phase1integrityalgorithms',
  'ec2:phase2dhgroup',
  'ec2:phase2encryptionalgorithms',
  'ec2:phase2integrityalgorithms',
  'ec2:vpceprivatednsspecifieddomains',
  'iam:accountpropertynamespaces',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
  'lambda:layer',
  'lambda:securitygroupids',
  'lambda:subnetids',
  's3:inventoryaccessibleoptionalfields',
  's3:requestobjecttagkeys',
  'secretsmanager:addreplicaregions',
  'sts:identitytokenaudience',
  'sts:requestcontextproviders',
  'sts:transitivetagkeys',
])

/** The key has at most one value in any request. Where that is not certain, it may have several. */
export function isSingleValued(key: string): boolean {
  if (MULTIVALUED_GLOBAL.has(key) || MULTIVALUED_SERVICE.has(key)) return false
  return SINGLE_PREFIXES.some((prefix) => key.startsWith(prefix)) || isSubject(key)
}

/** `…:sub` of an identity provider. */
function isSubject(key: string): boolean {
  return key.endsWith(':sub')
}

/** Keys that every request carries. */
export const ALWAYS_PRESENT: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime', 'aws:securetransport', 'aws:requestedregion'])

/** Keys whose value is `true` or `false` wherever they are present. */
export const BOOLEAN_KEYS: ReadonlySet<string> = new Set([
  'aws:multifactorauthpresent',
  'aws:principalisawsservice',
  'aws:securetransport',
  'aws:viaawsservice',
  'kms:grantisforawsresource',
  'kms:bypasspolicylockoutsafetycheck',
])

/** Keys whose values are always numbers or dates, by the operators that compare them. */
export const ORDERED_KEYS: ReadonlyMap<string, 'Numeric' | 'Date'> = new Map([
  ['aws:currenttime', 'Date'],
  ['aws:epochtime', 'Date'],
  ['aws:tokenissuetime', 'Date'],
  ['aws:multifactorauthage', 'Numeric'],
  ['s3:max-keys', 'Numeric'],
])

/** Keys whose values are always ARNs. */
export function isArnKey(key: string): boolean {
  return key === 'aws:principalarn' || key === 'aws:sourcearn' || key === 'iam:policyarn' || key === 'iam:permissionsboundary'
}

/** Sent only where a service calls on behalf of a resource or account. */
export const SERVICE_CALL_KEYS: ReadonlySet<string> = new Set([
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
])

/** Sent only by sessions of roles (and federated users). */
export const SESSION_KEYS: ReadonlySet<string> = new Set([
  'aws:assumedroot',
  'aws:chatbotsourcearn',
  'aws:ec2instancesourceprivateipv4',
  'aws:ec2instancesourcevpc',
  'aws:federatedprovider',
  'aws:rolesessionname',
  'aws:sourceidentity',
  'ec2:roledelivery',
  'ec2:sourceinstancearn',
  'glue:credentialissuingservice',
  'glue:roleassumedby',
  'lambda:sourcefunctionarn',
  'ssm:sourceinstancearn',
])

/** Sent only by principals of an account. */
const IAM_ONLY_PREFIXES = ['aws:principaltag/'] as const
const IAM_ONLY: ReadonlySet<string> = new Set([
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:tokenissuetime',
  'aws:userid',
])

export function isOfIamCallersOnly(key: string): boolean {
  return IAM_ONLY.has(key) || IAM_ONLY_PREFIXES.some((prefix) => key.startsWith(prefix))
}

/** `key` is named by `names`, in which a trailing `*` is a wildcard. */
export function isNamed(key: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? key.startsWith(name.slice(0, -1).toLowerCase()) : key === name.toLowerCase()))
}

const CALLER_INDEPENDENT: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:referer',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:securetransport',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:tagkeys',
  'aws:useragent',
  'aws:viaawsservice',
  'aws:vpcsourceip',
  's3:resourceaccount',
])
const CALLER_INDEPENDENT_PREFIXES = ['aws:requesttag/', 'aws:resourcetag/', 'iam:', 's3:', 'dynamodb:', 'secretsmanager:'] as const

/** The key's values may differ between callers of one request. */
export function dependsOnCaller(key: string): boolean {
  return !CALLER_INDEPENDENT.has(key) && !CALLER_INDEPENDENT_PREFIXES.some((prefix) => key.startsWith(prefix))
}
