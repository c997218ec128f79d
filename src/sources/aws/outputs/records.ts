import type { EntityFact, Origin, Properties, SourceRecord } from '../../../domain/facts.ts'
import type { PropertyName } from '../../../domain/vocabulary.ts'
import { isAccountId, lastSegment, parseArn } from '../arn.ts'
import { documentText, isRecord } from '../document.ts'
import { edge, properties, ref, type Mapped, type OpenEnd } from '../map/facts.ts'
import { mapStatements } from '../map/statement-grants.ts'
import { ANY_AUTHENTICATED, anyAuthenticated, namedPrincipals } from '../principals.ts'
import { unstated } from '../open-ends.ts'
import { resourceKind } from '../resource-kind.ts'
import type { About } from './output.ts'

/** Facts that outputs of every service are made of. */

export type Said = { readonly [P in PropertyName]?: Properties[P] | null | undefined }

export interface ResourceSaid {
  readonly id: string
  /** CloudFormation's type name; made from the ARN unless given. */
  readonly kind?: string
  /** Left out: this output doesn't tell it, another may. */
  readonly name?: string | null | undefined
  readonly properties?: Said
  /** Its own policy as printed: an object or text. */
  readonly policy?: unknown
  /** Where the policy stands. */
  readonly at?: Origin
  /** Owner, where that isn't the account that was asked. */
  readonly account?: string
  /** The resource that contains it, instead of its account. */
  readonly parent?: string
}

/** A resource (or what one output knows of it) in its account, and who its policy admits. */
export function resource(said: ResourceSaid, about: About): Mapped {
  const account = said.account ?? about.account
  const document = said.policy === undefined ? null : documentText(said.policy)
  const entity: EntityFact = {
    record: 'entity',
    label: 'Resource',
    kind: said.kind ?? resourceKind(said.id),
    id: said.id,
    name: said.name ?? nameOf(said.id),
    provider: 'aws',
    scope: account,
    properties: properties(said.properties ?? {}),
    document,
    ...(said.at === undefined ? {} : { origin: said.at }),
    coverage: [about.coverage],
  }
  const container = said.parent === undefined ? ref('Scope', account) : ref('Resource', said.parent)
  const grants = document === null ? { records: [], open: [] } : statements(said.id, document, account, about)
  return { records: [entity, edge('CONTAINS', container, ref('Resource', said.id), [about.coverage]), ...grants.records], open: grants.open }
}

const statements = (id: string, document: string, account: string, about: About): Mapped =>
  mapStatements({
    kind: 'AwsResourcePolicyStatement',
    target: ref('Resource', id),
    idPrefix: `${id}#policy`,
    document,
    use: 'RESOURCE',
    partition: parseArn(id)?.partition ?? about.partition,
    account,
    coverage: about.coverage,
  })

/** What an output says of the account itself. */
export const accountSaid = (said: Said, about: About): Mapped => {
  const account: EntityFact = {
    record: 'entity',
    label: 'Scope',
    kind: 'AwsAccount',
    id: about.account,
    name: about.account,
    provider: 'aws',
    scope: null,
    properties: properties(said),
    document: null,
    coverage: [about.coverage],
  }
  return { records: [account], open: [] }
}

/** AWS says that the resource has no policy of its own. */
export const withoutPolicy = (id: string, about: About, kind?: string): Mapped =>
  resource({ id, ...(kind === undefined ? {} : { kind }), properties: { policyState: 'ABSENT' } }, about)

/** It may have one that could not be read. */
export const withUnreadPolicy = (id: string, about: About, kind?: string): Mapped =>
  resource({ id, ...(kind === undefined ? {} : { kind }), properties: { policyState: 'NOT_LOADED' } }, about)

/** What runs there has the credentials of the role; nothing where it has none. @param role its ARN */
export const runsAs = (id: string, role: string | null | undefined, about: About): Mapped =>
  role === null || role === undefined || parseArn(role)?.service !== 'iam'
    ? { records: [], open: [] }
    : { records: [], open: [{ open: 'runs-as', resource: id, role, coverage: about.coverage }] }

/** What runs there has the credentials of the role in the instance profile. */
export function usesInstanceProfile(id: string, profile: string | null | undefined, about: About): Mapped {
  if (profile === null || profile === undefined || profile === '') return { records: [], open: [] }
  const arn = profile.startsWith('arn:') ? profile : `arn:${about.partition}:iam::${about.account}:instance-profile/${profile}`
  const stub = unstated({
    label: 'Resource',
    kind: 'AWS::IAM::InstanceProfile',
    id: arn,
    name: lastSegment(arn),
    scope: parseArn(arn)?.account ?? about.account,
    properties: {},
  })
  return { records: [edge('CAN_AUTHENTICATE_AS', ref('Resource', id), ref('Resource', arn), [about.coverage])], open: [{ open: 'named', stub }] }
}

