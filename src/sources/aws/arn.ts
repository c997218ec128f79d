export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon: `role/team/Deploy`. */
  readonly resource: string
}

const ARN = /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):(?<account>[^:]*):(?<resource>.+)$/su

export function parseArn(text: string): Arn | undefined {
  const groups = ARN.exec(text)?.groups
  if (groups === undefined) return undefined
  const { partition = '', service = '', region = '', account = '', resource = '' } = groups
  return { partition, service, region, account, resource }
}

/** The last segment of an IAM ARN's resource: names never hold a `/`, paths do. */
export const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text)
