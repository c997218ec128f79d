import { and, leaf, not, type Formula } from './formula.ts'
import type { Question } from './question.ts'
import { resourceVerdictOf, SILENT_RESOURCE, verdictWithoutPublic, type ResourceVerdict } from './resource-layer.ts'
import type { CompiledPolicy } from './types.ts'

/** S3 Block Public Access. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */

/** Buckets, access points and what lies in them. */
function isOfBucket({ service, target }: Question): boolean {
  return service === 's3' && target.head[2] === 's3'
}

/** What the owner's policy and further grants say; IgnorePublicAcls leaves out grants of access control lists to everybody. */
export function ownersVerdict(question: Question): ResourceVerdict {
  const { policies, publicAccessBlock } = question.request
  const own = policies.resource === undefined ? SILENT_RESOURCE : resourceVerdictOf([policies.resource], question)
  const { resourceGrants } = policies
  if (resourceGrants === undefined || resourceGrants.length === 0) return own
  const isIgnoring = publicAccessBlock?.ignorePublicAcls === true && isOfBucket(question)
  return isIgnoring ? verdictWithoutPublic(resourceGrants, question, own) : resourceVerdictOf(resourceGrants, question, own)
}

/**
 * RestrictPublicBuckets "restricts access to an access point or bucket with a public policy to only AWS service principals and authorized users
 * within the bucket owner's account", whatever grants it to others.
 */
export function restrictedAccess(question: Question, sameAccount: Formula): Formula {
  const { policies, publicAccessBlock } = question.request
  if (publicAccessBlock?.restrictPublicBuckets !== true || policies.resource === undefined) return false
  if (question.caller.kind === 'SERVICE' || !isOfBucket(question)) return false
  return and(isPublic(policies.resource, question), not(sameAccount))
}

/** "An access point that has a VPC network origin is always considered non-public": which origin it has is not known. */
function isPublic({ id, publicity }: CompiledPolicy, { target }: Question): Formula {
  if (publicity === 'NOT_PUBLIC') return false
  if (publicity === 'PUBLIC' && !target.resource.startsWith('accesspoint/')) return true
  return leaf({ operator: 'PublicPolicy', key: '', values: [], layer: 'SERVICE', policy: id }, { kind: 'FACT', id: `public\u0001${id}` })
}
