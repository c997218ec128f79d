import { isAccountId } from './arn.ts'
import { isIamCaller, isRoleCaller, principalOf, type Caller } from './caller.ts'
import { and, leaf, or, type Formula } from './formula.ts'

/**
 * Principal and NotPrincipal. How a statement names the caller decides which implicit denies bind (S13), so the ways are kept apart.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

/** One way of naming. Formulas: whether the statement names the caller so. */
export interface Naming {
  /** The user, role session, federated user, service or subject itself. */
  readonly direct: Formula
  /** `*`. */
  readonly anyone: Formula
  /** The role of a session. */
  readonly role: Formula
  /** The account: delegates only (S4). */
  readonly account: Formula
}

type Entry =
  | { readonly kind: 'ANYONE'; readonly of: 'ALL' | 'SERVICES' | 'PROVIDERS' }
  | { readonly kind: 'CALLER'; readonly caller: Caller }
  | { readonly kind: 'HOST'; readonly host: string; readonly of: 'SERVICES' | 'PROVIDERS' }
  | { readonly kind: 'CANONICAL_USER'; readonly id: string }

export interface PrincipalElement {
  readonly negated: boolean
  readonly entries: readonly Entry[]
}

const NOT_NAMED: Naming = { direct: false, anyone: false, role: false, account: false }
const ANYONE: Naming = { ...NOT_NAMED, anyone: true }
const DIRECT: Naming = { ...NOT_NAMED, direct: true }
const BY_ROLE: Naming = { ...NOT_NAMED, role: true }
const BY_ACCOUNT: Naming = { ...NOT_NAMED, account: true }

/** @param element value of Principal or NotPrincipal; undefined where it can't be read */
export function compilePrincipal(element: unknown, negated: boolean): PrincipalElement | undefined {
  // AWS takes only `*` as a bare string today; a bare ARN in a document that exists can mean but one thing.
  if (typeof element === 'string') return compilePrincipal({ AWS: element }, negated)
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined
  const entries: Entry[] = []
  for (const [type, value] of Object.entries(element)) {
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const text of texts) {
      if (typeof text !== 'string') return undefined
      const entry = entryOf(type, text)
      if (entry === 'UNREADABLE') return undefined
      if (entry !== 'NOBODY') entries.push(entry)
    }
  }
  return { negated, entries }
}

/** NOBODY: the id of a deleted principal, or a wildcard within a name, which AWS does not match. */
function entryOf(type: string, text: string): Entry | 'NOBODY' | 'UNREADABLE' {
  switch (type) {
    case 'AWS':
      return ofAws(text)
    case 'Service':
      return text === '*' ? { kind: 'ANYONE', of: 'SERVICES' } : { kind: 'HOST', host: text.toLowerCase(), of: 'SERVICES' }
    case 'Federated':
      return text === '*' ? { kind: 'ANYONE', of: 'PROVIDERS' } : { kind: 'HOST', host: text, of: 'PROVIDERS' }
    case 'CanonicalUser':
      return { kind: 'CANONICAL_USER', id: text }
    default:
      return 'UNREADABLE'
  }
}

function ofAws(text: string): Entry | 'NOBODY' {
  if (text === '*') return { kind: 'ANYONE', of: 'ALL' }
  if (!text.startsWith('arn:') && !isAccountId(text)) return 'NOBODY'
  const caller = principalOf(text)
  return caller === undefined || text.includes('*') ? 'NOBODY' : { kind: 'CALLER', caller }
}

/** How a positive Principal element names the caller. */
export function namingOf(element: PrincipalElement, caller: Caller, roleArn: string | undefined): Naming {
  let naming = NOT_NAMED
  for (const entry of element.entries) {
    const next = nameBy(entry, caller, roleArn)
    if (next === NOT_NAMED) continue
    naming = naming === NOT_NAMED ? next : merge(naming, next)
  }
  return naming
}

function merge(a: Naming, b: Naming): Naming {
  return {
    direct: or(a.direct, b.direct),
    anyone: or(a.anyone, b.anyone),
    role: or(a.role, b.role),
    account: or(a.account, b.account),
  }
}

