export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon: `role/team/Deploy`. */
  readonly resource: string
}

/** `arn:partition:service:region:account:resource`; region and account may be empty. Asked of every id, so that it is no pattern. */
export function parseArn(text: string): Arn | undefined {
  const service = text.indexOf(':', 'arn:'.length) + 1
  const region = text.indexOf(':', service) + 1
  const account = text.indexOf(':', region) + 1
  const resource = text.indexOf(':', account) + 1
  // The place after a colon that isn't there is 0, which no longer rises.
  const isWhole = 'arn:'.length + 1 < service && service + 1 < region && region < account && account < resource && resource < text.length
  if (!isWhole || !text.startsWith('arn:')) return undefined
  return {
    partition: text.slice('arn:'.length, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  }
}

/** The last segment of an IAM ARN's resource: names never hold a `/`, paths do. */
export const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text)
