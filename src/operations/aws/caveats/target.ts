import { type AwsTarget, canCarryPolicy } from '../../../estate/aws/target.ts'
import { isOfBucket } from '../../../estate/aws/target-settings.ts'
import type { NamedPrincipals } from '../../../estate/aws/named-principals.ts'
import type { Estate } from '../../../estate/estate.ts'
import type { Caveat } from '../../answers.ts'
import { contentsOf } from '../guarded-by.ts'

/** What of a target, or of what holds it, is assumed or was not loaded. @param actions left out: all */
export function aboutTarget({ aws }: Estate, target: AwsTarget, actions: readonly string[] | undefined): Caveat[] {
  return [
    ...assumedAccount(target),
    ...policyNotLoaded(target),
    ...grantsNotLoaded(target),
    ...blockNotLoaded(target, aws.admittedBy(target)),
    ...objectAcls(target, actions),
    ...contentsNotAsked(target, actions),
  ]
}

/** Who asks for everybody who can read a bucket may mean its objects. */
function contentsNotAsked({ arn }: AwsTarget, actions: readonly string[] = []): Caveat[] {
  if (actions.length > 0 && !actions.some((action) => /[*?]/.test(action))) return []
  return contentsOf(arn).map((contents) => ({
    code: 'CONTENTS_NOT_ASKED',
    message: `This is about ${arn} itself; what lies in it is a target of its own: ask about ${contents} too.`,
    source: arn,
  }))
}

function assumedAccount(target: AwsTarget): Caveat[] {
  if (!target.accountAssumed || target.arn === '*') return []
  const where = target.account === null ? 'the account of each principal' : `account ${target.account}, the only one loaded`
  const message = `${target.arn} names no account and is not in the inventory: it is taken to be in ${where}. Name its account to be sure.`
  return [{ code: 'ASSUMED_ACCOUNT', message, source: target.arn }]
}

function policyNotLoaded(target: AwsTarget): Caveat[] {
  const caveat = (message: string): Caveat[] => [{ code: 'RESOURCE_POLICY_NOT_LOADED', message, source: target.arn }]
  if (target.policyUnknown) {
    return caveat(`The policy of ${target.arn} was not loaded: whoever it names is missing, and nobody is sure to get in.`)
  }
  if (target.policy !== undefined || !canCarryPolicy(target.arn)) return []
  if (!target.guardInventoried) return caveat(`${target.arn} is not in the inventory: a resource policy that it may have is not taken into account.`)
  if (target.holder?.properties.policyState === 'ABSENT') return []
  return caveat(
    `${target.holder?.id ?? target.arn} is in the inventory without its policy: a resource policy that it may have is not taken into account.`,
  )
}

/** A key of AWS has no grants of its customer's making. */
function grantsNotLoaded({ arn, holder }: AwsTarget): Caveat[] {
  const isKey = /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(arn)
  if (!isKey || holder?.properties.keyManager === 'AWS' || holder?.coverage.some((id) => /^aws:kms[/:]/.test(id)) === true) return []
  return [{ code: 'KMS_GRANTS_NOT_LOADED', message: `Grants on ${arn} were not loaded: whoever they let in is missing.`, source: arn }]
}

/** Only what lets in the public can be blocked. */
function blockNotLoaded({ arn, settings, holder }: AwsTarget, admitted: NamedPrincipals | null): Caveat[] {
  if (!isOfBucket(arn) || holder === undefined || admitted?.everyone !== true || settings.publicAccessBlock?.restrictPublicBuckets !== undefined)
    return []
  const message = `S3 Block Public Access of ${holder.id} or of its account was not loaded: what it would block is not taken into account.`
  return [{ code: 'PUBLIC_ACCESS_BLOCK_NOT_LOADED', message, source: holder.id }]
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const BY_OBJECT_ACL = /^(\*|s3:(\*|.*[*?].*|getobject|getobjectversion|getobjectacl|getobjectversionacl|putobjectacl|putobjectversionacl))$/i

function objectAcls({ arn, holder, guardInventoried }: AwsTarget, actions: readonly string[] | undefined): Caveat[] {
  if (!isOfBucket(arn) || !arn.includes('/') || !guardInventoried || holder?.properties.objectOwnership === 'BucketOwnerEnforced') return []
  if (actions !== undefined && actions.length > 0 && !actions.some((action) => BY_OBJECT_ACL.test(action))) return []
  const source = holder?.id ?? arn
  const message = `ACLs of single objects of ${source} are in force unless its owner enforces otherwise, and no export holds them: whoever they let in is missing.`
  return [{ code: 'OBJECT_ACLS_NOT_LOADED', message, source }]
}
