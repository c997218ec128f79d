import type { AwsContext, AwsPolicySet, AwsRequest, CompiledPolicy, ContextValue } from '../../policy/aws/types.ts'
import type { Actor } from './actors.ts'
import { providerOf } from './federation.ts'
import type { AccountCeiling } from './organization.ts'
import type { AwsTarget } from './target.ts'

/** Context keys that the caller gives, by lower-cased key. */
export type GivenContext = ReadonlyMap<string, ContextValue>

export interface RequestParts {
  readonly actor: Actor
  readonly action: string
  readonly target: AwsTarget
  /** Of the actor's account. */
  readonly ceiling: AccountCeiling
  /** Of the target's account. */
  readonly targetCeiling: AccountCeiling
  /** Ids of organisations of which every account is known. */
  readonly wholeOrganizations: readonly string[]
  /** The asking time, ISO 8601. */
  readonly now: string
  readonly given: GivenContext
  /** Principal to ask as, where it is not the actor itself: a session of the role, the provider that vouches for a user of Identity Center. */
  readonly principal?: string
  /** Policies of the VPC endpoint that the call goes through. */
  readonly endpoint: readonly CompiledPolicy[]
}

/** Everything that the graph knows about a request, as the evaluator takes it. */
export function buildRequest(parts: RequestParts): AwsRequest {
  const { actor, action, target } = parts
  const account = target.account ?? actor.account
  const session = actor.entity.kind === 'AwsRole' && parts.principal !== undefined && parts.principal !== actor.entity.id
  return {
    principal: parts.principal ?? principalText(actor),
    action,
    resource: account === null ? { arn: target.arn } : { arn: target.arn, account },
    context: buildContext(parts, account),
    policies: policiesFor(parts, account),
    ...(session ? { roleArn: actor.entity.id } : {}),
    principalInManagementAccount: parts.ceiling.managementAccount,
    resourceInManagementAccount: parts.targetCeiling.managementAccount,
    ...target.settings,
  }
}

/**
 * How the evaluator names an actor. AnyAuthenticated stands for the root of an account that nobody knows: what its own account allows is not the
 * question. A group does not act: it is asked about as some member, of whom nothing else is known.
 */
function principalText({ entity, account }: Actor): string {
  switch (entity.kind) {
    case 'Everyone':
      return '*'
    case 'AnyAuthenticated':
      return 'arn:aws:iam::000000000000:root'
    case 'AwsGroup':
      return `arn:aws:iam::${account}:user/some-member`
    case 'FederatedSubject':
      // Whoever a SAML provider vouches for asks as the provider; its subjects have no ids of their own.
      return entity.id.startsWith('arn:') ? providerOf(entity.id) : entity.id
    default:
      return entity.id
  }
}

/** Keys that the evaluator would fill from the name that stands in for the actor, present but not known. */
const STAND_IN_KEYS: Readonly<Record<string, readonly string[]>> = {
  AnyAuthenticated: ['aws:principalaccount', 'aws:principalarn'],
  AwsGroup: ['aws:principalarn', 'aws:username', 'aws:userid'],
}

function policiesFor({ actor, action, target, ceiling, targetCeiling, endpoint }: RequestParts, account: string | null): AwsPolicySet {
  const policy = appliesTo(target, action) ? target.policy : undefined
  const { resourceGrants, keyGrants } = target.grants
  return {
    identity: actor.policies,
    ...(actor.boundary.length > 0 ? { boundary: actor.boundary } : {}),
    ...(policy === undefined ? {} : { resource: policy }),
    ...(resourceGrants.length > 0 ? { resourceGrants } : {}),
    ...(keyGrants.length > 0 ? { keyGrants } : {}),
    ...(endpoint.length > 0 ? { endpoint } : {}),
    ...(ceiling.serviceControl === undefined ? {} : { serviceControl: ceiling.serviceControl }),
    ...(targetCeiling.resourceControl === undefined || account === null ? {} : { resourceControl: targetCeiling.resourceControl }),
  }
}

/** A role's trust policy bears on taking the role only; on what is done to the role as an object it is silent. */
export function appliesTo(target: AwsTarget, action: string): boolean {
  const isRole = /^arn:[^:]*:iam::[^:]*:role\//.test(target.arn)
  return !isRole || /^sts:/i.test(action)
}

function buildContext(parts: RequestParts, account: string | null): AwsContext {
  const entries = new Map<string, ContextValue>()
  const complete: string[] = []
  addPrincipal(entries, complete, parts)
  addTarget(entries, complete, parts, account)
  entries.set('aws:currenttime', [parts.now])
  entries.set('aws:epochtime', [String(Math.floor(Date.parse(parts.now) / 1000))])
  for (const [key, value] of parts.given) entries.set(key, value)
  const never = isForeign(parts) ? new Map([['aws:principalorgid', parts.wholeOrganizations]]) : undefined
  return { entries, unknown: true, ...(complete.length > 0 ? { complete } : {}), ...(never === undefined ? {} : { never }) }
}

/** Of an account that no organisation holds which was loaded whole: it is of another, or of none. */
const isForeign = ({ actor, ceiling, wholeOrganizations }: RequestParts): boolean =>
  wholeOrganizations.length > 0 && actor.account !== null && actor.entity.kind !== 'AnyAuthenticated' && ceiling.organization === undefined

function addPrincipal(entries: Map<string, ContextValue>, complete: string[], { actor, ceiling, principal }: RequestParts): void {
  const { entity } = actor
  for (const key of STAND_IN_KEYS[entity.kind] ?? []) entries.set(key, null)
  if (ceiling.organization !== undefined) {
    entries.set('aws:principalorgid', [ceiling.organization])
    if (ceiling.organizationPath !== undefined) entries.set('aws:principalorgpaths', [ceiling.organizationPath])
  }
  if (entity.properties.external === true) return
  if (entity.kind === 'AwsUser' && entity.properties.uniqueId !== undefined) entries.set('aws:userid', [entity.properties.uniqueId])
  if (entity.kind === 'AwsRole' && entity.properties.uniqueId !== undefined) {
    const session = principal?.split('/').at(-1)
    entries.set('aws:userid', principal?.includes(':assumed-role/') === true ? [`${entity.properties.uniqueId}:${session ?? ''}`] : null)
  }
  if (entity.kind === 'AwsUser' || entity.kind === 'AwsRole') {
    for (const [key, value] of tagsOf(entity.properties.tags)) entries.set(`aws:principaltag/${key.toLowerCase()}`, [value])
    // A user's tags are all there are; a role's session may bring tags of its own.
    if (entity.kind === 'AwsUser' && entity.properties.tags !== undefined) complete.push('aws:principaltag/*')
  }
}

function addTarget(entries: Map<string, ContextValue>, complete: string[], { target, targetCeiling }: RequestParts, account: string | null): void {
  if (target.tags !== undefined) {
    for (const [key, value] of tagsOf(target.tags)) entries.set(`aws:resourcetag/${key.toLowerCase()}`, [value])
    complete.push('aws:resourcetag/*')
  }
  if (targetCeiling.organization === undefined || account === null) return
  entries.set('aws:resourceorgid', [targetCeiling.organization])
  if (targetCeiling.organizationPath !== undefined) entries.set('aws:resourceorgpaths', [targetCeiling.organizationPath])
}

export function tagsOf(tags: readonly string[] | undefined): (readonly [string, string])[] {
  return (tags ?? []).map((tag) => {
    const at = tag.indexOf('=')
    return at === -1 ? [tag, ''] : [tag.slice(0, at), tag.slice(at + 1)]
  })
}
