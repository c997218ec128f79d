import type { EdgeFact, EntityFact, SourceRecord } from '../../domain/facts.ts'
import { findingAt } from '../finding.ts'
import { isAccountId, lastSegment, parseArn } from './arn.ts'
import { edge, iamCoverage, ref, type OpenEnd } from './map/facts.ts'
import { isNewer } from './newer.ts'
import { accountRoot, type NamedPrincipal } from './principals.ts'
import type { UserSaid } from './users-said.ts'
import type { OrganizationSaid } from './organization/said.ts'

/** What rows said that can only be settled when everything was read. */
export interface OpenEnds {
  readonly memberships: Extract<OpenEnd, { open: 'membership' }>[]
  readonly attachments: Extract<OpenEnd, { open: 'attachment' }>[]
  readonly boundaries: Extract<OpenEnd, { open: 'boundary' }>[]
  readonly holders: Extract<OpenEnd, { open: 'holder' }>[]
  readonly runs: Extract<OpenEnd, { open: 'runs-as' }>[]
  readonly named: Map<string, EntityFact>
  readonly users: UserSaid[]
  readonly unlessSaid: Extract<OpenEnd, { open: 'unless-said' }>[]
  /** Resources of which some output tells the policy, or that there is none. */
  readonly policySaid: Set<string>
  readonly organizations: OrganizationSaid[]
  /** Statements of managed policies, by ARN: usually one; more where files contradict each other. */
  readonly policies: Map<string, EntityFact[]>
  /** `{account}/{name}` → ARN. */
  readonly groups: Map<string, string>
  readonly roles: Map<string, string>
  readonly userArns: Map<string, string>
  /** Newest date, by account. */
  readonly newest: Map<string, string>
  readonly partitions: Map<string, string>
  /** Accounts by the canonical user ids by which S3 names them. */
  readonly canonicalUsers: Map<string, string>
  readonly stated: Set<string>
}

export const noOpenEnds = (): OpenEnds => ({
  memberships: [],
  attachments: [],
  boundaries: [],
  holders: [],
  runs: [],
  named: new Map(),
  users: [],
  unlessSaid: [],
  policySaid: new Set(),
  organizations: [],
  policies: new Map(),
  groups: new Map(),
  roles: new Map(),
  userArns: new Map(),
  newest: new Map(),
  partitions: new Map(),
  canonicalUsers: new Map(),
  stated: new Set(),
})

export function keepOpen(ends: OpenEnds, open: OpenEnd): void {
  switch (open.open) {
    case 'membership':
      ends.memberships.push(open)
      return
    case 'attachment':
      ends.attachments.push(open)
      return
    case 'boundary':
      ends.boundaries.push(open)
      return
    case 'holder':
      ends.holders.push(open)
      return
    case 'runs-as':
      ends.runs.push(open)
      return
    case 'named':
      ends.named.set(open.stub.id, open.stub)
      return
    case 'organization':
      ends.organizations.push(open.said)
      return
    case 'user':
      ends.users.push(open.said)
      return
    case 'unless-said':
      ends.unlessSaid.push(open)
      return
    case 'policy':
      keepPolicy(ends, open.role)
      return
    case 'date':
      if ((ends.newest.get(open.account) ?? '') < open.date) ends.newest.set(open.account, open.date)
  }
}

/** Equal statements are one. Of a policy of AWS the newest is in force everywhere, whenever an account was exported. */
function keepPolicy(ends: OpenEnds, role: EntityFact): void {
  const known = ends.policies.get(role.id) ?? []
  if (known.some((other) => isSame(other, role))) return
  const [first] = known
  if (role.properties.providerManaged === true && first !== undefined) {
    if (isNewer(first, role)) return
    if (isNewer(role, first)) known.length = 0
  }
  ends.policies.set(role.id, [...known, role])
}

const isSame = (one: EntityFact, other: EntityFact): boolean =>
  one.document === other.document && JSON.stringify(one.properties) === JSON.stringify(other.properties)

