import type { EntityFact } from '../../domain/facts.ts'
import { documentOfBucketAcl, documentOfKmsGrant, documentOfResourceShare } from '../../policy/aws/index.ts'
import type { CompiledPolicy, PolicyCompiler } from '../../policy/aws/types.ts'
import type { Graph } from '../graph.ts'
import { ANYBODY, type NamedPrincipals, namedPrincipals } from './named-principals.ts'

/** A grant on a resource that is no policy, written as one. */
export interface TargetGrant {
  readonly entity: EntityFact
  readonly named: NamedPrincipals
  readonly policy: CompiledPolicy
}

export interface TargetGrants {
  readonly all: readonly TargetGrant[]
  /** Bucket ACLs and shares. */
  readonly resourceGrants: readonly CompiledPolicy[]
  readonly keyGrants: readonly CompiledPolicy[]
}

export const NO_GRANTS: TargetGrants = { all: [], resourceGrants: [], keyGrants: [] }

/** Kinds of grants that say in AWS's own print what they give. */
export const GRANTS_ON_RESOURCES: ReadonlySet<string> = new Set(['AwsBucketAcl', 'AwsKmsGrant', 'AwsResourceShare'])

/** The grants on a resource, by its number in the graph; compiled when first asked for and kept. */
export function createTargetGrants(graph: Graph, compiler: PolicyCompiler): (holder: number) => TargetGrants {
  const known = new Map<number, TargetGrants>()
  const owners = canonicalUsers(graph)
  return (holder) => {
    const grants = known.get(holder) ?? grantsAt(graph, compiler, owners, holder)
    known.set(holder, grants)
    return grants
  }
}

function grantsAt(graph: Graph, compiler: PolicyCompiler, owners: ReadonlyMap<string, string>, holder: number): TargetGrants {
  const resource = graph.entityAt(holder)
  const entities = [...graph.into('AT', holder)].map((grant) => graph.entityAt(grant)).filter(({ kind }) => GRANTS_ON_RESOURCES.has(kind))
  if (entities.length === 0) return NO_GRANTS
  const all = entities.flatMap((entity): TargetGrant[] => {
    const document = documentOfGrant(graph, owners, resource, entity)
    if (document === null) return []
    const policy = compiler.compile(document, entity.id, 'RESOURCE')
    const unsure = policy.unreadable || policy.statements.some(({ program }) => program.unreadable)
    const named = unsure ? ANYBODY : namedPrincipals(JSON.stringify(document))
    return namesNobody(named) ? [] : [{ entity, named, policy }]
  })
  const isOnKey = ({ entity }: TargetGrant): boolean => entity.kind === 'AwsKmsGrant'
  return {
    all,
    resourceGrants: all.filter((grant) => !isOnKey(grant)).map(({ policy }) => policy),
    keyGrants: all.filter(isOnKey).map(({ policy }) => policy),
  }
}

const namesNobody = ({ everyone, ids }: NamedPrincipals): boolean => !everyone && ids.size === 0

/** @returns null where the grant is not in force */
function documentOfGrant(graph: Graph, owners: ReadonlyMap<string, string>, resource: EntityFact, grant: EntityFact): unknown {
  switch (grant.kind) {
    case 'AwsBucketAcl':
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html: "ACLs no longer affect access permissions"
      if (resource.properties.objectOwnership === 'BucketOwnerEnforced') return null
      return documentOfBucketAcl(grant.document, {
        bucketArn: resource.id,
        accountOfCanonicalUser: (id) => owners.get(id),
        ignorePublicAcls: ignoresPublicAcls(graph, resource),
      })
    case 'AwsKmsGrant':
      return documentOfKmsGrant(grant.document)
    default:
      return documentOfShare(grant, resource.id)
  }
}

function ignoresPublicAcls(graph: Graph, { properties, scope }: EntityFact): boolean {
  const account = scope === null ? undefined : graph.numberOf(scope)
  return properties.ignorePublicAcls === true || (account !== undefined && graph.entityAt(account).properties.ignorePublicAcls === true)
}

/** What can't be read is handed on as it is: the compiler reports it. */
function documentOfShare({ document }: EntityFact, resourceArn: string): unknown {
  const share: unknown = parsed(document)
  if (typeof share !== 'object' || share === null || !('permissions' in share) || !('principals' in share)) return document
  const { permissions, principals } = share
  if (!Array.isArray(permissions) || !Array.isArray(principals)) return document
  return documentOfResourceShare({ resourceArn, permissions, principals: principals.filter((one) => typeof one === 'string') })
}

function parsed(document: string | null): unknown {
  try {
    return JSON.parse(document ?? '')
  } catch {
    return undefined
  }
}

/** Accounts by the canonical user id by which ACLs name them. */
export function canonicalUsers(graph: Graph): ReadonlyMap<string, string> {
  const accounts = graph.entities.filter(({ kind }) => kind === 'AwsAccount')
  return new Map(accounts.flatMap(({ id, properties }) => (properties.canonicalUserId === undefined ? [] : [[properties.canonicalUserId, id]])))
}
