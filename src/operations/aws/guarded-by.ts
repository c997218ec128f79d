/** A bucket's policy speaks of the bucket and of its objects. */
export const guardedBy = (arn: string): string[] => [arn, ...contentsOf(arn)]

/** What lies in a bucket has ARNs, and takes actions, of its own. */
export const contentsOf = (arn: string): string[] => (/^arn:[^:]*:s3:::[^/]+$/.test(arn) ? [`${arn}/*`] : [])