/** Notes what is stated, so that stubs and gaps can be told from it. Nothing names a grant but its own statement. */
export function keepStated(ends: OpenEnds, entity: EntityFact): void {
  if (entity.label === 'Grant') return
  ends.stated.add(entity.id)
  const { canonicalUserId } = entity.properties
  if (canonicalUserId !== undefined) ends.canonicalUsers.set(canonicalUserId, entity.id)
  if (entity.label === 'Resource' && (entity.document !== null || entity.properties.policyState === 'ABSENT')) ends.policySaid.add(entity.id)
  const arn = entity.label === 'Principal' ? parseArn(entity.id) : undefined
  if (arn === undefined || !isAccountId(arn.account)) return
  ends.partitions.set(arn.account, arn.partition)
  if (entity.kind === 'AwsGroup') ends.groups.set(`${arn.account}/${entity.name}`, entity.id)
  if (entity.kind === 'AwsUser') ends.userArns.set(`${arn.account}/${entity.name}`, entity.id)
  if (entity.kind === 'AwsRole') ends.roles.set(`${arn.account}/${entity.name}`, entity.id)
}

export interface Accounts {
  /** Those whose IAM was read. */
  readonly exported: ReadonlySet<string>
  /** Those of which anything was read. */
  readonly known: ReadonlySet<string>
}

/** Memberships, policies of AWS, boundaries and holders; with a finding for each gap. */
export function* resolveOpenEnds(ends: OpenEnds, accounts: Accounts): Generator<SourceRecord> {
  const stubs = new Map<string, EntityFact>()
  yield* resolveMemberships(ends, stubs)
  yield* resolvePolicies(ends, accounts.exported)
  yield* resolveAttachments(ends, stubs)
  yield* resolveBoundaries(ends, accounts.exported)
  yield* resolveHolders(ends, stubs)
  yield* resolveRuns(ends, stubs)
  for (const [id, stub] of ends.named) stubs.set(id, stub)
  for (const stub of stubs.values()) if (!ends.stated.has(stub.id)) yield withinReach(stub, accounts.known)
}

/** `external` is of other accounts: somebody of an account that is loaded, whom no file states, is only unknown. */
function withinReach(stub: EntityFact, accounts: ReadonlySet<string>): EntityFact {
  if (stub.scope === null || !accounts.has(stub.scope) || stub.properties.external !== true) return stub
  const { external: _external, ...known } = stub.properties
  return { ...stub, properties: { ...known, nature: 'UNKNOWN' } }
}

function* resolveMemberships(ends: OpenEnds, stubs: Map<string, EntityFact>): Generator<SourceRecord> {
  for (const { user, account, group, at } of ends.memberships) {
    const known = ends.groups.get(`${account}/${group}`)
    const id = known ?? `arn:${parseArn(user)?.partition ?? 'aws'}:iam::${account}:group/${group}`
    const coverage = iamCoverage(account)
    yield edge('MEMBER_OF', ref('Principal', user), ref('Principal', id), [coverage])
    if (known !== undefined) continue
    stubs.set(id, unstated({ label: 'Principal', kind: 'AwsGroup', id, name: group, scope: account, properties: { nature: 'GROUP' } }))
    const place = { file: at.file, place: `${at.place}.GroupList` }
    yield findingAt(
      'GROUP_MISSING',
      place,
      `The user is in the group ${group}, which the export does not hold: what the group grants is not known.`,
      {
        entity: user,
        coverage,
      },
    )
  }
}

/** Policies of AWS are stated by the accounts that use them; one that nobody uses, by all that were read. */
function* resolvePolicies(ends: OpenEnds, accounts: ReadonlySet<string>): Generator<SourceRecord> {
  const users = new Map<string, Set<string>>()
  for (const { policy, account } of [...ends.attachments, ...ends.boundaries]) users.set(policy, (users.get(policy) ?? new Set()).add(account))
  for (const [id, versions] of ends.policies) {
    ends.stated.add(id)
    const holders = [...(users.get(id) ?? accounts)].sort()
    const coverage = holders.length === 0 ? [iamCoverage('aws')] : holders.map(iamCoverage)
    for (const role of versions) if (role.properties.providerManaged === true) yield { ...role, coverage }
  }
}

function* resolveAttachments(ends: OpenEnds, stubs: Map<string, EntityFact>): Generator<SourceRecord> {
  for (const { principal, account, policy, at } of ends.attachments) {
    if (ends.policies.has(policy)) continue
    stubs.set(policy, unstated({ label: 'Role', kind: 'AwsManagedPolicy', id: policy, name: lastSegment(policy), ...ownerOf(policy) }))
    const place = { file: at.file, place: `${at.place}.AttachedManagedPolicies` }
    yield findingAt(
      'POLICY_MISSING',
      place,
      `The policy ${policy} is attached, but the export does not hold it: what it allows or denies is not known.`,
      {
        entity: principal,
        coverage: iamCoverage(account),
      },
    )
  }
}

