import type { Context } from './aws-text.ts'

/** Who asks. `names` are all the ways in which a policy can mean this caller, the account first. */
export interface Caller {
  readonly kind: 'user' | 'session' | 'federated' | 'root' | 'service' | 'provider' | 'anonymous'
  readonly account: string | undefined
  /** Named so, a policy grants to the caller itself. */
  readonly self: string
  /** `account/role name` of a session. A session's ARN has lost the role's path. */
  readonly role: string | undefined
  readonly serviceLinked: boolean
}

const last = (text: string, separator: string): string => text.split(separator).at(-1) ?? ''

function caller(kind: Caller['kind'], account: string | undefined, self: string, more: Partial<Caller> = {}): Caller {
  return { kind, account, self, role: undefined, serviceLinked: false, ...more }
}

const linked = (path: string): boolean => path.startsWith('role/aws-service-role/') || path.includes('assumed-role/AWSServiceRoleFor')

/** `session` is the name of the session where only the role is known. */
export function callerOf(principal: string, session: string): Caller {
  const [, partition = 'aws', service, , account = '', ...rest] = principal.split(':')
  const path = rest.join(':')
  if (principal === '*') return caller('anonymous', undefined, '*')
  if (!principal.startsWith('arn:')) return caller('service', undefined, principal)
  if (/^(oidc|saml)-provider\//.test(path)) return caller('provider', undefined, principal)
  if (path === 'root') return caller('root', account, principal)
  if (path.startsWith('role/')) {
    const self = `arn:${partition}:sts::${account}:assumed-role/${last(path, '/')}/${session}`
    return caller('session', account, self, { role: `${account}/${last(path, '/')}`, serviceLinked: linked(path) })
  }
  if (service === 'sts' && path.startsWith('assumed-role/')) {
    return caller('session', account, principal, { role: `${account}/${path.split('/')[1]}`, serviceLinked: linked(path) })
  }
  return caller(path.startsWith('federated-user/') ? 'federated' : 'user', account, principal)
}

/** How an entry of a Principal element means the caller: itself, the role behind its session, or its account, which only delegates. */
export type Grip = 'SELF' | 'ROLE' | 'ACCOUNT'

export function gripOf(type: string, value: string, by: Caller): Grip | undefined {
  if (type === 'AWS' && value === '*') return 'SELF'
  if (type === 'Service') return by.kind === 'service' && by.self === value ? 'SELF' : undefined
  if (type === 'Federated') return by.kind === 'provider' && by.self === value ? 'SELF' : undefined
  if (type !== 'AWS' || by.account === undefined) return undefined
  if (value === by.account || (value.endsWith(`:iam::${by.account}:root`) && value.startsWith('arn:'))) return 'ACCOUNT'
  if (value === by.self) return 'SELF'
  const [, , , , account = '', path = ''] = value.split(':')
  return by.role !== undefined && path.startsWith('role/') && `${account}/${last(path, '/')}` === by.role ? 'ROLE' : undefined
}

/** The grips that a NotPrincipal must list so that a caller is exempt: AWS checks account, role and session one after the other. */
export function chainOf(by: Caller): readonly Grip[] {
  if (by.kind === 'session') return ['ACCOUNT', 'ROLE', 'SELF']
  if (by.kind === 'root') return ['ACCOUNT']
  return by.account === undefined ? ['SELF'] : ['ACCOUNT', 'SELF']
}

const TYPES: Readonly<Record<Caller['kind'], string | undefined>> = {
  user: 'User',
  session: 'AssumedRole',
  federated: 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
  service: undefined,
  provider: undefined,
}

/** aws:PrincipalArn of a session is the role's ARN. */
function principalArn(principal: string, by: Caller): string | undefined {
  if (by.account === undefined) return undefined
  const [account, role] = by.role?.split('/') ?? []
  return by.role === undefined || principal.includes(':role/') ? principal : `arn:${principal.split(':')[1]}:iam::${account}:role/${role}`
}

/** Keys that the request itself decides. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function decidedKeys(principal: string, action: string, resourceAccount: string | undefined): Context {
  const by = callerOf(principal, '')
  const service = action.toLowerCase().split(':')[0]
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['aws:principalarn', principalArn(principal, by)],
    ['aws:principalaccount', by.kind === 'anonymous' ? 'anonymous' : by.account],
    ['aws:principaltype', TYPES[by.kind]],
    ['aws:principalisawsservice', by.kind === 'anonymous' || by.kind === 'provider' ? undefined : String(by.kind === 'service')],
    ['aws:username', by.kind === 'user' ? last(principal, '/') : undefined],
    ['aws:resourceaccount', resourceAccount],
    ['s3:resourceaccount', service === 's3' ? resourceAccount : undefined],
    ['kms:calleraccount', service === 'kms' ? by.account : undefined],
  ]
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]] as const])))
}

const OF_SERVICES = /^aws:(sourcearn|sourceaccount|sourceorgid|sourceorgpaths|principalservicename|principalservicenameslist)$/
const OF_IDENTITIES = /^aws:(principalarn|principaltag\/.*|principalorgid|principalorgpaths|multifactorauth.*|tokenissuetime|federatedprovider)$/

/** Keys that AWS never sends with a call by such a caller. */
export function neverSentBy(by: Caller, key: string): boolean {
  if (by.kind !== 'service' && OF_SERVICES.test(key)) return true
  if (by.account === undefined && OF_IDENTITIES.test(key)) return true
  if (by.kind === 'anonymous' && key === 'aws:principalisawsservice') return true
  return by.kind !== 'user' && key === 'aws:username'
}

/** Keys that AWS sends with every call by such a caller, whatever their value. */
export function alwaysSentBy(by: Caller, key: string): boolean {
  if (key === 'aws:tokenissuetime') return by.kind === 'session' || by.kind === 'federated'
  if (key === 'aws:userid') return by.account !== undefined
  return /^aws:(currenttime|epochtime|securetransport|requestedregion|principaltype|principalaccount)$/.test(key)
}