/** A grant that isn't a statement of a policy: whoever it names holds it, at the resource. `document`: as AWS printed it. */
export interface GrantSaid {
  readonly id: string
  readonly kind: 'AwsBucketAcl' | 'AwsKmsGrant' | 'AwsResourceShare' | 'EksAccessEntry'
  readonly name: string
  /** Principals as policies write them: ARNs, accounts, services, canonical user ids, `*`; or `AnyAuthenticated`. */
  readonly principals: readonly string[]
  readonly at: string
  readonly document: string
  readonly origin: Origin
  readonly properties?: Properties
}

export function grant(said: GrantSaid, about: About): Mapped {
  const coverage = [about.coverage]
  const entity: EntityFact = {
    record: 'entity',
    label: 'Grant',
    kind: said.kind,
    id: said.id,
    name: said.name,
    provider: 'aws',
    scope: about.account,
    properties: said.properties ?? {},
    document: said.document,
    origin: said.origin,
    coverage,
  }
  const records: SourceRecord[] = [entity, edge('AT', ref('Grant', said.id), ref('Resource', said.at), coverage)]
  const named = said.principals.filter((id) => id !== ANY_AUTHENTICATED)
  const held = [
    ...namedPrincipals({ Effect: 'Allow', Principal: Object.groupBy(named, principalType) }, 'RESOURCE', about.partition),
    ...(named.length < said.principals.length ? [anyAuthenticated()] : []),
  ]
  const open = held.map((holder): OpenEnd => ({ open: 'holder', holder, grant: said.id, coverage: about.coverage }))
  return { records, open }
}

function principalType(id: string): 'Service' | 'CanonicalUser' | 'AWS' {
  if (/\.amazonaws\.com(\.cn)?$/.test(id)) return 'Service'
  return /^[0-9a-f]{64}$/.test(id) ? 'CanonicalUser' : 'AWS'
}

/** `bucket`, `function:helloworld` → `helloworld`, `key/1234…` → `1234…`. */
export function nameOf(arn: string): string {
  const text = parseArn(arn)?.resource ?? arn
  const within = NAME_WITHIN.find((pattern) => pattern.test(text))?.exec(text)?.[1]
  return within ?? (lastSegment(text.slice(text.lastIndexOf(':') + 1)) || arn)
}

/** ARNs whose end isn't the name: it is a revision that belongs to the name, or a number behind it. */
const NAME_WITHIN = [
  /^(?:task|job)-definition\/(.+)$/,
  /^stack\/([^/]+)\/[0-9a-f-]{36}$/,
  /^stackset\/([^:/]+):[^/]+$/,
  /^nodegroup\/[^/]+\/([^/]+)\/[0-9a-f-]{36}$/,
  /^service\/([^/]+)\/[0-9a-f]{32}$/,
]

/** `arn:aws:service:region:account:resource`, for what outputs name by its id alone. */
export const arnIn = (about: About, service: string, text: string): string =>
  `arn:${about.partition}:${service}:${about.region ?? ''}:${about.account}:${text}`

/** Tags as `[{Key, Value}]`, `[{key, value}]` or `{key: value}` → sorted `key=value`; undefined where none were printed. */
export function tagsOf(tags: unknown): readonly string[] | undefined {
  if (Array.isArray(tags)) {
    return tags
      .filter(isRecord)
      .map((tag) => `${textIn(tag, 'Key', 'key', 'TagKey', 'tagKey')}=${textIn(tag, 'Value', 'value', 'TagValue', 'tagValue')}`)
      .sort()
  }
  if (typeof tags !== 'object' || tags === null) return undefined
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : ''}`)
    .sort()
}

const textIn = (tag: Readonly<Record<string, unknown>>, ...names: readonly string[]): string =>
  names.map((name) => tag[name]).find((value) => typeof value === 'string') ?? ''

/** The account in an ARN. */
export const ownerOf = (arn: string | undefined): string | undefined => {
  const account = arn === undefined ? undefined : parseArn(arn)?.account
  return account !== undefined && isAccountId(account) ? account : undefined
}

/** The region in an ARN. */
export const regionOf = (arn: string | undefined): string | undefined => parseArn(arn ?? '')?.region || undefined

/** For outputs whose content names its account and region: by an ARN in it. @param arnOf the content with upper-case first letters */
export const locatedBy = (arnOf: (value: Readonly<Record<string, unknown>>) => string | undefined) => ({
  accountOf: (value: Readonly<Record<string, unknown>>) => ownerOf(arnOf(value)),
  regionOf: (value: Readonly<Record<string, unknown>>) => regionOf(arnOf(value)),
})
