import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CoverageFact, EdgeFact, EntityFact, EntityRef, GraphFact, Properties } from '../../src/domain/facts.ts'
import type { FactEdge, Label } from '../../src/domain/vocabulary.ts'
import { compileEstate } from '../../src/estate/compile.ts'
import type { Estate } from '../../src/estate/estate.ts'
import { readSnapshotDraft } from '../../src/operations/ingest.ts'
import { ACCOUNT } from './account.ts'
import { NOW } from './estate.ts'

/** Facts as sources state them, a line each, for what is laborious to write as exports. */

interface More {
  readonly kind: string
  readonly name?: string
  readonly scope?: string | null
  readonly properties?: Properties
  /** Text, or a value that is written as JSON. */
  readonly document?: unknown
  readonly coverage?: readonly string[]
}

const STATED = ['aws:test:world']

export function entity(
  label: Label,
  id: string,
  { kind, name, scope = ACCOUNT, properties = {}, document = null, coverage = STATED }: More,
): EntityFact {
  const text = document === null || typeof document === 'string' ? document : JSON.stringify(document)
  return {
    record: 'entity',
    label,
    kind,
    id,
    name: name ?? id.split(/[/:]/).at(-1) ?? id,
    provider: 'aws',
    scope,
    properties,
    document: text,
    coverage,
  }
}

export const edge = (kind: FactEdge, from: EntityRef, to: EntityRef): EdgeFact => ({ record: 'edge', kind, from, to, coverage: STATED })

const ref = ({ label, id }: EntityFact): EntityRef => ({ label, id })

const bucketArn = (name: string): string => `arn:aws:s3:::${name}`

export const bucket = (name: string, more: Partial<More> = {}): EntityFact =>
  entity('Resource', bucketArn(name), { kind: 'AWS::S3::Bucket', ...more })

export const statements = (...list: readonly object[]): object => ({ Version: '2012-10-17', Statement: list })

/** A grant on a resource, held by whom it names. @param holders ids of principals; `*` is everyone */
function grantOn(resource: EntityFact, kind: string, id: string, document: object, holders: readonly string[] = []): GraphFact[] {
  const grant = entity('Grant', id, { kind, document, scope: resource.scope })
  const principals = holders.map(holder)
  return [grant, edge('AT', ref(grant), ref(resource)), ...principals, ...principals.map((one) => edge('HOLDS', ref(one), ref(grant)))]
}

/** Somebody whom only a policy names. */
function holder(id: string): EntityFact {
  const kind =
    id === '*'
      ? 'Everyone'
      : id.endsWith('.amazonaws.com')
        ? 'AwsService'
        : id.includes(':user/')
          ? 'AwsUser'
          : id.includes(':role/')
            ? 'AwsRole'
            : 'AwsAccountPrincipal'
  const scope = /::(\d{12}):/.exec(id)?.[1] ?? null
  return entity('Principal', id, { kind, scope, coverage: [], properties: { external: true, nature: 'EXTERNAL' } })
}

/** A bucket with its own account as owner, and others by canonical user id or by the URI of a group. */
export function aclOf(
  resource: EntityFact,
  grants: readonly { readonly id?: string; readonly uri?: string; readonly permission: string }[],
  holders: readonly string[] = [],
) {
  const owner = { ID: 'f'.repeat(64) }
  const rows = grants.map(({ id, uri, permission }) => ({
    Grantee: id === undefined ? { URI: uri, Type: 'Group' } : { ID: id, Type: 'CanonicalUser' },
    Permission: permission,
  }))
  return grantOn(
    resource,
    'AwsBucketAcl',
    `${resource.id}#acl`,
    { Owner: owner, Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }, ...rows] },
    holders,
  )
}

export const keyArn = (id: string, account = ACCOUNT): string => `arn:aws:kms:eu-west-1:${account}:key/${id}`

export const key = (id: string, more: Partial<More> = {}): EntityFact => entity('Resource', keyArn(id), { kind: 'AWS::KMS::Key', ...more })

export function kmsGrant(on: EntityFact, grantee: string, operations: readonly string[], more: object = {}): GraphFact[] {
  const row = {
    KeyId: on.id,
    GrantId: 'g1',
    GranteePrincipal: grantee,
    Operations: operations,
    IssuingAccount: `arn:aws:iam::${on.scope}:root`,
    ...more,
  }
  return grantOn(on, 'AwsKmsGrant', `${on.id}#grant/g1`, row, [grantee])
}

/** @param permissions lists of actions, or statements */
export function share(
  resource: EntityFact,
  permissions: readonly unknown[],
  principals: readonly string[],
  holders: readonly string[] = [],
): GraphFact[] {
  const id = `arn:aws:ram:eu-west-1:${resource.scope}:resource-share/s1->${resource.id}`
  return grantOn(resource, 'AwsResourceShare', id, { resourceArn: resource.id, permissions, principals, allowExternalPrincipals: true }, holders)
}

export interface EndpointSpec {
  readonly vpc?: string
  readonly service?: string
  readonly policy?: object
  readonly coverage?: readonly string[]
}

