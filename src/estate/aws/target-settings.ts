import type { EntityFact } from '../../domain/facts.ts'
import type { AwsRequest, PublicAccessBlock } from '../../policy/aws/types.ts'

/** Settings of a resource, or of its account, that bear on decisions beside its policy. */
export type TargetSettings = Pick<AwsRequest, 'publicAccessBlock' | 'bucketAbac' | 'awsManagedKey'>

/** @param holder the resource, or the bucket of an object @param account the scope that the resource is in */
export function settingsOf(holder: EntityFact | undefined, account: EntityFact | undefined, arn: string): TargetSettings {
  const keyManager = holder?.properties.keyManager
  const abac = holder?.properties.abacEnabled
  return {
    ...(isOfBucket(arn) ? { publicAccessBlock: publicAccessBlockOf(holder, account) } : {}),
    ...(abac === undefined ? {} : { bucketAbac: abac }),
    ...(keyManager === undefined ? {} : { awsManagedKey: keyManager === 'AWS' }),
  }
}

/** A bucket, an access point, or an object of either. */
export const isOfBucket = (arn: string): boolean => /^arn:[^:]*:s3:/.test(arn)

/**
 * The account's settings and the bucket's are or-ed. One that is not known to be on does not apply; a caveat says so where it could matter.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function publicAccessBlockOf(holder: EntityFact | undefined, account: EntityFact | undefined): PublicAccessBlock {
  return {
    ...either('restrictPublicBuckets', holder, account),
    ...either('ignorePublicAcls', holder, account),
  }
}

function either(setting: keyof PublicAccessBlock, ...holders: readonly (EntityFact | undefined)[]): PublicAccessBlock {
  const known = holders.map((holder) => holder?.properties[setting])
  if (known.includes(true)) return { [setting]: true }
  return known.includes(undefined) ? {} : { [setting]: false }
}

/** Tags as aws:ResourceTag, all that there are; undefined: not known. A bucket's count, for its objects too, only where ABAC is enabled for it. */
export function resourceTagsOf(entity: EntityFact | undefined, holder: EntityFact | undefined, arn: string): readonly string[] | undefined {
  if (!isOfBucket(arn)) return entity?.properties.tags
  return holder?.properties.abacEnabled === true ? holder.properties.tags : undefined
}