/** A boundary is a guardrail beside the role that the same policy may also be. */
function* resolveBoundaries(ends: OpenEnds, accounts: ReadonlySet<string>): Generator<SourceRecord> {
  const users = new Map<string, Set<string>>()
  for (const { principal, account, policy, at } of ends.boundaries) {
    const coverage = iamCoverage(account)
    users.set(policy, (users.get(policy) ?? new Set()).add(account))
    yield edge('LIMITS', ref('Guardrail', `${policy}#boundary`), ref('Principal', principal), [coverage])
    if (ends.policies.has(policy)) continue
    const place = { file: at.file, place: `${at.place}.PermissionsBoundary` }
    yield findingAt('POLICY_MISSING', place, `The permissions boundary ${policy} is not in the export: what it leaves is not known.`, {
      entity: principal,
      coverage,
    })
  }
  for (const [policy, limited] of users) {
    const coverage = [...limited].sort().map(iamCoverage)
    yield* boundaryGuardrails(ends, policy, coverage)
    const owner = parseArn(policy)?.account ?? ''
    if (accounts.has(owner)) yield edge('CONTAINS', ref('Scope', owner), ref('Guardrail', `${policy}#boundary`), coverage)
  }
}

function* boundaryGuardrails(ends: OpenEnds, policy: string, coverage: readonly string[]): Generator<SourceRecord> {
  const without = unstated({
    label: 'Guardrail',
    kind: 'PermissionsBoundary',
    id: `${policy}#boundary`,
    name: lastSegment(policy),
    ...ownerOf(policy),
  })
  const versions = ends.policies.get(policy) ?? [without]
  for (const { document, origin } of versions) yield { ...without, document, coverage, ...(origin === undefined ? {} : { origin }) }
}

function* resolveHolders(ends: OpenEnds, stubs: Map<string, EntityFact>): Generator<SourceRecord> {
  const seen = new Set<string>()
  for (const { holder, grant, coverage } of ends.holders) {
    const { stub, account, roleName } = withoutCanonicalId(ends, holder)
    const role = roleName === undefined ? undefined : ends.roles.get(`${account ?? ''}/${roleName}`)
    if (role === undefined) stubs.set(stub.id, stub)
    const held: EdgeFact = edge('HOLDS', ref('Principal', role ?? stub.id), ref('Grant', grant), [coverage])
    const key = `${held.from.id} ${grant}`
    if (!seen.has(key)) yield held
    seen.add(key)
  }
}

function withoutCanonicalId(ends: OpenEnds, holder: NamedPrincipal): NamedPrincipal {
  const account = ends.canonicalUsers.get(holder.stub.id)
  return account === undefined ? holder : accountRoot(account, ends.partitions.get(account) ?? 'aws')
}

/** A role by its ARN, or by its account and name where an ARN has lost its path. */
function* resolveRuns(ends: OpenEnds, stubs: Map<string, EntityFact>): Generator<SourceRecord> {
  for (const { resource, role: named, coverage } of ends.runs) {
    const arn = parseArn(named)
    const account = arn?.account ?? ''
    const name = lastSegment(arn?.resource ?? named)
    const role = ends.stated.has(named) ? named : (ends.roles.get(`${account}/${name}`) ?? named)
    if (!ends.stated.has(role)) stubs.set(role, unstatedRole(role, name, account))
    yield edge('CAN_AUTHENTICATE_AS', ref('Resource', resource), ref('Principal', role), [coverage])
  }
}

const unstatedRole = (id: string, name: string, account: string): EntityFact =>
  unstated({
    label: 'Principal',
    kind: 'AwsRole',
    id,
    name,
    scope: isAccountId(account) ? account : null,
    properties: { external: true, nature: 'EXTERNAL' },
  })

/** Policies of AWS have `aws` in the place of the account. */
function ownerOf(policy: string): Pick<EntityFact, 'scope' | 'properties'> {
  const account = parseArn(policy)?.account ?? ''
  return isAccountId(account) ? { scope: account, properties: {} } : { scope: null, properties: { providerManaged: true } }
}

type Unstated = Pick<EntityFact, 'label' | 'kind' | 'id' | 'name' | 'scope' | 'properties'>

/** Something that is named and that no file states. */
export const unstated = ({ label, kind, id, name, scope, properties }: Unstated): EntityFact => ({
  record: 'entity',
  label,
  kind,
  id,
  name,
  provider: 'aws',
  scope,
  properties,
  document: null,
  coverage: [],
})