export function vpcEndpoint(
  id: string,
  { vpc = 'vpc-1', service = 's3', policy, coverage = ['aws:ec2/eu-west-1:111122223333'] }: EndpointSpec,
): GraphFact[] {
  const endpoint = entity('Resource', `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc-endpoint/${id}`, {
    kind: 'AWS::EC2::VPCEndpoint',
    properties: { uniqueId: id, vpc, endpointService: `com.amazonaws.eu-west-1.${service}`, endpointType: 'Gateway', state: 'available' },
    coverage,
  })
  if (policy === undefined) return [endpoint]
  const guardrail = entity('Guardrail', `${endpoint.id}#policy`, { kind: 'VpcEndpointPolicy', document: policy, coverage })
  return [endpoint, guardrail, edge('LIMITS', ref(guardrail), ref(endpoint))]
}

const STORE = 'd-1234567890'
export const ssoUser = (id: string, name: string, properties: Properties = {}): EntityFact =>
  entity('Principal', id, {
    kind: 'IdentityCenterUser',
    name,
    scope: STORE,
    properties: { nature: 'HUMAN', aliases: [name, `${name}@example.com`], ...properties },
  })

export const ssoGroup = (id: string, name: string, members: readonly EntityFact[]): [EntityFact, ...EdgeFact[]] => {
  const group = entity('Principal', id, { kind: 'IdentityCenterGroup', name, scope: STORE, properties: { nature: 'GROUP' } })
  return [group, ...members.map((member) => edge('MEMBER_OF', ref(member), ref(group)))]
}

const permissionSetArn = (name: string): string => `arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`

/** Somebody gets a permission set in an account. */
export function assignment(principal: EntityFact, permissionSet: string, account: string): GraphFact[] {
  const set = entity('Role', permissionSetArn(permissionSet), {
    kind: 'AwsPermissionSet',
    name: permissionSet,
    scope: null,
    // What it holds works in the account's role alone.
    document: statements({ Effect: 'Allow', Action: '*', Resource: '*' }),
  })
  const grant = entity('Grant', `${principal.id}->${set.id}@${account}`, { kind: 'AwsAccountAssignment', scope: account, name: permissionSet })
  return [
    set,
    grant,
    edge('HOLDS', ref(principal), ref(grant)),
    edge('GIVES', ref(grant), ref(set)),
    edge('AT', ref(grant), { label: 'Scope', id: account }),
  ]
}

export const accountScope = (id: string, properties: Properties = {}): EntityFact =>
  entity('Scope', id, { kind: 'AwsAccount', scope: id, properties })

const PROVIDER = (account: string): string => `arn:aws:iam::${account}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`

/** The trust statement of the roles that Identity Center makes. */
export const trustsIdentityCenter = (account = ACCOUNT): object => ({
  Effect: 'Allow',
  Principal: { Federated: PROVIDER(account) },
  Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
  Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
})

export const SSO_PATH = '/aws-reserved/sso.amazonaws.com/'
export const ssoRoleName = (permissionSet: string, suffix = '0123456789abcdef'): string => `AWSReservedSSO_${permissionSet}_${suffix}`
export const ssoRoleArn = (permissionSet: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role${SSO_PATH}${ssoRoleName(permissionSet)}`

export interface World {
  /** Exports, read by the real road. */
  readonly files?: Readonly<Record<string, unknown>>
  readonly facts?: readonly (GraphFact | readonly GraphFact[])[]
  readonly coverage?: readonly CoverageFact[]
}

export const covered = (id: string, complete = true): CoverageFact => ({
  record: 'coverage',
  id,
  provider: 'aws',
  scope: id.split(':').at(-1) ?? '',
  asOf: null,
  complete,
})

/** Compiles exports and facts together. What both state has the properties of both. */
export async function worldOf({ files = {}, facts = [], coverage = [] }: World): Promise<Estate> {
  const draft = await draftOf(files)
  const entities = new Map<string, EntityFact>()
  const edges: EdgeFact[] = [...draft.edges]
  for (const fact of [...draft.entities, ...facts.flat()]) {
    if (fact.record === 'edge') edges.push(fact)
    else entities.set(fact.id, joined(entities.get(fact.id), fact))
  }
  return compileEstate({
    snapshot: 'test',
    createdAt: NOW.toISOString(),
    coverage: [...draft.coverage, ...coverage],
    findings: draft.findings,
    facts: [...entities.values(), ...edges],
    now: () => NOW,
  })
}

function joined(known: EntityFact | undefined, fact: EntityFact): EntityFact {
  if (known === undefined || known.coverage.length === 0) return fact
  if (fact.coverage.length === 0) return known
  return {
    ...known,
    properties: { ...fact.properties, ...known.properties },
    document: known.document ?? fact.document,
    coverage: [...known.coverage, ...fact.coverage],
  }
}

async function draftOf(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'permiscope-test-'))
  try {
    for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(value))
    return Object.keys(files).length === 0 ? { entities: [], edges: [], coverage: [], findings: [] } : await readSnapshotDraft([folder])
  } finally {
    rmSync(folder, { recursive: true })
  }
}
