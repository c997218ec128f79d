/** A bucket's policy speaks of the bucket and of its objects. */
export const guardedBy = (arn: string): string[] => (/^arn:[^:]*:s3:::[^/]+$/.test(arn) ? [arn, `${arn}/*`] : [arn])