/** One of the ways holds. */
export function isNamedBy(naming: Naming): Formula {
  if (naming === NOT_NAMED) return false
  return or(or(naming.direct, naming.anyone), or(naming.role, naming.account))
}

function nameBy(entry: Entry, caller: Caller, roleArn: string | undefined): Naming {
  switch (entry.kind) {
    case 'ANYONE':
      return includes(entry.of, caller) ? ANYONE : NOT_NAMED
    case 'HOST':
      return isHost(entry, caller) ? DIRECT : NOT_NAMED
    case 'CANONICAL_USER':
      return isIamCaller(caller) ? { ...NOT_NAMED, account: canonicalUser(entry.id) } : NOT_NAMED
    case 'CALLER':
      return nameByCaller(entry.caller, caller, roleArn)
  }
}

function includes(of: 'ALL' | 'SERVICES' | 'PROVIDERS', caller: Caller): boolean {
  if (of === 'ALL') return true
  return caller.kind === (of === 'SERVICES' ? 'SERVICE' : 'FEDERATED')
}

/** Some identity providers have names like services: `cognito-identity.amazonaws.com`. */
function isHost(entry: { readonly host: string; readonly of: 'SERVICES' | 'PROVIDERS' }, caller: Caller): boolean {
  if (entry.of === 'SERVICES') return caller.kind === 'SERVICE' && caller.name.toLowerCase() === entry.host
  if (caller.kind !== 'FEDERATED' && caller.kind !== 'SERVICE') return false
  return providerHost(caller.name) === providerHost(entry.host) || caller.name === entry.host
}

/** `arn:aws:iam::1:oidc-provider/HOST` and HOST are one; a SAML provider has only its ARN. */
function providerHost(provider: string): string {
  const at = provider.indexOf(':oidc-provider/')
  return at < 0 ? provider : provider.slice(at + ':oidc-provider/'.length)
}

function nameByCaller(named: Caller, caller: Caller, roleArn: string | undefined): Naming {
  if (named.account !== caller.account || !isIamCaller(caller)) return named.id === caller.id ? DIRECT : NOT_NAMED
  if (named.kind === 'ROOT') return BY_ACCOUNT
  if (named.kind === 'ROLE') return isRoleCaller(caller) && isSameRole(named, caller, roleArn) ? BY_ROLE : NOT_NAMED
  if (named.kind !== 'SESSION') return named.id === caller.id ? DIRECT : NOT_NAMED
  if (named.name !== caller.name || !isRoleCaller(caller)) return NOT_NAMED
  if (caller.kind === 'SESSION') return named.session === caller.session ? DIRECT : NOT_NAMED
  return { ...NOT_NAMED, direct: sessionName(named) }
}

/** A session's ARN has lost the path of its role: then the name must do; names are unique in an account (S16). */
function isSameRole(named: Caller, caller: Caller, roleArn: string | undefined): boolean {
  const arn = caller.kind === 'ROLE' ? caller.id : roleArn
  return arn === undefined ? named.name === caller.name : named.id === arn
}

/** A role's ARN asks for an unnamed session of it: whether it bears the name isn't known. */
function sessionName(named: Caller): Formula {
  const name = named.session ?? ''
  return leaf({ operator: 'SessionName', key: '', values: [name] }, { kind: 'FACT', id: `session\u0001${name}`, group: 'session' })
}

function canonicalUser(id: string): Formula {
  return leaf({ operator: 'CanonicalUser', key: '', values: [id] }, { kind: 'FACT', id: `canonical\u0001${id}`, group: 'canonical' })
}

/**
 * Whether Deny with NotPrincipal spares the caller. AWS asks for the account, then for the user or role, then for the session: each must be
 * named; naming the role alone spares no session of it (S18).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isSpared(element: PrincipalElement, caller: Caller, roleArn: string | undefined): Formula {
  const { direct, anyone, role, account } = namingOf(element, caller, roleArn)
  if (!isIamCaller(caller)) return or(direct, anyone)
  const chain = [account, ...(caller.kind === 'ROOT' ? [] : [direct]), ...(isRoleCaller(caller) ? [role] : [])]
  return or(anyone, chain.reduce<Formula>(and, true))
}
